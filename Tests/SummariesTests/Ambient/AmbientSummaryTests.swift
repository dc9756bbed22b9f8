import Summaries
import Testing

struct AmbientSummaryTests {
    let sink = InMemorySummarySink()

    @Test func callsReachTheSinkOfTheTaskAtItsStepAndInItsScope() {
        withSummaries(to: sink, step: 3) {
            Summary.scalar("loss", 0.5)
            withNameScope("layer1") {
                withNameScope("attention") { Summary.histogram("weights", [1, 2] as [Float]) }
                Summary.scalar("norm", 2)
            }
            withSummaries(step: 4) { Summary.scalar("loss", 0.25) }
            Summary.scalar("loss", 1.0 as Float)
        }
        #expect(sink.scalars("loss").map(\.step) == [3, 4, 3])
        #expect(sink.scalars("loss").map(\.value) == [0.5, 0.25, 1])
        #expect(sink.scalars("layer1/norm").map(\.step) == [3])
        #expect(sink.histograms("layer1/attention/weights").map(\.step) == [3])
    }

    @Test func outsideOfEveryBlockNothingHappens() {
        Summary.scalar("loss", 0.5)
        #expect(!Summary.isEnabled)
        #expect(Summary.step == nil)
        #expect(withNameScope("layer1") { 3 } == 3)
        #expect(recordIf(false) { 4 } == 4)
        #expect(withSummaries(step: 3) { Summary.step } == nil)
        withSummaries(to: NullSummarySink(), step: 1) { #expect(!Summary.isEnabled) }
    }

    @Test func theInnerSinkCountsAndBringsItsOwnStep() {
        let inner = InMemorySummarySink()
        withSummaries(to: sink, step: 3) {
            withNameScope("layer1") {
                withSummaries(to: inner) { Summary.scalar("loss", 1) }
            }
            Summary.scalar("loss", 2)
        }
        #expect(inner.scalars("layer1/loss").map(\.step) == [0], "The step of another sink was used.")
        #expect(sink.scalars("loss").map(\.value) == [2])
    }

    @Test func aScopeAndAConditionHoldForASinkInsideOfThem() async {
        withNameScope("fold3") {
            withSummaries(to: sink, step: 3) { Summary.scalar("loss", 1) }
            recordIf(false) { withSummaries(to: sink, step: 4) { Summary.scalar("loss", 2) } }
        }
        await recordIf(false) {
            await withNameScope("fold3") {
                await Task.yield()
                withSummaries(to: sink, step: 5) { Summary.scalar("loss", 3) }
            }
        }
        #expect(sink.scalars("fold3/loss").map(\.step) == [3])
        #expect(sink.entries.count == 1)
    }

    @Test func whatWasThereBeforeIsThereAgainAfterAnError() {
        struct Failure: Error {}
        withSummaries(to: sink, step: 3) {
            #expect(throws: Failure.self) {
                try withSummaries(step: 9) { try withNameScope("layer1") { throw Failure() } }
            }
            Summary.scalar("loss", 1)
        }
        #expect(sink.scalars("loss").map(\.step) == [3])
        #expect(!Summary.isEnabled)
    }

    @Test func childTasksLogToTheSameAndDetachedOnesToNone() async {
        await withSummaries(to: sink, step: 3) {
            await withNameScope("layer1") {
                await withTaskGroup { group in
                    for index in 0..<8 {
                        group.addTask { withNameScope("\(index)") { Summary.scalar("loss", index) } }
                    }
                }
                async let loss: Void = Summary.scalar("loss", 9)
                await loss
                await Task { Summary.scalar("unstructured", 1) }.value
                await Task.detached { Summary.scalar("detached", 1) }.value
            }
        }
        for index in 0..<8 { #expect(sink.scalars("layer1/\(index)/loss").map(\.step) == [3]) }
        #expect(sink.scalars("layer1/loss").count == 1)
        #expect(sink.scalars("layer1/unstructured").count == 1)
        #expect(sink.scalars("detached").isEmpty)
    }

    @Test func recordIfDiscardsWhatIsLoggedAndRunsTheBlock() async {
        await withSummaries(to: sink, step: 3) {
            for step in 0..<4 {
                let ran = recordIf(step.isMultiple(of: 2)) {
                    // An outer condition that does not hold is not lifted by an inner one that does.
                    recordIf(true) { Summary.scalar("loss", step) }
                    return step
                }
                #expect(ran == step)
            }
            await recordIf(false) {
                await Task.yield()
                Summary.scalar("loss", 9)
            }
        }
        #expect(sink.scalars("loss").map(\.value) == [0, 2])
    }

    @Test func theSinkOfTheTaskTakesCallsThatNameTheStep() {
        withSummaries(to: sink.scope("trial")) {
            withNameScope("layer1") { Summary.sink.scalar("loss", 1, step: 7) }
        }
        #expect(sink.scalars("trial/layer1/loss").map(\.step) == [7])
    }

    @Test func valuesOfTheWholeRunMissNoStep() {
        withSummaries(to: sink) {
            Summary.hyperparameters(["rate": 0.5])
            Summary.scalar("loss", 1)
            Summary.scalar("loss", 2)
        }
        #expect(sink.hyperparameters == ["rate": 0.5])
        #expect(sink.entries.map(\.step) == [0, 1, 2])
    }

    @Test func eachSinkOfSeveralChoosesTheStepThatIsMissing() {
        let other = InMemorySummarySink()
        other.scalar("loss", 0, step: 10)
        withSummaries(to: TeeSummarySink(sink, other.scope("a"))) { Summary.scalar("loss", 1) }
        #expect(sink.entries.map(\.step) == [0])
        #expect(other.scalars("a/loss").map(\.step) == [11])
    }
}
