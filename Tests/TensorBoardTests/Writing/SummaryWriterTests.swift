import SystemPackage
import TensorBoard
import TestSupport
import Testing

struct SummaryWriterTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func writer(_ options: SummaryWriter.Options = .init()) throws -> SummaryWriter {
        try SummaryWriter(logDirectory: directory.appending("run"), options: options)
    }

    @Test func aFileBeginsWithItsVersionAndASessionStart() throws {
        let writer = try writer()
        // Both are there before anything is logged: TensorBoard lists the run at once.
        let events = try writer.eventFile.events()
        #expect(events.count == 2)
        #expect(events[0].fileVersion == "brain.Event:2")
        #expect(events[1].isSessionStart)
        #expect(events.allSatisfy { $0.wallTime?.isFinite == true })
    }

    @Test func whatWasRecordedIsInTheFileAfterFlush() throws {
        let writer = try writer(.init(flushInterval: .seconds(3600)))
        writer.scalar("cost", 0.69, step: 3)
        #expect(try writer.eventFile.loggedEvents().isEmpty)
        try writer.flush()
        let events = try writer.eventFile.loggedEvents()
        #expect(try events.map { try $0.scalars } == [["cost": 0.69]])
        #expect(events[0].step == 3)
        #expect(writer.statistics.pendingEvents == 0)
    }

    @Test func whatWasRecordedReachesTheFileByItself() async throws {
        let writer = try writer()
        writer.scalar("cost", 1, step: 0)
        while writer.statistics.pendingEvents > 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(try writer.eventFile.loggedEvents().count == 1)
        // Also after the drain has gone to sleep.
        writer.scalar("cost", 2, step: 1)
        while writer.statistics.pendingEvents > 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(try writer.eventFile.loggedEvents().count == 2)
    }

    @Test func closeSavesAndLaterCallsAreCounted() throws {
        let writer = try writer(.init(flushInterval: .seconds(3600)))
        writer.scalar("cost", 1, step: 0)
        try writer.close()
        writer.scalar("cost", 2, step: 1)
        writer.histogram("h", [1.0], step: 1)
        try writer.close()
        try writer.flush()
        #expect(try writer.eventFile.loggedEvents().count == 1)
        #expect(writer.statistics.droppedEvents == 2)
    }

    @Test func aWriterThatIsLetGoSavesWhatItHas() throws {
        var writer: SummaryWriter? = try writer(.init(flushInterval: .seconds(3600)))
        let file = try #require(writer?.eventFile)
        writer?.scalar("cost", 1, step: 0)
        writer = nil
        #expect(try file.loggedEvents().count == 1)
    }

    @Test func everyEntryPointReachesTheFile() throws {
        let writer = try writer()
        writer.scalar("double", 0.5, step: 0)
        writer.scalar("int", 7, step: 1)
        writer.scope("layer1").scalar("loss", 1.5, step: 2)
        writer.scope("layer1").scalarSeries("series").record(2.5, step: 3)
        writer.scalarSeries("top").record(3, step: 4)
        writer.add([.scalar("a", 1), .scalar("b", 2)], step: 5)
        writer.step(6) { step in
            step.scalar("cost", 4)
            step.scope("layer2") { $0.scalar("loss", 5) }
        }
        try writer.close()
        let events = try writer.eventFile.loggedEvents()
        #expect(events.map(\.step) == [0, 1, 2, 3, 4, 5, 6])
        #expect(
            try events.map { try $0.scalars } == [
                ["double": 0.5], ["int": 7], ["layer1/loss": 1.5], ["layer1/series": 2.5], ["top": 3],
                ["a": 1, "b": 2], ["cost": 4, "layer2/loss": 5],
            ]
        )
    }

    /// Readers other than TensorBoard look for it with each value; scalars need none.
    @Test func metadataIsWrittenWithEveryValueButScalars() throws {
        let writer = try writer()
        for step in 0..<3 { writer.histogram("h", [1.0, 2.0], step: step) }
        writer.text("note", "hello", step: 0)
        writer.scalar("x", 1, step: 0)
        try writer.close()
        let values = try writer.eventFile.loggedEvents().flatMap { try $0.values }
        let plugins = try values.map { try $0.message(9)?.message(1)?.text(1) }
        #expect(plugins == ["histograms", "histograms", "histograms", "text", nil])
        #expect(try values.map { try $0.message(9)?.int(4) } == [2, 2, 2, 2, nil])
    }

    @Test func nonFiniteValuesOfAHistogramAreCountedInAScalar() throws {
        let writer = try writer()
        writer.histogram("h", [1, .nan, .infinity] as [Float], step: 0)
        writer.histogram("h", [1.0], step: 1)
        try writer.close()
        let events = try writer.eventFile.loggedEvents()
        #expect(try events[0].scalars == ["h/non_finite": 2])
        #expect(try events[1].values.count == 1)
    }

    @Test func aGraphIsAnEventOfItsOwn() throws {
        let writer = try writer()
        writer.graph(GraphDefinition(nodes: [.init(name: "layer1/x", operation: "Placeholder")]))
        try writer.close()
        let event = try #require(try writer.eventFile.loggedEvents().first)
        #expect(try #require(try event.message.message(4)).messages(1).map { $0.text(1) } == ["layer1/x"])
    }

    @Test func aTagKeepsTheKindItWasFirstUsedWith() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect))
        writer.scalar("x", 1, step: 0)
        writer.histogram("x", [1.0], step: 1)
        writer.histogram("x", [1.0], step: 2)
        writer.scalar("x", 2, step: 3)
        writer.scalar("__run_graph__", 2, step: 3)
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map { try $0.scalars } == [["x": 1], ["x": 2]])
        #expect(writer.statistics.refusedValues == 3)
        #expect(issues.all.map(\.code) == [.tagConflict, .tagConflict, .tagConflict])
        #expect(issues.all.last?.message.hasPrefix("and 1 more of tag \"x\"") == true)
        #expect(issues.all.first?.tag == "x")
        #expect(issues.all.first?.step == 1)
    }

    @Test func oneRefusedValueDoesNotTakeTheOthersOfItsStep() throws {
        let writer = try writer(.init(onIssue: { _ in }))
        writer.scalar("x", 1, step: 0)
        writer.add([.histogram("x", Histogram([1.0])), .scalar("y", 2)], step: 1)
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().last?.scalars == ["y": 2])
    }

    @Test func aClockThatIsNotANumberDoesNotSpoilTheFile() throws {
        let issues = IssueCollector()
        let clock = ScriptedClock([100, .nan, .infinity, 50])
        let writer = try writer(.init(clock: clock.next, onIssue: issues.collect))
        for step in 0..<3 { writer.scalar("x", 1, step: step) }
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.wallTime) == [100, 100, 50])
        #expect(issues.all.map(\.code) == [.invalidWallTime, .invalidWallTime])
        #expect(issues.all.last?.message.hasPrefix("and 1 more") == true)
    }

    @Test func aStepHasOneTimeStamp() throws {
        let clock = ScriptedClock([1, 2, 3])
        let writer = try writer(.init(clock: clock.next))
        writer.step(0) { step in
            step.scalar("a", 1)
            step.scalar("b", 1)
        }
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.wallTime) == [2])
    }

    @Test func statisticsCountEventsAndBytes() throws {
        let writer = try writer()
        let header = try writer.eventFile.contents().count
        for step in 0..<10 { writer.scalar("x", 1, step: step) }
        try writer.flush()
        let statistics = writer.statistics
        #expect(statistics.recordedEvents == 10)
        #expect(statistics.savedEvents == 10)
        #expect(statistics.recordedBytes == statistics.savedBytes)
        #expect(header + statistics.savedBytes == (try writer.eventFile.contents().count))
        #expect(statistics.standingIssue == nil)
    }

    @Test func threadsKeepTheirOrder() async throws {
        let writer = try writer()
        await withTaskGroup { group in
            for thread in 0..<8 {
                group.addTask {
                    for step in 0..<500 { writer.scalar("thread\(thread)", step, step: step) }
                }
            }
        }
        try writer.close()
        let events = try writer.eventFile.loggedEvents()
        #expect(events.count == 4000)
        for thread in 0..<8 {
            let steps = try events.filter { try $0.scalars.keys.first == "thread\(thread)" }.map(\.step)
            #expect(steps == Array(0..<500))
        }
    }

    @Test func closingWhileOthersLogLosesNothingThatWasTaken() async throws {
        let writer = try writer()
        await withTaskGroup { group in
            for thread in 0..<4 {
                group.addTask { for step in 0..<2000 { writer.scalar("thread\(thread)", step, step: step) } }
            }
            group.addTask { try? writer.close() }
        }
        let saved = try writer.eventFile.loggedEvents().count
        #expect(saved + writer.statistics.droppedEvents == 8000)
        #expect(writer.statistics.pendingEvents == 0)
    }

    @Test func manyEventsAreWrittenInManyBatches() throws {
        let writer = try writer()
        let rows = [Double](unsafeUninitializedCapacity: 30_000) { buffer, count in
            for index in 0..<30_000 { buffer.initializeElement(at: index, to: Double(index)) }
            count = 30_000
        }
        let metadata = SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
        let tensor = TensorValue(shape: [10_000, 3], elements: .double(rows))
        for step in 0..<60 {
            writer.add([SummaryValue(tag: "big", payload: .tensor(tensor), metadata: metadata)], step: step)
        }
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<60))
    }

    @Test func theScopedFormClosesAlsoWhenItThrows() async throws {
        struct Stop: Error {}
        let options = SummaryWriter.Options(flushInterval: .seconds(3600))
        let path = directory.appending("run")
        var file: FilePath?
        #expect(throws: Stop.self) {
            try withSummaryWriter(logDirectory: path, options: options) { writer in
                file = writer.eventFile
                writer.scalar("x", 1, step: 0)
                throw Stop()
            }
        }
        #expect(try #require(file).loggedEvents().count == 1)
        let other = try await withSummaryWriter(logDirectory: path, options: options) { writer in
            await Task.yield()
            writer.scalar("x", 2, step: 0)
            return writer.eventFile
        }
        #expect(try other.loggedEvents().count == 1)
    }

    @Test(arguments: [
        SummaryWriter.Options(flushInterval: .seconds(-1)), .init(bufferLimit: 0), .init(filenameSuffix: "a/b"),
        .init(filenameOrigin: "a/b"), .init(filenameOrigin: "a\0b"),
    ])
    func optionsThatMakeNoSenseAreRefused(_ options: SummaryWriter.Options) throws {
        let error = #expect(throws: TensorBoardError.self) { try writer(options) }
        #expect(error?.code == .invalidOption)
        #expect(!directory.appending("run").exists)
    }
}
