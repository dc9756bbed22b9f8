import CoreMetrics
import Logging
import TensorBoard
import TensorBoardLogHandler
import TensorBoardMetrics

// What a metric and a log line cost the program that records them: the median of nine rounds.
// `swift run -c release --package-path Tests/Bridges BridgeBenchmarks`.

func measure(_ name: String, count: Int, _ body: (Int) -> Void) {
    let rounds = (0..<9).map { _ in
        let time = ContinuousClock().measure { for index in 0..<count { body(index) } }
        return Double(time.components.seconds) * 1e9 + Double(time.components.attoseconds) * 1e-9
    }
    let nanoseconds = rounds.sorted()[4] / Double(count)
    print(name, (nanoseconds * 10).rounded() / 10, "ns", separator: "\t")
}

let sink = NullSummarySink()
let factory = TensorBoardMetricsFactory(sink, interval: nil)
let counter = Counter(label: "counter", dimensions: [("method", "GET")], factory: factory)
let fraction = FloatingPointCounter(label: "fraction", factory: factory)
let gauge = Gauge(label: "gauge", factory: factory)
let recorder = Recorder(label: "recorder", factory: factory)
let timer = Timer(label: "timer", factory: factory)

measure("counter increment", count: 1_000_000) { _ in counter.increment() }
measure("floating-point counter increment", count: 1_000_000) { _ in fraction.increment(by: 0.5) }
measure("gauge value", count: 1_000_000) { gauge.record($0) }
measure("recorder value", count: 1_000_000) { recorder.record($0) }
measure("timer value", count: 1_000_000) { timer.recordNanoseconds(Int64($0)) }
measure("making a metric that is there", count: 100_000) { _ in
    _ = Counter(label: "counter", dimensions: [("method", "GET")], factory: factory)
}

let memory = DiscardingSink()
let log = TensorBoardLog(memory, interval: nil)
let handler = TensorBoardLogHandler(label: "bench", log: log)
let logger = Logger(label: "bench") { _ in handler }

measure("log line", count: 100_000) { logger.info("checkpoint saved", metadata: ["path": "run/\($0)"]) }
measure("log line with one number", count: 100_000) {
    logger.info("train", metadata: ["loss": "0.25", "step": "\($0)"])
}
measure("log line below the level", count: 1_000_000) { _ in logger.debug("nothing") }

/// A sink that takes everything, unlike ``NullSummarySink``, for which nothing is formatted.
struct DiscardingSink: SummarySink {
    func add(_ event: SummaryEvent) {}
    func flush() {}
}
