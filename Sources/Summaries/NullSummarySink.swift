/// A sink that forgets everything, for runs that are not to be logged.
///
/// ```swift
/// let sink: any SummarySink = isMainProcess ? try SummaryWriter(logDirectory: "logs/a") : NullSummarySink()
/// ```
public struct NullSummarySink: SummarySink {
    /// Creates a sink.
    public init() {}

    /// Does nothing.
    public func add(_ summaries: [SummaryValue], step: Int) {}

    /// Does nothing.
    public func scalar(_ tag: String, _ value: Float, step: Int) {}

    /// Does nothing.
    public func graph(_ graph: GraphDefinition) {}

    /// Does nothing.
    public func runMetadata(_ tag: String, _ metadata: RunMetadata, step: Int) {}

    /// Does nothing.
    public func flush() {}
}
