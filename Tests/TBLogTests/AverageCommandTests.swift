import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct AverageCommandTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    @Test func theAverageIsWrittenAsRuns() async throws {
        try runs.log("logs/a", "cost", [1, 2, 7])
        try runs.log("logs/b", "cost", [3, 6])
        let result = try await runs.tblog("average", "logs", "--output", "average")
        #expect(result.status == 0)
        let written = Dictionary(
            uniqueKeysWithValues: try LogDirectory(runs.directory.appending("average")).runs().map { run in
                (run.name, run.load().scalars.mapValues(\.values))
            }
        )
        #expect(written["mean"] == ["cost": [2, 4]])
        #expect(written["minimum"] == ["cost": [1, 2]])
        #expect(written["maximum"] == ["cost": [3, 6]])
        #expect(
            written["standard_deviation"] == ["cost": [Double(Float(2).squareRoot()), Double(Float(8).squareRoot())]]
        )
        #expect(written["spread"] == ["cost/mean": [2, 4], "cost/minimum": [1, 2], "cost/maximum": [3, 6]])
    }

    @Test func theSpreadHasAChartWithABand() async throws {
        for run in ["logs/a", "logs/b"] { try runs.log(run, "loss/train", [1]) }
        _ = try await runs.tblog("average", "logs", "--output", "average")
        let data = try LoggedRun(runs.directory.appending("average/spread")).load()
        let expected = ScalarLayout {
            ChartCategory("loss") {
                MarginChart(
                    "loss/train",
                    [.init("loss/train/mean", lower: "loss/train/minimum", upper: "loss/train/maximum")]
                )
            }
        }
        #expect(data.contents["custom_scalars__config__"]?.values == [.layout(expected)])
    }

    @Test func nothingIsWrittenOverOrOfHalfARun() async throws {
        for run in ["logs/a", "logs/b"] { try runs.log(run, "cost", [1, 2]) }
        #expect(try await runs.tblog("average", "logs", "--output", "average").status == 0)
        #expect(try await runs.tblog("average", "logs", "--output", "average").status != 0)
        try runs.damage("logs/b")
        #expect(try await runs.tblog("average", "logs", "--output", "other").status != 0)
        #expect(!runs.directory.appending("other").exists)
    }

    @Test func oneRunAndNoSharedStepsAreMistakes() async throws {
        try runs.log("logs/a", "cost", [1])
        #expect(try await runs.tblog("average", "logs", "-o", "average").errors.contains("at least two"))
        try runs.log("logs/b", "loss", [1])
        #expect(try await runs.tblog("average", "logs", "-o", "average").errors.contains("no scalar"))
    }

    private func written() throws -> NameDictionary<NameDictionary<[Double]>> {
        var written: NameDictionary<NameDictionary<[Double]>> = [:]
        for run in try LogDirectory(runs.directory.appending("average")).runs() {
            written[run.name] = run.load().scalars.mapValues(\.values)
        }
        return written
    }

    @Test func theStatisticsThatAreAskedForAreWritten() async throws {
        for (run, value) in [("a", 1), ("b", 2), ("c", 6)] as [(String, Float)] {
            try runs.log("logs/\(run)", "cost", [value])
        }
        let result = try await runs.tblog(
            "average",
            "logs",
            "--statistics",
            "median,variance,max",
            "--json",
            "-o",
            "average"
        )
        #expect(result.status == 0)
        #expect(result.output.contains(#""last_step":0,"median":2.0,"variance":7.0,"maximum":6.0}"#))
        let written = try written()
        #expect(written.keys == ["maximum", "median", "spread", "variance"])
        #expect(written["median"]?["cost"] == [2])
        #expect(written["variance"]?["cost"] == [7])
        let unknown = try await runs.tblog("average", "logs", "--statistics", "mean,mode", "-o", "other")
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("the names are mean, median,"))
    }

    @Test func whatSomeRunsLackIsAveragedOnRequestAndCounted() async throws {
        try runs.log("logs/a", "cost", [1, 2])
        try runs.log("logs/b", "cost", [3])
        try runs.log("logs/b", "loss", [5])
        #expect(try await runs.tblog("average", "logs", "--partial", "-o", "average").status == 0)
        let written = try written()
        #expect(written["mean"] == ["cost": [2, 2], "loss": [5]])
        #expect(written["run_count"] == ["cost": [2, 1], "loss": [1]])
    }

    @Test(arguments: [("first", 1.5), ("last", 5), ("mean", 3.25)])
    func repeatedStepsCountOnce(rule: String, mean: Double) async throws {
        try runs.log("logs/a") { writer in for value in [1, 8] as [Float] { writer.scalar("cost", value, step: 0) } }
        try runs.log("logs/b", "cost", [2])
        #expect(try await runs.tblog("average", "logs", "--repeats", rule, "-o", "average").status == 0)
        #expect(try written()["mean"] == ["cost": [mean]])
    }
}
