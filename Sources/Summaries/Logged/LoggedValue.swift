/// One value of a step, as it stands in an event file of any writer.
///
/// ``SummaryValue`` is what is going to be logged; this is what was. Writers have several forms for the same kind of
/// data, which the module `TensorBoard` brings together as `LoggedValue.content`.
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
        /// No value; what is said is in the metadata, as with hyperparameters.
        case none
        /// A value that cannot be taken in, for the reason that the text says.
        case unreadable(String)
        /// A tensor that claims to be larger than is read, for the reason that the text says; TensorBoard may show it.
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
