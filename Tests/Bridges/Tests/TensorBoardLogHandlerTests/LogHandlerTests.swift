import BridgeTestSupport
import Foundation
import Logging
import TensorBoard
import TensorBoardLogHandler
import Testing

/// An attribute as a program defines it, or the package LoggingAttributes.
private enum Sensitivity: Int64, Sendable, Logger.MetadataValueAttributes.Attribute {
    case open, secret
}

@Suite(.timeLimit(.minutes(2)))
struct LogHandlerTests {
    private let sink = InMemorySummarySink()

    private func log(lines: Int = 200, series: Int = 1000) -> TensorBoardLog {
        TensorBoardLog(sink, maximumLines: lines, interval: nil, maximumSeries: series) { _, value in
            value.attributes[Sensitivity.self] == .secret
        }
    }

    private func logger(_ log: TensorBoardLog, provider: Logger.MetadataProvider? = nil) -> Logger {
        Logger(label: "trainer") { TensorBoardLogHandler(label: $0, log: log, metadataProvider: provider) }
    }

    /// The table that was written last, and how often it was written.
    private var tables: [String] {
        sink.tensors("log").compactMap { tensor in
            guard case .string(let texts) = tensor.value.elements else { return nil }
            return texts.first.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func table(_ log: TensorBoardLog) throws -> String {
        try log.flush()
        return tables.last ?? ""
    }

    // MARK: Numbers

    @Test func numbersBecomeScalarsUnderTheMessage() throws {
        let log = log()
        let logger = logger(log)
        logger.info("train", metadata: ["loss": "0.5", "accuracy": .stringConvertible(3), "step": "7"])
        logger.info("train", metadata: ["loss": .stringConvertible(Float(0.25)), "step": .stringConvertible(8)])
        logger.info("train", metadata: ["loss": "nan", "step": "9"])
        logger.info("train", metadata: ["time": ["forward": "1e-3"], "step": "10"])
        #expect(sink.scalars("train/loss").map(\.step) == [7, 8, 9])
        #expect(sink.scalars("train/loss").map(\.value).prefix(2) == [0.5, 0.25])
        #expect(sink.scalars("train/loss").last?.value.isNaN == true)
        #expect(sink.scalars("train/accuracy").map(\.value) == [3])
        #expect(sink.scalars("train/time/forward").map(\.value) == [0.001])
        #expect(sink.scalars("train/step").isEmpty)
        #expect(try table(log).isEmpty)
    }

    @Test func withoutAStepTheyGrow() {
        let logger = logger(log())
        for loss in ["3", "2"] { logger.info("a", metadata: ["loss": "\(loss)"]) }
        logger.info("a", metadata: ["loss": "1", "step": "10"])
        logger.info("a", metadata: ["loss": "0"])
        logger.info("b", metadata: ["loss": "0"])
        #expect(sink.scalars("a/loss").map(\.step) == [0, 1, 10, 11])
        #expect(sink.scalars("b/loss").map(\.step) == [0])
    }

    @Test func theStepMayBeTheLoggersOrTheProviders() {
        let log = log()
        var logger = logger(log)
        logger[metadataKey: "step"] = "5"
        logger.info("a", metadata: ["x": "1"])
        let provided = self.logger(log, provider: .init { ["step": "6"] })
        provided.info("a", metadata: ["x": "2"])
        #expect(sink.scalars("a/x").map(\.step) == [5, 6])
    }

    @Test(arguments: ["0x10", "12abc", "+1", "1 2", "", "infinity", "e", "-", "2026-11-29", "1.2.3"])
    func otherTextsAreNoNumbers(_ text: String) throws {
        let log = log()
        logger(log).info("a", metadata: ["x": .string(text)])
        #expect(sink.scalars("a/x").isEmpty)
        #expect(try table(log).contains("x=\(text)"))
    }

    @Test func tooManyMessagesGoToTheTable() throws {
        let log = log(series: 2)
        let logger = logger(log)
        for number in 0..<4 { logger.info("epoch \(number)", metadata: ["loss": "0.5"]) }
        #expect((0..<4).map { sink.scalars("epoch \($0)/loss").count } == [1, 1, 0, 0])
        let table = try table(log)
        #expect(!table.contains("epoch 1") && table.contains("epoch 2") && table.contains("loss=0.5"))
    }

    @Test func tooManyKeysGoToTheTable() throws {
        let log = log(series: 2)
        let logger = logger(log)
        for user in ["a", "b", "c"] { logger.info("seen", metadata: ["\(user)": "1"]) }
        logger.info("seen", metadata: ["a": "2", "c": "2"])
        #expect(["a", "b", "c"].map { sink.scalars("seen/\($0)").count } == [2, 1, 0])
        let table = try table(log)
        #expect(table.contains("<td>c=1</td>") && table.contains("<td>a=2 c=2</td>"))
    }

    @Test func proseIsNoScope() throws {
        let log = log()
        let prose = String(repeating: "word ", count: 60)
        logger(log).info("\(prose)", metadata: ["loss": "0.5"])
        logger(log).info("", metadata: ["loss": "0.25"])
        #expect(sink.scalars("\(prose)/loss").isEmpty)
        #expect(sink.scalars("loss").map(\.value) == [0.25])
        #expect(try table(log).contains("loss=0.5"))
    }

    // MARK: Lines

    @Test func otherLinesAreInTheTable() throws {
        let log = log()
        let logger = logger(log)
        logger.info("saved", metadata: ["path": "a|*b*", "<b>": ["x", "y"]])
        logger.info("mixed", metadata: ["loss": "0.5", "file": "f"])
        logger.warning("slow", metadata: ["seconds": "3"])
        logger.info("failed", error: TestFailure("no & space"), metadata: ["attempt": "1"])
        let table = try table(log)
        for text in [
            "<td>trainer</td>", "<td>saved</td><td>&lt;b&gt;=[x, y] path=a|*b*</td>", "TensorBoardLogHandlerTests",
            "file=f loss=0.5", "<td>warning</td>", "error.message=no &amp; space", "TestFailure",
        ] { #expect(table.contains(text), "\(text) in \(table)") }
        #expect(sink.scalars("slow/seconds").map(\.value) == [3])
        #expect(sink.scalars("failed/attempt").map(\.value) == [1])
    }

    @Test func theTableHasTheLastLinesAndIsWrittenWhenTheyChange() throws {
        let log = log(lines: 3)
        let logger = logger(log)
        for number in 0..<5 { logger.info("line \(number).") }
        try log.flush()
        try log.flush()
        logger.info("line 5.")
        log.close()
        logger.info("late")
        try log.flush()
        #expect(sink.tensors("log").map(\.step) == [4, 5])
        let order = (0...5).map { number in tables[1].range(of: "line \(number).")?.lowerBound }
        #expect(order[..<3].allSatisfy { $0 == nil })
        let last = order[3...].compactMap { $0 }
        #expect(last.count == 3 && last == last.sorted())
        #expect(!tables[1].contains("late"))
    }

    @Test func aLongLineIsCut() throws {
        let log = log()
        logger(log).info(
            "\(String(repeating: "👩‍👩‍👧", count: 100_000))",
            metadata: ["x": "\(String(repeating: "y", count: 9999))"]
        )
        #expect(try table(log).utf8.count < 5000)
    }

    @Test func aValueWithTheAttributeIsNotShown() throws {
        let log = log()
        let secret = Logger.MetadataValue.attributed("hunter2", attributes: [Sensitivity.secret])
        let number = Logger.MetadataValue.attributed(1234, attributes: [Sensitivity.secret])
        var logger = logger(log, provider: .init { ["token": secret] })
        logger[metadataKey: "own"] = secret
        logger.info(
            "login",
            metadata: [
                "pin": number, "open": .attributed("shown", attributes: [Sensitivity.open]),
                "inner": ["deep": [secret], "amount": number],
            ]
        )
        let table = try table(log)
        #expect(!table.contains("hunter2") && !table.contains("1234"))
        #expect(table.contains("token=&lt;redacted&gt;") && table.contains("open=shown"))
        #expect(sink.entries.flatMap(\.values).map(\.tag) == ["log"])
    }

    // MARK: A value

    @Test func aCopyHasMetadataAndALevelOfItsOwn() throws {
        let log = log()
        var first = logger(log)
        first[metadataKey: "who"] = "first"
        var second = first
        second[metadataKey: "who"] = "second"
        second.logLevel = .error
        first.info("a")
        second.info("unseen")
        second.error("b")
        first.debug("unseen")
        let table = try table(log)
        #expect(table.contains("<td>a</td><td>who=first</td>") && table.contains("<td>b</td><td>who=second</td>"))
        #expect(!table.contains("unseen"))
        #expect(first.logLevel == .info && first[metadataKey: "who"] == "first")
    }

    @Test func theCallsMetadataWinsOverTheProvidersAndTheLoggers() throws {
        let log = log()
        var logger = logger(log, provider: .init { ["a": "provider", "b": "provider"] })
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "c"] = "logger"
        logger.info("x", metadata: ["b": "call"])
        #expect(try table(log).contains("a=provider b=call c=logger"))
    }

    @Test func itMultiplexes() throws {
        let (log, other) = (log(), InMemorySummarySink())
        let otherLog = TensorBoardLog(other, interval: nil)
        let logger = Logger(label: "m") { label in
            MultiplexLogHandler(
                [
                    TensorBoardLogHandler(label: label, log: log),
                    TensorBoardLogHandler(label: label, log: otherLog, logLevel: .error),
                ],
                metadataProvider: .init { ["request": "r1"] }
            )
        }
        logger.info("a", metadata: ["x": "1"])
        logger.error("b", metadata: ["x": "2"])
        #expect(sink.scalars("a/x").map(\.value) == [1])
        #expect(other.scalars("a/x").isEmpty)
        #expect(other.scalars("b/x").map(\.value) == [2])
        #expect(try table(log).contains("request=r1"))
    }
}
