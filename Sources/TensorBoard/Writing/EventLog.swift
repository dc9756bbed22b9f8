import Summaries
import Synchronization
import SystemPackage
import TFRecord

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The engine of a writer: encodes events into a buffer on the caller's thread, writes the buffer on its own.
///
/// Two locks divide the work. `recording` guards what callers touch and is held only to encode, frame and append.
/// `saving` guards the file and is held while the system writes; a logging call never waits for it. The two buffers
/// change places, so nothing is copied. Who needs both takes `saving` first.
///
/// The drain's thread keeps the log alive until it is closed; the log does not know its writer, so a writer that is let
/// go can close it.
final class EventLog: Sendable {
    /// What the drain touches.
    struct Saving: ~Copyable {
        var files: EventFileSequence
        var lock: RunLock?
        /// Records on their way into the file.
        var outgoing = RecordBuffer()
        /// How many bytes of `outgoing` are in the file already.
        var savedBytes = 0
        /// How many records of `outgoing` are in the file already.
        var savedRecords = 0
        /// Where in `outgoing` the records of the files that follow begin.
        var fileStarts: ArraySlice<Int> = []
    }

    /// How a round of saving ended.
    enum SavingRound: Equatable {
        /// Everything recorded is in the file.
        case complete
        /// Another file was begun in place of one that somebody has taken away; nothing is in it yet.
        case fileReplaced
        case failed(Errno)
    }

    let options: SummaryWriter.Options
    /// The event files of earlier sessions.
    let earlierFiles: [String]
    let recording: BargingLock<EventRecording>
    let saving: Mutex<Saving>
    /// Something for the drain to do.
    let work = EventCount()
    /// Something that the drain has done.
    let progress = EventCount()
    /// The drain's thread; 0 before it runs.
    let drainThread = Atomic<UInt>(0)
    private let process = getpid()

    /// Makes the event file, with the records that begin it, and starts the drain.
    ///
    /// - Throws: ``TensorBoardError``; no file is left behind then.
    init(
        directory: RunDirectory,
        options: SummaryWriter.Options,
        operations: FileOperations
    ) throws(TensorBoardError) {
        let clockTime = options.clock()
        let time = clockTime.isFinite ? clockTime : WallClock.now()
        let (lock, issue) = try RunLock.take(directory.location, options.concurrentWriters, operations)
        // Looked for only now: the writer that had the lock before may have begun another file.
        earlierFiles = try directory.eventFiles(options.existingRun)
        if case .resume(let step) = options.existingRun {
            // What another writer is writing must not be rewritten.
            if let issue { throw issue }
            try RunRewinder(step: step, directory: directory.location, operations: operations)
                .rewind(earlierFiles)
        }
        let sessionStart = options.existingRun.sessionStart(earlierFiles)
        let files = try EventFileSequence(
            directory,
            earlierFiles,
            time: time,
            sessionStart: sessionStart,
            options: options,
            operations: operations
        )
        self.options = options
        recording = BargingLock(EventRecording(files.file, wallTime: time, sessionStart: sessionStart, options))
        saving = Mutex(Saving(files: files, lock: lock))

        let problem = BackgroundThread.start { [self] in drain() }
        guard problem == 0 else {
            saving.withLock { $0.files.remove() }
            throw TensorBoardError(
                .cannotCreate,
                "no thread could be started to write the event file; close writers that are not in use",
                path: path,
                errno: Errno(rawValue: problem)
            )
        }
        if let issue { options.onIssue(issue) }
    }

    /// The event file that is being written.
    var path: FilePath { recording.withLock { $0.path } }

    /// Whether this is the process that made the log, not one that was forked from it: there the drain is missing, and
    /// the file is the parent's.
    var isInItsProcess: Bool { process == getpid() }
}

extension SummaryWriter.Options.ExistingRun {
    /// The step at which a new session begins, or `nil` if it goes on with an older one at a step that is not known yet.
    fileprivate func sessionStart(_ earlierFiles: [String]) -> Int? {
        switch self {
        case .resume(let step): step
        case .append where !earlierFiles.isEmpty: nil
        default: 0
        }
    }
}
