import BridgeTestSupport
import CoreMetrics
import Foundation
import Synchronization
import TensorBoard
import TensorBoardLogs
import TensorBoardMetrics
import Testing

@Suite(.timeLimit(.minutes(2)))
struct MetricsLifetimeTests {
    private let sink = InMemorySummarySink()

    @Test func itSamplesByItself() async throws {
        let factory = TensorBoardMetricsFactory(sink, interval: .milliseconds(5))
        let counter = Counter(label: "c", factory: factory)
        counter.increment()
        try await poll("a first sample") { sink.scalars("c").isEmpty ? nil : () }
        counter.increment()
        try await poll("a second sample") { sink.scalars("c").count < 2 ? nil : () }
        #expect(sink.scalars("c").map(\.value) == [1, 2])
        withExtendedLifetime(factory) {}
    }

    @Test func closingWritesTheLastSampleAndEndsSampling() {
        let factory = TensorBoardMetricsFactory(sink, interval: .seconds(3600))
        let counter = Counter(label: "c", factory: factory)
        counter.increment()
        factory.close()
        counter.increment()
        factory.sample()
        factory.close()
        #expect(sink.scalars("c").map(\.value) == [1])
    }

    @Test func aReleasedFactoryWritesTheLastSampleAndLetsTheWriterGo() async throws {
        try await withTemporaryDirectory { directory in
            weak var released: SummaryWriter?
            do {
                let writer = try SummaryWriter(logDirectory: directory.path)
                released = writer
                let factory = TensorBoardMetricsFactory(writer, interval: .seconds(3600))
                let counter = Counter(label: "c", factory: factory)
                counter.increment(by: 3)
            }
            // The thread of the factory may hold it for a moment.
            try await poll("the writer to be released") { released == nil ? () : nil }
            let run = try LoggedRun(directory.path).load()
            #expect(run.scalars["c"]?.values == [3])
        }
    }

    @Test func aProblemMayRecordAMetricAndSample() throws {
        // As `onIssue` may: the factory is asked on the thread that takes a sample.
        let box = Mutex<TensorBoardMetricsFactory?>(nil)
        let sink = CallingSink {
            guard let factory = box.withLock({ $0 }) else { return }
            Counter(label: "issues", factory: factory).increment()
            factory.sample()
            factory.close()
        }
        let factory = TensorBoardMetricsFactory(sink, interval: nil)
        box.withLock { $0 = factory }
        Counter(label: "c", factory: factory).increment()
        factory.sample()
        factory.sample()
        // The sample that it asked for did not come, and the close made this one the last.
        #expect(sink.memory.entries.flatMap { $0.values.map(\.tag) } == ["c"])
        box.withLock { $0 = nil }
    }

    @Test func itWorksBehindOtherFactories() {
        let other = InMemorySummarySink()
        let factory = TensorBoardMetricsFactory(sink, interval: nil)
        let mapped = TensorBoardMetricsFactory(other, interval: nil)
        let multiplex = MultiplexMetricsHandler(factories: [
            factory, mapped.withLabelAndDimensionsMapping { ("service.\($0)", $1 + [("host", "a")]) },
        ])
        withMetricsFactory(multiplex) {
            Counter(label: "c").increment()
            Gauge(label: "g").record(2)
            Meter(label: "m").set(3)
            FloatingPointCounter(label: "f").increment(by: 0.5)
            Recorder(label: "r").record(1)
            let timer = CoreMetrics.Timer(label: "t")
            timer.recordSeconds(1)
            timer.destroy()
        }
        factory.close()
        mapped.close()
        let kinds = ["c", "f", "g", "m", "r", "r/count", "r/mean", "t", "t/count", "t/mean"]
        #expect(sink.entries.flatMap { $0.values.map(\.tag) }.sorted() == kinds)
        let mappedTags = Set(other.entries.flatMap { $0.values.map(\.tag) })
        #expect(mappedTags == Set(kinds.map { "service/\($0)/{host=a}" }))
    }

    @Test(arguments: StockTensorBoard.Loader.available)
    func tensorBoardShowsTheMetrics(_ loader: StockTensorBoard.Loader) async throws {
        try await withTemporaryDirectory { directory in
            let writer = try SummaryWriter(logDirectory: directory.appendingPathComponent("server").path)
            let factory = TensorBoardMetricsFactory(writer, interval: nil)
            let requests = Counter(label: "http.requests", dimensions: [("method", "GET")], factory: factory)
            let timer = CoreMetrics.Timer(label: "http.duration", factory: factory)
            for round in 1...3 {
                requests.increment(by: round)
                timer.recordMilliseconds(100 * round)
                factory.sample()
            }
            factory.close()
            try writer.close()
            try await StockTensorBoard.serving(directory, loader: loader) { server in
                let tag = "http/requests/{method=GET}"
                _ = try await server.tags("scalars", run: "server", having: [tag, "http/duration/mean"])
                #expect(try await server.scalars(run: "server", tag: tag).map(\.value) == [1, 3, 6])
                _ = try await server.tags("histograms", run: "server", having: ["http/duration"])
                #expect(
                    try await server.histogramCounts(run: "server", tag: "http/duration").map { $0.value.rounded() }
                        == [1, 1, 1]
                )
            }
        }
    }
}

/// A sink that calls back for each event, as a writer calls `onIssue`.
private struct CallingSink: SummarySink {
    let memory = InMemorySummarySink()
    let callBack: @Sendable () -> Void

    init(_ callBack: @escaping @Sendable () -> Void) { self.callBack = callBack }

    func add(_ event: SummaryEvent) {
        memory.add(event)
        callBack()
    }

    func flush() {}
}
