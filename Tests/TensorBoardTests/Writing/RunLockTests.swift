import EventFiles
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

struct RunLockTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func writer(
        _ policy: SummaryWriter.Options.ConcurrentWriters,
        _ issues: IssueCollector = IssueCollector()
    ) throws -> SummaryWriter {
        let options = SummaryWriter.Options(existingRun: .append, concurrentWriters: policy, onIssue: issues.collect)
        return try SummaryWriter(logDirectory: directory.path, options: options)
    }

    @Test func aSecondWriterIsReported() throws {
        let first = try writer(.warn)
        let issues = IssueCollector()
        let second = try writer(.warn, issues)
        #expect(issues.all.map(\.code) == [.concurrentWriters])
        #expect(issues.all.first?.path == directory.path)
        second.scalar("x", 1, step: 0)
        try second.close()
        #expect(try second.eventFile.events().last?.scalars == ["x": 1])
        try first.close()
    }

    @Test func aSecondWriterMayBeRefused() throws {
        let first = try writer(.warn)
        let error = #expect(throws: TensorBoardError.self) { try writer(.refuse) }
        #expect(error?.code == .concurrentWriters)
        #expect(directory.path.entries.filter { $0.contains("tfevents") }.count == 1)
        try first.close()
        try writer(.refuse).close()
    }

    @Test func theMarkGoesWithTheWriter() throws {
        let first = try writer(.refuse)
        #expect(directory.path.entries.contains { !$0.contains("tfevents") })
        try first.close()
        #expect(directory.path.entries.allSatisfy { $0.contains("tfevents") })
    }

    @Test func aMarkThatACrashLeftBehindDoesNotBlock() throws {
        try directory.path.appending(".summary-writer.lock").write([])
        let issues = IssueCollector()
        try writer(.warn, issues).close()
        #expect(issues.all.isEmpty)
    }

    /// The mark of a writer whose directory was removed went with it, and another's may stand in its place.
    @Test func aMarkIsTakenAnewWithANewDirectoryAndAnothersIsLeftAlone() throws {
        let first = try writer(.warn)
        try FileManager.default.removeItem(atPath: directory.path.string)
        let second = try writer(.refuse)
        let mark = directory.path.appending(".summary-writer.lock")
        try first.close()
        #expect(mark.exists)
        #expect(throws: TensorBoardError.self) { try writer(.refuse) }

        try FileManager.default.removeItem(atPath: directory.path.string)
        second.scalar("x", 1, step: 0)
        try second.flush()
        #expect(throws: TensorBoardError.self) { try writer(.refuse) }
        try second.close()
        #expect(!mark.exists)
    }

    /// A system on which another writer begins and ends between the first look at the directory and the lock.
    private var meddledOperations: FileOperations {
        let path = directory.path
        var operations = FileOperations.system
        operations.lock = { descriptor in
            do {
                let other = try SummaryWriter(
                    logDirectory: path,
                    options: .init(existingRun: .append, concurrentWriters: .allow)
                )
                for step in 0..<4 { other.scalar("x", step, step: step) }
                try other.close()
            } catch {
                return .ioError
            }
            return FileOperations.system.lock(descriptor)
        }
        return operations
    }

    @Test func resumingSeesWhatWasWrittenBeforeTheLockWasFree() throws {
        let options = SummaryWriter.Options(existingRun: .resume(atStep: 2))
        let writer = try SummaryWriter(logDirectory: directory.path, options: options, operations: meddledOperations)
        let files = directory.path.entries.filter { $0.contains("tfevents") }
        try #require(files.count == 2)
        #expect(files.last == writer.eventFile.lastComponent?.string)
        #expect(try directory.appending(files[0]).loggedEvents().map(\.step) == [0, 1])
        try writer.close()
    }

    @Test func refusingSeesWhatWasWrittenBeforeTheLockWasFree() throws {
        let options = SummaryWriter.Options(existingRun: .refuse)
        let error = #expect(throws: TensorBoardError.self) {
            _ = try SummaryWriter(logDirectory: directory.path, options: options, operations: meddledOperations)
        }
        #expect(error?.code == .runExists)
        #expect(directory.path.entries.count == 1)
    }

    @Test func writersThatAreAllowedDoNotSeeEachOther() throws {
        let first = try writer(.allow)
        let issues = IssueCollector()
        let second = try writer(.warn, issues)
        let third = try writer(.allow, issues)
        #expect(issues.all.isEmpty)
        for writer in [first, second, third] { try writer.close() }
    }

    /// The writer works all the same, and says that it would not notice others.
    @Test(.timeLimit(.minutes(5))) func aLockThatCannotBeTakenIsReported() throws {
        var operations = FileOperations.system
        operations.lock = { _ in .interrupted }
        let issues = IssueCollector()
        let options = SummaryWriter.Options(onIssue: issues.collect)
        let writer = try SummaryWriter(logDirectory: directory.path, options: options, operations: operations)
        writer.scalar("x", 1, step: 0)
        try writer.close()
        #expect(issues.all.map(\.code) == [.lockUnavailable])
        #expect(try writer.eventFile.loggedEvents().count == 1)
    }
}
