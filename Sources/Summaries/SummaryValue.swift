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
        /// A distribution of values.
        case histogram(Histogram)
        /// A tensor, for the dashboard that ``SummaryValue/metadata`` names.
        case tensor(TensorValue)
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

    /// A scalar for the Scalars and Time Series dashboards.
    public static func scalar(_ tag: String, _ value: Float) -> SummaryValue {
        SummaryValue(tag: tag, payload: .scalar(value))
    }

    /// A histogram for the Histograms, Distributions and Time Series dashboards.
    public static func histogram(_ tag: String, _ histogram: Histogram) -> SummaryValue {
        SummaryValue(tag: tag, payload: .histogram(histogram))
    }
}
