import SystemPackage
import TensorBoard
import TestSupport
import Testing

struct HyperparameterExperimentTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private let experiment = HyperparameterExperiment(
        hyperparameters: [.init("rate", displayName: "Rate", domain: .interval(0...1))],
        metrics: [.init("cost", group: "validation")],
        summary: "About *XOR*."
    )

    @Test func itIsWrittenBesideOtherFiles() throws {
        let writer = try SummaryWriter(logDirectory: directory.path)
        writer.scalar("x", 1, step: 0)
        try writer.close()
        try experiment.write(to: directory.path)
        var changed = experiment
        changed.summary = "Other."
        try changed.write(to: directory.path)

        let files = directory.path.eventFiles()
        #expect(files.count == 2)
        #expect(files.contains(writer.eventFile))
        let values = try files.flatMap { try $0.events() }.flatMap { try $0.values }.filter { $0.has(9) }
        #expect(values.map { $0.text(1) } == ["_hparams_/experiment"])
        let content = try #require(try values[0].message(9)?.message(1)?.message(2)?.message(2))
        #expect(content.text(1) == "Other.")
        let column = try #require(try content.message(4))
        #expect([column.text(1), column.text(2)] == ["rate", "Rate"])
        #expect(column.int(4) == 3)
        #expect(try column.message(6)?.double(2) == 1)
        #expect(column.int(7) == 1)
        let metric = try #require(try content.message(5)?.message(1))
        #expect([metric.text(1), metric.text(2)] == ["validation", "cost"])
    }

    @Test func oneThatShowsNothingIsRefusedAndLeavesNothing() {
        let target = directory.appending("logs")
        var wrong = [
            HyperparameterExperiment(hyperparameters: [], metrics: experiment.metrics),
            HyperparameterExperiment(hyperparameters: experiment.hyperparameters, metrics: []),
        ]
        for domain in [HyperparameterExperiment.Hyperparameter.Domain.interval(0...(.infinity)), .numbers([1, .nan])] {
            var experiment = experiment
            experiment.hyperparameters[0].domain = domain
            wrong.append(experiment)
        }
        for experiment in wrong {
            #expect(throws: TensorBoardError.self) { try experiment.write(to: target) }
        }
        #expect(!target.exists)
    }
}
