import SystemPackage
import TensorBoard
import TestSupport
import Testing

struct HyperparametersTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var run: FilePath { directory.appending("run") }

    private func writer(_ options: SummaryWriter.Options = .init()) throws -> SummaryWriter {
        try SummaryWriter(logDirectory: run, options: options)
    }

    /// What the HParams dashboard finds in a run, in the order of the files.
    private struct Record: Equatable {
        var tag: String
        var step: Int
        /// The values as text, or the status.
        var content: String
    }

    private func records(_ path: FilePath? = nil) throws -> [Record] {
        try (path ?? run).eventFiles().flatMap { try $0.events() }.flatMap { event in
            try event.values.filter { $0.text(1).hasPrefix("_hparams_/") }.map { value in
                let plugin = try #require(try value.message(9)?.message(1))
                #expect(plugin.text(1) == "hparams")
                let data = try #require(try plugin.message(2))
                var content = ""
                if let start = try data.message(3) {
                    let pairs = try start.messages(1).map { pair in
                        let value = try #require(try pair.message(2))
                        return
                            "\(pair.text(1))=\(value.double(2)?.description ?? value.texts(3).first ?? "\(value.int(4) == 1)")"
                    }
                    content = pairs.joined(separator: " ") + " " + start.text(4)
                } else if let end = try data.message(4) {
                    content = ["unknown", "success", "failure"][end.int(1)]
                }
                return Record(tag: String(value.text(1).dropFirst(10)), step: event.step, content: content)
            }
        }
    }

    @Test func theRunHasItsValuesAtOnceAndItsOutcomeAtTheEnd() throws {
        let writer = try writer()
        writer.hyperparameters(["rate": 0.1, "model": "network", "shuffles": true, "units": 2], group: "g")
        try writer.flush()
        let start = Record(
            tag: "session_start_info",
            step: 0,
            content: "model=network rate=0.1 shuffles=true units=2.0 g"
        )
        #expect(try records() == [start])
        for step in 0..<10 { writer.scalar("x", 1, step: step) }
        try writer.close()
        #expect(try records() == [start, Record(tag: "session_end_info", step: 10, content: "success")])
        try writer.close(outcome: .failure)
        #expect(try records().count == 2)
        #expect(writer.statistics.droppedEvents == 0)
    }

    @Test func anyEncodableValueWillDo() throws {
        struct Configuration: Encodable {
            var rate: Float = 0.1
            var note: String?
            var optimizer = ["name": "adam"]
        }
        let writer = try writer()
        writer.hyperparameters(Configuration())
        writer.hyperparameters(Configuration())
        try writer.close()
        #expect(try records().map(\.content) == ["optimizer.name=adam rate=0.1 ", "success"])
    }

    @Test func aLiteralOfOneTypeIsTakenToo() throws {
        let writer = try writer()
        writer.hyperparameters(["a": 0.1, "b": 2])
        try writer.close()
        #expect(try records().first?.content == "a=0.1 b=2.0 ")
    }

    @Test func anErrorIsAFailure() async throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try withSummaryWriter(logDirectory: run) { writer in
                writer.hyperparameters(["a": 1])
                throw Stop()
            }
        }
        #expect(try records().last?.content == "failure")
        let other = directory.appending("other")
        await #expect(throws: Stop.self) {
            try await withSummaryWriter(logDirectory: other) { writer async throws in
                writer.hyperparameters(["a": 1])
                throw Stop()
            }
        }
        #expect(try records(other).last?.content == "failure")
    }

    @Test func whoeverForgetsToCloseHasSaidNothing() throws {
        do {
            let writer = try writer()
            writer.hyperparameters(["a": 1])
        }
        #expect(try records().map(\.tag) == ["session_start_info"])
    }

    @Test func aRunWithoutHyperparametersHasNoOutcome() throws {
        let writer = try writer()
        writer.scalar("x", 1, step: 0)
        try writer.close(outcome: .failure)
        #expect(try records().isEmpty)
        #expect(writer.statistics.recordedEvents == 1)
    }

    @Test func otherValuesAreRefusedOnce() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect))
        writer.hyperparameters(["a": 1])
        writer.hyperparameters(["a": 1])
        #expect(issues.all.isEmpty)
        writer.hyperparameters(["a": 2])
        writer.hyperparameters(["a": 1], group: "g")
        try writer.close()
        #expect(issues.all.map(\.code) == [.hyperparametersChanged, .hyperparametersChanged])
        #expect(issues.all.last?.message.hasPrefix("and 1 more") == true)
        #expect(try records().map(\.content) == ["a=1.0 ", "success"])
    }

    @Test func aNumberThatIsNotFiniteIsLeftOut() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect))
        for _ in 0..<2 { writer.hyperparameters(["a": Double.nan, "b": -Double.infinity, "c": 1]) }
        try writer.close()
        // Each is reported, and that it came again.
        #expect(issues.all.map(\.code) == [.invalidSummary, .invalidSummary, .invalidSummary, .invalidSummary])
        #expect(Set(issues.all.map(\.tag)) == ["a", "b"])
        #expect(try records().first?.content == "c=1.0 ")
    }

    @Test func whatCannotBeEncodedIsReported() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect))
        writer.hyperparameters(3)
        try writer.close()
        #expect(issues.all.map(\.code) == [.invalidSummary])
        #expect(issues.all[0].message.contains("has no keys"))
        #expect(try records().isEmpty)
    }

    @Test(arguments: [true, false])
    func aStepThatBreaksTheDashboardIsReportedOnce(hyperparametersFirst: Bool) throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect))
        let largest = Int(Int32.max)
        writer.scalar("x", 1, step: largest)
        if hyperparametersFirst { writer.hyperparameters(["a": 1]) }
        for step in 1...3 {
            writer.scalar("x", 1, step: largest + step)
            writer.histogram("h", [1.0], step: largest + step)
        }
        if !hyperparametersFirst { writer.hyperparameters(["a": 1]) }
        try writer.close()
        #expect(issues.all.map(\.code) == [.stepTooLarge])
        #expect(issues.all.first?.step == (hyperparametersFirst ? largest + 1 : largest + 3))
    }

    @Test func theLargestStepOfAllHasNoneBehindIt() throws {
        let writer = try writer(.init(onIssue: { _ in }))
        writer.hyperparameters(["a": 1])
        writer.scalar("x", 1, step: .max)
        writer.scalar("x", 1, step: .min)
        try writer.close()
        #expect(try records().last == Record(tag: "session_end_info", step: .max, content: "success"))
    }

    @Test(arguments: [4, 10])
    func resumingTakesTheOutcomeBack(step: Int) throws {
        let first = try writer()
        first.hyperparameters(["a": 1])
        for step in 0..<10 { first.scalar("x", 1, step: step) }
        try first.close(outcome: .failure)
        let second = try writer(.init(existingRun: .resume(atStep: step)))
        second.hyperparameters(["a": 1])
        #expect(try records().filter { $0.tag == "session_end_info" }.isEmpty)
        second.scalar("x", 1, step: step)
        try second.close()
        #expect(try records().map(\.content) == ["a=1.0 ", "success"])
    }

    /// TensorBoard keeps the first that it reads of a run.
    @Test func anAppendedSessionReportsOtherHyperparameters() throws {
        let first = try writer()
        first.hyperparameters(["a": 1])
        try first.close()
        let issues = IssueCollector()
        let same = try writer(.init(existingRun: .append, onIssue: issues.collect))
        same.hyperparameters(["a": 1])
        try same.close()
        #expect(issues.all.isEmpty)
        let other = try writer(.init(existingRun: .append, onIssue: issues.collect))
        other.hyperparameters(["a": 2])
        try other.close()
        #expect(issues.all.map(\.code) == [.hyperparametersChanged])
        #expect(try records().filter { $0.content.hasPrefix("a=") }.map(\.content) == ["a=1.0 "])
    }

    @Test func theOutcomeOfARotatedRunIsInTheLastFile() throws {
        let writer = try writer(.init(maximumFileSize: 1))
        writer.hyperparameters(["a": 1])
        for step in 0..<3 { writer.scalar("x", 1, step: step) }
        try writer.close()
        #expect(run.eventFiles().count == 5)
        #expect(try records().map(\.content) == ["a=1.0 ", "success"])
    }

    @Test func aClockThatFailsDoesNotSpoilTheOutcome() throws {
        let clock = ScriptedClock([1, 2, .nan])
        let writer = try writer(.init(clock: clock.next, onIssue: { _ in }))
        writer.hyperparameters(["a": 1])
        try writer.close()
        let times = try writer.eventFile.events().map(\.wallTime)
        #expect(times == [1, 1, 2, 2])
    }
}
