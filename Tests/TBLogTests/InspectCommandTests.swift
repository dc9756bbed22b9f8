import Foundation
import TensorBoard
import TestSupport
import Testing

struct InspectCommandTests {
    @Test func aFileThatHoldsNoEventIsAFailure() async throws {
        let runs = try TestRuns()
        try runs.directory.appending("README.md").write(Array("# Read me\n".utf8))
        let result = try await runs.tblog("inspect", "README.md")
        #expect(result.status == 1)
        #expect(result.errors.contains("the file is a text file, not an event file; check the path"))
    }

    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    @Test func aTableTellsWhatIsThere() async throws {
        try runs.log("logs/run1", "cost", (0..<1500).map(Float.init))
        let result = try await runs.tblog("inspect", "logs")
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines[0].hasPrefix("run1  1 file, "))
        #expect(lines[0].hasSuffix(" 1,502 events, 1970-01-01 00:00:01 UTC for 25:00"))
        #expect(lines[3].split(separator: " ").prefix(5) == ["cost", "scalar", "1,500", "0", "1,499"])
        #expect(lines[3].hasSuffix("1,000      1,000"))
        #expect(result.output.contains("--samples_per_plugin"))
    }

    @Test func findingsOfTagsThatAreAlikeShareALine() async throws {
        try runs.log("logs") { writer in
            for tag in ["a", "b", "c", "d", "e"] {
                for step in [1, 0] { writer.scalar(tag, 1, step: step) }
            }
        }
        let result = try await runs.tblog("inspect", "logs")
        let notes = result.output.split(separator: "\n").filter { $0.hasPrefix("! ") }
        #expect(notes.count == 2)
        #expect(notes[0].hasPrefix("! a, b, c and 2 more: fast loader: "))
    }

    @Test func whatRunsHideOfEachOtherIsTold() async throws {
        for name in ["rate", "depth"] {
            let columns = HyperparameterExperiment(
                hyperparameters: [.init(name, domain: .number)],
                metrics: [.init("cost")]
            )
            try columns.write(to: runs.directory.appending("logs").appending(name))
        }
        let text = try await runs.tblog("inspect", "logs").output
        #expect(text.split(separator: "\n").count { $0.hasPrefix("! _hparams_/experiment: the columns") } == 2)
        #expect(try await runs.tblog("inspect", "logs", "--json").output.contains("the columns of the HParams tab"))
    }

    @Test func jsonHasTheSame() async throws {
        try runs.log("logs/run1", "cost", [1, 2])
        let result = try await runs.tblog("inspect", "logs", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        let run = try #require(object?.first)
        #expect(run["run"] as? String == "run1")
        #expect(run["events"] as? Int == 4)
        let tag = try #require((run["tags"] as? [[String: Any]])?.first)
        #expect(tag["tag"] as? String == "cost")
        #expect(tag["points"] as? Int == 2)
    }

    @Test func aTagThatIsNotThereIsAMistake() async throws {
        try runs.log("logs", "cost", [1])
        let result = try await runs.tblog("inspect", "logs", "--tag", "loss")
        #expect(result.status != 0)
        #expect(result.errors.contains("no tag matches 'loss'"))
        #expect(try await runs.tblog("inspect", "nowhere").status != 0)
    }
}
