import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// Writers of the workers of one job.
struct WorkerWriterTests {
    let directory: TemporaryDirectory
    private let issues = IssueCollector()

    init() throws { directory = try TemporaryDirectory() }

    private func worker(_ rank: Int, of size: Int? = 4, attempt: Int? = nil) throws -> WorkerIdentity {
        try WorkerIdentity(rank: rank, worldSize: size, attempt: attempt)
    }

    private func writer(
        _ workers: WorkerChoice,
        _ worker: WorkerIdentity,
        workerDirectory: (any PathConvertible)? = nil,
        existingRun: SummaryWriter.Options.ExistingRun = .increment
    ) throws -> SummaryWriter {
        try SummaryWriter(
            logDirectory: directory.appending("logs/run1"),
            workers: workers,
            workerDirectory: workerDirectory ?? directory.appending("workers/run1"),
            worker: worker,
            options: .init(existingRun: existingRun, onIssue: issues.collect)
        )
    }

    @Test func onlyRankZeroWrites() throws {
        for rank in (0..<4).reversed() {
            let writer = try writer(.rankZero, worker(rank))
            #expect(writer.isEnabled == (rank == 0))
            writer.scalar("loss", Float(rank), step: 0)
            try writer.close()
        }
        #expect(directory.path.entries == ["logs"])
        #expect(directory.appending("logs").entries == ["run1"])
        let data = try LoggedRun(directory.appending("logs/run1")).loadScalars()
        #expect(data.scalars["loss"]?.values == [0])
        #expect(issues.all.isEmpty)
    }

    @Test func aDisabledWriterTakesEverythingInSilence() async throws {
        let writer = try writer(.rankZero, worker(1))
        #expect(!writer.isEnabled)
        writer.scalar("loss", 0.5, step: 0)
        writer.scalarSeries("loss").record(0.5, step: 1)
        writer.scalarSeries("large").record(1e300, step: 1)
        writer.histogram("weights", [1.0, 2.0], step: 0)
        writer.hyperparameters(["rate": 0.1])
        writer.graph(GraphDefinition(nodes: []))
        writer.embedding("points", [[1, 2], [3, 4]] as [[Float]], step: 0)
        writer.step(3) { step in
            step.scalar("loss", 1)
            step.scope("layer1") { $0.histogram("weights", [1.0]) }
        }
        withSummaries(to: writer, step: 4) { Summary.scalar("loss", 1) }
        writer.scope("a").text("note", "x", step: 0)
        try writer.flush()
        try writer.close(outcome: .failure)
        writer.scalar("loss", 0.5, step: 5)
        try writer.close()
        let statistics = writer.statistics
        #expect(statistics.recordedEvents == 0)
        #expect(statistics.refusedValues + statistics.droppedEvents == 0)
        #expect(writer.logDirectory == directory.appending("logs/run1"))
        #expect(directory.path.entries.isEmpty)
        #expect(issues.all.isEmpty)
    }

    @Test func everyRankHasADirectoryBesideTheRun() throws {
        // All at once, as workers begin.
        let workers = try (0..<12).map { try worker($0, of: 12) }
        let writers = try workers.map { try writer(.all, $0) }
        for (rank, writer) in writers.enumerated() {
            writer.scalar("loss", Float(rank), step: 0)
            try writer.close()
        }
        #expect(directory.path.entries == ["workers"])
        let names = directory.appending("workers/run1").entries
        #expect(names.first == "rank-0000")
        #expect(names.last == "rank-0011")
        #expect(names.count == 12)
        #expect(issues.all.isEmpty)
    }

    @Test(arguments: [(1, 8), (3, 8), (8, 8), (20, 8), (8, 1000), (7, 1000)])
    func aSampleIsSpreadEvenlyAndHasRankZero(count: Int, worldSize: Int) throws {
        let ranks = try (0..<worldSize).filter { rank in
            try WorkerAssignment(.sample(count), worker: worker(rank, of: worldSize)).isLogging
        }
        #expect(ranks.count == min(count, worldSize))
        #expect(ranks.first == 0)
        let gaps = zip(ranks.dropFirst() + [worldSize], ranks).map { $0 - $1 }
        #expect(try #require(gaps.max()) - #require(gaps.min()) <= 1)
    }

    @Test func whatCannotBeSampledIsReported() throws {
        let none = #expect(throws: TensorBoardError.self) { try WorkerAssignment(.sample(0), worker: worker(0)) }
        #expect(none?.code == .invalidOption)
        let unknown = #expect(throws: TensorBoardError.self) {
            try WorkerAssignment(.sample(2), worker: worker(0, of: nil))
        }
        #expect(unknown?.code == .unknownWorker)
    }

    @Test func ranksThatWouldBeWatchedAreRefused() throws {
        for below in ["logs/run1", "logs/run1/workers", "logs/x/../run1/workers"] {
            let error = #expect(throws: TensorBoardError.self) {
                try writer(.all, worker(1), workerDirectory: directory.appending(below))
            }
            #expect(error?.code == .invalidOption)
        }
        // Also where this rank would not log.
        let missing = #expect(throws: TensorBoardError.self) {
            try SummaryWriter(logDirectory: "logs/run1", workers: .sample(1), worker: worker(3))
        }
        #expect(missing?.message.contains("workerDirectory") == true)
        #expect(directory.path.entries.isEmpty)
    }

    @Test func aRestartedJobGoesOnInItsDirectories() throws {
        for (attempt, size) in [(0, 4), (1, 2), (2, 3)] {
            for rank in 0..<size {
                // A policy that would delete or refuse what the first attempt wrote, or move on.
                let policy = [.overwrite, .refuse, .increment][rank % 3] as SummaryWriter.Options.ExistingRun
                let writer = try writer(.all, worker(rank, of: size, attempt: attempt), existingRun: policy)
                writer.scalar("loss", Float(attempt), step: attempt)
                try writer.close()
            }
        }
        let workers = directory.appending("workers/run1")
        #expect(workers.entries == ["rank-0000", "rank-0001", "rank-0002", "rank-0003"])
        #expect(try LoggedRun(workers.appending("rank-0000")).loadScalars().scalars["loss"]?.values == [0, 1, 2])
        #expect(try LoggedRun(workers.appending("rank-0002")).loadScalars().scalars["loss"]?.values == [0, 2])
        #expect(try LoggedRun(workers.appending("rank-0003")).loadScalars().scalars["loss"]?.values == [0])
        let names = workers.appending("rank-0002").entries.filter { $0.contains("tfevents") }
        #expect(names.count == 2)
        #expect(names.last?.hasSuffix(".attempt-2") == true)
    }

    @Test func aProgramOfNoLauncherLeavesAnEarlierRunAlone() throws {
        for name in ["run1", "run1_1"] {
            let writer = try writer(.rankZero, WorkerIdentity(environment: [:]))
            writer.scalar("loss", 1, step: 0)
            try writer.close()
            #expect(writer.logDirectory == directory.appending("logs").appending(name))
        }
        // The workers of a launcher may have been started again, though it does not say so.
        let worker = try WorkerIdentity(environment: ["PMI_RANK": "0", "PMI_SIZE": "2"])
        let writer = try writer(.rankZero, worker)
        try writer.close()
        #expect(writer.logDirectory == directory.appending("logs/run1"))
        let own = try self.writer(.all, WorkerIdentity(environment: [:]))
        try own.close()
        #expect(own.logDirectory == directory.appending("workers/run1/rank-0000"))
    }

    @Test func scopedWritersKnowWorkers() throws {
        let run = directory.appending("logs/run1")
        for rank in 0..<2 {
            let isEnabled = try withSummaryWriter(logDirectory: run, workers: .rankZero, worker: worker(rank)) {
                writer in
                writer.scalar("loss", Float(rank), step: rank)
                return writer.isEnabled
            }
            #expect(isEnabled == (rank == 0))
        }
        #expect(try LoggedRun(run).loadScalars().scalars["loss"]?.steps == [0])
    }
}
