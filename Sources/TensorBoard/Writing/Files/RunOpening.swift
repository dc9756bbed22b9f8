import EventFiles
import SystemPackage

/// How a writer's session goes on with its run.
enum RunSession {
    /// The run begins with it.
    case first
    /// It adds to what earlier sessions logged.
    case appended(EarlierEvents)
    /// It goes on at a step, from which on nothing is left of the earlier sessions.
    case resumed(atStep: Int, EarlierEvents)
    /// It goes on with a run whose earlier files are elsewhere and are not read, at a step if one is given.
    case elsewhere(atStep: Int?)

    /// The steps of the session starts in the first file.
    ///
    /// From the second session start of a run on, TensorBoard's Python loader purges what lies behind its step: as an
    /// appended session must not lose what the earlier ones logged, it has none. Where it is not known whether an earlier
    /// session had one, a session that resumes has two.
    var startSteps: [Int] {
        switch self {
        case .first: [0]
        case .appended, .elsewhere(nil): []
        case .resumed(let step, _): [step]
        case .elsewhere(let step?): [step, step]
        }
    }

    /// The step of what belongs to the whole run.
    var firstStep: Int { startSteps.first ?? 0 }

    /// What the earlier sessions logged.
    var earlierEvents: EarlierEvents {
        switch self {
        case .first, .elsewhere: EarlierEvents()
        case .appended(let events), .resumed(_, let events): events
        }
    }
}

/// A run directory that a writer has claimed, by its policies for runs that exist and for other writers.
struct RunOpening {
    let directory: RunDirectory
    private(set) var lock: RunLock?
    /// The event files of earlier sessions, in the order in which TensorBoard reads them.
    let earlierFiles: [String]
    let session: RunSession
    /// What is to be reported once the writer has begun.
    private(set) var issues: [TensorBoardError] = []

    /// Claims the directory, and takes the run back to the step to resume at.
    ///
    /// - Parameters:
    ///   - logDirectory: The directory.
    ///   - options: The writer's policies.
    ///   - operations: The system.
    ///   - known: How the session goes on with the run, where the directory does not tell.
    /// - Throws: ``TensorBoardError``; no directory that was made is left behind then.
    init(
        _ logDirectory: FilePath,
        _ options: SummaryWriter.Options,
        _ operations: FileOperations,
        session known: RunSession? = nil
    ) throws(TensorBoardError) {
        let locks = options.concurrentWriters != .allow
        var attempt: RunLock.Attempt?
        if options.existingRun == .increment {
            (directory, attempt) = try RunDirectory.claimUnused(logDirectory, locks: locks, operations)
        } else {
            directory = try RunDirectory(logDirectory)
            attempt = locks ? RunLock.take(directory.location, operations) : nil
        }
        var lock: RunLock?
        do throws(TensorBoardError) {
            lock = try Self.lock(attempt, directory, options, &issues)
            attempt = nil
            // Looked for only now: the writer that had the lock before may have begun another file.
            earlierFiles = try directory.eventFiles()
            session = if let known { known } else { try Self.session(directory, earlierFiles, options, operations) }
        } catch {
            (attempt, lock) = (nil, nil)
            directory.removeCreated()
            throw error
        }
        self.lock = lock
        issues += session.earlierEvents.problems.map { .earlierFileUnread($0) }
        if directory.path.withPlatformString({ String(validatingCString: $0) }) == nil {
            issues.append(.runNameNotUTF8(directory.path))
        }
    }

    /// Gives the directory up again, and removes what was made of it.
    mutating func cancel() {
        lock = nil
        directory.removeCreated()
    }

    private static func lock(
        _ attempt: RunLock.Attempt?,
        _ directory: RunDirectory,
        _ options: SummaryWriter.Options,
        _ issues: inout [TensorBoardError]
    ) throws(TensorBoardError) -> RunLock? {
        switch attempt {
        case nil:
            return nil
        case .taken(let lock):
            return lock
        case .unavailable(let problem):
            issues.append(.lockUnavailable(problem, path: directory.path))
            return nil
        case .heldByOther:
            let issue = TensorBoardError.concurrentWriters(path: directory.path)
            switch options.existingRun {
            // What another writer is writing must be neither rewritten nor deleted.
            case .resume, .overwrite: throw issue
            case .refuse: throw .runExists("another writer has begun a run here", path: directory.path)
            case .append, .increment: break
            }
            if options.concurrentWriters == .refuse { throw issue }
            issues.append(issue)
            return nil
        }
    }

    private static func session(
        _ directory: RunDirectory,
        _ earlierFiles: [String],
        _ options: SummaryWriter.Options,
        _ operations: FileOperations
    ) throws(TensorBoardError) -> RunSession {
        let files = earlierFiles.map { directory.location.appending($0) }
        switch options.existingRun {
        case .refuse where !earlierFiles.isEmpty:
            throw .runExists("the directory holds \(earlierFiles.count.counted("event file"))", path: directory.path)
        case .append where !earlierFiles.isEmpty:
            return .appended(EarlierEvents(in: files))
        case .resume(let step):
            try RunRewinder(step: step, directory: directory.location, operations: operations).rewind(earlierFiles)
            return .resumed(atStep: step, EarlierEvents(in: files))
        case .append, .refuse, .increment, .overwrite:
            return .first
        }
    }
}
