import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

struct ClosingTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

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
