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
}
