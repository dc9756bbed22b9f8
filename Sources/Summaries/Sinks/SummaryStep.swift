/// The values of one step while they are being collected; see ``SummarySink/step(_:wallTime:_:)``.
///
/// It has every logging call that a sink has, without the argument `step:`.
///
/// ```swift
/// writer.step(42) { step in
///     step.scalar("cost", cost)
///     step.scope("layer1") { $0.histogram("weights1", weights) }   // tag "layer1/weights1"
/// }
/// ```
///
/// A value that is added after the block has ended goes to the sink at once, at the same step.
public struct SummaryStep: SummaryTarget {
    /// A logging call inside a step names no step.
    public typealias Position = StepArguments<>

    /// Collects the values for all scopes of the step.
    private final class Collector {
        let sink: any SummarySink
        let step: Int
        let wallTime: Double?
        var values: [SummaryValue] = []
        var isOpen = true

        init(_ sink: any SummarySink, step: Int, wallTime: Double?) {
            self.sink = sink
            self.step = step
            self.wallTime = wallTime
        }

        func add(_ value: SummaryValue) {
            if isOpen { values.append(value) } else { add([value], wallTime: nil) }
        }

        func add(_ values: [SummaryValue], wallTime: Double?) {
            if let wallTime {
                sink.add(SummaryEvent(step: step, wallTime: wallTime, values: values))
            } else if isOpen {
                self.values += values
            } else {
                sink.add(SummaryEvent(step: step, wallTime: self.wallTime, values: values))
            }
        }

        func end() {
            isOpen = false
            if !values.isEmpty { sink.add(SummaryEvent(step: step, wallTime: wallTime, values: values)) }
            values = []
        }
    }

    private let collector: Collector
    private let scope: NameScope

    private init(_ collector: Collector, _ scope: NameScope) {
        self.collector = collector
        self.scope = scope
    }

    init(_ sink: any SummarySink, step: Int, wallTime: Double?) {
        self.init(Collector(sink, step: step, wallTime: wallTime), NameScope())
    }

    func end() { collector.end() }

    /// The step that the values belong to.
    public var step: Int { collector.step }

    /// The values collected so far, with full tags.
    package var values: [SummaryValue] { collector.values }

    /// Whether the sink keeps values at all.
    public var isEnabled: Bool { collector.sink.isEnabled }

    /// Collects values, their tags inside the current scope; at a time of their own they become an event of their own.
    public func log(_ values: [SummaryValue], at position: StepArguments<>?, wallTime: Double?) {
        guard isEnabled else { return }
        collector.add(scope.path.isEmpty ? values : values.map { $0.inside(scope) }, wallTime: wallTime)
    }

    /// Collects one scalar.
    public func logScalar(_ tag: String, _ value: Float, at position: StepArguments<>, wallTime: Double?) {
        guard wallTime == nil else { return log([.scalar(tag, value)], at: position, wallTime: wallTime) }
        if isEnabled { collector.add(SummaryValue(tag: scope.qualify(tag), payload: .scalar(value))) }
    }

    /// Returns a view of this step that puts a scope before every tag; scopes nest.
    ///
    /// - Parameter name: The name of the scope, without slashes at its ends.
    /// - Returns: The view.
    public func scope(_ name: some StringProtocol) -> SummaryStep {
        SummaryStep(collector, scope.scope(String(name)))
    }

    /// Puts a scope before the tags that `body` adds; scopes nest.
    ///
    /// - Parameters:
    ///   - name: The name of the scope, without slashes at its ends.
    ///   - body: Adds summaries.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func scope<Result, Failure: Error>(
        _ name: some StringProtocol,
        _ body: (SummaryStep) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(scope(name))
    }
}

extension SummarySink {
    /// Collects the values of one step and adds them together, as one event with one time stamp.
    ///
    /// ```swift
    /// sink.step(42) { step in
    ///     step.scalar("cost", cost)
    ///     step.scope("layer1") { $0.histogram("weights1", weights) }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - step: The position on the horizontal axis.
    ///   - wallTime: Seconds since 1970-01-01 UTC; `nil` for the time at the end of the block.
    ///   - body: Adds summaries. What it added before it threw is added too.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func step<Result, Failure: Error>(
        _ step: Int,
        wallTime: Double? = nil,
        _ body: (SummaryStep) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let collected = SummaryStep(self, step: step, wallTime: wallTime)
        defer { collected.end() }
        return try body(collected)
    }
}
