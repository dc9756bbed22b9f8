import Foundation
import Synchronization
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct AggregateCommandTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    private func scalars(_ run: String) throws -> NameDictionary<[Double]> {
        try LoggedRun(runs.directory.appending(run)).load(restarts: .fastLoader).scalars.mapValues(\.values)
    }

    @Test func theRanksBecomeOneRun() async throws {
        try runs.log("workers/rank-0000", "train/loss", [1, 2, 3])
        try runs.log("workers/rank-0001", "train/loss", [3, 6])
        let result = try await runs.tblog("aggregate", "workers", "--into", "logs/run1")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("2 ranks"))
        #expect(
            try scalars("logs/run1") == [
                "train/loss/mean": [2, 4, 3], "train/loss/min": [1, 2, 3], "train/loss/max": [3, 6, 3],
                "train/loss/p99": [2.98, 5.96, 3].map { Double(Float($0)) }, "train/loss/rank_of_max": [1, 1, 0],
                "train/loss/ranks": [2, 2, 1],
            ]
        )
        let data = try LoggedRun(runs.directory.appending("logs/run1")).load()
        let expected = ScalarLayout {
            ChartCategory("train") {
                MarginChart(
                    "train/loss",
                    [.init("train/loss/mean", lower: "train/loss/min", upper: "train/loss/max")]
                )
            }
        }
        #expect(data.contents["custom_scalars__config__"]?.values == [.layout(expected)])
    }

    @Test func theSameIsWrittenAgainButOnlyWhenAskedFor() async throws {
        try runs.log("workers/rank-0000", "loss", [1, 2])
        #expect(try await runs.tblog("aggregate", "workers", "--into", "run").status == 0)
        let first = try LoggedRun(runs.directory.appending("run")).files[0].contents()
        let refused = try await runs.tblog("aggregate", "workers", "--into", "run")
        #expect(refused.status != 0)
        #expect(refused.errors.contains("--overwrite"))
        let again = try await runs.tblog("aggregate", "workers", "--into", "run", "--overwrite", "--json")
        #expect(again.status == 0)
        #expect(again.errors.isEmpty)
        let files = try LoggedRun(runs.directory.appending("run")).files
        #expect(files.count == 1)
        #expect(try files[0].contents() == first)
        let rows = try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [[String: Any]]
        #expect(rows?.first?["mean"] as? Double == 2)
        #expect(rows?.first?["rank_of_max"] as? Int == 0)
    }

    @Test(arguments: [
        (["workers", "--into", "workers"], "holds the ranks"),
        (["workers", "--into", "workers/run"], "lies in workers"),
        (["workers", "--into", "./x/../workers/../workers/run"], "lies in workers"),
        (["workers", "--into", "."], "lies in the run"),
        (["missing", "--into", "run"], "no such file"),
        (["empty", "--into", "run"], "rank-0000"),
        (["workers", "--into", "run", "--tag", "accuracy"], "logged no scalar that matches 'accuracy'"),
        (["workers", "--into", "run", "--patience", "-1"], "--patience"),
        (["workers", "--into", ""], "--into"),
    ])
    func mistakesAreExplained(arguments: [String], message: String) async throws {
        try runs.log("workers/rank-0000", "loss", [1])
        try runs.log("empty/other", "loss", [1])
        try FileManager.default.createDirectory(
            at: runs.directory.url.appending(path: "x"),
            withIntermediateDirectories: true
        )
        let result = try await ExecutedCommand("tblog", ["aggregate"] + arguments, directory: runs.directory.url)
        #expect(result.status != 0)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(!runs.directory.appending("run").exists)
    }

    @Test func aDamagedLogIsReportedAndTheRestIsWritten() async throws {
        for rank in 0..<2 { try runs.log("workers/rank-000\(rank)", "loss", [1, 2]) }
        try runs.damage("workers/rank-0001")
        let result = try await runs.tblog("aggregate", "workers", "--into", "run")
        #expect(result.status != 0)
        #expect(result.errors.contains("rank-0001"))
        #expect(try scalars("run")["loss/ranks"] == [2, 1])
    }

    /// A job that begins after the command, grows, and restarts with one worker of two.
    @Test func followingGoesOnAsRanksDo() async throws {
        let stage = Mutex(0)
        let runs = runs
        let ended = try await KilledCommand.run(
            "tblog",
            ["aggregate", "workers", "--into", "run", "--follow", "--interval", "0.02", "--patience", "0.05"],
            directory: runs.directory.url,
            signal: SIGTERM
        ) {
            let errors =
                (try? String(contentsOf: runs.directory.url.appending(path: "stderr.txt"), encoding: .utf8)) ?? ""
            let means = (try? scalars("run"))?["loss/mean"]?.count ?? 0
            return stage.withLock { stage in
                do {
                    switch stage {
                    case 0 where errors.contains("waiting"):
                        for rank in 0..<2 { try log(rank, attempt: 0, 0..<5) }
                        stage = 1
                    case 1 where means == 5:
                        try log(0, attempt: 1, 3..<9)
                        stage = 2
                    case 2 where means == 9: return true
                    default: break
                    }
                    return false
                } catch {
                    return true
                }
            }
        }
        #expect(ended.wasRunning)
        #expect(ended.errors.contains("waiting for ranks in workers"))
        #expect(ended.errors.contains("going back to step 3"))
        #expect(try scalars("run")["loss/mean"] == [0.5, 1.5, 2.5, 103, 104, 105, 106, 107, 108])
        #expect(try scalars("run")["loss/ranks"] == [2, 2, 2, 1, 1, 1, 1, 1, 1])
        // As both loaders show it.
        let slow = try LoggedRun(runs.directory.appending("run")).load(restarts: .slowLoader)
        #expect(slow.scalars["loss/mean"]?.steps == Array(0..<9))
    }

    private func log(_ rank: Int, attempt: Int, _ steps: Range<Int>) throws {
        let writer = try SummaryWriter(
            logDirectory: runs.directory.appending("run"),
            workers: .all,
            workerDirectory: runs.directory.appending("workers"),
            worker: WorkerIdentity(rank: rank, worldSize: 2, attempt: attempt),
            options: .init(onIssue: { _ in })
        )
        for step in steps { writer.scalar("loss", 100 * attempt + rank + step, step: step) }
        try writer.close()
    }
}
