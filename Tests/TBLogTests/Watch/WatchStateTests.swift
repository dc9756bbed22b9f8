import CommandLineSupport
import TensorBoardLogs
import Testing

@testable import tblog

struct WatchedSeriesTests {
    private func series(_ values: [Double]) -> WatchedSeries {
        var series = WatchedSeries()
        for (step, value) in values.enumerated() {
            series.append(.init(step: step, wallTime: Double(step), value: value))
        }
        return series
    }

    @Test func shortRunsAreKeptAsTheyAre() {
        let values = (0..<500).map { Double($0 * 7 % 13) }
        #expect(series(values).points.map(\.value) == values)
    }

    @Test func longRunsKeepTheirShapeInBoundedMemory() {
        var values = (0..<100_000).map { Double($0) }
        (values[777], values[60_001]) = (-5, 1e9)
        let series = series(values)
        let points = series.points
        #expect(points.count <= WatchedSeries.limit + 3)
        #expect(points.count > WatchedSeries.limit / 4)
        #expect(points.contains { $0.step == 777 } && points.contains { $0.step == 60_001 })
        #expect(points.map(\.step) == points.map(\.step).sorted())
        #expect(points.last?.step == 99_999 && series.last?.step == 99_999)
        // No part of the run is thinner than another.
        let gaps = zip(points, points.dropFirst()).map { $1.step - $0.step }
        #expect((gaps.max() ?? 0) < 100_000 / WatchedSeries.limit * 8)
        #expect(series.best(.lowest)?.step == 777 && series.best(.highest)?.step == 60_001)
    }

    @Test func aRestartPurgesLaterPoints() {
        var series = series([5, 4, 3, 2, 1])
        series.append(.init(step: 2, wallTime: 9, value: 7))
        #expect(series.points.map(\.value) == [5, 4, 7])
        #expect(series.best(.lowest)?.value == 4)
        #expect(series.last?.step == 2)
    }

    @Test func nanIsNeitherBestNorLost() {
        let series = series([.nan, 2, .nan])
        #expect(series.best(.lowest)?.step == 1 && series.best(.highest)?.step == 1)
        #expect(series.points.count == 3 && series.last?.value.isNaN == true)
        #expect(self.series(Array(repeating: .nan, count: 5000)).best(.lowest) == nil)
    }
}

struct WatchStateTests {
    private func state(tags: [String], runs: Int = 1) -> WatchState {
        var state = WatchState(title: "logs")
        for index in 0..<runs {
            var run = WatchedRun("run\(index)")
            for tag in tags { run.observe(tag, 1, step: 0, wallTime: 0) }
            state.runs.append(run)
        }
        state.updateTags()
        return state
    }

    private func press(_ keys: TerminalKey..., in state: inout WatchState) {
        for key in keys { _ = state.handle(key) }
    }

    @Test(arguments: [TerminalKey.character("q"), .control("c")])
    func theseKeysQuit(key: TerminalKey) {
        var state = state(tags: ["a"])
        #expect(state.handle(key) == .quit)
        press(.character("?"), in: &state)
        #expect(state.handle(key) == .quit)
    }

    @Test func qLeavesTheListOfTagsAndControlCTheCommand() {
        var state = state(tags: ["a"])
        press(.character("t"), in: &state)
        #expect(state.handle(.control("c")) == .quit)
        #expect(state.handle(.character("q")) == .none)
        #expect(state.page == .charts)
    }

    @Test func keysChangeWhatIsDrawn() {
        var state = state(tags: ["a", "b"])
        press(.character("l"), .character("o"), .character("b"), .character("x"), .character("s"), .tab, in: &state)
        #expect(state.isLogarithmic && !state.ignoresOutliers && state.goal == .highest && state.axis == .relative)
        #expect(state.smoothing == 0.3 && state.focusedTag == "b")
        press(.character("x"), .character("x"), .character("S"), .tab, in: &state)
        #expect(state.axis == .step && state.smoothing == 0 && state.focusedTag == "a")
        press(.character("S"), in: &state)
        #expect(state.smoothing == 0.99)
        press(.character("s"), in: &state)
        #expect(state.smoothing == 0)
    }

    @Test func sixTagsAtMostAreChosen() {
        var state = state(tags: (0..<8).map { "tag\($0)" })
        #expect(state.chosen == (0..<6).map { "tag\($0)" })
        press(.character("t"), .end, .character(" "), in: &state)
        #expect(state.chosen.count == 6 && state.message != nil)
        press(.home, .character(" "), .end, .character(" "), .enter, in: &state)
        #expect(state.chosen == ["tag1", "tag2", "tag3", "tag4", "tag5", "tag7"])
        #expect(state.page == .charts && state.message == nil)
    }

    @Test func tagsThatLookAlikeAreDifferentTags() {
        var state = state(tags: ["caf\u{e9}", "cafe\u{301}"])
        #expect(state.chosen.count == 2)
        press(.character("t"), .home, .character(" "), in: &state)
        #expect(state.chosen.map { $0.utf8.count } == [state.tags[1].utf8.count])
    }

    @Test func newTagsGetChartsUntilChartsAreChosen() {
        var state = state(tags: ["a"])
        state.runs[0].observe("b", 1, step: 0, wallTime: 0)
        state.updateTags()
        #expect(state.chosen == ["a", "b"])
        press(.character("t"), .character("n"), .character(" "), .enter, in: &state)
        state.runs[0].observe("c", 1, step: 0, wallTime: 0)
        state.updateTags()
        #expect(state.chosen == ["a"] && state.tags == ["a", "b", "c"])
    }

    @Test func runsAreScrolledWithinTheirNumber() {
        var state = state(tags: ["a"], runs: 20)
        state.visibleRuns = 6
        press(.pageDown, .pageDown, in: &state)
        #expect(state.firstRun == 12)
        press(.pageDown, .down, in: &state)
        #expect(state.firstRun == 14)
        press(.home, .up, .down, in: &state)
        #expect(state.firstRun == 1)
    }

    @Test func theRateIsThatOfTheLastMinute() {
        var run = WatchedRun("run")
        #expect(run.stepsPerSecond == nil)
        for step in 0..<10 { run.observe("cost", 1, step: step, wallTime: Double(step * 100)) }
        #expect(run.stepsPerSecond == nil)
        for step in 10..<20 { run.observe("cost", 1, step: step, wallTime: 1000 + Double(step) / 4) }
        #expect(run.stepsPerSecond == 4)
        // A resumed run begins anew.
        run.observe("cost", 1, step: 5, wallTime: 2000)
        #expect(run.stepsPerSecond == nil && run.lastStep == 5)
    }
}
