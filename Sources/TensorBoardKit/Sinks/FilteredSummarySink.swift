public import Summaries

/// A sink that passes on a part of what it receives, chosen by tag or by kind.
///
/// ```swift
/// let losses = writer.filtered { $0.hasPrefix("loss/") }
/// let numbers = writer.filtered(kinds: [.scalar, .histogram])
/// ```
public struct FilteredSummarySink: SummarySink {
    private let base: any SummarySink
    private let kinds: Set<SummaryKind>?
    private let includesTag: (@Sendable (String) -> Bool)?

    /// Creates a sink that passes on the values of some tags.
    ///
    /// The graph, the hyperparameters and the layout of the run have no tag and are passed on.
    ///
    /// - Parameters:
    ///   - base: Receives the values.
    ///   - includesTag: Returns whether the values of a tag are passed on; asked on any thread.
    public init(_ base: some SummarySink, includesTag: @escaping @Sendable (String) -> Bool) {
        self.base = base
        self.includesTag = includesTag
        kinds = nil
    }

    /// Creates a sink that passes on the values of some kinds.
    ///
    /// - Parameters:
    ///   - base: Receives the values.
    ///   - kinds: The kinds to pass on.
    public init(_ base: some SummarySink, kinds: Set<SummaryKind>) {
        self.base = base
        self.kinds = kinds
        includesTag = nil
    }

    /// Whether the sink behind this one keeps values.
    public var isEnabled: Bool { base.isEnabled }

    /// Passes on what is left of an event; nothing if no value is left.
    public func add(_ event: SummaryEvent) {
        let values = event.values.compactMap(included)
        guard !values.isEmpty || event.values.isEmpty else { return }
        base.add(SummaryEvent(step: event.step, wallTime: event.wallTime, values: values))
    }

    /// Passes on what is left of values whose step nobody named.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        let included = values.compactMap(included)
        guard !included.isEmpty || values.isEmpty else { return }
        base.addAtNextStep(included, wallTime: wallTime)
    }

    /// Passes on one scalar, if its tag or scalars are included.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        if includesScalar(tag) { base.scalar(tag, value, step: step) }
    }

    /// Returns the series of the sink behind this one, or one that discards everything.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        includesScalar(tag) ? base.scalarSeries(tag) : ScalarSeries(tag) { _, _ in }
    }

    /// Flushes the sink behind this one.
    ///
    /// - Throws: What that sink throws.
    public func flush() throws { try base.flush() }

    private func includesScalar(_ tag: String) -> Bool {
        kinds?.contains(.scalar) ?? includesTag?(tag) ?? true
    }

    /// The value, or what is left of it.
    private func included(_ value: SummaryValue) -> SummaryValue? {
        if let kinds {
            // A value that could not be made is a report, which a filter must not swallow.
            return value.kind.map(kinds.contains) ?? true ? value : nil
        }
        guard let includesTag, value.hasTagOfItsOwn else { return value }
        guard case .chart(let names) = value.payload else { return includesTag(value.tag) ? value : nil }
        // A chart is where its scalars are.
        let scope = NameScope(value.tag)
        let shown = names.filter { includesTag(scope.qualify($0)) }
        return shown.isEmpty ? nil : .chart(value.tag, shown)
    }
}

extension SummarySink {
    /// Returns a sink that passes on the values of some tags to this one; see ``FilteredSummarySink``.
    ///
    /// - Parameter includesTag: Returns whether the values of a tag are passed on; asked on any thread.
    /// - Returns: The sink. The graph, the hyperparameters and the layout of the run have no tag and are passed on.
    public func filtered(_ includesTag: @escaping @Sendable (String) -> Bool) -> FilteredSummarySink {
        FilteredSummarySink(self, includesTag: includesTag)
    }

    /// Returns a sink that passes on the values of some kinds to this one; see ``FilteredSummarySink``.
    ///
    /// - Parameter kinds: The kinds to pass on.
    /// - Returns: The sink.
    public func filtered(kinds: Set<SummaryKind>) -> FilteredSummarySink {
        FilteredSummarySink(self, kinds: kinds)
    }
}

extension FilteredSummarySink: SummarySinkView {
    /// The sink behind this one.
    package var viewedSink: any SummarySink { base }
}
