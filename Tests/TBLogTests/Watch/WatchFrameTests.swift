import CommandLineSupport
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

@testable import tblog

struct WatchFrameTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func terminal(allowsColor: Bool = false, isASCII: Bool = false) -> Terminal {
        Terminal(isInteractive: true, allowsColor: allowsColor, isASCII: isASCII, width: { 80 }, output: { _ in })
    }

    /// The state after runs were read: run `i` has values that fall from `100 + i` by a step each second, from time 1 on.
    private func state(runs names: [String], tags: [String], steps: Int = 50) throws -> WatchState {
        var state = WatchState(title: "logs")
        for (index, name) in names.enumerated() {
            let path = directory.path.appending("\(index)")
            let clock = TestClock()
            try withSummaryWriter(logDirectory: path, options: .init(existingRun: .append, clock: { clock.tick() })) {
                for step in 0..<steps {
                    $0.step(step) { step in
                        for tag in tags { step.scalar(tag, Float(100 + index - step.step)) }
                    }
                }
            }
            var run = WatchedRun(name)
            let follower = RunFollower(try LoggedRun(path), EventFilter())
            while follower.readNew(into: &run, until: .now, onFault: { Issue.record("\($0)") }).hasMore {}
            state.runs.append(run)
        }
        state.updateTags()
        return state
    }

    private func frame(_ state: WatchState, _ columns: Int, _ rows: Int, isASCII: Bool = false) -> [String] {
        let terminal = terminal(isASCII: isASCII)
        let size = TerminalSize(columns: columns, rows: rows)
        let lines = WatchFrame(state: state, size: size, terminal: terminal, now: 1_000_000).lines
        #expect(lines.allSatisfy { $0.width < columns && $0.width == $0.plain.displayWidth })
        #expect(lines.count == rows)
        return lines.map { $0.text(for: terminal) }
    }

    static let sizes = [(60, 20), (80, 24), (120, 40)]

    @Test(arguments: sizes)
    func theFrameHasChartsValuesAndKeys(columns: Int, rows: Int) throws {
        let lines = frame(try state(runs: ["run_1", "run_2"], tags: ["cost"]), columns, rows)
        #expect(lines[0].hasPrefix("logs ") && lines[0].hasSuffix("2 runs  1 tag"))
        #expect(lines[1] == "cost")
        #expect(lines.contains { $0.contains("└") } && lines.joined().contains("a"))
        let table = lines.suffix(4)
        #expect(table.first?.hasPrefix("run ") == true && table.first?.contains("last  lowest") == true)
        let row = try #require(lines.first { $0.hasPrefix("b run_2") })
        #expect(row.split(separator: " ").dropFirst(2).prefix(2) == ["52", "52"])
        #expect(row.hasSuffix("11 d  ended?"))
        #expect(lines.last?.hasPrefix("q quit  t tags") == true)
    }

    @Test(arguments: sizes)
    func sixChartsAndTwelveRunsKeepTheirWidth(columns: Int, rows: Int) throws {
        let names = (0..<14).map { "run\($0)\u{1b}[2J/名前/👩‍👩‍👧‍👦/e\u{301}/a_rather_long_name" }
        let tags = (0..<8).map { "層\($0)/\u{7}cost_of_everything_that_is_logged" }
        let state = try state(runs: names, tags: tags, steps: 4)
        #expect(state.chosen.count == 6)
        let lines = frame(state, columns, rows)
        #expect(!lines.joined().contains("\u{1b}") && !lines.joined().contains("\u{7}"))
        let axes = lines.joined().filter { $0 == "└" }.count
        #expect(axes == [60: 2, 80: 4, 120: 6][columns])
        #expect(lines.contains { $0.hasPrefix("runs 1-\([60: 6, 80: 7, 120: 12][columns] ?? 0) of 14") })
    }

    @Test(arguments: sizes)
    func asciiIsASCII(columns: Int, rows: Int) throws {
        var state = try state(runs: ["run1", "名前"], tags: ["cost"], steps: 4)
        for key in [nil, "t", "t", "?"] as [Character?] {
            if let key { _ = state.handle(.character(key)) }
            #expect(frame(state, columns, rows, isASCII: true).joined().utf8.allSatisfy { $0 < 0x80 })
        }
    }

    @Test
    func aSmallWindowIsSaidAndNothingIsDrawnBeyondIt() throws {
        let state = try state(runs: ["run1"], tags: ["cost"], steps: 4)
        for size in [TerminalSize(columns: 1, rows: 1), .init(columns: 30, rows: 50), .init(columns: 200, rows: 19)] {
            let lines = WatchFrame(state: state, size: size, terminal: terminal(), now: 0).lines
            #expect(lines.allSatisfy { $0.width <= max(1, size.columns - 1) })
            #expect(lines[0].plain.hasPrefix(size.columns == 1 ? "t" : "tblog watch needs"))
        }
    }

    @Test
    func beforeAnythingIsLoggedItWaits() {
        let lines = frame(WatchState(title: "logs"), 80, 24)
        #expect(lines.contains("  waiting for scalars"))
        #expect(lines[0].hasSuffix("0 runs  0 tags"))
    }

    @Test
    func theEndOfAWriterIsShown() throws {
        let path = directory.path.appending("live")
        let writer = try SummaryWriter(logDirectory: path)
        writer.scalar("cost", 1, step: 0)
        try writer.flush()
        var run = WatchedRun("live")
        let follower = RunFollower(try LoggedRun(path), EventFilter())
        _ = follower.readNew(into: &run, until: .now + .seconds(60), onFault: { _ in })
        #expect(run.status(now: 0) == .live)
        writer.scalar("cost", 2, step: 1)
        try writer.close()
        _ = follower.readNew(into: &run, until: .now + .seconds(60), onFault: { _ in })
        #expect(run.status(now: 0) == .ended)
        #expect(run.lastStep == 1)
    }
}
