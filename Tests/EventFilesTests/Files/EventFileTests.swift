import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import EventFiles

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

    /// Closed again, the descriptor might be that of another file.
    @Test func aCloseThatIsInterruptedIsDone() throws {
        let calls = Mutex(0)
        var operations = FileOperations.system
        operations.close = { descriptor in
            calls.withLock { $0 += 1 }
            return FileOperations.system.close(descriptor) ?? .interrupted
        }
        var file = try EventFile(directory.appending("file"), operations: operations)
        #expect(file.close() == nil)
        #expect(file.close() == nil)
        #expect(calls.withLock { $0 } == 1)
    }

    @Test func aRewriteGetsAFreeNameThatTensorBoardDoesNotRead() throws {
        let file = directory.appending("events.out.tfevents.1.host.1.0000")
        try file.write([])
        let first = EventFileName.freeSibling(of: file, "repaired")
        #expect(first.lastComponent?.string == "events.out.repaired.1.host.1.0000")
        try first.write([])
        #expect(EventFileName.freeSibling(of: file, "repaired").string == "\(first).1")
        #expect(try DirectoryEntries(directory.path).eventFiles.map(\.string) == [file.lastComponent?.string])
    }
}
