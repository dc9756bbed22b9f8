import BridgeTestSupport
import Foundation
import Logging
import Synchronization
import TensorBoard
import TensorBoardLogHandler
import Testing

@Suite(.timeLimit(.minutes(2)))
struct LogLifetimeTests {
    @Test func itWritesTheTableByItself() async throws {
        let sink = InMemorySummarySink()
        let log = TensorBoardLog(sink, interval: .milliseconds(5))
        let logger = Logger(label: "l") { TensorBoardLogHandler(label: $0, log: log) }
        logger.info("first")
        try await poll("the table") { sink.tensors("log").isEmpty ? nil : () }
        logger.info("second")
        try await poll("the table with both") { sink.tensors("log").count < 2 ? nil : () }
    }

    @Test func aReleasedLogWritesItsLastLinesAndLetsTheWriterGo() async throws {
        try await withTemporaryDirectory { directory in
            weak var released: SummaryWriter?
            do {
                let writer = try SummaryWriter(logDirectory: directory.appendingPathComponent("run").path)
                released = writer
                let log = TensorBoardLog(writer, interval: .seconds(3600))
                let logger = Logger(label: "l") { TensorBoardLogHandler(label: $0, log: log) }
                logger.info("last words")
            }
            try await poll("the writer to be released") { released == nil ? () : nil }
            try await StockTensorBoard.serving(directory, loader: .slow) { server in
                _ = try await server.tags("text", run: "run", having: ["log"])
                #expect(try await server.texts(run: "run", tag: "log").last?.html.contains("last words") == true)
            }
        }
    }

    @Test func aProblemMayBeLogged() throws {
        // As `onIssue` may: the log is called on the thread that writes.
        let box = Mutex<TensorBoardLog?>(nil)
        let sink = LoggingSink {
            guard let log = box.withLock({ $0 }) else { return }
            Logger(label: "issues") { TensorBoardLogHandler(label: $0, log: log) }.error("problem")
            try? log.flush()
        }
        let log = TensorBoardLog(sink, interval: nil)
        box.withLock { $0 = log }
        Logger(label: "l") { TensorBoardLogHandler(label: $0, log: log) }.info("a", metadata: ["x": "1"])
        try log.flush()
        #expect(sink.memory.scalars("a/x").count == 1)
        #expect(!sink.memory.tensors("log").isEmpty)
        box.withLock { $0 = nil }
    }

    @Test func nothingIsLostBetweenThreads() async throws {
        let sink = InMemorySummarySink()
        let log = TensorBoardLog(sink, maximumLines: 5000, interval: nil)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask {
                    let logger = Logger(label: "l") { TensorBoardLogHandler(label: $0, log: log) }
                    for number in 0..<500 {
                        logger.info("line", metadata: ["n": "t\(task)-\(number)"])
                        logger.info("value", metadata: ["x": "\(number)"])
                    }
                }
            }
            group.addTask { for _ in 0..<20 { try? log.flush() } }
        }
        log.close()
        #expect(sink.scalars("value/x").count == 2000)
        #expect(sink.scalars("value/x").map(\.step).sorted() == Array(0..<2000))
        guard case .string(let texts)? = sink.tensors("log").last?.value.elements, let text = texts.first else {
            Issue.record("there is no table")
            return
        }
        #expect(String(decoding: text, as: UTF8.self).split(separator: "<td>line</td>").count == 2001)
    }

    @Test(arguments: StockTensorBoard.Loader.available)
    func tensorBoardShowsNumbersAndLines(_ loader: StockTensorBoard.Loader) async throws {
        try await withTemporaryDirectory { directory in
            let writer = try SummaryWriter(logDirectory: directory.appendingPathComponent("run").path)
            let log = TensorBoardLog(writer)
            let logger = Logger(label: "trainer") { TensorBoardLogHandler(label: $0, log: log) }
            for step in 0..<3 {
                logger.info("train", metadata: ["loss": "\(1 / Double(step + 1))", "step": "\(step)"])
            }
            logger.notice("saved", metadata: ["path": "*a*<script>alert(1)</script>"])
            log.close()
            try writer.close()
            try await StockTensorBoard.serving(directory, loader: loader) { server in
                _ = try await server.tags("scalars", run: "run", having: ["train/loss"])
                let points = try await server.scalars(run: "run", tag: "train/loss")
                #expect(points.map(\.step) == [0, 1, 2])
                _ = try await server.tags("text", run: "run", having: ["log"])
                let html = try await server.texts(run: "run", tag: "log").last?.html ?? ""
                #expect(html.contains("<table>") && html.contains("<td>saved</td>"))
                #expect(html.contains("path=*a*&lt;script&gt;"))
            }
        }
    }
}

/// A sink that calls back for each event, as a writer calls `onIssue`.
private struct LoggingSink: SummarySink {
    let memory = InMemorySummarySink()
    let callBack: @Sendable () -> Void

    init(_ callBack: @escaping @Sendable () -> Void) { self.callBack = callBack }

    func add(_ event: SummaryEvent) {
        guard memory.entries.count < 100 else { return }
        memory.add(event)
        callBack()
    }

    func flush() {}
}
