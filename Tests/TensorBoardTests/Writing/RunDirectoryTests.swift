import EventFiles
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

struct RunDirectoryTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var run: FilePath { directory.appending("logs").appending("run") }

    private func log(_ existingRun: SummaryWriter.Options.ExistingRun, _ value: Int) throws -> SummaryWriter {
        let writer = try SummaryWriter(logDirectory: run, options: .init(existingRun: existingRun))
        writer.scalar("x", value, step: value)
        try writer.close()
        return writer
    }

    @Test func appendBeginsAnotherFileThatSortsBehind() throws {
        let files = try (0..<3).map { try #require(log(.append, $0).eventFile.lastComponent).string }
        #expect(run.entries == files)
    }

    @Test func appendSortsBehindFilesFromTheFuture() throws {
        _ = try log(.append, 0)
        let future = "events.out.tfevents.9000000000.host.1.0000"
        try run.appending(future).write([])
        let name = try #require(log(.append, 1).eventFile.lastComponent).string
        #expect(run.entries.last == name)
        #expect(name.hasPrefix("events.out.tfevents.9000000001."))
    }

    @Test func overwriteLeavesOneFile() throws {
        _ = try log(.append, 0)
        _ = try log(.append, 1)
        try run.appending("notes.txt").write([1])
        let writer = try log(.overwrite, 2)
        let name = try #require(writer.eventFile.lastComponent).string
        #expect(run.entries == [name, "notes.txt"])
        #expect(try writer.eventFile.loggedEvents().map(\.step) == [2])
    }

    @Test func incrementTakesTheNextFreeDirectory() throws {
        #expect(try log(.increment, 0).logDirectory == run)
        #expect(try log(.increment, 1).logDirectory == directory.appending("logs").appending("run_1"))
        #expect(try log(.increment, 2).logDirectory == directory.appending("logs").appending("run_2"))
    }

    @Test func refuseThrowsAndTouchesNothing() throws {
        let first = try log(.refuse, 0)
        let error = #expect(throws: TensorBoardError.self) { try log(.refuse, 1) }
        #expect(error?.code == .runExists)
        #expect(error?.path == run)
        #expect(run.entries.count == 1)
        #expect(try first.eventFile.loggedEvents().map(\.step) == [0])
    }

    @Test(arguments: ["logs/run/", "logs/./run", "./logs/run/."])
    func unusualSpellingsOfAPathAreTheSameDirectory(_ spelling: String) throws {
        let path = directory.path.pushing(FilePath(spelling))
        for _ in 0..<2 {
            try SummaryWriter(logDirectory: path, options: .init(existingRun: .increment)).close()
        }
        #expect(directory.appending("logs").entries == ["run", "run_1"])
    }

    @Test func aFileInTheWayIsNamed() throws {
        let file = directory.appending("logs")
        try file.write([1])
        let error = #expect(throws: TensorBoardError.self) { try SummaryWriter(logDirectory: run) }
        #expect(error?.code == .cannotCreate)
        #expect(error?.path == file)
        #expect(try file.contents() == [1])
    }

    @Test func anEmptyPathIsRefused() throws {
        #expect(throws: TensorBoardError.self) { try SummaryWriter(logDirectory: "") }
    }

    @Test func aDeviceThatIsFullFromTheStartLeavesNothingBehind() throws {
        var operations = FileOperations.system
        operations.write = { _, _, _ in .failure(.noSpace) }
        let error = #expect(throws: TensorBoardError.self) {
            try SummaryWriter(logDirectory: run, options: .init(), operations: operations)
        }
        #expect(error?.errno == .noSpace)
        #expect(!directory.appending("logs").exists)
    }

    @Test func aFailedOverwriteKeepsTheEarlierRun() throws {
        let first = try log(.append, 0)
        var operations = FileOperations.system
        operations.create = { _ in .failure(.noSpace) }
        #expect(throws: TensorBoardError.self) {
            try SummaryWriter(logDirectory: run, options: .init(existingRun: .overwrite), operations: operations)
        }
        #expect(try first.eventFile.loggedEvents().count == 1)
    }

    @Test func severalRunsAreOverwrittenOnlyWhenAllCouldBegin() throws {
        let first = try log(.append, 0)
        let inTheWay = directory.appending("file")
        try inTheWay.write([1])
        let options = SummaryWriter.Options(existingRun: .overwrite)
        #expect(throws: TensorBoardError.self) { try SummaryWriter.begin([run, inTheWay], options: options) }
        #expect(try run.entries == [#require(first.eventFile.lastComponent).string])
        #expect(try first.eventFile.loggedEvents().count == 1)

        let writers = try SummaryWriter.begin([run, directory.appending("new")], options: options)
        for writer in writers { try writer.close() }
        #expect(try run.entries == [#require(writers[0].eventFile.lastComponent).string])
        #expect(!first.eventFile.exists)
    }

    @Test func anEarlierFileThatCannotBeDeletedLeavesTheRunAsItWas() throws {
        let first = try log(.append, 0)
        let entries = run.entries
        var operations = FileOperations.system
        operations.remove = { $0 == first.eventFile ? .notPermitted : FileOperations.system.remove($0) }
        let error = #expect(throws: TensorBoardError.self) {
            try SummaryWriter(logDirectory: run, options: .init(existingRun: .overwrite), operations: operations)
        }
        #expect(error?.code == .cannotCreate)
        #expect(error?.path == first.eventFile)
        #expect(run.entries == entries)
        #expect(try first.eventFile.loggedEvents().count == 1)
    }

    @Test func anOriginIsPartOfTheNameAndSortsBehindWhatIsThere() throws {
        func log(_ existingRun: SummaryWriter.Options.ExistingRun) throws -> String? {
            let options = SummaryWriter.Options(existingRun: existingRun, filenameOrigin: "worker", clock: { 1000 })
            let writer = try SummaryWriter(logDirectory: run, options: options)
            try writer.close()
            return writer.eventFile.lastComponent?.string
        }
        #expect(try log(.append) == "events.out.tfevents.0000001000.worker.0000")
        #expect(try log(.append) == "events.out.tfevents.0000001001.worker.0000")
        #expect(try log(.resume(atStep: 0)) == "events.out.tfevents.0000001002.worker.0000")
        #expect(try log(.overwrite) == "events.out.tfevents.0000001003.worker.0000")
        #expect(run.entries.count == 1)
    }

    /// No time sorts behind this one, which is that of a clock that counts milliseconds.
    @Test func aNameThatIsTakenIsAnError() throws {
        let options = SummaryWriter.Options(existingRun: .append, filenameOrigin: "worker", clock: { 1.7e12 })
        try SummaryWriter(logDirectory: run, options: options).close()
        let error = #expect(throws: TensorBoardError.self) { try SummaryWriter(logDirectory: run, options: options) }
        #expect(error?.errno == .fileExists)
        #expect(run.entries.count == 1)
    }

    @Test func manyWritersInOneDirectoryNeverCollide() async throws {
        let run = run
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    let writer = try SummaryWriter(logDirectory: run)
                    return writer.eventFile.string
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(names.count == 32)
    }

    // MARK: - A directory is claimed

    /// Each looks at the directory before any of the others has begun its file.
    @Test func concurrentWritersGetADirectoryEach() async throws {
        for round in 0..<4 {
            let run = directory.appending("round \(round)").appending("run")
            let writers = try await withThrowingTaskGroup(of: SummaryWriter.self) { group in
                for _ in 0..<25 { group.addTask { try SummaryWriter(logDirectory: run) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(writers.map(\.logDirectory)).count == 25)
            for writer in writers {
                try writer.close()
                #expect(try writer.logDirectory.entries == [#require(writer.eventFile.lastComponent).string])
            }
            #expect(directory.appending("round \(round)").entries.count == 25)
        }
    }

    @Test func anEmptyDirectoryThatIsThereStaysTheOneThatWasAskedFor() throws {
        try FileManager.default.createDirectory(atPath: run.string, withIntermediateDirectories: true)
        #expect(try log(.increment, 0).logDirectory == run)
        #expect(directory.appending("logs").entries == ["run"])
    }

    @Test(
        arguments: [.refuse, .resume(atStep: 0), .overwrite, .increment, .append] as [SummaryWriter.Options.ExistingRun]
    )
    func aSubdirectoryIsNoEventFile(_ existingRun: SummaryWriter.Options.ExistingRun) throws {
        let backup = run.appending("tfevents_backup")
        try FileManager.default.createDirectory(atPath: backup.string, withIntermediateDirectories: true)
        try backup.appending("events.out.tfevents.1").write([1])
        let writer = try log(existingRun, 0)
        #expect(writer.logDirectory == run)
        #expect(run.entries.count == 2)
        #expect(try backup.appending("events.out.tfevents.1").contents() == [1])
        // The first session of a run, whatever the option says.
        #expect(try writer.eventFile.events().map(\.isSessionStart) == [false, true, false])
    }

    // MARK: - What overwriting deletes

    @Test func whatAnotherWriterIsWritingIsNotDeleted() throws {
        let other = try SummaryWriter(logDirectory: run)
        other.scalar("x", 1, step: 0)
        try other.flush()
        let entries = run.entries
        let error = #expect(throws: TensorBoardError.self) { try log(.overwrite, 1) }
        #expect(error?.code == .concurrentWriters)
        #expect(error?.path == run)
        #expect(run.entries == entries)
        other.scalar("x", 1, step: 1)
        try other.close()
        #expect(try other.eventFile.loggedEvents().map(\.step) == [0, 1])
    }

    @Test func withoutLocksOverwritingDoesAsItIsTold() throws {
        let other = try SummaryWriter(logDirectory: run, options: .init(onIssue: { _ in }))
        other.scalar("x", 1, step: 0)
        try other.flush()
        let file = other.eventFile
        let options = SummaryWriter.Options(existingRun: .overwrite, concurrentWriters: .allow)
        let writer = try SummaryWriter(logDirectory: run, options: options)
        #expect(!file.exists)
        #expect(writer.eventFile.exists)
        try writer.close()
        try other.close()
    }

    @Test func whatIsNoEventFileIsLeftAndReported() throws {
        _ = try log(.append, 0)
        let notes = run.appending("my-notes-about-tfevents.txt")
        try notes.write(Array("The tfevents of May are the good ones.".utf8))
        try run.appending("events.out.tfevents.0000000001.host.1.0000").write([])
        let issues = IssueCollector()
        let options = SummaryWriter.Options(existingRun: .overwrite, onIssue: issues.collect)
        let writer = try SummaryWriter(logDirectory: run, options: options)
        try writer.close()
        #expect(try run.entries == [#require(writer.eventFile.lastComponent).string, "my-notes-about-tfevents.txt"])
        #expect(issues.all.map(\.code) == [.foreignFile])
        #expect(issues.all.map(\.path) == [notes])
    }

    @Test func namesAreThoseThatTensorBoardSorts() throws {
        func name(_ time: Double) -> String {
            EventFileName(time: time, origin: "host.12", counter: 3, suffix: ".eval").text
        }
        #expect(name(1_700_000_000.9) == "events.out.tfevents.1700000000.host.12.0003.eval")
        #expect(name(42) == "events.out.tfevents.0000000042.host.12.0003.eval")
        #expect(EventFileName(time: .nan, suffix: "").seconds == 0)
        #expect(EventFileName(time: -5, suffix: "").seconds == 0)
    }
}
