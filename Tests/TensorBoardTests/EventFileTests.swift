import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

struct EventFileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// macOS refuses to write more than 2 GiB at once, and Linux writes less than asked for.
    @Test func aLargeTransferIsCutIntoSeveral() throws {
        let byteCount = 5 << 29
        // Never touched, so it takes no memory.
        let memory = mmap(nil, byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        try #require(memory != MAP_FAILED)
        defer { munmap(memory, byteCount) }
        let transfers = Mutex<[Transfer]>([])
        var operations = FileOperations.system
        operations.write = { _, bytes, offset in
            transfers.withLock { $0.append(Transfer(offset: Int(offset), byteCount: bytes.count)) }
            return .success(bytes.count)
        }
        var file = try EventFile(directory.appending("file"), operations: operations)
        let outcome = file.write(UnsafeRawBufferPointer(start: memory, count: byteCount), count: 7)
        #expect(outcome.bytes == byteCount)
        #expect(outcome.records == 7)
        #expect(outcome.problem == nil)
        #expect(file.length == Int64(byteCount))
        let expected = [(0, 1 << 30), (1 << 30, 1 << 30), (2 << 30, 1 << 29)].map(Transfer.init)
        #expect(transfers.withLock { $0 } == expected)
    }

    private struct Transfer: Equatable {
        let offset: Int
        let byteCount: Int
    }

    /// The descriptor is given back all the same; closed again, it might be another file's.
    @Test func aCloseThatIsInterruptedIsDone() throws {
        let calls = Mutex(0)
        var operations = FileOperations.system
        operations.close = { descriptor in
            calls.withLock { $0 += 1 }
            return FileOperations.system.close(descriptor) ?? .interrupted
        }
        let writer = try SummaryWriter(logDirectory: directory.path, options: .init(), operations: operations)
        writer.scalar("x", 1, step: 0)
        try writer.close()
        #expect(calls.withLock { $0 } == 1)
        #expect(writer.statistics.standingIssue == nil)
        #expect(try writer.eventFile.loggedEvents().count == 1)
    }

    @Test func aCloseThatFailsIsTold() throws {
        var operations = FileOperations.system
        operations.close = { descriptor in FileOperations.system.close(descriptor) ?? .ioError }
        let writer = try SummaryWriter(logDirectory: directory.path, options: .init(), operations: operations)
        let error = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(error?.errno == .ioError)
    }
}
