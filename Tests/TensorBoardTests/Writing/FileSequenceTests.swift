import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

/// When a log takes more than one file.
struct FileSequenceTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var run: FilePath { directory.appending("logs").appending("run") }

    private func writer(_ options: SummaryWriter.Options = .init()) throws -> SummaryWriter {
        try SummaryWriter(logDirectory: run, options: options)
    }

    private var eventFiles: [FilePath] { run.eventFiles() }

    // MARK: - A file that is gone

    /// A disk that is full at the moment is no file system that shows another file each time.
    @Test func aNewFileIsTriedForUntilItCanBeMade() async throws {
        let failuresLeft = Mutex(0)
        var operations = FileOperations.system
        let system = operations
        operations.create = { path in
            let fails = failuresLeft.withLock { left in
                defer { left -= 1 }
                return left > 0
            }
            return fails ? .failure(.noSpace) : system.create(path)
        }
        let issues = IssueCollector()
        let writer = try SummaryWriter(
            logDirectory: run,
            options: .init(onIssue: issues.collect),
            operations: operations
        )
        writer.scalar("x", 0, step: 0)
        try writer.flush()
        failuresLeft.withLock { $0 = 12 }
        try FileManager.default.removeItem(atPath: run.string)
        for step in 1..<5 { writer.scalar("x", Float(step), step: step) }
        while writer.statistics.savedEvents < 5 { try await Task.sleep(for: .milliseconds(5)) }
        try writer.close()
        #expect(
            try run.eventFiles().flatMap { try $0.events() }.filter { try !$0.scalars.isEmpty }.map(\.step) == [
                1, 2, 3, 4,
            ]
        )
        #expect(issues.all.map(\.code) == [.cannotWrite, .fileReplaced])
    }

    // MARK: - A limit of size

    @Test func aFileThatIsLargeEnoughIsFollowedByAnother() throws {
        let writer = try writer(.init(maximumFileSize: 1000))
        for step in 0..<200 {
            writer.histogram("h", [Float(step), 1], step: step)
            writer.scalar("x", step, step: step)
        }
        try writer.close()
        let files = eventFiles
        #expect(files.count > 10)
        #expect(files.last == writer.eventFile)
        var steps: [Int] = []
        for (index, file) in files.enumerated() {
            #expect(try file.contents().count <= 1000)
            let events = try file.events()
            #expect(events[0].fileVersion == "brain.Event:2")
            // A later session start would purge, in the Python loader, what the session wrote before.
            #expect(events.dropFirst().filter(\.isSessionStart).count == (index == 0 ? 1 : 0))
            let values = try events.flatMap { try $0.values }
            #expect(values.allSatisfy { $0.has(9) == ($0.text(1) == "h") })
            steps += try events.filter { try !$0.scalars.isEmpty }.map(\.step)
        }
        #expect(steps == Array(0..<200))
    }

    @Test func anEventThatIsLargerThanTheLimitHasAFileOfItsOwn() throws {
        let writer = try writer(.init(maximumFileSize: 200))
        let metadata = SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
        let tensor = TensorValue(shape: [100, 3], elements: .double(Array(repeating: 1, count: 300)))
        for step in 0..<3 {
            writer.add([SummaryValue(tag: "t", payload: .tensor(tensor), metadata: metadata)], step: step)
        }
        try writer.close()
        #expect(try eventFiles.map { try $0.events().filter { try !$0.values.isEmpty }.count } == [1, 1, 1])
    }

    @Test func theFilesAreTheSameHoweverTheEventsAreBatched() throws {
        func log(_ name: String, flushes: Bool) throws -> [[UInt8]] {
            let clock = ScriptedClock((0..<100).map { 1000 + Double($0) })
            let options = SummaryWriter.Options(
                flushInterval: .seconds(3600),
                maximumFileSize: 700,
                clock: clock.next
            )
            let writer = try SummaryWriter(logDirectory: directory.appending(name), options: options)
            for step in 0..<60 {
                writer.histogram("h\(step % 3)", [Float(step)], step: step)
                if flushes { try writer.flush() }
            }
            try writer.close()
            let run = directory.appending(name)
            return try run.entries.filter { $0.contains("tfevents") }.map { try run.appending($0).contents() }
        }
        let atOnce = try log("a", flushes: false)
        #expect(try atOnce == log("b", flushes: true))
        #expect(atOnce.count > 3)
    }

    /// Also of tags that come up late, and of a step with values that are refused.
    @Test func theFilesAreTheSameAlsoWithManyTags() throws {
        func log(_ name: String, flushes: Bool) throws -> [[UInt8]] {
            let clock = ScriptedClock((0..<200).map { 1000 + Double($0) })
            let options = SummaryWriter.Options(
                flushInterval: .seconds(3600),
                maximumFileSize: 900,
                clock: clock.next,
                onIssue: { _ in }
            )
            let writer = try SummaryWriter(logDirectory: directory.appending(name), options: options)
            for step in 0..<100 {
                let tag = "h\(step / 20)"
                writer.add([.histogram(tag, Histogram([Float(step)])), .scalar(tag, 1), .scalar("x", 1)], step: step)
                if flushes { try writer.flush() }
            }
            #expect(writer.statistics.refusedValues == 100)
            try writer.close()
            let run = directory.appending(name)
            for file in run.entries {
                let values = try run.appending(file).events().flatMap { try $0.values }
                #expect(values.allSatisfy { $0.has(9) == ($0.text(1) != "x") })
            }
            return try run.entries.map { try run.appending($0).contents() }
        }
        let atOnce = try log("a", flushes: false)
        #expect(try atOnce == log("b", flushes: true))
        #expect(atOnce.count > 10)
    }

    @Test(arguments: [nil, 1000], [1.0, 1.7e12])
    func theSameCallsMakeTheSameFiles(maximumFileSize: Int?, time: Double) throws {
        func log(_ name: String) throws -> [String: [UInt8]] {
            let clock = ScriptedClock((0..<200).map { time + Double($0) / 10 })
            let options = SummaryWriter.Options(
                maximumFileSize: maximumFileSize,
                filenameOrigin: "trainer",
                filenameSuffix: ".eval",
                clock: clock.next
            )
            let writer = try SummaryWriter(logDirectory: directory.appending(name), options: options)
            writer.graph(GraphDefinition(nodes: [.init(name: "x", operation: "Placeholder")]))
            for step in 0..<50 {
                writer.scalar("x", step, step: step)
                writer.histogram("h", [Float(step)], step: step)
            }
            try writer.close()
            let run = directory.appending(name)
            return try Dictionary(uniqueKeysWithValues: run.entries.map { ($0, try run.appending($0).contents()) })
        }
        let files = try log("a")
        #expect(try files == log("b"))
        #expect(maximumFileSize == nil ? files.count == 1 : files.count > 5)
    }

    /// However many files wait in memory: an event is encoded once, for the file that it will be in.
    ///
    /// Encoding what waits anew for each file took minutes here.
    @Test(.timeLimit(.minutes(5))) func whatWaitsInMemoryIsNotEncodedAgain() throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let options = SummaryWriter.Options(maximumFileSize: 20_000, onIssue: { _ in })
        let writer = try SummaryWriter(logDirectory: run, options: options, operations: disk.operations)
        for step in 0..<100_000 { writer.scalar("x", 1, step: step) }
        writer.histogram("h", [1.0], step: 100_000)
        for step in 0..<500 { writer.histogram("h", [1.0], step: step) }
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        let byteCount = writer.statistics.recordedBytes
        disk.makeRoom()
        try writer.close()
        #expect(writer.statistics.recordedBytes == byteCount)
        #expect(writer.statistics.savedEvents == 100_501)
        #expect(eventFiles.count > 200)
    }

    @Test func aFileThatIsReplacedWhileSeveralWaitGetsWhatItLacks() throws {
        let disk = FullDisk(capacity: 300, problem: .noSpace)
        let options = SummaryWriter.Options(
            flushInterval: .seconds(3600),
            maximumFileSize: 1000,
            onIssue: { _ in }
        )
        let writer = try SummaryWriter(logDirectory: run, options: options, operations: disk.operations)
        writer.describe("h", displayName: "Weights", description: "")
        for step in 0..<30 { writer.histogram("h", [Float(step)], step: step) }
        // Some of the first file's events are in it, some wait with those of the files that follow.
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        let saved = writer.statistics.savedEvents
        try #require(saved > 0)
        for step in 30..<60 { writer.histogram("h", [Float(step)], step: step) }
        try FileManager.default.removeItem(atPath: writer.eventFile.string)
        disk.makeRoom()
        try writer.close()
        var steps: [Int] = []
        for file in eventFiles {
            let events = try file.events().filter { try !$0.values.isEmpty }
            let titles = try events.map { try $0.values[0].message(9)?.text(2) }
            #expect(titles == events.indices.map { $0 == 0 ? "Weights" : "" })
            steps += events.map(\.step)
        }
        #expect(steps == Array(saved..<60))
        #expect(eventFiles.count > 3)
        #expect(writer.statistics.pendingBytes == 0)
    }

    // MARK: - Somebody else's doing

    /// Some file systems give a file another identity each time they are asked.
    @Test(.timeLimit(.minutes(5))) func aFileThatIsNeverInPlaceDoesNotMakeFilesWithoutEnd() throws {
        var operations = FileOperations.system
        operations.placement = { _, _, _ in .displaced }
        let issues = IssueCollector()
        let options = SummaryWriter.Options(concurrentWriters: .allow, onIssue: issues.collect)
        let writer = try SummaryWriter(logDirectory: run, options: options, operations: operations)
        for step in 0..<100 {
            writer.scalar("x", step, step: step)
            if step % 10 == 0 { try writer.flush() }
        }
        try writer.close()
        #expect(eventFiles.count <= 6)
        let events = try eventFiles.flatMap { try $0.events() }.filter { try !$0.values.isEmpty }
        #expect(events.map(\.step) == Array(0..<100))
        #expect(writer.statistics.savedEvents == 100)
        #expect(issues.all.allSatisfy { $0.code == .fileReplaced })
        #expect(issues.all.last?.message.contains("a deletion would not be noticed any more") == true)
    }

    /// A failing look at the file says nothing about it.
    @Test func aFileOfWhichNothingIsKnownIsKept() throws {
        var operations = FileOperations.system
        operations.placement = { _, _, _ in .unknown }
        let issues = IssueCollector()
        let writer = try SummaryWriter(
            logDirectory: run,
            options: .init(onIssue: issues.collect),
            operations: operations
        )
        for step in 0..<10 {
            writer.scalar("x", step, step: step)
            try writer.flush()
        }
        try writer.close()
        #expect(eventFiles == [writer.eventFile])
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<10))
        #expect(issues.all.isEmpty)
    }

    @Test func aDirectoryThatWasRemovedIsMadeAgain() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect))
        writer.histogram("h", [1.0], step: 0)
        try writer.flush()
        let first = writer.eventFile
        try FileManager.default.removeItem(atPath: directory.appending("logs").string)
        for step in 1...5 { writer.histogram("h", [1.0], step: step) }
        try writer.flush()
        #expect(writer.eventFile != first)
        let events = try writer.eventFile.events()
        #expect(events[0].fileVersion == "brain.Event:2")
        #expect(events.dropFirst().map(\.step) == [1, 2, 3, 4, 5])
        #expect(try events[1].values.first?.has(9) == true)
        #expect(issues.all.map(\.code) == [.fileReplaced])
        #expect(issues.all.first?.path == first)
    }

    @Test func aFileThatWasReplacedIsLeftAlone() throws {
        let writer = try writer(.init(onIssue: { _ in }))
        writer.scalar("x", 1, step: 0)
        try writer.flush()
        let first = writer.eventFile
        try FileManager.default.removeItem(atPath: first.string)
        try first.write([7])
        writer.scalar("x", 1, step: 1)
        try writer.flush()
        #expect(try first.contents() == [7])
        #expect(writer.eventFile != first)
        #expect(try writer.eventFile.events().last?.step == 1)
    }

    @Test func aNewFileThatCannotBeMadeIsTriedAgain() throws {
        let writer = try writer(.init(onIssue: { _ in }))
        writer.scalar("x", 1, step: 0)
        try writer.flush()
        let logs = directory.appending("logs")
        try FileManager.default.removeItem(atPath: logs.string)
        try logs.write([1])
        writer.scalar("x", 1, step: 1)
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        try FileManager.default.removeItem(atPath: logs.string)
        writer.scalar("x", 1, step: 2)
        try writer.close()
        #expect(try writer.eventFile.events().map(\.step).suffix(2) == [1, 2])
    }

    @Test func aFileThatWasCutOffIsLeftAlone() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect))
        writer.scalar("x", 1, step: 0)
        try writer.flush()
        let first = writer.eventFile
        #expect(truncate(first.string, 0) == 0)
        writer.scalar("x", 1, step: 1)
        try writer.flush()
        // Going on at the old offset would have left a hole of zeros.
        #expect(try first.contents().isEmpty)
        #expect(try writer.eventFile.events().last?.step == 1)
        #expect(issues.all.map(\.code) == [.fileReplaced])
    }

    /// In a process of its own, because the working directory belongs to the whole process.
    @Test func aRelativePathStaysWhereItWas() async throws {
        let base = directory.path.string
        await #expect(processExitsWith: .success) { [base = base as String] in
            let files = FileManager.default
            try #require(files.changeCurrentDirectoryPath(base))
            let writer = try SummaryWriter(logDirectory: "logs/run", options: .init(maximumFileSize: 200))
            for step in 0..<5 { writer.scalar("x", 1, step: step) }
            try writer.flush()
            try files.createDirectory(atPath: base + "/elsewhere", withIntermediateDirectories: false)
            try #require(files.changeCurrentDirectoryPath(base + "/elsewhere"))
            for step in 5..<10 { writer.scalar("x", 1, step: step) }
            try writer.close()
        }
        #expect(directory.appending("elsewhere").entries.isEmpty)
        let steps = try eventFiles.flatMap { try $0.events().filter { try !$0.values.isEmpty }.map(\.step) }
        #expect(steps == Array(0..<10))
        #expect(run.entries.allSatisfy { $0.contains("tfevents") })
    }

    // MARK: - An older session

    /// A second session start of a run would purge, in the Python loader, what the first session logged.
    @Test func anAppendedSessionHasNoSessionStart() throws {
        let first = try writer()
        first.graph(GraphDefinition(nodes: [.init(name: "x", operation: "Placeholder")]))
        first.scalar("x", 1, step: 0)
        try first.close()
        let second = try writer(.init(existingRun: .append))
        second.add([], step: 0)
        second.add([.invalid("bad", "for a test")], step: 0)
        second.graph(GraphDefinition(nodes: [.init(name: "y", operation: "Placeholder")]))
        second.scalar("x", 1, step: 500)
        try second.close()
        let events = try second.eventFile.events()
        #expect(events.map(\.fileVersion).filter { !$0.isEmpty } == ["brain.Event:2"])
        #expect(events.filter(\.isSessionStart).isEmpty)
        // Above the earlier graph, so that both loaders show this one.
        #expect(events.map { $0.message.has(4) } == [false, true, false])
        #expect(events.map(\.step) == [0, 1, 500])
    }

    @Test func aRunThatReplacesAnOlderOneBeginsAtOnce() throws {
        try writer().close()
        let second = try writer(.init(existingRun: .overwrite))
        #expect(try second.eventFile.events().map(\.isSessionStart) == [false, true])
    }
}
