import Foundation
import TensorBoard
import Testing

private struct Stop: Error {}

extension Restarts {
    static let layoutRuns = ["layout resumed", "layout appended"]
    static let trialRuns = ["trial appended", "trial resumed"]

    // TensorBoard joins the layouts of all runs, so each has categories of its own.
    static func writeLayouts(in directory: URL) throws {
        try write("layout resumed", in: directory) { writer in
            writer.layout { ChartCategory("before resuming") { MultilineChart("x", ["x"]) } }
            for step in 0..<10 { writer.scalars("resumed/loss", ["old": 1], step: step) }
        }
        try write("layout resumed", in: directory, .init(existingRun: .resume(atStep: 5))) { writer in
            writer.scalars("resumed/loss", ["new": 1], step: 5)
        }
        try write("layout appended", in: directory) { writer in
            for step in 0..<10 { writer.scalars("appended/loss", ["old": 1], step: step) }
        }
        try write("layout appended", in: directory) { writer in
            writer.layout { ChartCategory("appended") { MultilineChart("x", ["x"]) } }
            writer.scalars("appended/loss", ["new": 1], step: 0)
        }
    }

    static func writeTrials(in directory: URL) throws {
        try write("trial appended", in: directory) { $0.scalar("score", 3, step: 9) }
        try write("trial appended", in: directory) { writer in
            writer.hyperparameters(["rate": 0.4])
            for step in 0..<10 { writer.scalar("score", 0.5, step: step) }
        }
        try? write("trial resumed", in: directory) { writer in
            writer.hyperparameters(["rate": 0.5])
            for step in 0..<10 { writer.scalar("score", step, step: step) }
            throw Stop()
        }
        try write("trial resumed", in: directory, .init(existingRun: .resume(atStep: 10))) { writer in
            writer.hyperparameters(["rate": 0.5])
            writer.scalar("score", 100, step: 10)
        }
    }

    /// Writes another file of a run.
    private static func write(
        _ run: String,
        in directory: URL,
        _ options: SummaryWriter.Options = .init(existingRun: .append, onIssue: { _ in }),
        _ body: (SummaryWriter) throws -> Void
    ) throws {
        let path = FilePath(directory.appendingPathComponent(run).path)
        try withSummaryWriter(logDirectory: path, options: options) { writer in
            try body(writer)
            writer.scalar("written", 1, step: 10)
        }
    }
}

extension ConformanceTests.RestartConformanceTests {
    @Test(arguments: Loader.available)
    func theLayoutOfTheLastSessionIsShown(loader: Loader) async throws {
        let layout = try await Served.by(loader).scalarLayout()
        #expect(layout.patterns("before resuming").isEmpty)
        #expect(layout.patterns("resumed") == ["resumed/loss": ["resumed/loss/new$"]])
        #expect(layout.patterns("appended") == ["x": ["x$"], "appended/loss": ["appended/loss/new$"]])
    }

    @Test(arguments: Loader.available)
    func aTrialThatGoesOnHasTheOutcomeOfItsLastSession(loader: Loader) async throws {
        let groups = try await Served.by(loader).hyperparameterGroups()
        #expect(groups.map(\.name).sorted() == Restarts.trialRuns)
        for (run, rate, score) in [("trial appended", 0.4, 0.5), ("trial resumed", 0.5, 100)] {
            let group = try #require(groups.first { $0.name == run })
            #expect(group.hparams == ["rate": .number(rate)])
            #expect(group.sessions.map(\.status) == ["STATUS_SUCCESS"])
            #expect(group.metric("score") == score)
        }
    }
}
