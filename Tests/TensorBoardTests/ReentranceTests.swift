import EventFiles
import Foundation
import Platform
import Synchronization
import SystemPackage
import TensorBoardLogs
import TestSupport
import Testing

@testable import TensorBoard

/// What happens when `onIssue` uses the writer, and when threads meet at its end.
///
/// A stall timeout of an hour makes a call that waits for itself a test that does not end.
@Suite(.timeLimit(.minutes(5)))
struct ReentranceTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Lets a writer's `onIssue` know the writer.
    private final class Holder: Sendable {
        private let writer = Mutex<SummaryWriter?>(nil)
        private let calls = Atomic(0)

        var callCount: Int { calls.load(ordering: .sequentiallyConsistent) }
        func hold(_ new: SummaryWriter?) { writer.withLock { $0 = new } }
        func call(_ body: (SummaryWriter) -> Void) {
            if let writer = writer.withLock({ $0 }) { body(writer) }
            calls.add(1, ordering: .sequentiallyConsistent)
        }
    }

    private func writer(
        _ operations: FileOperations = .system,
        durability: SummaryWriter.Options.Durability = .process,
        flushInterval: Duration = .milliseconds(10),
        bufferLimit: Int = 64 << 20,
        onIssue: @escaping @Sendable (TensorBoardError) -> Void
    ) throws -> SummaryWriter {
        let options = SummaryWriter.Options(
            flushInterval: flushInterval,
            durability: durability,
            bufferLimit: bufferLimit,
            stallTimeout: .seconds(3600),
            onIssue: onIssue
        )
        return try SummaryWriter(logDirectory: directory.appending("run"), options: options, operations: operations)
    }

    private func poll(_ isOver: () throws -> Bool) async throws {
        while try !isOver() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test(arguments: [SummaryWriter.Options.Durability.process, .everyEvent])
    func onIssueMayLogAndFlushWhileTheDiskIsFull(_ durability: SummaryWriter.Options.Durability) async throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let holder = Holder()
        let writer = try writer(disk.operations, durability: durability) { _ in
            holder.call { writer in
                writer.scalar("issues", 1, step: 0)
                #expect(throws: TensorBoardError.self) { try writer.flush() }
            }
        }
        holder.hold(writer)
        writer.scalar("x", 1, step: 0)
        try await poll { holder.callCount > 0 }
        disk.makeRoom()
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().count == 2)
        holder.hold(nil)
    }

    @Test(arguments: [SummaryWriter.Options.Durability.process, .everyEvent])
    func onIssueMayLogAndFlushWhenTheFileWasReplaced(_ durability: SummaryWriter.Options.Durability) async throws {
        let holder = Holder()
        let writer = try writer(durability: durability) { _ in
            holder.call { writer in
                writer.scalar("issues", 1, step: 0)
                #expect(throws: Never.self) { try writer.flush() }
            }
        }
        holder.hold(writer)
        try FileManager.default.removeItem(atPath: writer.eventFile.string)
        writer.scalar("x", 1, step: 0)
        try await poll { holder.callCount > 0 }
        try writer.close()
        #expect(try writer.eventFile.events().count == 3)
        holder.hold(nil)
    }

    @Test func onIssueDoesNotWaitForAFullBuffer() async throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let holder = Holder()
        let writer = try writer(disk.operations, bufferLimit: 1) { issue in
            if issue.code == .cannotWrite { holder.call { $0.scalar("issues", 1, step: 0) } }
        }
        holder.hold(writer)
        writer.scalar("x", 1, step: 0)
        try await poll { holder.callCount > 0 }
        #expect(writer.statistics.droppedEvents == 1)
        disk.makeRoom()
        // The lost event is reported at the end too.
        #expect(throws: TensorBoardError.self) { try writer.close() }
        holder.hold(nil)
    }

    /// The last to let the writer go may be `onIssue`, on the drain's own thread.
    @Test func aWriterThatOnIssueLetsGoSavesWhatItHas() async throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let holder = Holder()
        let letGo = WakeUpSignal()
        var writer: SummaryWriter? = try writer(disk.operations) { _ in
            letGo.wait(beyond: 0)
            disk.makeRoom()
            holder.hold(nil)
        }
        holder.hold(writer)
        let file = try #require(writer?.eventFile)
        writer?.scalar("x", 1, step: 0)
        writer = nil
        letGo.signal()
        try await poll { try file.loggedEvents().count == 1 }
    }

    /// Nobody waits for the end of a writer that was closed on its own thread; the thread itself must give up.
    @Test func aWriterThatOnIssueClosesGivesUpByItself() async throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let holder = Holder()
        let isHeld = WakeUpSignal()
        let onIssue: @Sendable (TensorBoardError) -> Void = { _ in
            isHeld.wait(beyond: 0)
            holder.call { try? $0.close() }
        }
        let options = SummaryWriter.Options(stallTimeout: .milliseconds(50), onIssue: onIssue)
        let writer = try SummaryWriter(
            logDirectory: directory.appending("run"),
            options: options,
            operations: disk.operations
        )
        writer.scalar("x", 1, step: 0)
        holder.hold(writer)
        isHeld.signal()
        try await poll { writer.statistics.droppedEvents == 1 }
        #expect(writer.statistics.standingIssue?.errno == .noSpace)
        holder.hold(nil)
    }

    @Test func onIssueMayEndTheProgram() async throws {
        let run = directory.appending("run").string
        await #expect(processExitsWith: .exitCode(3)) { [run = run as String] in
            let disk = FullDisk(capacity: 100, problem: .noSpace)
            let onIssue: @Sendable (TensorBoardError) -> Void = { _ in
                disk.makeRoom()
                exitProcess(3)
            }
            let writer = try SummaryWriter(
                logDirectory: FilePath(run),
                options: .init(stallTimeout: .seconds(3600), onIssue: onIssue),
                operations: disk.operations
            )
            writer.scalar("x", 1, step: 0)
            WakeUpSignal().wait(beyond: 0)
        }
        let file = try #require(FilePath(run).entries.first { $0.contains("tfevents") })
        #expect(try FilePath(run).appending(file).loggedEvents().count == 1)
    }

    @Test func closingEndsTheWaitForAFullBuffer() async throws {
        let disk = StuckDisk()
        let options = SummaryWriter.Options(bufferLimit: 1, stallTimeout: .seconds(3600), onIssue: { _ in })
        let writer = try SummaryWriter(
            logDirectory: directory.appending("run"),
            options: options,
            operations: disk.operations
        )
        disk.stick()
        writer.scalar("x", 1, step: 0)
        #expect(BackgroundThread.start { writer.scalar("x", 1, step: 1) } == 0)
        #expect(BackgroundThread.start { try? writer.close() } == 0)
        try await poll { writer.statistics.droppedEvents == 1 }
        disk.release()
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().count == 1)
        #expect(writer.statistics.droppedEvents == 1)
    }

    /// With `.everyEvent` a caller may find the drain at work on the file when it has just taken its last look.
    @Test func everyEventDoesNotWaitForTheDrainsNextRound() async throws {
        let writer = try writer(durability: .everyEvent, flushInterval: .seconds(3600)) { _ in }
        await withTaskGroup { group in
            group.addTask { for step in 0..<500 { writer.scalar("x", step, step: step) } }
            group.addTask { for _ in 0..<500 { try? writer.flush() } }
        }
        #expect(try writer.eventFile.loggedEvents().count == 500)
        try writer.close()
    }

    @Test func closingAndFlushingFromManyThreadsEnds() async throws {
        let writer = try writer { _ in }
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for step in 0..<50 {
                        writer.scalar("x", 1, step: step)
                        #expect(throws: Never.self) { try writer.flush() }
                    }
                    #expect(throws: Never.self) { try writer.close() }
                }
            }
        }
        let statistics = writer.statistics
        #expect(statistics.pendingEvents == 0)
        #expect(statistics.savedEvents + statistics.droppedEvents == 400)
    }
}
