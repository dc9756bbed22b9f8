/// One value to be shown in TensorBoard: a tag, the value, and which dashboard it belongs to.
///
/// Values of one step travel together to a ``SummarySink``:
///
/// ```swift
/// let summaries = [SummaryValue.scalar("cost", 0.69), .histogram("layer1/weights1", Histogram(weights))]
/// writer.add(summaries, step: 3)
/// ```
public struct SummaryValue: Sendable, Equatable {
    /// What a summary holds.
    ///
    /// Every dashboard's data takes one of these forms.
    public enum Payload: Sendable, Equatable {
        /// A scalar. TensorBoard stores scalars as 32-bit floating point, whatever is written.
        case scalar(Float)
        /// A scalar that becomes infinite or zero in 32 bits, though it is neither.
        ///
        /// A ``SummarySink`` that writes records what it becomes, and reports that.
        case roundedScalar(Double)
        /// A distribution of values.
        case histogram(Histogram)
        /// A tensor, for the dashboard that ``SummaryValue/metadata`` names.
        case tensor(TensorValue)
        /// The graph of the run's computation.
        case graph(GraphDefinition)
        /// What the nodes of the graph took in one run.
        case runMetadata(RunMetadata)
        /// The hyperparameters of the run, and the group that it belongs to.
        case hyperparameters([String: HyperparameterValue], group: String)
        /// What the Custom Scalars dashboard shows.
        case layout(ScalarLayout)
        /// The names of scalars below the tag that one chart is to show.
        case chart([String])
        /// A title and a description for the values of the tag.
        case description(displayName: String, String)
        /// Points for the Projector.
        case embedding(Embedding)
        /// No value: it could not be made of what was given, for the reason that the text says.
        ///
        /// A ``SummarySink`` that writes refuses it and reports the reason with tag and step. So a call that logs need
        /// not throw.
        case invalid(String)
    }

    /// The name of the series; text before the first slash groups the cards.
    public var tag: String
    /// The value itself.
    public var payload: Payload
    /// The dashboard and its settings; `nil` where the payload's form already says it.
    public var metadata: SummaryMetadata?

    /// Creates a summary.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - payload: The value itself.
    ///   - metadata: The dashboard and its settings. A tensor without metadata is stored but never shown.
    public init(tag: String, payload: Payload, metadata: SummaryMetadata? = nil) {
        self.tag = tag
        self.payload = payload
        self.metadata = metadata
    }

    /// Creates a stand-in for a value that could not be made of what was given.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - reason: What is wrong and what to do, as the end of a sentence.
    /// - Returns: A value that a sink refuses and reports.
    public static func invalid(_ tag: some StringProtocol, _ reason: String) -> SummaryValue {
        SummaryValue(tag: String(tag), payload: .invalid(reason))
    }
}
