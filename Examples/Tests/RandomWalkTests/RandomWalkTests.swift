import RandomWalk
import TensorBoardTesting
import Testing

/// A coin that shows heads and tails in turn.
private struct AlternatingCoin: RandomNumberGenerator {
    private var isHeads = false

    mutating func next() -> UInt64 {
        isHeads.toggle()
        return isHeads ? .max : 0
    }
}

@Suite struct RandomWalkTests {
    @Test func everyStepIsLogged() {
        let log = CapturedSummaries()
        var walk = RandomWalk(coin: AlternatingCoin())
        walk.walk(4, loggingTo: log)
        log.expectTags(["position", "returns"])
        log.expectGrowingSteps("position")
        log.expectScalar("position", at: 3, closeTo: 0)
        log.expectScalar("returns", at: 3, closeTo: 2)
    }
}
