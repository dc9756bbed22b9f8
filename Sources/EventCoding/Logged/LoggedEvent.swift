/// One record of an event file, as it was written.
///
/// `EventFileReader` of the module `TensorBoardLogs` reads them:
///
/// ```swift
/// while let event = try reader.next() {
///     guard case .summary(let values) = event.content else { continue }
///     for value in values { print(event.step, value.tag) }
/// }
/// ```
public struct LoggedEvent: Sendable, Equatable {
    /// The forms that the content of an event has.
    public enum Content: Sendable, Equatable {
        /// Nothing that this library knows; TensorBoard ignores it.
        case other
        /// The version of the file, `brain.Event:2` in practice; the first event of a file.
        case fileVersion(String)
        /// A computation graph, a serialized `GraphDef`.
        case graph([UInt8])
        /// The values of one step.
        case summary([LoggedValue])
        /// The beginning or the end of a session, or a checkpoint.
        case session(SessionLog)
        /// What the nodes of a graph took in one run, a serialized `RunMetadata`.
        case runMetadata(tag: String, [UInt8])
        /// A graph with more about it, a serialized `MetaGraphDef`, which TensorBoard does not show.
        case metaGraph([UInt8])
        /// A line of a log, long out of use; its level goes from 10 for debugging to 50 for a fatal error.
        case message(level: Int, String)
    }

    /// What happened to a session.
    public struct SessionLog: Sendable, Hashable {
        /// The kinds of entries.
        public enum Status: Int, Sendable, Hashable {
            /// None of the others.
            case unspecified = 0
            /// A session began: TensorBoard's Python loader purges the points of earlier sessions at or after this step.
            case start = 1
            /// The session came to its end.
            case stop = 2
            /// A checkpoint was written.
            case checkpoint = 3
        }

        /// The kind of the entry.
        public var status: Status
        /// Where the checkpoint is.
        public var checkpointPath: String
        /// The writer's comment.
        public var message: String

        /// Creates an entry.
        ///
        /// - Parameters:
        ///   - status: The kind of the entry.
        ///   - checkpointPath: Where the checkpoint is.
        ///   - message: The writer's comment.
        public init(_ status: Status, checkpointPath: String = "", message: String = "") {
            self.status = status
            self.checkpointPath = checkpointPath
            self.message = message
        }
    }

    /// Where the record begins in its file, in bytes.
    public var offset: Int
    /// The size of the record, its frame included.
    public var byteCount: Int
    /// Seconds since 1970-01-01 UTC; NaN and infinities are possible.
    public var wallTime: Double
    /// The position on the horizontal axis; may be negative.
    public var step: Int
    /// What the event is about.
    public var content: Content
    /// The program that wrote the file, if it is recorded.
    public var writer: String?
    /// Whether a text in the event is not valid UTF-8, which stops both loaders of TensorBoard.
    ///
    /// Invalid bytes were replaced by U+FFFD.
    public var hasInvalidText: Bool

    /// Creates an event.
    ///
    /// - Parameters:
    ///   - offset: Where the record begins in its file, in bytes.
    ///   - byteCount: The size of the record, its frame included.
    ///   - wallTime: Seconds since 1970-01-01 UTC.
    ///   - step: The position on the horizontal axis.
    ///   - content: What the event is about.
    ///   - writer: The program that wrote the file, if it is recorded.
    ///   - hasInvalidText: Whether a text in the event is not valid UTF-8.
    public init(
        offset: Int = 0,
        byteCount: Int = 0,
        wallTime: Double,
        step: Int = 0,
        content: Content,
        writer: String? = nil,
        hasInvalidText: Bool = false
    ) {
        self.offset = offset
        self.byteCount = byteCount
        self.wallTime = wallTime
        self.step = step
        self.content = content
        self.writer = writer
        self.hasInvalidText = hasInvalidText
    }
}
