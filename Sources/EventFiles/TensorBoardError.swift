public import SystemPackage

/// A problem with a run or its event files, told so that a person can act on it.
///
/// ```swift
/// do {
///     let writer = try SummaryWriter(logDirectory: "logs/run1", options: .init(existingRun: .refuse))
/// } catch where error.code == .runExists {
///     print(error)   // names the directory and says what to do
/// }
/// ```
public struct TensorBoardError: Error, Sendable, Hashable {
    /// What kind of problem it is.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case cannotCreate
            case cannotRead
            case cannotUpload
            case cannotWrite
            case concurrentWriters
            case damagedFile
            case damagedLength
            case damagedPayload
            case describedTooLate
            case diskHangs
            case embeddingNotSaved
            case eventsDropped
            case fileReplaced
            case foreignFile
            case hyperparametersChanged
            case invalidOption
            case invalidSummary
            case invalidWallTime
            case lockUnavailable
            case notAnEvent
            case recordTooLarge
            case runExists
            case scalarRounded
            case stepMissing
            case stepTooLarge
            case stepsRepeated
            case summaryTooLarge
            case tagConflict
            case tagTooLong
            case tooManySeries
            case unknownWorker
            case unsuitableRunName
            case writerClosed
        }

        private let kind: Kind

        /// The log directory or the event file could not be made.
        public static let cannotCreate = Code(kind: .cannotCreate)
        /// A log directory or an event file could not be read.
        public static let cannotRead = Code(kind: .cannotRead)
        /// Complete event files could not be uploaded; they wait in the spool.
        public static let cannotUpload = Code(kind: .cannotUpload)
        /// The event file could not be written; what was recorded waits in memory.
        public static let cannotWrite = Code(kind: .cannotWrite)
        /// Another writer is at work in the run directory.
        public static let concurrentWriters = Code(kind: .concurrentWriters)
        /// An event file of an earlier session cannot be read as it should.
        public static let damagedFile = Code(kind: .damagedFile)
        /// The length of a record is damaged; what follows can only be searched for, see `EventFileReader.skipDamage()`.
        public static let damagedLength = Code(kind: .damagedLength)
        /// The payload of a record is damaged; reading can go on behind it.
        public static let damagedPayload = Code(kind: .damagedPayload)
        /// A tag was given a title or a description after its first value, when TensorBoard takes none any more.
        public static let describedTooLate = Code(kind: .describedTooLate)
        /// The disk does not answer; what was recorded waits in memory.
        public static let diskHangs = Code(kind: .diskHangs)
        /// The files of an embedding could not be written; the Projector does not show it.
        public static let embeddingNotSaved = Code(kind: .embeddingNotSaved)
        /// Events are lost because they could not be written in time.
        public static let eventsDropped = Code(kind: .eventsDropped)
        /// The event file was deleted, moved or replaced while it was being written; the log goes on in another one.
        public static let fileReplaced = Code(kind: .fileReplaced)
        /// A file has the name of an event file but does not begin like one.
        public static let foreignFile = Code(kind: .foreignFile)
        /// A run was given other hyperparameters than it has already.
        public static let hyperparametersChanged = Code(kind: .hyperparametersChanged)
        /// An option has a value that makes no sense.
        public static let invalidOption = Code(kind: .invalidOption)
        /// A value could not be made of what was given, for example an image of a wrong number of samples.
        public static let invalidSummary = Code(kind: .invalidSummary)
        /// The clock gave a time that is not a finite number.
        public static let invalidWallTime = Code(kind: .invalidWallTime)
        /// The run directory could not be locked, so other writers in it are not noticed.
        public static let lockUnavailable = Code(kind: .lockUnavailable)
        /// A record holds something else than an event, though it is as it was written; reading can go on behind it.
        public static let notAnEvent = Code(kind: .notAnEvent)
        /// A record says that it is larger than a reader may take.
        public static let recordTooLarge = Code(kind: .recordTooLarge)
        /// The directory holds event files already, and the policy is to refuse that.
        public static let runExists = Code(kind: .runExists)
        /// A scalar became infinite or zero in the 32 bits that TensorBoard has for one.
        public static let scalarRounded = Code(kind: .scalarRounded)
        /// An ambient logging call had no step; its values were put one step above the highest.
        public static let stepMissing = Code(kind: .stepMissing)
        /// A step is beyond what the HParams dashboard can read, and the run has hyperparameters.
        public static let stepTooLarge = Code(kind: .stepTooLarge)
        /// The steps of a tag do not grow, or a session that was appended to a run logs steps that the run has already.
        public static let stepsRepeated = Code(kind: .stepsRepeated)
        /// A step's values take more than the 2 GiB that a protobuf message may have.
        public static let summaryTooLarge = Code(kind: .summaryTooLarge)
        /// A tag was used for two kinds of data.
        public static let tagConflict = Code(kind: .tagConflict)
        /// A tag is longer than TensorBoard can be asked for.
        public static let tagTooLong = Code(kind: .tagTooLong)
        /// There are more series in the charts of `scalars` than can be shown.
        public static let tooManySeries = Code(kind: .tooManySeries)
        /// The environment of a launcher does not say which worker of a job this process is.
        public static let unknownWorker = Code(kind: .unknownWorker)
        /// TensorBoard cannot show a run of this name as it should.
        public static let unsuitableRunName = Code(kind: .unsuitableRunName)
        /// A value was logged after the writer was closed.
        public static let writerClosed = Code(kind: .writerClosed)

        /// The name of the code.
        public var description: String { kind.rawValue }
    }

    /// What kind of problem it is.
    public let code: Code
    /// What happened and what can be done, in a sentence.
    public let message: String
    /// The directory or file that it happened to.
    public let path: FilePath?
    /// Where in the file it happened, in bytes.
    public let offset: Int?
    /// What the system said.
    public let errno: Errno?
    /// The tag of the value that caused it.
    public let tag: String?
    /// The step of the value that caused it.
    public let step: Int?

    // Here, not in an extension: DocC leaves out extensions of a type that another module re-exports.
    /// Whether a reader can go on behind the record that caused the error, by being asked for the next one.
    ///
    /// If not, `skipDamage()` of `EventFileReader` may find what follows.
    public var canReadOn: Bool { code == .damagedPayload || code == .notAnEvent }

    package init(
        _ code: Code,
        _ message: String,
        path: FilePath? = nil,
        offset: Int? = nil,
        errno: Errno? = nil,
        tag: String? = nil,
        step: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.path = path
        self.offset = offset
        self.errno = errno
        self.tag = tag
        self.step = step
    }
}

extension TensorBoardError: CustomStringConvertible {
    /// The message, with the path and what the system said.
    public var description: String {
        var description = message
        if let offset { description = "byte \(offset): \(description)" }
        if let path { description = "\(path): \(description)" }
        if let errno { description += " (\(errno.description), errno \(errno.rawValue))" }
        return description
    }
}

extension Int {
    /// The number with what it counts: `1 event`, `2 events`.
    package func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
