import Foundation
import Platform
import TensorBoard
import TestSupport
import Testing

/// A training on the digits that was killed and resumed.
private enum ResumedDigits {
    static let epochs = 6
    static let batchCount = 37

    static func train(in directory: URL) async throws {
        let options = ["--epochs", "\(epochs)", "--patience", "0", "--hidden-units", "16", "--log-directory", "run1"]
        let saved = directory.appending(path: "run1/checkpoints/checkpoint-\(2 * batchCount).tfrecord").path
        let killed = try await KilledCommand.run(
            "train",
            ["digits"] + options,
            directory: directory,
            signal: SIGKILL
        ) {
            FileManager.default.fileExists(atPath: saved)
        }
        guard killed.wasRunning else { throw ConformanceFailure("The training ended before it was killed.") }
        let resumed = try await ExecutedCommand("train", ["digits", "--resume"] + options, directory: directory)
        guard resumed.status == 0 else { throw ConformanceFailure("It was not resumed: \(resumed.errors)") }
    }
}

extension ConformanceTests {
    /// What both loaders show of a training that was killed and resumed.
    @Suite(
        .stockTensorBoard(
            serving: { try await ResumedDigits.train(in: $0) },
            isLoaded: { server in
                try await server.hyperparameterGroups().first?.sessions.map(\.status) == ["STATUS_SUCCESS"]
            }
        )
    )
    struct DigitsConformanceTests {
        @Test(arguments: Loader.available)
        func thereIsOneCleanCurve(loader: Loader) async throws {
            let server = try Served.by(loader)
            let (epochs, batchCount) = (ResumedDigits.epochs, ResumedDigits.batchCount)
            let parts = ["run1/train", "run1/validation"]
            #expect(Set(try await server.runs()) == ["run1", "run1/train", "run1/validation"])
            for tag in ["loss", "accuracy"] {
                let series = try await server.scalars(runs: parts, tag: tag)
                for part in parts {
                    #expect(series[part]?.map(\.step) == (0...epochs).map { $0 * batchCount }, "\(part) \(tag)")
                }
            }
            let batches = try await server.scalars(runs: ["run1/train"], tag: "batch/loss")
            #expect(batches["run1/train"]?.map(\.step) == Array(0..<epochs * batchCount))
            let test = try await server.scalars(runs: ["run1"], tag: "test/accuracy")
            #expect(test["run1"]?.map(\.step) == [epochs * batchCount])
        }

        @Test(arguments: Loader.available)
        func everyTabThatTheLabFillsIsThere(loader: Loader) async throws {
            let server = try Served.by(loader)
            let expected: Set = [
                "scalars", "images", "graphs", "distributions", "histograms", "text", "pr_curves", "hparams",
                "projector",
                "timeseries",
            ]
            let active = try await poll("all dashboards of the digits") {
                let active = try await server.activeDashboards()
                return active.isSuperset(of: expected) ? active : nil
            }
            #expect(active.isSuperset(of: expected))
            let tags = try await server.graphTags(run: "run1")
            #expect(tags["step0"]?.profile == true)
            #expect(tags["network"]?.conceptual_graph == true)
        }
    }
}
