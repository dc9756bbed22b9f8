import TensorBoardKit
import TensorBoardTesting
import Testing

private struct Metrics: Encodable {
    var loss = ["train": 0.5, "test": 0.75]
    var converged = true
    var epoch = 12
    var name = "run"
    var missing: Double?
    var accuracy: Float = .nan
    var nested = [["a"]: ["deep": ["er": 1 as UInt8]]].values.first
}

@Suite struct EncodedScalarsTests {
    @Test func numbersOfNestedValuesAreScalars() {
        let log = CapturedSummaries()
        log.scalars(encoding: Metrics(), step: 3)
        log.expectTags(["loss/train", "loss/test", "converged", "epoch", "accuracy", "nested/deep/er"])
        log.expectScalar("loss/test", at: 3, closeTo: 0.75)
        log.expectScalar("converged", at: 3, closeTo: 1)
        log.expectScalar("epoch", at: 3, closeTo: 12)
        log.expectScalar("accuracy", at: 3, closeTo: .nan)
        #expect(log.events.count == 1)
        #expect(log.problems.count == 1)
        #expect(log.problems.first?.hasPrefix("name: its value is no number") == true)
    }

    @Test func dictionariesWorkOnEveryTarget() {
        let log = CapturedSummaries()
        log.step(1) { $0.scope("eval").scalars(encoding: ["loss": ["a": 1.5, "b.c": 2]]) }
        log.expectScalar("eval/loss/a", at: 1, closeTo: 1.5)
        log.expectScalar("eval/loss/b.c", at: 1, closeTo: 2)
        NullSummarySink().scalars(encoding: Metrics(), step: 0)
    }

    @Test func integersBeyondADoubleAreScalarsToo() {
        let log = CapturedSummaries()
        log.scalars(encoding: ["tokens": UInt64.max, "steps": (1 << 53) + 1], step: 0)
        log.expectScalar("tokens", at: 0, closeTo: 0x1p64)
        log.expectScalar("steps", at: 0, closeTo: 9_007_199_254_740_992)
        #expect(log.problems.isEmpty)
    }

    @Test func whatHasNoKeysIsReported() {
        let log = CapturedSummaries()
        log.scalars(encoding: [1, 2, 3], step: 0)
        #expect(log.tags.isEmpty)
        #expect(log.problems.first?.contains("has no keys") == true)
    }
}
