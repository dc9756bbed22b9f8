public import Summaries

/// One value of a step, as any writer stored it in an event file.
///
/// `SummaryValue` is a value to log; this is a logged one. Writers have several forms for the same kind of
/// data; `LoggedValue.content` of the module `TensorBoardLogs` unifies them.
public struct LoggedValue: Sendable, Equatable {
    /// The forms that a value has in a file.
    public enum Payload: Sendable, Equatable {
        /// A scalar.
        case scalar(Float)
        /// A tensor; which dashboard shows it is in the metadata.
        case tensor(TensorValue)
        /// A histogram in the form that was in use before tensors.
        case histogram(HistogramRecord)
        /// An image in the form that was in use before tensors.
        case image(ImageRecord)
        /// A clip in the form that was in use before tensors.
        case audio(AudioRecord)
        /// No value: the content is in the metadata, as for hyperparameters.
        case none
        /// A value that cannot be decoded, and why.
        case unreadable(String)
        /// A tensor above the limit of what is read, and why; TensorBoard may show it.
        case tooLarge(String)
    }

    /// The name of the series.
    public var tag: String
    /// The value itself.
    public var payload: Payload
    /// The dashboard and its settings; `nil` if the value comes without.
    ///
    /// TensorBoard keeps the metadata of a tag's first value in a run, and most writers give it there alone.
    public var metadata: SummaryMetadata?

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - payload: The value itself.
    ///   - metadata: The dashboard and its settings.
    public init(tag: String, payload: Payload, metadata: SummaryMetadata? = nil) {
        self.tag = tag
        self.payload = payload
        self.metadata = metadata
    }
}
