import Foundation
import SystemPackage
import TensorBoard
import TestSupport
import Testing

/// What is logged and will not be seen as it was logged, which the writer says.
struct HiddenValuesTests {
    let directory: TemporaryDirectory
    private let issues = IssueCollector()

    init() throws { directory = try TemporaryDirectory() }

    private func events(
        run: FilePath? = nil,
        _ body: (SummaryWriter) throws -> Void
    ) throws -> [WrittenEvent] {
        let writer = try SummaryWriter(
            logDirectory: run ?? directory.appending("run"),
            options: .init(onIssue: issues.collect)
        )
        try body(writer)
        try writer.close()
        return try writer.eventFile.loggedEvents()
    }

    private func expect(_ codes: [TensorBoardError.Code], location: SourceLocation = #_sourceLocation) {
        #expect(issues.all.map(\.code) == codes, sourceLocation: location)
    }

    // MARK: - Steps

    @Test func valuesWithoutAStepAreReportedOnceAndPutAboveTheHighest() throws {
        let events = try events { writer in
            writer.scalar("cost", 1, step: 41)
            withSummaries(to: writer) {
                withNameScope("layer1") { Summary.scalar("norm", 1) }
                Summary.text("note", "hello")
                Summary.embedding("words", [[1 as Float, 2], [3, 4]])
                withSummaries(step: 100) { Summary.scalar("cost", 2) }
                Summary.scalar("cost", 3)
            }
        }
        let steps = try events.flatMap { event in try event.values.map { "\($0.text(1)) \(event.step)" } }
        #expect(steps == ["cost 41", "layer1/norm 42", "note 43", "cost 100", "cost 101"])
        #expect(issues.all.first?.message.contains("layer1/norm") == true)
        // The second at the end: three more.
        expect([.stepMissing, .stepMissing])
        #expect(issues.all.last?.message.contains("3 more") == true)
    }

    @Test func stepsThatBeginAnewAreReportedOnceATag() throws {
        let events = try events { writer in
            let cost = writer.scalarSeries("cost")
            for _ in 0..<3 {
                for step in 0..<50 {
                    cost.record(1, step: step)
                    writer.scalar("accuracy", 1, step: step)
                }
            }
            #expect(writer.statistics.repeatedSteps == 4)
        }
        #expect(events.count == 300)
        let first = try #require(issues.all.first)
        #expect(first.code == .stepsRepeated && first.tag == "cost" && first.step == 0)
        #expect(first.message.contains("at step 0 after one at step 49"))
        #expect(Set(issues.all.prefix(2).map(\.tag)) == ["cost", "accuracy"])
        #expect(issues.all.dropFirst(2).allSatisfy { $0.message.hasPrefix("and 1 more of tag") })
        #expect(issues.all.count == 4)
    }

    @Test(arguments: [[0, 0], [5, 4], [.max, .min], [-3, -3]])
    func everyKindNeedsStepsThatGrow(steps: [Int]) throws {
        _ = try events { writer in
            for step in steps {
                writer.histogram("histogram", [1.0, 2.0], step: step)
                writer.text("text", "a", step: step)
                writer.scalar("scalar", 1, step: step)
            }
        }
        expect([.stepsRepeated, .stepsRepeated, .stepsRepeated])
    }

    @Test func stepsThatGrowAreNoIssue() throws {
        _ = try events { writer in
            for step in [Int.min, -1, 0, 1, .max] { writer.scalar("scalar", 1, step: step) }
            #expect(writer.statistics.repeatedSteps == 0)
        }
        expect([])
    }

    @Test func aTagTwiceInAStepIsReported() throws {
        let events = try events { writer in
            writer.step(3) { step in
                step.scalar("cost", 1)
                step.scalar("cost", 2)
            }
        }
        #expect(try events[0].values.count == 2)
        expect([.stepsRepeated])
    }

    // MARK: - Numbers

    @Test func numbersThatBecomeInfiniteOrZeroAreReported() throws {
        let events = try events { writer in
            let series = writer.scalarSeries("series")
            series.record(1e300, step: 0)
            series.record(-1e39, step: 1)
            writer.scalar("small", 1e-300, step: 0)
            writer.scope("scope").scalar("large", 1e300, step: 0)
            writer.step(2) { $0.scalar("step", 1e300) }
            writer.add(.scalar("value", 1e300), step: 0)
            writer.scalars("several", ["a": 1e300, "b": 1], step: 0)
            (writer as any SummarySink).scalar("any", 1e300, step: 0)
        }
        #expect(try events.first?.scalars == ["series": .infinity])
        #expect(try events[1].scalars == ["series": -.infinity])
        #expect(try events[2].scalars == ["small": 0])
        expect(Array(repeating: .scalarRounded, count: 8))
        let tags = ["series", "small", "scope/large", "step", "value", "several/a", "any", "series"]
        #expect(issues.all.map(\.tag) == tags)
        #expect(issues.all[0].message.contains("1e+300"))
    }

    @Test func numbersThatFitOrAreNotFiniteAreNoIssue() throws {
        let memory = InMemorySummarySink()
        _ = try events { writer in
            let sink = TeeSummarySink(writer, memory)
            let numbers = [0, -0.0, 0.1, 3e38, 1e-38, .nan, .infinity, -.infinity]
            for (step, number) in numbers.enumerated() { sink.scalar("x", number, step: step) }
            sink.scalar("integer", UInt64.max, step: 0)
        }
        expect([])
        #expect(memory.scalars("x").count == 8)
    }

    @Test func aSinkInMemoryKeepsWhatIsRecorded() {
        let memory = InMemorySummarySink()
        memory.scalar("x", 1e300, step: 0)
        memory.scalarSeries("x").record(-1e300, step: 1)
        #expect(memory.scalars("x").map(\.value) == [.infinity, -.infinity])
    }

    // MARK: - Names

    private static let (composed, decomposed) = ("\u{E9}", "e\u{301}")

    @Test func namesAreToldApartByTheirBytes() throws {
        let memory = InMemorySummarySink()
        let events = try events { writer in
            let sink = TeeSummarySink(writer, memory)
            for (number, name) in [Self.composed, Self.decomposed].enumerated() {
                sink.describe(name, description: "\(number)")
                for step in 0..<2 { sink.scalar(name, Float(number), step: step) }
                sink.scalarSeries(name).record(Float(number), step: 2)
                sink.scalars("chart" + name, ["a": 1], step: 0)
            }
            sink.histogram(Self.decomposed + "h", [1.0, 2.0], step: 0)
            sink.scalar(Self.composed + "h", 1, step: 0)
        }
        let tags = try events.flatMap { try $0.values.map { Array($0.text(1).utf8) } }
        #expect(tags.count { $0 == Array(Self.composed.utf8) } == 3)
        #expect(tags.count { $0 == Array(Self.decomposed.utf8) } == 3)
        #expect(memory.scalars(Self.decomposed).map(\.value) == [1, 1, 1])
        #expect(memory.description(of: Self.composed) == "0")
        expect([])
    }

    @Test func anAppendedSessionTellsNamesApartByTheirBytes() throws {
        let run = directory.appending("run")
        _ = try events { $0.scalar(Self.composed, 1, step: 5) }
        let options = SummaryWriter.Options(existingRun: .append, onIssue: issues.collect)
        try withSummaryWriter(logDirectory: run, options: options) { $0.histogram(Self.decomposed, [1.0], step: 5) }
        expect([])
    }

    @Test func aTagThatNoRequestCanHoldIsReported() throws {
        _ = try events { writer in
            writer.scalar(String(repeating: "a", count: 59_000), 1, step: 0)
            writer.scalar(String(repeating: "/", count: 19_000), 1, step: 0)
            writer.scalar(String(repeating: "ä", count: 11_000), 1, step: 0)
            writer.scalar(String(repeating: "a", count: 61_000), 1, step: 0)
        }
        expect([.tagTooLong, .tagTooLong])
        #expect(issues.all[0].message.contains("22000 bytes"))
    }

    @Test(.enabled(if: FilePath.takesAnyBytes))
    func aRunWhoseNameIsNotUTF8IsReported() throws {
        let run = directory.path.pushing(FilePath(platformString: [0x72, CChar(bitPattern: 0xFF), 0]))
        try withSummaryWriter(logDirectory: run, options: .init(onIssue: issues.collect)) { _ in }
        expect([.unsuitableRunName])
    }

    @Test func aRunWhoseMetricsAreNotFoundIsReported() throws {
        _ = try events(run: directory.appending("run.")) { $0.hyperparameters(["a": 1]) }
        expect([.unsuitableRunName])
    }

    @Test(.enabled(if: FilePath("/proc/self/mem").exists))
    func anEarlierFileThatCannotBeReadIsReported() throws {
        let run = directory.appending("run")
        _ = try events { $0.scalar("x", 1, step: 0) }
        let unreadable = run.appending("events.out.tfevents.1.a").string
        try FileManager.default.createSymbolicLink(atPath: unreadable, withDestinationPath: "/proc/self/mem")
        let options = SummaryWriter.Options(existingRun: .append, onIssue: issues.collect)
        try withSummaryWriter(logDirectory: run, options: options) { $0.scalar("y", 1, step: 0) }
        expect([.cannotRead])
        #expect(issues.all[0].path?.string == unreadable)
    }

    // MARK: - Charts and pictures

    @Test func anInvalidRegularExpressionIsReported() throws {
        let events = try events { writer in
            writer.layout(
                ScalarLayout {
                    ChartCategory("all") {
                        MultilineChart("good", matching: "loss/.*", #"a\d+(b|c)?"#, "(?P<name>x)", "[[]")
                        MultilineChart("bad", matching: "loss/(", "*")
                    }
                }
            )
        }
        #expect(events.count == 1)
        expect([.invalidSummary, .invalidSummary])
        #expect(issues.all[0].message.contains("\"loss/(\" in chart \"bad\""))
        #expect(issues.all[1].message.hasPrefix("and 1 more"))
    }

    @Test func aGraphThatIsNotDrawnIsRecordedAndReported() throws {
        let events = try events { writer in
            writer.graph(GraphDefinition(nodes: [.init(name: "constructor", operation: "NoOp")]))
        }
        #expect(events.count == 1)
        expect([.invalidSummary])
        #expect(issues.all[0].message.contains("\"constructor\""))
    }

    @Test func aHeatMapOfNothingButNaNIsRefused() throws {
        _ = try events { writer in
            writer.heatmap("weights", [[Float.nan, .infinity]], step: 4)
            writer.heatmap("weights", [[Float.nan, 1]], step: 5)
        }
        expect([.invalidSummary])
        #expect(issues.all[0].step == 4)
    }

    @Test func noHyperparametersAreReported() throws {
        let events = try events { writer in
            writer.hyperparameters([String: Double]())
            writer.hyperparameters(["a": 1])
        }
        expect([.invalidSummary])
        #expect(events.count == 2)
    }

    @Test func noMoreThanTwentyNumbersOfFurtherProblemsAreTold() throws {
        _ = try events { writer in
            for tag in 0..<30 {
                for _ in 0..<3 { writer.scalar("tag\(tag)", 1, step: 0) }
            }
        }
        #expect(issues.all.count == 30 + 21)
        #expect(issues.all.last?.message.hasPrefix("and 10 more of other tags") == true)
    }
}

extension FilePath {
    /// Whether the file system takes names that are not UTF-8.
    fileprivate static var takesAnyBytes: Bool {
        #if os(Linux)
        true
        #else
        false
        #endif
    }
}
