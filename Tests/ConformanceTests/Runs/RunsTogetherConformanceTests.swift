import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

extension ConformanceTests {
    /// What a run keeps both loaders from showing of others.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                for example in RunsTogether.examples { try example.write(in: directory) }
                for name in ["rate", "depth"] { try RunsTogether.writeTrial(name, in: FilePath(directory.path)) }
            },
            isLoaded: { server in try await server.hasReadEverything() },
            // Each answer that is an error has a traceback in the log.
            logs: nil
        )
    )
    struct RunsTogetherConformanceTests {
        @Test(arguments: Loader.available)
        func ofTwoExperimentsOneHidesTheColumnsOfTheOther(loader: Loader) async throws {
            #expect(try await Served.by(loader).hyperparameterColumns().hparamInfos.count == 1)
        }

        @Test(arguments: Loader.available)
        func aLargeStepBelowATrialHidesTheTable(loader: Loader) async throws {
            let shown = try await Served.by(loader).shown("", run: "trial", at: .hyperparameters)
            #expect(shown == .error)
        }

        @Test(arguments: Loader.available)
        func aLayoutThatIsNoneHidesAllOthers(loader: Loader) async throws {
            let shown = try await Served.by(loader).shown("", run: "layout", at: .layout)
            #expect(shown == .error)
        }

        @Test func inspectSaysSo() throws {
            let directory = try #require(Served.current).logDirectory
            let runs = try LogDirectory(FilePath(directory.path)).runs()
            let inspections = runs.map { $0.inspect() }
            let findings = inspections.map { ($0.run.name, $0.findings(among: inspections).map(\.message)) }
                .filter { !$0.1.isEmpty }
            #expect(findings.map(\.0) == ["depth", "rate", "trial/train"])
            #expect(findings[0].1[0].contains("those of one run count"))
            #expect(findings[2].1[0].contains("more than 32 bits"))
        }

        @Test func verifySaysThatTheLayoutIsNone() throws {
            let directory = try #require(Served.current).logDirectory
            let faults = RunsTogether.layout.run(in: directory).verify().faults
            #expect(faults.map(\.kind) == [.unreadable])
            #expect(faults.map(\.offset) == [RunsTogether.layout.records[2]])
            for effect in faults.flatMap({ [$0.fastLoader, $0.slowLoader] }) {
                #expect(effect == "shows no layout for any run until there is a later one")
            }
        }
    }
}

/// Runs of which some hide what others say.
private enum RunsTogether {
    static let layout = example(
        "layout",
        [[], [0xFF]].map { EventBytes.strings("custom_scalars__config__", [$0], .init("custom_scalars")) }
            .enumerated().map { EventBytes.summary(step: $0, $1) }
    )

    static let examples = [
        layout,
        example("trial", [EventBytes.summary(step: 0, EventBytes.hyperparameters(rate: 1))]),
        example("trial/train", [EventBytes.summary(step: 1 << 31, EventBytes.scalar("a"))]),
    ]

    /// A trial that describes the columns of the table for itself, as PyTorch's do.
    static func writeTrial(_ name: String, in directory: FilePath) throws {
        let run = directory.appending(name)
        let columns = HyperparameterExperiment(
            hyperparameters: [.init(name, domain: .number)],
            metrics: [.init("cost"), .init("a", group: "train")]
        )
        try columns.write(to: run)
        try withSummaryWriter(logDirectory: run, options: .init(existingRun: .append)) { writer in
            writer.hyperparameters([name: 1])
            writer.scalar("cost", 1, step: 0)
        }
    }

    private static func example(_ name: String, _ events: [[UInt8]]) -> LogExample {
        LogExample(name: name, events: [LogExample.version] + events, fast: .noTag, slow: .noTag)
    }
}
