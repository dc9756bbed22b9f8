import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

extension LogExample {
    private static let dies = "dies: no run of the log directory is loaded or updated any more"
    private static let asksForMemory = "asks for so much memory, and waits here for good or \(dies)"

    /// Faults that other runs of the log directory suffer from too.
    static let deadly = [
        LogExample(
            name: "not an event",
            events: [version] + scalars(0, 1) + [[0xFF, 0xFF]] + scalars(2),
            faults: [Fault(.notAnEvent, at: 3, fast: "gives the file up here", slow: dies)],
            findings: ["records after 1 damaged record"],
            ours: .points([0, 1, 2]),
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "invalid text",
            events: [version] + scalars(0, 1) + [
                EventBytes.summary(step: 2, EventBytes.bytes(1, [0xFF]) + [2 << 3 | 5, 0, 0, 0, 0])
            ] + scalars(3),
            faults: [Fault(.invalidText, at: 3, fast: "gives the file up here", slow: dies)],
            findings: ["fast: the file ends for TensorBoard", "slow: no run is loaded any more"],
            ours: .points([0, 1, 3]),
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "too large",
            events: [version] + scalars(0, 1, 2),
            // 2^62 bytes, and the right checksum of that.
            damage: { file, records in
                file.replaceSubrange(
                    records[3]..<records[3] + 12,
                    with: [0, 0, 0, 0, 0, 0, 0, 0x40, 0x7F, 0x85, 0xF0, 0]
                )
            },
            faults: [Fault(.tooLarge, at: 3, both: asksForMemory)],
            findings: ["records after 1 damaged record"],
            ours: .points([0, 1]),
            fast: .error,
            slow: .points([0, 1])
        ),
        LogExample(
            name: "hyperparameters that are none",
            events: series(EventBytes.nothing("_hparams_/session_start_info", .init("hparams", content: [0xFF]))),
            faults: [Fault(.unreadable, at: 1, both: "shows no table of hyperparameters for any run")],
            place: .hyperparameters,
            fast: .error,
            slow: .error
        ),
    ]
}

extension ConformanceTests {
    /// What both loaders make of a log directory of which one run is enough to lose others.
    @Suite struct DeadlyLogConformanceTests {
        @Test(arguments: LogExample.deadly)
        func verifyAndInspectFindIt(example: LogExample) async throws {
            try await withTemporaryDirectory { directory in
                try example.write(in: directory)
                let run = example.run(in: directory)
                let faults = run.verify().faults.map { LogExample.Fault($0, of: example) }
                #expect(faults == example.faults)
                let findings = run.inspect().findings
                #expect(findings.count == example.findings.count, "\(findings)")
            }
        }

        @Test(arguments: LogExample.deadly)
        func theLoadersDoAsItIsSaid(example: LogExample) async throws {
            try await withTemporaryDirectory { directory in
                try example.write(in: directory)
                try await withThrowingTaskGroup { group in
                    for loader in Loader.available {
                        group.addTask {
                            if example.faults[0].kind == .tooLarge, loader == .fast {
                                try await expectNoMemory(directory)
                            } else {
                                try await expect(example, by: loader, in: directory)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }

        private func expect(_ example: LogExample, by loader: Loader, in directory: URL) async throws {
            try await StockTensorBoard.serving(directory, loader: loader) { server in
                let says = loader == .fast ? example.faults[0].fast : example.faults[0].slow
                if says?.contains("dies") == true {
                    _ = try await poll("the Python loader to die") {
                        server.unexpectedLogLines.contains("Exception in thread Reloader:") ? true : nil
                    }
                } else {
                    _ = try await poll("the server to read everything") {
                        try await server.hasReadEverything() ? true : nil
                    }
                }
                let shown = try await server.shown(example.tag, run: example.name, at: example.place)
                #expect(shown == example.shown(by: loader), "\(loader)")
            }
        }

        /// The fast loader hands over at most 256 MiB of a tag at once.
        @Test(.enabled(if: Loader.available.contains(.fast)))
        func aTagOfMoreThan256MiBIsNotShown() async throws {
            try await withTemporaryDirectory { directory in
                let examples = [(10, Shown.points([0, 1, 2])), (90, .error)].map { size, shown in
                    let text = [UInt8](repeating: 0x68, count: size << 20)
                    let value = EventBytes.strings("a", [text], .init("mine", dataClass: 2))
                    return LogExample(
                        name: "three times \(size) MiB",
                        events: LogExample.series(value, value, value),
                        place: .plugin("mine"),
                        fast: shown,
                        slow: .points([0, 1, 2])
                    )
                }
                for example in examples {
                    try example.write(in: directory)
                    let isSaid = example.run(in: directory).inspect().findings.contains {
                        $0.message.contains("256 MiB")
                    }
                    #expect(isSaid == (example.fast == .error))
                }
                try await StockTensorBoard.serving(directory, loader: .fast) { server in
                    _ = try await poll("the server to read everything") {
                        try await server.hasReadEverything() ? true : nil
                    }
                    for example in examples {
                        let shown = try await server.shown("a", run: example.name, at: example.place)
                        #expect(shown == example.fast)
                    }
                }
            }
        }

        /// The data server may end before or after TensorBoard has found it, which then may or may not start.
        private func expectNoMemory(_ directory: URL) async throws {
            let message = "memory allocation of "
            do {
                try await StockTensorBoard.serving(directory, loader: .fast) { server in
                    _ = try await poll("the data server to run out of memory") {
                        server.unexpectedLogLines.contains { $0.hasPrefix(message) } ? true : nil
                    }
                }
            } catch let failure as ConformanceFailure {
                #expect(failure.description.contains(message))
            }
        }
    }
}

extension LogExample.Fault {
    fileprivate init(_ fault: LogFault, of example: LogExample) {
        let record = example.records.firstIndex(of: fault.offset) ?? -1
        self.init(fault.kind, at: record, fast: fault.fastLoader, slow: fault.slowLoader)
    }
}
