#if ObjectStorage
public import EventFiles
import Platform
public import TensorBoard

/// How a writer uploads a run, and how it writes what waits for the upload.
///
/// ```swift
/// var options = UploadOptions()
/// options.store.endpoint = "https://minio.example.com:9000"
/// options.existingRun = .refuse
/// let writer = try SummaryWriter.uploading(to: "s3://bucket/logs/run1", spool: "spool", options: options)
/// ```
public struct UploadOptions: Sendable {
    /// What to do with a run that the store has already.
    ///
    /// Objects that are there are neither changed nor deleted: TensorBoard stops to reload a run of which an object is gone.
    public enum ExistingRun: Sendable, Hashable {
        /// Go on with the run.
        ///
        /// The earlier objects are not read, so steps, graphs and hyperparameters that the run has already are not noticed.
        case append
        /// Go on at a step: TensorBoard purges what was logged at that step and later.
        case resume(atStep: Int)
        /// Throw `TensorBoardError.Code.runExists`, also if an earlier session's files still wait in the spool.
        case refuse
    }

    /// How to reach the store.
    public var store = StoreOptions()
    /// What to do with a run that the store has already; go on with it by default.
    public var existingRun = ExistingRun.append
    /// The size in bytes of an object, above which the log goes on in another; 8 MiB by default.
    ///
    /// An object is held in memory while it is uploaded. A single event that is larger has an object of its own.
    public var maximumFileSize = 8 << 20
    /// How many bytes of complete files may wait in the spool, 10 GiB by default.
    ///
    /// When there are as many, the writer treats the spool as a full disk: new events wait in memory up to ``bufferLimit``,
    /// then they are dropped, counted and reported. What is in the spool is never dropped.
    public var spoolLimit = 10 << 30
    /// How long `close` waits for the store, and `flush(.uploaded)` for a store that takes nothing; 30 s by default.
    public var grace = Duration.seconds(30)

    /// The longest time that a recorded event waits in memory before it is in the spool, the most that a killed process
    /// loses; 10 ms by default.
    public var flushInterval = Duration.milliseconds(10)
    /// When a recorded event is safe in the spool; within ``flushInterval`` by default.
    public var durability = SummaryWriter.Options.Durability.process
    /// The most bytes of events that wait in memory while the spool takes none; 64 MiB by default.
    public var bufferLimit = 64 << 20
    /// How long a call waits for room in a full buffer before events are given up; 5 s by default.
    public var stallTimeout = Duration.seconds(5)
    /// Put at the end of the objects' names, for example `.eval`.
    public var filenameSuffix = ""
    /// Gives the time stamp of an event in seconds since 1970-01-01 UTC; the system's clock by default.
    public var clock: @Sendable () -> Double = { WallClock.now() }
    /// Called for a problem, once until it is over; prints it on standard error by default.
    ///
    /// The call comes from the thread that met the problem, which is not always one of the caller's.
    public var onIssue: @Sendable (TensorBoardError) -> Void = SummaryWriter.Options().onIssue

    /// The options that suit most programs.
    public init() {}

    /// The options of the writer that writes into the spool.
    var writing: SummaryWriter.Options {
        SummaryWriter.Options(
            flushInterval: flushInterval,
            durability: durability,
            existingRun: .append,
            // The spool has locks of its own, which outlast the writer.
            concurrentWriters: .allow,
            maximumFileSize: maximumFileSize,
            bufferLimit: bufferLimit,
            stallTimeout: stallTimeout,
            filenameSuffix: filenameSuffix,
            clock: clock,
            onIssue: onIssue
        )
    }

    /// Throws for the first option that makes no sense and is not the writer's to check.
    func validate() throws(TensorBoardError) {
        if grace < .zero { throw TensorBoardError(.invalidOption, "grace must not be negative, it is \(grace)") }
        if spoolLimit < 1 {
            throw TensorBoardError(.invalidOption, "spoolLimit must be at least one byte, it is \(spoolLimit)")
        }
    }
}
#endif
