import Foundation
import TensorBoard
import Testing

private let experiment = HyperparameterExperiment(
    hyperparameters: [
        .init("rate", displayName: "Learning rate", domain: .interval(0...1)),
        .init("model", domain: .oneOf(["network", "logistic"])),
    ],
    metrics: [.init("cost", displayName: "Cost")]
)

extension ConformanceTests {
    /// What an experiment in the parent directory makes of the HParams dashboard.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                try experiment.write(to: FilePath(directory.path))
                for (index, run) in ["run1", "run2"].enumerated() {
                    let path = FilePath(directory.appendingPathComponent(run).path)
                    try withSummaryWriter(logDirectory: path) { writer in
                        writer.hyperparameters([
                            "rate": HyperparameterValue.number(Double(index)), "model": "network", "hidden": 1,
                        ])
                        writer.scalar("cost", 0.5, step: 0)
                        writer.scalar("other", 1, step: 0)
                    }
                }
                // The first one is replaced.
                var other = experiment
                other.summary = "An *experiment*."
                try other.write(to: FilePath(directory.path))
            },
            isLoaded: { try await $0.runs().count == 3 }
        )
    )
    struct ExperimentConformanceTests {
        @Test(arguments: Loader.available)
        func onlyItsColumnsAreShown(loader: Loader) async throws {
            let columns = try await Served.by(loader).hyperparameterColumns()
            #expect(columns.description == "An *experiment*.")
            #expect(columns.hparamInfos.map(\.name) == ["model", "rate"])
            #expect(columns.hparamInfos.map(\.displayName) == ["", "Learning rate"])
            #expect(columns.hparamInfos.map(\.type) == ["DATA_TYPE_STRING", "DATA_TYPE_FLOAT64"])
            #expect(columns.metricInfos.map(\.name) == [.init(group: "", tag: "cost")])
            #expect(columns.metricInfos.map(\.displayName) == ["Cost"])
        }

        @Test(arguments: Loader.available)
        func everyRunIsARow(loader: Loader) async throws {
            let groups = try await Served.by(loader).hyperparameterGroups()
            #expect(groups.map(\.name).sorted() == ["run1", "run2"])
            #expect(groups.map { $0.metric("cost") } == [0.5, 0.5])
        }
    }
}
