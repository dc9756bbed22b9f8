import Synchronization
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct RunInspectionTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func inspect(
        _ options: ReadingOptions = ReadingOptions(),
        _ body: (SummaryWriter) throws -> Void
    ) throws -> RunInspection {
        let path = directory.appending("run")
        let clock = Atomic<Int>(0)
        try withSummaryWriter(
            logDirectory: path,
            options: .init(clock: { Double(clock.wrappingAdd(1, ordering: .relaxed).newValue) })
        ) { try body($0) }
        return try LoggedRun(path).inspect(options: options)
    }

    @Test func tagsAreCountedByKindAndStep() throws {
        let inspection = try inspect { writer in
            for step in 5..<8 { writer.scalar("cost", 1, step: step) }
            writer.histogram("weights", [1 as Float], step: 9)
            writer.text("note", "hello", step: 0)
        }
        #expect(inspection.tags.mapValues(\.kind) == ["cost": .scalar, "weights": .histogram, "note": .text])
        let cost = try #require(inspection.tags["cost"])
        #expect((cost.pointCount, cost.firstStep, cost.lastStep) == (3, 5, 7))
        #expect(cost.repeatedStepCount == 0)
        // Tag and number with their keys, and the length of the tag.
        #expect(cost.byteCount == 3 * (1 + 1 + 4 + 1 + 4))
        #expect(inspection.byteCount == inspection.run.byteCount)
        #expect(inspection.wallTimes?.lowerBound == 1)
        #expect(inspection.sessionStartCount == 1)
        #expect(inspection.findings.isEmpty)
    }

    @Test func theFilterCountsOnlyWhatItLetsThrough() throws {
        var options = ReadingOptions()
        options.filter.includesTag = { $0 == "cost" }
        options.filter.steps = 1...1
        let inspection = try inspect(options) { writer in
            for step in 0..<3 { writer.scalar("cost", 1, step: step) }
            writer.scalar("accuracy", 1, step: 1)
        }
        #expect(inspection.tags.mapValues(\.pointCount) == ["cost": 1])
        // File version and session start beside it.
        #expect(inspection.eventCount == 3)
    }

    @Test func loadersKeepWhatTheyAreKnownToKeep() throws {
        let inspection = try inspect { writer in
            for step in 0..<1200 { writer.scalar("cost", 1, step: step) }
            for step in 0..<150 { writer.text("note", "hello", step: step) }
            for step in 0..<600 { writer.histogram("weights", [1 as Float], step: step) }
        }
        let kept = inspection.tags.mapValues { tag in TensorBoardLoader.allCases.map(tag.keptPointCount) }
        #expect(kept == ["cost": [1000, 1000], "note": [100, 10], "weights": [100, 500]])
    }

    @Test func stepsThatDoNotGrowAreFound() throws {
        let inspection = try inspect { writer in
            for step in [0, 1, 2, 2, 1] { writer.scalar("cost", 1, step: step) }
        }
        #expect(inspection.tags["cost"]?.repeatedStepCount == 2)
        #expect(inspection.findings.map(\.tag) == ["cost", "cost"])
        #expect(inspection.findings.map(\.loaders) == [[.fast], [.slow]])
    }

    @Test func whatALoaderHidesIsFound() throws {
        let inspection = try inspect { writer in
            let double = TensorValue(shape: [], elements: .double([1]))
            let plugin = SummaryMetadata(pluginName: "mine", dataClass: .tensor)
            writer.add(SummaryValue(tag: "mine", payload: .tensor(double), metadata: plugin), step: 0)
            writer.hyperparameters(["rate": 0.1])
        }
        #expect(inspection.tags["mine"]?.kind == .plugin("mine"))
        let finding = try #require(inspection.findings.first)
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
        let inspection = try LoggedRun(directory.path).inspect()
        let tag = try #require(inspection.tags["note"])
        #expect(TensorBoardLoader.allCases.map(tag.keptPointCount) == [1, 0])
        #expect(inspection.findings.map(\.loaders) == [[.fast], [.slow]])
        #expect(inspection.findings.allSatisfy { $0.message.contains("in the field where old writers put it") })
    }

    @Test func damageIsCountedAndReadingGoesOn() throws {
        let path = directory.appending("run")
        try withSummaryWriter(logDirectory: path) { writer in
            for step in 0..<3 { writer.scalar("cost", 1, step: step) }
        }
        let file = try #require(try LoggedRun(path).files.first)
        var bytes = try file.contents()
        // In the payload of the first scalar: two records of a file's beginning are before it.
        let intact = try LoggedRun(path).inspect()
        var reader = try EventFileReader(file)
        while let event = try reader.next() {
            guard case .summary = event.content else { continue }
            bytes[event.offset + event.byteCount - 5] ^= 0xFF
            break
        }
        try file.write(Array(bytes.dropLast(3)))
        let inspection = try LoggedRun(path).inspect()
        #expect(intact.tags["cost"]?.pointCount == 3)
        #expect(inspection.tags["cost"]?.pointCount == 1)
        #expect(inspection.faultCount == 1)
        #expect(inspection.faults.map(\.code) == [.damagedPayload])
        #expect(inspection.truncatedFiles == [file])
        #expect(inspection.findings.count == 1)
    }
}
