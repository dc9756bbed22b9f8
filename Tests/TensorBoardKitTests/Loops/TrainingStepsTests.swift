import Synchronization
import TensorBoardTesting
import Testing

@testable import TensorBoardKit

private struct Stop: Error {}

/// A console whose output is kept.
private final class FakeConsole: Sendable {
    private let output = Mutex<[String]>([])

    func console(isInteractive: Bool = true, width: Int = 80) -> Console {
        Console(isInteractive: isInteractive, width: { width }, draw: keep, print: keep)
    }

    @Sendable private func keep(_ text: String) { output.withLock { $0.append(text) } }
    var texts: [String] { output.withLock { $0 } }
}

@Suite struct TrainingStepsTests {
    private func progress(
        _ log: CapturedSummaries,
        total: Int? = 100,
        console: Console? = nil,
        _ time: @escaping () -> Double
    ) -> StepProgress {
        StepProgress(
            sink: log,
            total: total,
            label: "train",
            interval: .seconds(1),
            console: console,
            elapsed: time
        )
    }

    @Test func everyStepComesOnceForRangesAndStrides() {
        let log = CapturedSummaries()
        #expect(Array(log.steps(0..<5, showsProgress: false)) == [0, 1, 2, 3, 4])
        #expect(Array(log.steps(3...4, showsProgress: false)) == [3, 4])
        #expect(Array(log.steps(stride(from: 0, to: 10, by: 4), showsProgress: false)) == [0, 4, 8])
        #expect(Array(log.steps(0..<0, showsProgress: false)) == [])
        for step in log.steps(7..., showsProgress: false) {
            #expect(step == 7)
            break
        }
    }

    @Test func aLoopWithoutAnEndBegins() {
        let log = CapturedSummaries()
        for step in log.steps(0...Int.max, showsProgress: false) where step > 1 { break }
        for step in log.steps(Int.min..<Int.max, showsProgress: false) where step > .min { break }
        for step in log.steps(stride(from: 0, through: Int.max, by: 1), showsProgress: false) where step > 1 { break }
        #expect(log.tags == ["progress/steps_per_second"])
    }

    @Test func theNumberOfStepsIsToldOfWhatHasAnEnd() {
        #expect((3..<10).knownCount == 7)
        #expect((3...10).knownCount == 8)
        #expect((0..<Int.max).knownCount == .max)
        #expect(stride(from: 0, to: 10, by: 4).knownCount == 3)
        #expect(stride(from: 10, through: 0, by: -5).knownCount == 3)
        #expect([4, 2].knownCount == 2)
        #expect((0..<0).knownCount == nil)
        #expect((0...).knownCount == nil)
    }

    @Test func theRateAndTheTimeLeftAreLoggedAtTheInterval() {
        let log = CapturedSummaries()
        var time = 0.0
        let progress = progress(log) { time }
        for step in 0..<100 {
            progress.begin(step)
            time += 0.125
        }
        progress.finish()
        let rates = log.scalars("progress/train/steps_per_second")
        #expect(rates.steps == Array(stride(from: 8, to: 100, by: 8)))
        #expect(rates.values.allSatisfy { $0 == 8 })
        log.expectScalar("progress/train/seconds_left", at: 8, closeTo: 92 * 0.125)
        log.expectScalar("progress/train/seconds_left", at: 96, closeTo: 4 * 0.125)
    }

    @Test func eachLoopHasItsTagsAndOneThatComesAgainHasNone() {
        let log = CapturedSummaries()
        for _ in log.steps(0..<3, label: "train", showsProgress: false) {
            for _ in log.steps(0..<3, label: "batch", interval: nil, showsProgress: false) {}
        }
        for _ in log.scope("eval").steps(0..., showsProgress: false).prefix(3) {}
        log.expectTags([
            "progress/train/steps_per_second", "progress/train/seconds_left", "eval/progress/steps_per_second",
        ])
    }

    @Test func aLoopShorterThanTheIntervalIsLoggedAtItsEndHoweverItEnds() {
        for ending in ["end", "break", "error", "empty"] {
            let log = CapturedSummaries()
            func run() throws {
                for step in log.steps(0..<(ending == "empty" ? 0 : 3), interval: .seconds(60)) {
                    if step == 1, ending == "break" { break }
                    if step == 1, ending == "error" { throw Stop() }
                }
            }
            try? run()
            let steps = log.scalars("progress/steps_per_second").steps
            #expect(steps == ["end": [2], "break": [1], "error": [1], "empty": []][ending], "\(ending)")
        }
    }

    @Test func withoutAnEndThereIsNoTimeLeft() {
        let log = CapturedSummaries()
        for step in log.steps(0..., showsProgress: false) where step == 3 { break }
        log.expectTags(["progress/steps_per_second"])
    }

    @Test func theLineShowsRateAndTimeLeftAndDisappears() throws {
        let fake = FakeConsole()
        var time = 0.0
        let progress = progress(CapturedSummaries(), total: 2_000, console: fake.console()) { time }
        for step in 0..<1_000 {
            progress.begin(step)
            time += 0.01
        }
        #expect(fake.texts.contains("\rtrain  25%  510/2,000  100/s  0:14 left\u{1b}[K"))
        progress.finish()
        #expect(fake.texts.last == "\r\u{1b}[K")
        #expect(fake.texts.count <= 102)
    }

    @Test func nothingIsDrawnWithoutATerminal() {
        let fake = FakeConsole()
        var time = 0.0
        let progress = progress(CapturedSummaries(), console: fake.console(isInteractive: false)) { time }
        for step in 0..<100 {
            progress.begin(step)
            time += 1
        }
        progress.finish()
        #expect(fake.texts.isEmpty)
    }

    @Test(arguments: [
        (38, "train  42%  4,200/10,000  123/s"), (26, "train  42%  4,200/10,000"), (25, "train  42%  4,200/10,000"),
        (24, "train  42%"), (11, "train  42%"), (6, "train"), (5, "trai"), (1, "t"),
    ])
    func aNarrowTerminalHasWholeNumbers(width: Int, shown: String) {
        let fake = FakeConsole()
        let loop = CapturedSummaries()
        fake.console(width: width).show("train  42%  4,200/10,000  123/s  0:47 left", of: loop)
        #expect(fake.texts == ["\r\(shown)\u{1b}[K"])
    }

    @Test func loopsShareTheLineAndPrintedLinesKeepClearOfIt() {
        let fake = FakeConsole()
        let console = fake.console(width: 12)
        let (one, two) = (CapturedSummaries(), CapturedSummaries())
        console.show("one", of: one)
        console.show("two", of: two)
        console.printLine("step 1")
        console.remove(one)
        console.remove(two)
        console.printLine("step 2")
        #expect(
            fake.texts == [
                "\rone\u{1b}[K", "\rone  ·  two\u{1b}[K", "\r\u{1b}[K", "step 1\n", "\rone  ·  two\u{1b}[K",
                "\rtwo\u{1b}[K", "\r\u{1b}[K", "step 2\n",
            ]
        )
    }

    @Test func whatALoopThatIsNeverReleasedShowsIsRemovedAtTheEnd() {
        let fake = FakeConsole()
        let console = fake.console()
        let loop = CapturedSummaries()
        console.show("one", of: loop)
        console.clear()
        console.clear()
        console.printLine("done")
        #expect(fake.texts == ["\rone\u{1b}[K", "\r\u{1b}[K", "done\n"])
    }

    @Test func theClosureFormGivesAmbientCallsTheStep() async throws {
        let log = CapturedSummaries()
        log.forEachStep(0..<3, showsProgress: false) { step in Summary.scalar("loss", step) }
        #expect(log.scalars("loss").steps == [0, 1, 2])
        let other = CapturedSummaries()
        await #expect(throws: Stop.self) {
            try await other.forEachStep(0..<3, showsProgress: false) { step in
                await Task.yield()
                Summary.scalar("loss", step)
                if step == 1 { throw Stop() }
            }
        }
        #expect(other.scalars("loss").steps == [0, 1])
        #expect(!Summary.isEnabled)
    }

    @Test func aTimerLogsSecondsAndReturnsTheResult() async throws {
        let log = CapturedSummaries()
        let result = log.measure("data", step: 3) { 42 }
        #expect(result == 42)
        let text = await log.scope("validation").measure("data", step: 4) {
            try? await Task.sleep(for: .milliseconds(20))
            return "done"
        }
        #expect(text == "done")
        let captured = withCapturedSummaries(step: 5) { _ in Summary.measure("train") {} }
        #expect(captured.scalars("time/train").steps == [5])
        #expect(log.scalars("time/data").steps == [3])
        #expect(try #require(log.scalars("validation/time/data").last) >= 0.02)
        #expect(throws: Stop.self) { try log.measure("failed", step: 0) { throw Stop() } }
        #expect(log.scalars("time/failed").isEmpty)
    }
}
