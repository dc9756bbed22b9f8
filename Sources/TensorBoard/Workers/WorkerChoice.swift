public import EventFiles
import SystemPackage

/// Which workers of a job log; see ``SummaryWriter/init(logDirectory:workers:workerDirectory:worker:options:)``.
public enum WorkerChoice: Sendable, Hashable {
    /// Rank 0 alone, into the log directory.
    case rankZero
    /// Every rank, each into a directory of its own.
    case all
    /// So many ranks, spread evenly over the world size, each into a directory of its own; rank 0 is always one of them.
    case sample(Int)
}

/// What one worker of a job logs, and where.
///
/// ```swift
/// let assignment = try WorkerAssignment(.sample(8))
/// if assignment.isLogging { print(assignment.worker.directoryName) }
/// ```
public struct WorkerAssignment: Sendable, Hashable {
    /// Which workers log.
    public let choice: WorkerChoice
    /// The worker.
    public let worker: WorkerIdentity
    /// Whether the worker logs.
    public let isLogging: Bool

    /// Decides whether a worker logs.
    ///
    /// - Parameters:
    ///   - choice: Which workers log.
    ///   - worker: The worker; by default what ``WorkerIdentity/current`` says.
    /// - Throws: ``TensorBoardError/Code/unknownWorker`` if the worker or, for a sample, the world size is not known,
    ///   ``TensorBoardError/Code/invalidOption`` for a sample of no ranks.
    public init(_ choice: WorkerChoice, worker: WorkerIdentity? = nil) throws(TensorBoardError) {
        let worker = if let worker { worker } else { try WorkerIdentity.current }
        self.choice = choice
        self.worker = worker
        switch choice {
        case .rankZero: isLogging = worker.rank == 0
        case .all: isLogging = true
        case .sample(let count): isLogging = try Self.isSampled(worker, count)
        }
    }

    /// Whether the worker is one of `count` that are spread evenly.
    private static func isSampled(_ worker: WorkerIdentity, _ count: Int) throws(TensorBoardError) -> Bool {
        guard count > 0 else {
            throw TensorBoardError(.invalidOption, "a sample of \(count) ranks logs nothing; give a number from 1")
        }
        guard let worldSize = worker.worldSize else {
            throw .unknownWorker(
                "the number of workers is unknown, over which a sample is spread",
                "WORLD_SIZE in the environment"
            )
        }
        return count >= worldSize || (0..<count).contains { $0 * worldSize / count == worker.rank }
    }

    /// Whether each rank logs into a directory of its own.
    package var hasRankDirectories: Bool { choice != .rankZero }

    /// The directory that the worker logs into.
    ///
    /// - Parameters:
    ///   - logDirectory: The directory of the run, which TensorBoard watches.
    ///   - workerDirectory: The directory above those of the ranks.
    /// - Returns: The directory, whether the worker logs or not.
    /// - Throws: ``TensorBoardError/Code/invalidOption`` if ranks have directories of their own and these would be watched.
    func directory(_ logDirectory: FilePath, _ workerDirectory: FilePath?) throws(TensorBoardError) -> FilePath {
        guard hasRankDirectories else { return logDirectory }
        let reason = "each run costs TensorBoard time at every reload"
        guard let workerDirectory else {
            throw TensorBoardError(
                .invalidOption,
                "the ranks' runs have no place; give a workerDirectory beside the directory that TensorBoard watches, for \(reason)",
                path: logDirectory
            )
        }
        guard !workerDirectory.isInside(logDirectory) else {
            throw TensorBoardError(
                .invalidOption,
                "the ranks' runs lie in the run itself, where TensorBoard watches them, and \(reason); give a "
                    + "workerDirectory beside the directory that it watches",
                path: workerDirectory
            )
        }
        return workerDirectory.appending(worker.directoryName)
    }

    /// The options for a run that the job shares, whatever number of processes write it one after the other.
    ///
    /// - Parameter options: The options as they were given.
    /// - Returns: The options for the worker.
    package func options(_ options: SummaryWriter.Options) -> SummaryWriter.Options {
        var options = options
        let attempt = worker.attempt ?? 0
        switch options.existingRun {
        // A number would depend on which worker comes first, and a restarted job would not find its own.
        case .increment: if hasRankDirectories || worker.source != .none { options.existingRun = .append }
        case .overwrite, .refuse: if attempt > 0 { options.existingRun = .append }
        case .append, .resume: break
        }
        options.filenameSuffix += EventFileName.attemptSuffix(attempt)
        return options
    }
}

extension FilePath {
    /// Whether the path is a directory, or leads into it.
    fileprivate func isInside(_ directory: FilePath) -> Bool {
        let (path, other) = (RunDirectory.absolute(self), RunDirectory.absolute(directory))
        return path.lexicallyNormalized().starts(with: other.lexicallyNormalized())
    }
}
