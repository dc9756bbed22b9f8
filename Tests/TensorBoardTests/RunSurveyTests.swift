import Synchronization
import TensorBoard
import TestSupport
import Testing

struct RunSurveyTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func survey(
        _ options: ReadingOptions = ReadingOptions(),
        _ body: (SummaryWriter) throws -> Void
    ) throws -> RunSurvey {
        let path = directory.appending("run")
        let clock = Atomic<Int>(0)
        try withSummaryWriter(
            logDirectory: path,
            options: .init(clock: { Double(clock.wrappingAdd(1, ordering: .relaxed).newValue) })
        ) { try body($0) }
        return try LoggedRun(path).survey(options: options)
    }

    @Test func tagsAreCountedByKindAndStep() throws {
        let survey = try survey { writer in
            for step in 5..<8 { writer.scalar("cost", 1, step: step) }
            writer.histogram("weights", [1 as Float], step: 9)
            writer.text("note", "hello", step: 0)
        }
        #expect(survey.tags.mapValues(\.kind) == ["cost": .scalar, "weights": .histogram, "note": .text])
        let cost = try #require(survey.tags["cost"])
        #expect((cost.pointCount, cost.firstStep, cost.lastStep) == (3, 5, 7))
        #expect(cost.repeatedStepCount == 0)
        #expect(survey.byteCount == survey.run.byteCount)
        #expect(survey.wallTimes?.lowerBound == 1)
        #expect(survey.sessionStartCount == 1)
        #expect(survey.findings.isEmpty)
    }

    @Test func theFilterCountsOnlyWhatItLetsThrough() throws {
        var options = ReadingOptions()
        options.filter.includesTag = { $0 == "cost" }
        options.filter.steps = 1...1
        let survey = try survey(options) { writer in
            for step in 0..<3 { writer.scalar("cost", 1, step: step) }
            writer.scalar("accuracy", 1, step: 1)
        }
        #expect(survey.tags.mapValues(\.pointCount) == ["cost": 1])
        // File version and session start beside it.
        #expect(survey.eventCount == 3)
    }

    @Test func loadersKeepWhatTheyAreKnownToKeep() throws {
        let survey = try survey { writer in
            for step in 0..<1200 { writer.scalar("cost", 1, step: step) }
            for step in 0..<150 { writer.text("note", "hello", step: step) }
            for step in 0..<600 { writer.histogram("weights", [1 as Float], step: step) }
        }
        let kept = survey.tags.mapValues { tag in TensorBoardLoader.allCases.map(tag.keptPointCount) }
        #expect(kept == ["cost": [1000, 1000], "note": [100, 10], "weights": [100, 500]])
    }

    @Test func stepsThatDoNotGrowAreFound() throws {
        let survey = try survey { writer in
            for step in [0, 1, 2, 2, 1] { writer.scalar("cost", 1, step: step) }
        }
        #expect(survey.tags["cost"]?.repeatedStepCount == 2)
        #expect(survey.findings.map(\.tag) == ["cost", "cost"])
        #expect(survey.findings.map(\.loaders) == [[.fast], [.slow]])
    }

    @Test func whatALoaderHidesIsFound() throws {
        let survey = try survey { writer in
            let double = TensorValue(shape: [], elements: .double([1]))
            let plugin = SummaryMetadata(pluginName: "mine", dataClass: .tensor)
            writer.summary(SummaryValue(tag: "mine", payload: .tensor(double), metadata: plugin), step: 0)
            writer.hyperparameters(["rate": 0.1])
        }
        #expect(survey.tags["mine"]?.kind == .plugin("mine"))
        let finding = try #require(survey.findings.first)
        #expect(finding.tag == "mine")
        #expect(finding.message.contains("installed"))
    }

    @Test func aTagThatStandsWhereOldWritersPutItIsFound() throws {
        let text = WireBytes { event in
            event.message(5) { summary in
                summary.message(1) { value in
                    value.text(7, "note")
                    value.message(8) { $0.varint(1, 7) }
                    value.message(9) { $0.message(1) { $0.text(1, "text") } }
                }
            }
        }
        try directory.path.writeRecords("events.out.tfevents.0", [text.bytes])
        let survey = try LoggedRun(directory.path).survey()
        let tag = try #require(survey.tags["note"])
        #expect(TensorBoardLoader.allCases.map(tag.keptPointCount) == [1, 0])
        #expect(survey.findings.map(\.loaders) == [[.fast], [.slow]])
        #expect(survey.findings.allSatisfy { $0.message.contains("its tag stands where old writers put it") })
    }

    @Test func damageIsCountedAndReadingGoesOn() throws {
        let path = directory.appending("run")
        try withSummaryWriter(logDirectory: path) { writer in
            for step in 0..<3 { writer.scalar("cost", 1, step: step) }
        }
        let file = try #require(try LoggedRun(path).files.first)
        var bytes = try file.contents()
        // In the payload of the first scalar: two records of a file's beginning are before it.
        let intact = try LoggedRun(path).survey()
        var reader = try EventFileReader(file)
        while let event = try reader.next() {
            guard case .summary = event.content else { continue }
            bytes[event.offset + event.byteCount - 5] ^= 0xFF
            break
        }
        try file.write(Array(bytes.dropLast(3)))
        let survey = try LoggedRun(path).survey()
        #expect(intact.tags["cost"]?.pointCount == 3)
        #expect(survey.tags["cost"]?.pointCount == 1)
        #expect(survey.faultCount == 1)
        #expect(survey.faults.map(\.code) == [.damagedPayload])
        #expect(survey.truncatedFiles == [file])
        #expect(survey.findings.count == 1)
    }
}
