import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport

/// The logs of the ranks of a job.
struct RankLogs {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    var workers: FilePath { directory.appending("workers") }

    /// Creates the writer of a rank.
    func writer(_ rank: Int, attempt: Int = 0, clock: @escaping @Sendable () -> Double = { 1 }) throws -> SummaryWriter
    {
        try SummaryWriter(
            logDirectory: directory.appending("run"),
            workers: .all,
            workerDirectory: workers,
            worker: WorkerIdentity(rank: rank, worldSize: nil, attempt: attempt),
            options: .init(clock: clock, onIssue: { _ in })
        )
    }

    /// Logs a scalar of a rank at some steps: by default, the rank itself.
    func log(
        _ rank: Int,
        _ steps: some Sequence<Int>,
        attempt: Int = 0,
        tag: String = "loss",
        value: ((Int) -> Float)? = nil
    ) throws {
        let writer = try writer(rank, attempt: attempt)
        for step in steps { writer.scalar(tag, value?(step) ?? Float(rank), step: step) }
        try writer.close()
    }

    /// Everything that the ranks have logged, aggregated.
    func points() throws -> [AggregatedPoint] {
        var aggregator = try WorkerAggregator(workers)
        var points: [AggregatedPoint] = []
        aggregator.finish { update in
            guard case .point(let point) = update else { return }
            points.append(point)
        }
        return points
    }
}

extension WorkerAggregator {
    /// What is new, in a form that reads well: each point with its number of ranks.
    mutating func news() -> [String] {
        var news: [String] = []
        readNew { update in
            switch update {
            case .point(let point): news.append("\(point.step): \(point.rankCount)")
            case .restart(let step): news.append("restart at \(step)")
            }
        }
        return news
    }
}

/// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
