public import EventFiles

/// The environment variables by which a launcher tells a process which worker it is.
///
/// Sources: the manuals of torchrun, Open MPI, Slurm and PMIx, and Kubernetes' page on indexed Jobs.
struct Launcher {
    let source: WorkerIdentity.Source
    let rank: String
    var worldSize: String?
    /// The first that is set counts.
    var localRank: [String] = []
    var job: String?
    /// Whether a rank without a world size is an error.
    var needsWorldSize = true
    /// Whether other variables than the rank are left only by this launcher's processes, not by those around it.
    var ownsAll = true

    /// From the nearest to the process to the outermost.
    static let all = [
        Launcher(
            source: .torchrun,
            rank: "RANK",
            worldSize: "WORLD_SIZE",
            localRank: ["LOCAL_RANK"],
            job: "TORCHELASTIC_RUN_ID"
        ),
        Launcher(
            source: .openMPI,
            rank: "OMPI_COMM_WORLD_RANK",
            worldSize: "OMPI_COMM_WORLD_SIZE",
            localRank: ["OMPI_COMM_WORLD_LOCAL_RANK"]
        ),
        Launcher(
            source: .pmi,
            rank: "PMI_RANK",
            worldSize: "PMI_SIZE",
            localRank: ["PMI_LOCAL_RANK", "MPI_LOCALRANKID"]
        ),
        Launcher(source: .pmix, rank: "PMIX_RANK", job: pmixJob, needsWorldSize: false, ownsAll: false),
        // An allocation without a process of it has all but the rank.
        Launcher(
            source: .slurm,
            rank: "SLURM_PROCID",
            worldSize: slurmWorldSize,
            localRank: ["SLURM_LOCALID"],
            ownsAll: false
        ),
        Launcher(
            source: .kubernetes,
            rank: "JOB_COMPLETION_INDEX",
            worldSize: "WORLD_SIZE",
            needsWorldSize: false,
            ownsAll: false
        ),
    ]

    private static let slurmWorldSize = "SLURM_NTASKS"
    private static let pmixJob = "PMIX_NAMESPACE"
    private static let slurmJob = "SLURM_JOB_ID"
    private static let slurmRestarts = "SLURM_RESTART_COUNT"
    private static let torchRestarts = "TORCHELASTIC_RESTART_COUNT"
    private static let torchRestartLimit = "TORCHELASTIC_MAX_RESTARTS"

    /// All variables that are asked for.
    static var variables: [String] {
        all.flatMap { [$0.rank, $0.worldSize, $0.job].compactMap(\.self) + $0.localRank }
            + [slurmJob, slurmRestarts, torchRestarts, torchRestartLimit]
    }

    /// Whether the launcher says something in an environment.
    func isPresent(in environment: [String: String]) -> Bool {
        if environment[rank] != nil { return true }
        guard ownsAll else { return false }
        // The pods of an indexed Job have their index in place of a rank.
        if source == .torchrun, environment["JOB_COMPLETION_INDEX"] != nil, environment["LOCAL_RANK"] == nil {
            return false
        }
        return ([worldSize].compactMap(\.self) + localRank.prefix(1)).contains { environment[$0] != nil }
    }

    /// The worker by the launcher's variables.
    func worker(in environment: [String: String]) throws(TensorBoardError) -> WorkerIdentity {
        guard let rankNumber = try Self.number(rank, environment) else {
            let others = ([worldSize].compactMap(\.self) + localRank).filter { environment[$0] != nil }
            throw .unknownWorker("\(others.joined(separator: " and ")) is set and \(rank) is not", "both")
        }
        var worldSizeName = worldSize
        // Slurm's own step: with another server of PMIx, Slurm's variables are those of its daemons.
        if source == .pmix, environment[Self.pmixJob]?.hasPrefix("slurm.pmix.") == true {
            worldSizeName = Self.slurmWorldSize
        }
        var size: Int?
        if let worldSizeName { size = try Self.number(worldSizeName, environment) }
        // A batch script that was given no number of tasks is a process 0 that knows none.
        let isBatchScript = source == .slurm && rankNumber == 0
        if size == nil, needsWorldSize, !isBatchScript, let worldSizeName {
            throw .unknownWorker("\(rank) is set and \(worldSizeName) is not", "both")
        }
        let localRankName = localRank.first { environment[$0] != nil }
        var local: Int?
        if let localRankName { local = try Self.number(localRankName, environment) }
        let names = [
            "rank": rank, "world size": worldSizeName, "local rank": localRankName, "attempt": attemptName,
        ]
        return try WorkerIdentity(rankNumber, size, local, job(environment), attempt(environment), source) {
            names[$0].flatMap(\.self) ?? $0
        }
    }

    private var attemptName: String { source == .torchrun ? Self.torchRestarts : Self.slurmRestarts }

    /// The job's name by the launcher, or else by the Slurm job around it.
    private func job(_ environment: [String: String]) -> String? {
        let own = job.flatMap { environment[$0] }
        // torchrun's word for a job without a name.
        return own.flatMap { $0 == "none" || $0.isEmpty ? nil : $0 } ?? environment[Self.slurmJob]
    }

    /// How often the job was started again, by the launcher and the Slurm job around it.
    private func attempt(_ environment: [String: String]) throws(TensorBoardError) -> Int? {
        // Slurm sets it from the first restart on.
        let isInSlurm = environment[Self.slurmJob] != nil
        let outer = try Self.number(Self.slurmRestarts, environment) ?? (isInSlurm ? 0 : nil)
        guard source == .torchrun, let inner = try Self.number(Self.torchRestarts, environment) else { return outer }
        guard let outer, outer > 0 else { return inner }
        // A job that Slurm starts again counts anew in torchrun, and the later attempt must have the higher number.
        let limit = try Self.number(Self.torchRestartLimit, environment) ?? 0
        let (product, overflows) = outer.multipliedReportingOverflow(by: max(limit, inner) &+ 1)
        return overflows || product > .max - inner ? outer : product + inner
    }

    /// The number that a variable holds; `nil` if it is not set.
    private static func number(_ name: String, _ environment: [String: String]) throws(TensorBoardError) -> Int? {
        guard let text = environment[name] else { return nil }
        guard let number = Int(text) else { throw .unknownWorker("\(name) is \"\(text)\"", "a number") }
        return number
    }
}

extension WorkerIdentity {
    /// Reads the identity from environment variables.
    ///
    /// - Parameter environment: The variables, of which those count that ``Source`` lists.
    /// - Throws: ``TensorBoardError/Code/unknownWorker``, with the names of the variables, if a launcher's variables are set
    ///   only in part, are no numbers, or contradict each other.
    public init(environment: [String: String]) throws(TensorBoardError) {
        for launcher in Launcher.all where launcher.isPresent(in: environment) {
            self = try launcher.worker(in: environment)
            return
        }
        self = try WorkerIdentity(0, 1, 0, nil, nil, .none) { $0 }
    }
}
