import CommandLineSupport
import Foundation
import TensorBoard
import TestSupport
import Testing

struct CompareCommandTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    @Test func theTableHasWhatDiffersAndSaysTheRestOnce() async throws {
        for (name, rate, values) in [("a", 0.1, [4, 2, 3]), ("b", 1, [4, 1, 0.5])] as [(String, Double, [Float])] {
            try runs.log("logs/\(name)") { writer in
                writer.hyperparameters(["rate": HyperparameterValue.number(rate), "depth": 2])
                for (step, value) in values.enumerated() { writer.scalar("cost", value, step: step) }
            }
        }
        let result = try await runs.tblog("compare", "logs", "--tag", "cost", "--reach", "1", "--no-chart")
        #expect(
            result.output == """
                all runs: depth 2

                cost

                all runs: 3 points, last step 2

                run  last  lowest  at step     mean  1 at step  after  time  rate
                ---  ----  ------  -------  -------  ---------  -----  ----  ----
                a       3       2        1        3      never          2 s   0.1
                b     0.5     0.5        2  1.83333          1    1 s   2 s     1

                """
        )
        #expect(result.status == 0)
    }

    @Test(arguments: [60, 80, 120])
    func noLineIsWiderThanTheTerminal(width: Int) async throws {
        for (index, run) in ["short", "a_rather_long_name_of_a_run_that_goes_on", "名前の長い実行", "esc\u{1b}[2J"]
            .enumerated()
        {
            try runs.log("logs/\(run)") { writer in
                let values = (0..<9).map {
                    ("hyperparameter_\($0)", HyperparameterValue.number(Double($0 * index) / 7))
                }
                writer.hyperparameters(Dictionary(uniqueKeysWithValues: values))
                for step in 0..<30 {
                    for tag in ["cost", "accuracy"] {
                        writer.scalar(tag, 123_456.789 / Float(step + 1), step: step * 1000)
                    }
                }
            }
        }
        for options in [["--tag", "cost", "--reach", "1e5"], [], ["--group-seeds"], ["--ascii", "--axis", "wall"]] {
            let process = try await ExecutedCommand(
                "tblog",
                ["compare", "logs"] + options,
                directory: runs.directory.url,
                environment: ["COLUMNS": "\(width)"]
            )
            #expect(process.status == 0)
            let lines = process.output.split(separator: "\n")
            #expect(lines.count > 20)
            #expect(lines.allSatisfy { String($0).displayWidth < width }, "\(process.output)")
            // Several charts stand side by side where they fit.
            let axes = lines.filter { $0.contains("└") }.map { $0.filter { $0 == "└" }.count }
            if options.isEmpty { #expect(axes == (width == 120 ? [2] : [1, 1])) }
        }
    }

    @Test func runsAreInNaturalOrder() async throws {
        for run in [10, 2, 1] { try runs.log("logs/run_\(run)", "cost", [3, 2, 1]) }
        let result = try await runs.tblog("compare", "logs", "--no-chart")
        let names = result.output.split(separator: "\n").suffix(3).map { $0.prefix { $0 != " " } }
        #expect(names == ["run_1", "run_2", "run_10"])
    }

    @Test func theStepAtWhichNaNBeganIsSaid() async throws {
        try runs.log("logs/a", "cost", [3, 2, .nan, .nan])
        try runs.log("logs/b", "cost", [3, .nan, .infinity, 1])
        let result = try await runs.tblog("compare", "logs")
        #expect(result.output.contains("\na: NaN from step 2 on\n"))
        #expect(result.output.contains("\nb: NaN first at step 1; 2 of 4 values are not finite\n"))
    }

    @Test func seedsAreOneCurveWithTheirMean() async throws {
        for (run, values) in [("a_1", [4, 2]), ("a_2", [2, 1]), ("b_1", [1, 0])] as [(String, [Float])] {
            try runs.log("logs/\(run)", "cost", values)
        }
        let result = try await runs.tblog("compare", "logs", "--group-seeds")
        #expect(result.output.contains("\na       2         1.5    0.70711     1   2          1.5        1\n"))
        #expect(result.output.contains("\nb_1     1           0"))
        let json = try await runs.tblog("compare", "logs", "--group-seeds", "--json")
        let objects = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(objects?.first?["runs"] as? [String] == ["a_1", "a_2"])
        #expect(objects?.first?["last_mean"] as? Double == 1.5)
    }

    @Test func groupsOfOneNameHaveTheirOwnHyperparameters() async throws {
        for (run, rate) in [("net_1", 1), ("net_2", 1), ("net_3", 2), ("net_4", 2)] {
            try runs.log("logs/\(run)") { writer in
                writer.hyperparameters([
                    "rate": HyperparameterValue.number(Double(rate)), "seed": .number(Double(run.utf8.last ?? 0)),
                ])
                writer.scalar("cost", Float(rate), step: 0)
            }
        }
        let result = try await runs.tblog("compare", "logs", "--group-seeds", "--no-chart")
        let rates = result.output.split(separator: "\n").filter { $0.hasPrefix("net") }.map {
            $0.split(separator: " ").last
        }
        #expect(rates == ["1", "2"])
    }

    @Test(arguments: [("relative", "seconds"), ("step", "step"), ("wall", "time")])
    func theHorizontalAxisIsChosen(axis: String, title: String) async throws {
        try runs.log("logs", "cost", [3, 2, 1])
        let result = try await runs.tblog("compare", "logs", "--axis", axis)
        #expect(result.output.split(separator: "\n").contains { $0.hasSuffix("  \(title)") })
    }

    @Test func asciiIsChosenByTheLocaleToo() async throws {
        try runs.log("logs", "cost", [3, 2, 1])
        let asked = try await runs.tblog("compare", "logs", "--ascii")
        let byLocale = try await ExecutedCommand(
            "tblog",
            ["compare", "logs"],
            directory: runs.directory.url,
            environment: ["LC_ALL": "C"]
        )
        #expect(asked.output.utf8.allSatisfy { $0 < 0x80 } && asked.output.contains("|"))
        #expect(byLocale.output == asked.output)
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

    @Test(arguments: [
        ["--smoothing", "1"], ["--reach", "nan"], ["--tag", "loss"], ["--tag", "("], ["--axis", "up"],
        ["--group-seeds", "--axis=wall"], ["--group-seeds", "--reach=1"],
    ])
    func mistakesAreToldInOneLine(arguments: [String]) async throws {
        try runs.log("logs", "cost", [1])
        let result = try await runs.tblog("compare", "logs", arguments[0], arguments[1])
        #expect(result.status != 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
