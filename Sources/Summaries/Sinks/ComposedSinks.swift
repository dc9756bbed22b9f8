/// A sink that discards everything, for runs without a log; nothing is encoded or drawn.
///
/// ```swift
/// let sink: any SummarySink = isMainProcess ? try SummaryWriter(logDirectory: "logs/a") : NullSummarySink()
/// ```
public struct NullSummarySink: SummarySink {
    /// Creates a sink.
    public init() {}

    /// `false`: every value is discarded.
    public var isEnabled: Bool { false }

    /// Does nothing.
    public func add(_ event: SummaryEvent) {}

    /// Does nothing.
    public func flush() {}
}

/// A sink that passes everything on to several others.
///
/// ```swift
/// let sink = TeeSummarySink(writer, InMemorySummarySink())
/// ```
public struct TeeSummarySink: SummarySink {
    /// The sinks, in the order in which they receive.
    private let sinks: [any SummarySink]

    /// Creates a sink that passes everything on.
    ///
    /// - Parameter sinks: The sinks, in the order in which they receive.
    public init(_ sinks: any SummarySink...) {
        self.sinks = sinks
    }

    /// Whether any of the sinks keeps values.
    public var isEnabled: Bool { sinks.contains { $0.isEnabled } }

    /// Passes an event on.
    public func add(_ event: SummaryEvent) {
        for sink in sinks { sink.add(event) }
    }

    /// Passes values whose step nobody named on; each sink chooses the step for itself.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        for sink in sinks { sink.addAtNextStep(values, wallTime: wallTime) }
    }

    /// Passes one scalar on to each sink, which may have a fast path for scalars.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        for sink in sinks { sink.scalar(tag, value, step: step) }
    }

    /// Flushes every sink, also after one has failed.
    ///
    /// - Throws: The first problem.
    public func flush() throws {
        var problem: (any Error)?
        for sink in sinks {
            do { try sink.flush() } catch { problem = problem ?? error }
        }
        if let problem { throw problem }
    }
}

extension TeeSummarySink: SummarySinkView {
    /// The first sink, by which one tee is told from another.
    package var viewedSink: any SummarySink { sinks.first ?? NullSummarySink() }
}
