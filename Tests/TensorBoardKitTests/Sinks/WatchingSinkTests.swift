import Synchronization
import TensorBoardTesting
import Testing

@testable import TensorBoardKit

@Suite struct WatchingSinkTests {
    @Test func theFirstValueThatIsNotFiniteIsReportedOnce() throws {
        let log = CapturedSummaries()
        let warnings = Mutex<[NonFiniteWarning]>([])
        let watched = NonFiniteWatch(log) { warning in warnings.withLock { $0.append(warning) } }
        watched.scalar("loss", 1, step: 0)
        try watched.check()
        watched.histogram("weights", [1, Float.infinity], step: 1)
        watched.scalar("loss", Double.nan, step: 2)
        watched.scalarSeries("loss").record(Float.nan, step: 3)
        let warning = NonFiniteWarning(name: "weights", value: .infinity, step: 1)
        #expect(warnings.withLock { $0 } == [warning])
        #expect(throws: warning) { try watched.check() }
        #expect(warning.description == "weights is inf at step 1, the first value that is not finite.")
        let texts = log.texts("warnings/non_finite")
        #expect(texts.steps == [1])
        #expect(texts.last?.contains("weights is inf at step 1") == true)
        #expect(log.scalars("loss").count == 3)
    }

    @Test func everyWayToLogIsWatched() {
        let ways: [(NonFiniteWatch) -> Void] = [
            { $0.scalar("a", Float.nan, step: 1) },
            { $0.scalarSeries("a").record(Float.nan, step: 1) },
            { $0.step(1) { $0.scalar("a", Float.nan) } },
            { $0.addAtNextStep([.scalar("a", Float.nan)], wallTime: nil) },
            { try? $0.check(["a": [[1, 2], [Double.nan]]], step: 1) },
        ]
        for (index, log) in ways.enumerated() {
            let watched = NonFiniteWatch(CapturedSummaries())
            log(watched)
            #expect(watched.firstWarning?.name == "a", "way \(index)")
            #expect(watched.firstWarning?.value.isNaN == true, "way \(index)")
        }
    }

    @Test func theBestValueSoFarIsLoggedInEveryWay() {
        let log = CapturedSummaries()
        let sink = log.tracking(best: .highest("accuracy"), .lowest("loss"))
        let accuracy = sink.scalarSeries("accuracy")
        for (step, value) in [0.5, 0.4, .nan, 0.7, 0.6].enumerated() {
            accuracy.record(value, step: step)
            sink.step(step) { $0.scalar("loss", 1 - value) }
        }
        sink.scalar("other", 1, step: 0)
        #expect(log.scalars("best/accuracy").steps == [0, 3])
        #expect(log.scalars("best/accuracy").values == [0.5, 0.7])
        #expect(log.scalars("best/loss").steps == [0, 3])
        #expect(sink.best("loss") == Float(1 - 0.7))
        #expect(log.scalars("loss").count == 5)
        log.expectTags(["accuracy", "loss", "other", "best/accuracy", "best/loss"])
    }

    @Test func theConsolePrintsALineForEachStepInColumns() {
        let lines = Mutex<[String]>([])
        let sink = ConsoleSummarySink { line in lines.withLock { $0.append(line) } }
        sink.scalar("loss", 0.5, step: 8)
        sink.scalar("accuracy", 0.123456, step: 8)
        sink.histogram("weights", [1, 2], step: 8)
        sink.scalar("loss", 1e-7, step: 9)
        sink.scalar("loss", 0.25, step: 10)
        sink.step(10) { $0.scalar("accuracy", 1) }
        sink.flush()
        #expect(
            lines.withLock { $0 } == [
                "step 8  loss 0.5  accuracy 0.1235",
                "step 9  loss 1e-07",
                "step 10  loss  0.25  accuracy      1",
            ]
        )
    }

    @Test func theConsolePrintsOneStepOfEverySoMany() {
        let lines = Mutex<[String]>([])
        let sink = ConsoleSummarySink(every: 10) { line in lines.withLock { $0.append(line) } }
        for step in 0..<25 { sink.scalar("a", step, step: step) }
        sink.flush()
        #expect(lines.withLock { $0 } == ["step 0  a 0", "step 10  a 10", "step 20  a 20"])
    }
}
