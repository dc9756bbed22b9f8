import BridgeTestSupport
import CoreMetrics
import Foundation
import Synchronization
import TensorBoard
import TensorBoardMetrics
import Testing

@Suite(.timeLimit(.minutes(2)))
struct MetricsFactoryTests {
    private let sink = InMemorySummarySink()

    private func factory(maximumMetrics: Int = 1000, firstStep: Int = 0) -> TensorBoardMetricsFactory {
        TensorBoardMetricsFactory(sink, interval: nil, maximumMetrics: maximumMetrics, firstStep: firstStep)
    }

    private var problems: [String] {
        sink.entries.flatMap(\.values).compactMap { if case .invalid(let reason) = $0.payload { reason } else { nil } }
    }

    @Test func aCounterIsItsTotal() {
        let factory = factory()
        let counter = Counter(label: "http.requests", factory: factory)
        counter.increment()
        counter.increment(by: 4)
        factory.sample()
        counter.increment(by: -3)
        factory.sample()
        counter.increment(by: 2)
        factory.sample()
        counter.reset()
        factory.sample()
        #expect(sink.scalars("http/requests").map(\.value) == [5, 7, 0])
    }

    @Test func aCounterStaysAtTheLargestNumber() {
        let factory = factory()
        let counter = Counter(label: "c", factory: factory)
        counter.increment(by: Int64.max)
        counter.increment(by: Int64.max)
        factory.sample()
        #expect(sink.scalars("c").map(\.value) == [Float(Int64.max)])
    }

    @Test func aFloatingPointCounterKeepsFractions() {
        let factory = factory()
        let counter = FloatingPointCounter(label: "c", factory: factory)
        for amount in [0.25, 0.5, -1, .nan, .infinity] { counter.increment(by: amount) }
        factory.sample()
        counter.reset()
        factory.sample()
        #expect(sink.scalars("c").map(\.value) == [0.75, 0])
    }

    @Test func aGaugeAndAMeterAreTheirLastValue() {
        let factory = factory()
        let gauge = Gauge(label: "gauge", factory: factory)
        let meter = Meter(label: "meter", factory: factory)
        gauge.record(3)
        gauge.record(0.5)
        meter.set(10)
        meter.increment(by: 2.5)
        meter.decrement(by: 0.5)
        meter.decrement(by: Double.nan)
        factory.sample()
        #expect(sink.scalars("gauge").map(\.value) == [0.5])
        #expect(sink.scalars("meter").map(\.value) == [12])
    }

    @Test func aRecorderIsTheHistogramOfEachInterval() {
        let factory = factory()
        let recorder = Recorder(label: "sizes", dimensions: [("kind", "a")], factory: factory)
        for value in 1...3000 { recorder.record(value) }
        factory.sample()
        recorder.record(7.0)
        factory.sample()
        let histograms = sink.histograms("sizes/{kind=a}").map(\.value)
        #expect(histograms.map(\.count) == [3000, 1])
        #expect(histograms.map(\.maximum) == [3000, 7])
        #expect(sink.scalars("sizes/count/{kind=a}").map(\.value) == [3000, 1])
        #expect(sink.scalars("sizes/mean/{kind=a}").map(\.value) == [1500.5, 7])
    }

    @Test func aTimerIsInSeconds() {
        let factory = factory()
        let timer = CoreMetrics.Timer(label: "time", preferredDisplayUnit: .milliseconds, factory: factory)
        timer.recordMilliseconds(250)
        timer.recordSeconds(0.75)
        factory.sample()
        #expect(sink.histograms("time").map(\.value.sum) == [1])
        #expect(sink.scalars("time/mean").map(\.value) == [0.5])
    }

    @Test func aValueThatIsNoNumberIsCountedApart() {
        let factory = factory()
        Recorder(label: "r", factory: factory).record(Double.nan)
        factory.sample()
        #expect(sink.histograms("r").map(\.value.nonFiniteCount) == [1])
        #expect(sink.scalars("r/mean").isEmpty)
    }

    @Test func onlyWhatChangedIsWritten() {
        let factory = factory()
        let counters = ["a", "b"].map { Counter(label: $0, factory: factory) }
        _ = Gauge(label: "never", factory: factory)
        for counter in counters { counter.increment() }
        factory.sample()
        factory.sample()
        counters[1].increment()
        factory.sample()
        #expect(sink.entries.map { $0.values.map(\.tag) } == [["a", "b"], ["b"]])
    }

    @Test func stepsGrow() {
        let factory = factory(firstStep: 100)
        let gauge = Gauge(label: "g", factory: factory)
        for value in 0..<5 {
            gauge.record(value)
            factory.sample()
        }
        let steps = sink.entries.map(\.step)
        #expect(steps.first.map { $0 >= 100 } == true)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func dimensionsInAnyOrderAreOneSeries() {
        let factory = factory()
        Counter(label: "c", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
        Counter(label: "c", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
        Counter(label: "c", dimensions: [("a", "1,b=2")], factory: factory).increment()
        factory.sample()
        #expect(sink.scalars("c/{a=1,b=2}").map(\.value) == [2])
        #expect(sink.scalars(#"c/{a=1\,b\=2}"#).map(\.value) == [1])
    }

    @Test func tooManyMetricsAreReportedOnce() {
        let factory = factory(maximumMetrics: 2)
        for number in 0..<5 { Counter(label: "c", dimensions: [("n", "\(number)")], factory: factory).increment() }
        factory.sample()
        factory.sample()
        #expect(factory.droppedMetrics == 3)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("2 metrics") == true)
        #expect(sink.scalars("c/{n=1}").count == 1)
        #expect(sink.scalars("c/{n=2}").isEmpty)
    }

    @Test func aLabelOfTwoKindsIsReported() {
        let factory = factory()
        Counter(label: "x", factory: factory).increment()
        Gauge(label: "x", factory: factory).record(9)
        factory.sample()
        #expect(sink.scalars("x").map(\.value) == [1])
        #expect(problems.count == 1)
    }

    @Test func aDestroyedMetricIsWrittenOnceMore() {
        let factory = factory(maximumMetrics: 1)
        let counter = Counter(label: "c", factory: factory)
        counter.increment(by: 3)
        counter.destroy()
        factory.sample()
        counter.increment()
        factory.sample()
        #expect(sink.scalars("c").map(\.value) == [3])
        // Its place is free again.
        let timer = CoreMetrics.Timer(label: "t", factory: factory)
        timer.recordSeconds(1)
        factory.sample()
        #expect(sink.histograms("t").count == 1)
        timer.destroy()
        factory.sample()
        Meter(label: "m", factory: factory).set(1)
        factory.sample()
        #expect(sink.scalars("m").count == 1)
        #expect(problems.isEmpty)
    }

    @Test func aMetricThatAnotherHasSurvivesADestroy() {
        let factory = factory()
        let (first, second) = (Counter(label: "c", factory: factory), Counter(label: "c", factory: factory))
        first.increment()
        first.destroy()
        factory.sample()
        second.increment()
        factory.sample()
        #expect(sink.scalars("c").map(\.value) == [1, 2])
    }

    @Test func nothingIsLostBetweenThreads() async {
        let factory = factory()
        let counter = Counter(label: "c", factory: factory)
        let fractions = FloatingPointCounter(label: "f", factory: factory)
        let recorder = Recorder(label: "r", factory: factory)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for number in 0..<5000 {
                        counter.increment()
                        fractions.increment(by: 0.5)
                        recorder.record(number)
                    }
                }
            }
            group.addTask { for _ in 0..<200 { factory.sample() } }
        }
        factory.close()
        #expect(sink.scalars("c").last?.value == 40_000)
        #expect(sink.scalars("f").last?.value == 20_000)
        #expect(sink.histograms("r").reduce(0) { $0 + $1.value.count } == 40_000)
        let steps = sink.entries.map(\.step)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
    }
}
