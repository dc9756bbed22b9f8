import Summaries
import Testing

struct EveryTests {
    let sink = InMemorySummarySink()

    /// The steps at which `every` runs.
    private func steps(_ all: some Sequence<Int>, every count: Int) -> [Int] {
        // Of its own: the place in the source is one for all calls of this function.
        let sink = InMemorySummarySink()
        var steps: [Int] = []
        for step in all {
            withSummaries(to: sink, step: step) {
                every(count) { steps.append(step) }
            }
        }
        return steps
    }

    @Test func multiplesOfTheNumberAreDue() {
        #expect(steps(0...250, every: 100) == [0, 100, 200])
        #expect(steps(37...250, every: 100) == [100, 200])
        #expect(steps(-150...50, every: 100) == [-100, 0])
        #expect(steps(0...3, every: 0) == [0, 1, 2, 3])
    }

    @Test func inStridesTheFirstStepBehindAMultipleIsDue() {
        #expect(
            steps(stride(from: 0, through: 400, by: 32), every: 100) == [0, 128, 224, 320, 416].filter { $0 <= 400 }
        )
        #expect(steps(stride(from: 5, through: 400, by: 64), every: 100) == [133, 261, 325])
    }

    @Test func stepsThatBeginAnewAreDueAnew() {
        #expect(steps([0, 150, 0, 150], every: 100) == [0, 150, 0, 150])
    }

    @Test func withoutAStepCallsAreCounted() {
        var calls: [Int] = []
        withSummaries(to: sink) {
            for call in 0..<7 { every(3) { calls.append(call) } }
        }
        #expect(calls == [0, 3, 6])
    }

    @Test func placesInTheSourceAndSinksCountForThemselves() {
        let other = InMemorySummarySink()
        var runs: [String] = []
        for step in 0..<4 {
            for (name, sink) in [("a", sink), ("b", other)] {
                withSummaries(to: sink, step: step) {
                    every(2) { runs.append("\(name)\(step)") }
                    every(3) { runs.append("\(name)\(step)!") }
                }
                // A view of a sink is the sink.
                withSummaries(to: sink.scope("x").scope("y"), step: step) { place(sink, &runs) }
                withSummaries(to: sink, step: step) { place(sink, &runs) }
            }
        }
        #expect(runs.filter { $0.hasSuffix("!") } == ["a0!", "b0!", "a3!", "b3!"])
        #expect(runs.filter { $0.count == 2 } == ["a0", "b0", "a2", "b2"])
        #expect(runs.filter { $0 == "place" }.count == 4)
    }

    private func place(_ sink: InMemorySummarySink, _ runs: inout [String]) {
        every(2) { runs.append("place") }
    }

    @Test func aNewSinkInThePlaceOfAnOldOneBeginsAnew() {
        for _ in 0..<50 {
            let sink = InMemorySummarySink()
            var count = 0
            withSummaries(to: sink) { for _ in 0..<3 { every(.seconds(3600)) { count += 1 } } }
            #expect(count == 1)
        }
    }

    @Test func teesOfDifferentSinksCountForThemselves() {
        let other = InMemorySummarySink()
        var runs = 0
        for sink in [TeeSummarySink(sink, other), TeeSummarySink(other, sink)] {
            withSummaries(to: sink, step: 0) { every(2) { runs += 1 } }
        }
        #expect(runs == 2)
    }

    @Test func timeHasToPassBetweenTwoRuns() async throws {
        var count = 0
        try await withSummaries(to: sink) {
            for call in 0..<3 {
                if call == 2 { try await Task.sleep(for: .milliseconds(60)) }
                every(.milliseconds(50)) { count += 1 }
            }
        }
        #expect(2...3 ~= count)
    }

    @Test func withoutASinkThatKeepsValuesNothingRuns() async {
        every(1) { Issue.record("There is no sink.") }
        withSummaries(to: sink, step: 0) {
            recordIf(false) { every(1) { Issue.record("Nothing is recorded.") } }
        }
        await withSummaries(to: NullSummarySink(), step: 0) {
            await every(.zero) {
                await Task.yield()
                Issue.record("Nothing is kept.")
            }
        }
    }
}
