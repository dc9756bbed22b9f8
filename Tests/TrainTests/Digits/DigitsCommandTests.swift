import Checkpoints
import Foundation
import Platform
import SystemPackage
import TensorBoardLogs
import TestSupport
import Testing

struct DigitsCommandTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func train(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("train", ["digits"] + arguments, directory: directory.url)
    }

    private func checkpoints(_ run: String) -> CheckpointDirectory {
        CheckpointDirectory(directory.path.pushing(FilePath("\(run)/checkpoints")))
    }

    /// Steps and bits of every scalar of every run below a directory.
    private func scalars(_ run: String) throws -> [String: [[UInt64]]] {
        var found: [String: [[UInt64]]] = [:]
        for part in try LogDirectory(directory.path.pushing(FilePath(run))).runs() {
            for (tag, series) in part.loadScalars(restarts: .fastLoader).scalars {
                let points = zip(series.steps, series.values).map { [UInt64($0), $1.bitPattern] }
                found["\(part.title) \(tag)"] = points
            }
        }
        return found
    }

    @Test func aKilledTrainingEndsWithTheSameWeightsAndCurvesAsAnUnbrokenOne() async throws {
        let options = [
            "--epochs", "10", "--patience", "0", "--hidden-units", "16", "--seed", "3", "--dropout", "0.2",
            "--schedule", "cosine",
        ]
        let unbroken = try await ExecutedCommand(
            "train",
            ["digits", "--log-directory", "whole/run"] + options,
            directory: directory.url
        )
        #expect(unbroken.status == 0)
        #expect(unbroken.errors == "")

        let broken = checkpoints("broken/run")
        let killed = try await KilledCommand.run(
            "train",
            ["digits", "--log-directory", "broken/run"] + options,
            directory: directory.url,
            signal: SIGKILL
        ) {
            ((try? broken.entries().last?.step) ?? 0) >= 74
        }
        try #require(killed.wasRunning)
        let resumed = try await ExecutedCommand(
            "train",
            ["digits", "--log-directory", "broken/run", "--resume"] + options,
            directory: directory.url
        )
        #expect(resumed.status == 0)
        #expect(resumed.errors == "")

        let whole = try #require(try checkpoints("whole/run").latest())
        #expect(whole.step == 370)
        #expect(try broken.latest() == whole)
        let expected = try scalars("whole")
        let found = try scalars("broken")
        #expect(expected.count > 10)
        #expect(found.keys.sorted() == expected.keys.sorted())
        for (name, points) in expected { #expect(found[name] == points, "\(name)") }
    }

    @Test func aTrainingIsResumedWithItsOwnSettingsOnly() async throws {
        let first = try await train("--epochs", "1", "--hidden-units", "4", "--log-directory", "a", "--quiet")
        #expect(first.status == 0)
        let other = try await train("--epochs", "1", "--hidden-units", "5", "--log-directory", "a", "--resume")
        #expect(other.status != 0)
        #expect(
            other.errors.contains(
                "the training was begun with --hidden-units 4, not 5; resume it with --hidden-units 4"
            )
        )
        let longer = try await train(
            "--epochs",
            "2",
            "--hidden-units",
            "4",
            "--log-directory",
            "a",
            "--resume",
            "--json"
        )
        #expect(longer.status == 0)
        #expect(longer.output.contains(#""epochs" : 2"#))
        let nothing = try await train("--log-directory", "b", "--resume")
        #expect(nothing.status != 0)
        #expect(nothing.errors.contains("there is no saved training to resume"))
        #expect(!directory.appending("b").exists)
    }

    @Test func aTrainingStopsWhenValidationHasNotBecomeBetterForLong() async throws {
        let result = try await train(
            "--learning-rate",
            "0.3",
            "--hidden-units",
            "8",
            "--epochs",
            "40",
            "--patience",
            "2",
            "--log-directory",
            "a",
            "--json"
        )
        #expect(result.status == 0)
        struct Row: Decodable {
            let best_epoch: Int
            let epochs: Int
            let steps: Int
        }
        let row = try JSONDecoder().decode(Row.self, from: Data(result.output.utf8))
        #expect(row.epochs < 40)
        #expect(row.epochs - row.best_epoch == 2)
        #expect(row.steps == 37 * row.epochs)
    }

    @Test func aTrainingThatDivergesSaysSo() async throws {
        let result = try await train(
            "--initializer",
            "normal",
            "--optimizer",
            "gradient-descent",
            "--learning-rate",
            "1e30",
            "--log-directory",
            "a"
        )
        #expect(result.status == 1)
        #expect(result.errors.contains("the loss is not a finite number at step "))
        #expect(!result.errors.contains("refused"))
    }

    @Test func weightsMayBeginAtZero() async throws {
        let result = try await train("--initializer", "zeros", "--epochs", "1", "--log-directory", "a", "--json")
        #expect(result.status == 0)
        #expect(result.errors == "")
    }

    @Test(arguments: [
        (["--hidden-units", "4,x"], "4,x"), (["--hidden-units", "0"], "hidden-units"),
        (["--batch-size", "0"], "--batch-size 0"), (["--dropout", "1"], "--dropout 1"),
        (["--learning-rate", "-1"], "--learning-rate -1"), (["--epochs", "0"], "--epochs 0"),
        (["--patience", "-1"], "--patience -1"), (["--if-exists", "append"], "--resume"),
        (["--activation", "gelu"], "gelu"), (["--log-directory", ""], "--log-directory"),
    ])
    func optionsThatMakeNoSenseAreRefused(_ arguments: [String], _ part: String) async throws {
        let result = try await ExecutedCommand("train", ["digits"] + arguments, directory: directory.url)
        #expect(result.status == 64)
        #expect(result.errors.contains(part))
        #expect(directory.path.entries.isEmpty)
    }
}
