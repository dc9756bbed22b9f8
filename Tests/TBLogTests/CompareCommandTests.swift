import Foundation
import TensorBoard
import TestSupport
import Testing

struct CompareCommandTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    @Test func theTableHasHyperparametersAndWhenAValueWasReached() async throws {
        for (name, rate, values) in [("a", 0.1, [4, 2, 3]), ("b", 1, [4, 1, 0.5])] as [(String, Double, [Float])] {
            try runs.log("logs/\(name)") { writer in
                writer.hyperparameters(["rate": HyperparameterValue.number(rate)])
                for (step, value) in values.enumerated() { writer.scalar("cost", value, step: step) }
            }
        }
        let result = try await runs.tblog("compare", "logs", "--tag", "cost", "--reach", "1", "--no-chart")
        #expect(
            result.output == """
                cost

                run  points  last step  time  last  lowest  at step     mean  1 at step  after  rate
                ---  ------  ---------  ----  ----  ------  -------  -------  ---------  -----  ----
                a         3          2   2 s     3       2        1        3      never          0.1
                b         3          2   2 s   0.5     0.5        2  1.83333          1    1 s     1

                """
        )
        #expect(result.status == 0)
    }

    @Test func theChartNamesItsCurvesAndHasNoColourInAFile() async throws {
        for run in ["first", "second"] { try runs.log("logs/\(run)", "cost", [3, 2, 1]) }
        let result = try await runs.tblog("compare", "logs", "--log-axis", "--smoothing", "0.6")
        #expect(result.output.hasPrefix("cost (logarithmic)\n"))
        #expect(result.output.contains("⣀"))
        #expect(!result.output.contains("\u{1b}"))
    }

    @Test func jsonHasTextForNaNAndNullForWhatIsNotThere() async throws {
        try runs.log("logs", "cost", [2, 1, .nan])
        let result = try await runs.tblog("compare", "logs", "--json", "--highest", "--reach", "3")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        let row = try #require(object?.first)
        #expect(row["last"] as? String == "NaN")
        #expect(row["best"] as? Double == 2)
        #expect(row["mean"] as? Double == 1.5)
        #expect(row["reached_step"] is NSNull)
    }

    @Test func whatCannotBeReadIsToldAndEndsWithAFailure() async throws {
        try runs.log("logs", "cost", [3, 2, 1])
        try runs.damage("logs")
        let result = try await runs.tblog("compare", "logs", "--no-chart")
        #expect(result.status == 1)
        #expect(result.output.contains("2"))
        #expect(result.errors.hasPrefix("Error: logs/events.out.tfevents."))
    }

    @Test(arguments: [["--smoothing", "1"], ["--reach", "nan"], ["--tag", "loss"], ["--tag", "("]])
    func mistakesAreToldInOneLine(arguments: [String]) async throws {
        try runs.log("logs", "cost", [1])
        let result = try await runs.tblog("compare", "logs", arguments[0], arguments[1])
        #expect(result.status != 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
