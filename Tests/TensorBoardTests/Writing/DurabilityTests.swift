import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

struct DurabilityTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func writer(
        _ options: SummaryWriter.Options,
        _ operations: FileOperations = .system
    ) throws -> SummaryWriter {
        try SummaryWriter(logDirectory: directory.appending("run"), options: options, operations: operations)
    }

    @Test func everyEventIsInTheFileWhenTheCallReturns() throws {
        let writer = try writer(.init(flushInterval: .seconds(3600), durability: .everyEvent))
        for step in 0..<50 {
            writer.scalar("x", step, step: step)
            #expect(try writer.eventFile.loggedEvents().count == step + 1)
        }
        writer.step(50) { $0.scalar("y", 1) }
        #expect(try writer.eventFile.loggedEvents().count == 51)
    }

    @Test func everyEventOfManyThreadsIsInTheFileWhenItsCallReturns() async throws {
        let writer = try writer(.init(durability: .everyEvent))
        await withTaskGroup { group in
            for thread in 0..<4 {
                group.addTask {
                    for step in 0..<100 {
                        writer.scalar("thread\(thread)", step, step: step)
                        let statistics = writer.statistics
                        #expect(statistics.savedEvents >= step + 1)
                    }
                }
            }
        }
        #expect(try writer.eventFile.loggedEvents().count == 400)
    }

    @Test func everyEventWaitsInMemoryWhileTheDiskIsFull() throws {
        let disk = FullDisk(capacity: 200, problem: .noSpace)
        let writer = try writer(.init(durability: .everyEvent, onIssue: { _ in }), disk.operations)
        for step in 0..<100 { writer.scalar("x", 1, step: step) }
        #expect(writer.statistics.standingIssue?.errno == .noSpace)
        disk.makeRoom()
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<100))
    }

    @Test func storageIsWaitedForAtEachFlush() throws {
        let calls = Mutex(0)
        var operations = FileOperations.system
        operations.synchronize = { descriptor in
            calls.withLock { $0 += 1 }
            return FileOperations.system.synchronize(descriptor)
        }
        let writer = try writer(.init(flushInterval: .seconds(3600), durability: .storage), operations)
        let before = calls.withLock { $0 }
        for step in 1...3 {
            writer.scalar("x", 1, step: step)
            try writer.flush()
            #expect(calls.withLock { $0 } == before + step)
        }
        #expect(try writer.eventFile.loggedEvents().count == 3)
    }

    @Test func whatTheStorageCouldNotKeepIsWrittenAgain() throws {
        let writes = Mutex<[Int64]>([])
        let isBroken = Mutex(false)
        var operations = FileOperations.system
        operations.synchronize = { _ in isBroken.withLock { $0 } ? .ioError : nil }
        operations.write = { descriptor, bytes, offset in
            writes.withLock { $0.append(offset) }
            return FileOperations.system.write(descriptor, bytes, offset)
        }
        let options = SummaryWriter.Options(flushInterval: .seconds(3600), durability: .storage, onIssue: { _ in })
        let writer = try writer(options, operations)
        isBroken.withLock { $0 = true }
        writer.scalar("x", 1, step: 0)
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        isBroken.withLock { $0 = false }
        try writer.flush()
        let offsets = writes.withLock { $0 }
        #expect(offsets.count >= 3)
        #expect(Set(offsets.dropFirst()).count == 1)
        #expect(try writer.eventFile.loggedEvents().count == 1)
    }

    @Test func whatADiskTookBeforeItWasFullIsWaitedForToo() throws {
        let disk = FullDisk(capacity: 300, problem: .noSpace)
        let isBroken = Mutex(false)
        var operations = disk.operations
        operations.synchronize = { _ in isBroken.withLock { $0 } ? .ioError : nil }
        let options = SummaryWriter.Options(flushInterval: .seconds(3600), durability: .storage, onIssue: { _ in })
        let writer = try writer(options, operations)
        isBroken.withLock { $0 = true }
        for step in 0..<10 { writer.scalar("x", 1, step: step) }
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        #expect(writer.statistics.savedEvents == 0)
        isBroken.withLock { $0 = false }
        disk.makeRoom()
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<10))
    }

    @Test func theNameOfANewFileIsWaitedForWithStorage() throws {
        let directories = Mutex<[FilePath]>([])
        var operations = FileOperations.system
        operations.synchronizeDirectory = { path in
            directories.withLock { $0.append(path) }
            return FileOperations.system.synchronizeDirectory(path)
        }
        let writer = try writer(.init(durability: .storage, maximumFileSize: 200), operations)
        for step in 0..<5 { writer.scalar("x", 1, step: step) }
        try writer.close()
        let files = writer.logDirectory.entries.count
        #expect(files > 1)
        // The directory of the run was made too, in the temporary one.
        let expected = [writer.logDirectory, directory.path] + Array(repeating: writer.logDirectory, count: files - 1)
        #expect(directories.withLock { $0 } == expected)
    }

    /// What a file contains, its name, then the names of the directories that lead to it, from the inside out.
    @Test func theNamesOfNewDirectoriesAreWaitedForWithStorage() throws {
        let calls = Mutex<[FilePath?]>([])
        let isBroken = Mutex(false)
        var operations = FileOperations.system
        operations.synchronize = { descriptor in
            calls.withLock { $0.append(nil) }
            return FileOperations.system.synchronize(descriptor)
        }
        operations.synchronizeDirectory = { path in
            calls.withLock { $0.append(path) }
            return isBroken.withLock { $0 } ? .ioError : FileOperations.system.synchronizeDirectory(path)
        }
        let outer = directory.appending("a")
        let run = outer.appending("b")
        let options = SummaryWriter.Options(flushInterval: .seconds(3600), durability: .storage, onIssue: { _ in })
        let writer = try SummaryWriter(logDirectory: run, options: options, operations: operations)
        #expect(calls.withLock { $0 } == [nil, run, outer, directory.path])

        // Made again, and waited for also when that works only at the second attempt.
        try FileManager.default.removeItem(atPath: outer.string)
        isBroken.withLock { $0 = true }
        writer.scalar("x", 1, step: 0)
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        isBroken.withLock { $0 = false }
        calls.withLock { $0 = [] }
        try writer.flush()
        #expect(Array(calls.withLock { $0 }.prefix(4)) == [nil, run, outer, directory.path])
        try writer.close()
    }
}
