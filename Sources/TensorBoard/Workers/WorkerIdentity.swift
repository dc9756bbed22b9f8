public import EventFiles
import Platform

/// Which worker of a job this process is.
///
/// ```swift
/// let worker = try WorkerIdentity.current
/// print(worker)                                   // rank 3 of 8 (torchrun, attempt 1)
/// let data = samples.filter { $0.index % (worker.worldSize ?? 1) == worker.rank }
/// ```
///
/// Launchers tell it by environment variables; ``Source`` lists them in the order in which they are asked. A process that no
/// launcher started is rank 0 of 1.
public struct WorkerIdentity: Sendable, Hashable {
    /// Who said which worker this is.
    ///
    /// The first whose variables are set counts. Launchers run inside each other, as torchrun in a Slurm job whose tasks are
    /// nodes, and only the one nearest to the process knows all of its siblings: first those that start processes, then
    /// the managers of a cluster.
    public enum Source: String, Sendable, CaseIterable {
        /// `RANK`, `WORLD_SIZE`, `LOCAL_RANK`, `TORCHELASTIC_RUN_ID`, `TORCHELASTIC_RESTART_COUNT`; other launchers of PyTorch
        /// set the first three.
        case torchrun
        /// `OMPI_COMM_WORLD_RANK`, `OMPI_COMM_WORLD_SIZE`, `OMPI_COMM_WORLD_LOCAL_RANK`: Open MPI's `mpirun`.
        case openMPI
        /// `PMI_RANK`, `PMI_SIZE`, `PMI_LOCAL_RANK` or `MPI_LOCALRANKID`: MPICH, Intel MPI and Cray.
        case pmi
        /// `PMIX_RANK`, `PMIX_NAMESPACE`; the world size is known only in a step of Slurm.
        case pmix
        /// `SLURM_PROCID`, `SLURM_NTASKS`, `SLURM_LOCALID`, `SLURM_JOB_ID`, `SLURM_RESTART_COUNT`: `srun` and `sbatch`.
        case slurm
        /// `JOB_COMPLETION_INDEX` of an indexed Job; the world size is unknown unless the pod says `WORLD_SIZE`.
        case kubernetes
        /// The program itself, by ``WorkerIdentity/init(rank:worldSize:localRank:job:attempt:)``.
        case program
        /// No launcher: a single process.
        case none
    }

    /// The number of the worker in its job, from 0.
    public let rank: Int
    /// The number of workers; `nil` if the launcher does not say.
    public let worldSize: Int?
    /// The number of the worker on its machine, from 0; `nil` if the launcher does not say.
    public let localRank: Int?
    /// The name of the job, which stays when it is started again; `nil` if the launcher does not say.
    public let job: String?
    /// How often the job was started again before this; `nil` if the launcher does not count.
    public let attempt: Int?
    /// Who said so.
    public let source: Source

    /// Creates the identity of a worker of another launcher.
    ///
    /// - Parameters:
    ///   - rank: The number of the worker, from 0.
    ///   - worldSize: The number of workers; `nil` if it is unknown.
    ///   - localRank: The number of the worker on its machine, from 0.
    ///   - job: The name of the job.
    ///   - attempt: How often the job was started again before.
    /// - Throws: ``TensorBoardError/Code/unknownWorker`` if a number is negative, or the rank not below the world size.
    public init(
        rank: Int,
        worldSize: Int?,
        localRank: Int? = nil,
        job: String? = nil,
        attempt: Int? = nil
    ) throws(TensorBoardError) {
        try self.init(rank, worldSize, localRank, job, attempt, .program) { "the \($0)" }
    }

    /// Creates an identity of numbers that are checked; `name` says what to call a number in an error.
    init(
        _ rank: Int,
        _ worldSize: Int?,
        _ localRank: Int?,
        _ job: String?,
        _ attempt: Int?,
        _ source: Source,
        calling name: (String) -> String
    ) throws(TensorBoardError) {
        let numbers = [("rank", rank), ("local rank", localRank), ("attempt", attempt)] as [(String, Int?)]
        for (key, number) in numbers {
            guard let number, number < 0 else { continue }
            throw .unknownWorker("\(name(key)) is \(number)", "a number from 0")
        }
        if let worldSize, rank >= worldSize {
            throw .unknownWorker(
                "\(name("rank")) is \(rank) and \(name("world size")) is \(worldSize)",
                "a rank below the world size"
            )
        }
        self.rank = rank
        self.worldSize = worldSize
        self.localRank = localRank
        self.job = job
        self.attempt = attempt
        self.source = source
    }

    /// The worker that this process is, by its environment.
    ///
    /// - Throws: ``TensorBoardError/Code/unknownWorker``, see ``init(environment:)``.
    public static var current: WorkerIdentity {
        get throws(TensorBoardError) {
            var environment: [String: String] = [:]
            for name in Launcher.variables {
                if let value = getenv(name) { environment[name] = String(cString: value) }
            }
            return try WorkerIdentity(environment: environment)
        }
    }

    /// The name of the worker's directory beside those of the others: `rank-0003`.
    ///
    /// The width does not depend on the world size, for a job that goes on with more or fewer workers goes on in the same
    /// directories.
    public var directoryName: String { "rank-\(String(repeating: "0", count: max(0, 4 - "\(rank)".count)))\(rank)" }
}

extension WorkerIdentity: CustomStringConvertible {
    /// `rank 3 of 8 (slurm, attempt 1)`.
    public var description: String {
        let size = worldSize.map { " of \($0)" } ?? ""
        let attempt = attempt.map { $0 == 0 ? "" : ", attempt \($0)" } ?? ""
        return "rank \(rank)\(size) (\(source.rawValue)\(attempt))"
    }
}

extension TensorBoardError {
    static func unknownWorker(_ problem: String, _ remedy: String) -> TensorBoardError {
        TensorBoardError(
            .unknownWorker,
            "\(problem), so it is not known which worker this is; give \(remedy), or clear what another launcher has left"
        )
    }
}
