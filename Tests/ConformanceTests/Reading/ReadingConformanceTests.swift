import Foundation
import TensorBoard
import TensorBoardLogs
import Testing

extension LogExample {
    static let all = records + steps + kinds + values + presentations
}

extension ConformanceTests {
    /// What both loaders, with the numbers of points that they keep by default, make of the runs about which `verify`
    /// and `inspect` have something to say.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                for example in LogExample.all { try example.write(in: directory) }
                try CrowdedRun.write(in: directory)
                try await ToolRuns.write(in: directory)
            },
            isLoaded: { server in try await server.hasReadEverything() },
            keepsAll: false,
            // Each answer that is an error has a traceback in the log.
            logs: nil
        )
    )
    struct ReadingConformanceTests {
        @Test func everyKindOfFaultHasAnExample() {
            let kinds = (LogExample.all + LogExample.deadly).flatMap(\.faults).map(\.kind)
            // Names of runs have tests of their own, as they take other runs with them.
            #expect(Set(kinds + [.runName]) == Set(LogFault.Kind.allCases))
        }

        @Test(arguments: LogExample.all)
        func verifyFindsTheFaultsAndNothingElse(example: LogExample) throws {
            let directory = try #require(Served.current).logDirectory
            let found = example.run(in: directory).verify().faults
            #expect(
                found.map { [$0.kind.rawValue, "\($0.offset)", $0.fastLoader, $0.slowLoader] }
                    == example.faults.map { fault in
                        [fault.kind.rawValue, "\(example.records[fault.record])", fault.fast, fault.slow]
                    }
            )
        }

        @Test(arguments: LogExample.all)
        func inspectSaysWhatIsHiddenAndNothingElse(example: LogExample) throws {
            let directory = try #require(Served.current).logDirectory
            let found = example.run(in: directory).inspect().findings
                .map { ($0.loaders.count == 1 ? "\($0.loaders.first?.rawValue ?? ""): " : "") + $0.message }
            #expect(found.count == example.findings.count, "\(found)")
            for (found, expected) in zip(found, example.findings) { #expect(found.hasPrefix(expected)) }
        }

        @Test(arguments: LogExample.all, Loader.available)
        func theLoaderDoesAsItIsSaid(example: LogExample, loader: Loader) async throws {
            let server = try Served.by(loader)
            let shown = try await server.shown(example.tag, run: example.name, at: example.place)
            #expect(shown == example.shown(by: loader))
        }
    }
}
