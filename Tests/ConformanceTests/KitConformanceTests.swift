import Foundation
import TensorBoardKit
import Testing

private let gradients: [String: [Float]] = ["layer1/weights": [3, 4], "layer1/biases": [12]]

private struct Metrics: Encodable {
    var accuracy = ["train": 0.5, "test": 0.25]
    var converged = true
}

private enum KitRuns {
    static func write(in directory: URL) throws {
        try withSummaryWriter(logDirectory: directory.appendingPathComponent("kit").path) { writer in
            writer.hyperparameters(["rate": 0.1])
            writer.logRunInformation().logEnd(to: writer, outcome: .success)
            writer.parameterOverview("model", ["w": [[1, 2], [3, 4]] as [[Float]]], step: 0)
            let sink = NonFiniteWatch(writer.tracking(best: .highest("score")))
            for step in sink.steps(0..<20) {
                sink.scalar("score", [0, 3, 1][step % 3], step: step)
                sink.measure("train", step: step) {}
            }
            sink.scalar("loss", Float.nan, step: 7)
            writer.logGradients(gradients, step: 4)
            writer.scalars(encoding: Metrics(), step: 5)
            writer.logSystemMetrics().stop()
            writer.scalar("written", 1, step: 0)
        }
        try withSummaryWriter(logDirectory: directory.appendingPathComponent("other").path) { writer in
            let sampled = writer.sampled(every: 10)
            let filtered = writer.filtered { $0 == "kept" }
            let renamed = writer.renamed { "train/\($0)" }
            for step in 0..<30 {
                sampled.scalar("sampled", step, step: step)
                filtered.scalar("kept", step, step: step)
                filtered.scalar("dropped", step, step: step)
                renamed.scalars("loss", ["a": 1.0, "b": 2.0], step: step)
            }
            writer.hyperparameters(["rate": 0.2], metrics: ["score": 7.0], step: 30)
            writer.scalar("written", 1, step: 0)
        }
    }
}

extension ConformanceTests {
    /// What the training kit logs, as TensorBoard shows it.
    @Suite(
        .stockTensorBoard(
            serving: { directory in try KitRuns.write(in: directory) },
            isLoaded: { server in
                let series = try await server.scalars(runs: ["kit", "other"], tag: "written")
                return series.count == 2 && series.values.allSatisfy { !$0.isEmpty }
            }
        )
    )
    struct KitConformanceTests {
        @Test(arguments: Loader.available)
        func theTableHasTheLastAndTheBestValueOfAMetric(loader: Loader) async throws {
            let groups = try await Served.by(loader).hyperparameterGroups()
            let kit = try #require(groups.first { $0.name == "kit" })
            #expect(kit.metric("score") == 3)
            #expect(kit.metric("best/score") == 3)
            #expect(groups.first { $0.name == "other" }?.metric("score") == 7)
            let best = try await Served.by(loader).scalars(run: "kit", tag: "best/score")
            #expect(best.map(\.step) == [0, 1])
        }

        @Test(arguments: Loader.available)
        func loopsTimersAndSystemMetricsAreScalars(loader: Loader) async throws {
            let server = try Served.by(loader)
            let tags = try #require(try await server.tags(dashboard: "scalars")["kit"])
            #expect(tags.isSuperset(of: ["progress/steps_per_second", "time/train", "system/disk_used_percent"]))
            #expect(try await server.scalars(run: "kit", tag: "time/train").count == 20)
            #expect(try await server.scalars(run: "kit", tag: "accuracy/test").map(\.value) == [0.25])
            #expect(try await server.scalars(run: "kit", tag: "converged").map(\.value) == [1])
        }

        @Test(arguments: Loader.available)
        func gradientsAreHistogramsAndNorms(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.histograms(run: "kit", tag: "gradients/layer1/weights").map(\.count) == [2])
            for (tag, value) in ["": 13.0, "/layer1/weights": 5, "/layer1/biases": 12] {
                #expect(try await server.scalars(run: "kit", tag: "gradient_norm\(tag)").map(\.value) == [value])
            }
        }

        @Test(arguments: Loader.available)
        func textsShowTheRunTheModelAndTheWarning(loader: Loader) async throws {
            let server = try Served.by(loader)
            let information = try await server.texts(run: "kit", tag: "run/information")
            #expect(information.map(\.step) == [0, 1])
            #expect(information.last?.text.contains("<td>success</td>") == true)
            let model = try await server.texts(run: "kit", tag: "model")
            #expect(model.first?.text.contains("<td>2 × 2</td>") == true)
            let warning = try await server.texts(run: "kit", tag: "warnings/non_finite")
            #expect(warning.map(\.step) == [7])
            #expect(warning.first?.text.contains("loss is nan at step 7") == true)
        }

        @Test(arguments: Loader.available)
        func sinksPassOnWhatTheyShould(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.scalars(run: "other", tag: "sampled").map(\.step) == [0, 10, 20])
            #expect(try await server.scalars(run: "other", tag: "kept").count == 30)
            let tags = try #require(try await server.tags(dashboard: "scalars")["other"])
            #expect(tags == ["sampled", "kept", "train/loss/a", "train/loss/b", "score", "written"])
            let layout = try await server.scalarLayout()
            #expect(layout.category.flatMap(\.chart).map(\.title) == ["train/loss"])
        }
    }
}
