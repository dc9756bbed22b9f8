import Foundation
import SystemPackage
import TFRecord
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct VerifyCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func tblog(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("tblog", arguments, directory: directory.url)
    }

    /// Writes a file of packed events and verifies its run.
    private func faults(of events: [[UInt8]], name: String = "tfevents.1") throws -> [LogFault] {
        try directory.path.writeRecords(name, events)
        return try LoggedRun(directory.path).verify().faults
    }

    @Test func whatOurWriterWritesHasNoFaults() async throws {
        try withSummaryWriter(logDirectory: directory.appending("logs/a")) { writer in
            writer.hyperparameters(["rate": 0.1])
            for step in 0..<100 {
                writer.step(step) { step in
                    step.scalar("cost", 1)
                    step.histogram("weights", [Float(1), 2])
                    step.text("note", "hello")
                }
            }
        }
        // A resumed run says steps again, behind a session start.
        try withSummaryWriter(
            logDirectory: directory.appending("logs/a"),
            options: .init(existingRun: .resume(atStep: 50))
        ) { writer in
            for step in 50..<100 { writer.scalar("cost", 1, step: step) }
        }
        let result = try await tblog("verify", "logs")
        #expect(result.status == 0)
        #expect(result.output.contains("faults: none"))
        #expect(result.errors.isEmpty)
    }

    @Test func aGraphThatIsNotDrawnIsAFault() throws {
        func faults(_ name: String) throws -> [LogFault] {
            let graph = EventBytes.graph(step: 0, EventBytes.graphOfOneNode(name))
            return try self.faults(of: [EventBytes.version(), graph])
        }
        #expect(try faults("layer/length").isEmpty)
        let fault = try #require(try faults("constructor").first)
        #expect(fault.kind == .graphNames)
        #expect(fault.message.contains("\"constructor\""))
    }

    @Test func eachFaultIsALineWithFileAndByte() async throws {
        try directory.path.writeRecords(
            "tfevents.1",
            [EventBytes.version(), EventBytes.summary(step: 0, EventBytes.scalar("a"))]
        )
        let file = directory.appending("tfevents.1")
        try file.write(try file.contents().dropLast(3))
        let result = try await tblog("verify", "tfevents.1")
        #expect(result.status == 1)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("./tfevents.1: byte 42: the file ends within a record") == true)
        #expect(lines.first?.contains("fast loader waits here") == true)
        #expect(result.errors.isEmpty)
    }

    @Test func jsonTellsFaultsToPrograms() async throws {
        try directory.path.writeRecords("tfevents.1", [EventBytes.summary(step: 0, EventBytes.scalar("a"))])
        let result = try await tblog("verify", "--json", ".")
        #expect(result.status == 1)
        let runs = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        let fault = (runs?.first?["faults"] as? [[String: Any]])?.first
        #expect(fault?["kind"] as? String == "version")
        #expect(fault?["fast_loader"] is NSNull)
        #expect(fault?["offset"] as? Int == 0)
    }

    @Test(arguments: [
        (LogFault.Kind.timeNotANumber, [EventBytes.summary(wallTime: .nan, step: 0, EventBytes.scalar("a"))]),
        (.timeInfinite, [EventBytes.summary(wallTime: .infinity, step: 0, EventBytes.scalar("a"))]),
        (.timeBackwards, [EventBytes.summary(wallTime: 1, step: 0, EventBytes.scalar("a"))]),
        (.stepBackwards, [4, 2].map { EventBytes.summary(step: $0, EventBytes.scalar("a")) }),
        (.stepRepeated, [4, 4].map { EventBytes.summary(step: $0, EventBytes.scalar("a")) }),
        (
            .kindChanged,
            [EventBytes.scalar("a"), EventBytes.histogram("a")].map { EventBytes.summary(step: 0, $0) }
        ),
        (.noDashboard, [EventBytes.summary(step: 0, EventBytes.tensor("a", [1], shape: []))]),
        (.noDataClass, [EventBytes.summary(step: 0, EventBytes.tensor("a", [1], shape: [], plugin: "mine"))]),
        (.scalarForm, [EventBytes.summary(step: 0, EventBytes.tensor("a", [1], shape: [], plugin: "scalars"))]),
        (.unreadable, [EventBytes.summary(step: 0, EventBytes.tensor("a", [1, 2], shape: [2], plugin: "histograms"))]),
        (
            .histogramNotFinite,
            [EventBytes.summary(step: 0, EventBytes.tensor("a", [0, .nan, 1], shape: [1, 3], plugin: "histograms"))]
        ),
        (
            .curveNotFinite,
            [
                EventBytes.summary(
                    step: 0,
                    EventBytes.tensor("a", .init(repeating: .infinity, count: 6), shape: [6, 1], plugin: "pr_curves")
                )
            ]
        ),
        (.unreadable, [EventBytes.summary(step: 0, EventBytes.strings("a", [[0xFF]], .init("text")))]),
        (.unreadable, [EventBytes.summary(step: 0, EventBytes.histogram("a", limits: [1], counts: [1, 2]))]),
        (.unreadable, [EventBytes.graph(step: 0, [0xFF])]),
        (.unreadable, [EventBytes.runMetadata(step: 0, "a", [0xFF])]),
        (.notAnEvent, [[0xFF, 0xFF]]),
        (.notAnEvent, [EventBytes.event(EventBytes.bytes(7, [0xFF]))]),
        (.invalidText, [EventBytes.event(EventBytes.bytes(5, EventBytes.bytes(1, EventBytes.bytes(1, [0xFF]))))]),
        (
            .stepTooLarge,
            [
                EventBytes.summary(step: 0, EventBytes.hyperparameters),
                EventBytes.summary(step: 1 << 31, EventBytes.scalar("a")),
            ]
        ),
        (
            .stepTooLarge,
            [
                EventBytes.summary(step: 0, EventBytes.hyperparameters),
                EventBytes.summary(step: -(1 << 31) - 1, EventBytes.scalar("a")),
            ]
        ),
    ])
    func everyKindOfFaultIsFound(kind: LogFault.Kind, events: [[UInt8]]) throws {
        let kinds = try faults(of: [EventBytes.version()] + events).map(\.kind)
        #expect(kinds == [kind])
    }

    @Test func aFaultOfATagIsToldOnceAndCounted() throws {
        let events = [9, 8, 7, 6].map { EventBytes.summary(step: $0, EventBytes.scalar("a")) }
        let faults = try faults(of: [EventBytes.version()] + events)
        #expect(faults.map(\.kind) == [.stepBackwards])
        #expect(faults.first?.count == 3)
        #expect(faults.first?.step == 8)
    }

    @Test func stepsBehindASecondSessionStartMayBeSaidAgain() throws {
        let steps = { (range: ClosedRange<Int>) in range.map { EventBytes.summary(step: $0, EventBytes.scalar("a")) } }
        let first = [EventBytes.version(), EventBytes.start(step: 0)] + steps(0...5)
        #expect(try faults(of: first + [EventBytes.start(step: 3)] + steps(3...6)).isEmpty)
        #expect(try faults(of: first + [EventBytes.start(step: 3)] + steps(1...6)).map(\.kind) == [.stepBackwards])
        #expect(try faults(of: first + steps(3...6)).map(\.kind) == [.stepBackwards])
    }

    @Test func anyFlippedBitIsFoundAndNothingElseIsLost() throws {
        let events = (0..<3).map { EventBytes.summary(step: $0, EventBytes.scalar("a")) }
        try directory.path.writeRecords("tfevents.1", [EventBytes.version()] + events)
        let file = directory.appending("tfevents.1")
        let whole = try file.contents()
        for bit in 0..<(whole.count * 8) {
            var bytes = whole
            bytes[bit / 8] ^= 1 << (bit % 8)
            try file.write(bytes)
            let verification = try LoggedRun(directory.path).verify()
            #expect(!verification.faults.isEmpty, "bit \(bit)")
            #expect(verification.eventCount == 3, "bit \(bit)")
            #expect(verification.byteCount == whole.count, "bit \(bit)")
        }
    }

    @Test func aFileThatCannotBeReadDoesNotHideTheOthers() throws {
        try directory.path.writeRecords("tfevents.2", [EventBytes.version(wallTime: .nan)])
        let files = ["tfevents.1", "tfevents.2"].map { directory.appending($0) }
        let verification = LoggedRun(name: "run", directory: directory.path, files: files).verify()
        #expect(verification.faults.map(\.kind) == [.timeNotANumber])
        #expect(verification.unreadableFiles.map(\.path) == [files[0]])
    }

    @Test func whatIsWrongWithEveryEventIsOneFault() throws {
        let events = (0..<50).map { EventBytes.summary(wallTime: .infinity, step: $0, EventBytes.scalar("a")) }
        let found = try faults(of: [EventBytes.version()] + events)
        #expect(found.map(\.kind) == [.timeInfinite])
        #expect(found.map(\.count) == [50])
    }

    @Test func whatIsTooLargeForUsIsNoFaultOfTheFile() throws {
        let value = WireBytes { value in
            value.text(1, "curve")
            value.message(8) { tensor in
                tensor.varint(1, 1)
                tensor.message(2) { shape in
                    for size in [6, 30_000] { shape.message(2) { $0.varint(1, size) } }
                }
                tensor.float(5, 0)
            }
            value.message(9) { $0.message(1) { $0.text(1, "pr_curves") } }
        }
        let events = (0..<30).map { EventBytes.summary(step: $0, value.bytes) }
        #expect(try faults(of: [EventBytes.version()] + events).isEmpty)
    }

    @Test func manySessionStartsAreEachHeeded() throws {
        // 0, 1, 2, then from 1 on again, and so on; b is logged at the beginning and at the end alone.
        var events = [
            EventBytes.version(), EventBytes.start(step: 0), EventBytes.summary(step: 5, EventBytes.scalar("b")),
        ]
        for start in [0, 2, 1, 3, 2] {
            events.append(EventBytes.start(step: start))
            events += (start...start + 3).map { EventBytes.summary(step: $0, EventBytes.scalar("a")) }
        }
        #expect(try faults(of: events + [EventBytes.summary(step: 0, EventBytes.scalar("b"))]).isEmpty)
        #expect(
            try faults(of: events + [EventBytes.summary(step: 5, EventBytes.scalar("a"))]).map(\.kind) == [
                .stepRepeated
            ]
        )
        let data = try LoggedRun(directory.path).load(restarts: .slowLoader)
        #expect(data.scalars["a"]?.steps == [0, 1, 2, 3, 4, 5, 5])
        #expect(data.tags["b"] != nil && data.scalars["b"] == nil)
    }
}
