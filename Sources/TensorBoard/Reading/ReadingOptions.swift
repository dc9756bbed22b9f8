/// How event files are read.
public struct ReadingOptions: Sendable {
    /// When the checksums of payloads are verified; those of lengths always are.
    public enum Checksums: String, Sendable, CaseIterable {
        /// Each time, as TensorBoard's Python loader does.
        case verifyAll
        /// When a payload is not an event, to tell why; as TensorBoard's fast loader does.
        case verifyOnFailure
        /// Never.
        case skip
    }

    /// When the checksums of payloads are verified; each time by default.
    public var checksums: Checksums = .verifyAll

    /// What to give out; everything by default.
    public var filter = EventFilter()

    /// The largest event in bytes; 2 GiB less one byte by default, the most that protobuf allows.
    public var maximumEventByteCount = Int(Int32.max)

    /// Creates the default options.
    public init() {}
}
