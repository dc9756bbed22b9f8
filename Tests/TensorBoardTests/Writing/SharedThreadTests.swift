import EventFiles
import Foundation
import Platform
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

/// Logs share the threads that write; none may hold up the others.
struct SharedThreadTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func writer(
        _ name: String,
        _ operations: FileOperations = .system,
        stallTimeout: Duration = .seconds(60),
        onIssue: @escaping @Sendable (TensorBoardError) -> Void = { _ in }
    ) throws -> SummaryWriter {
        let options = SummaryWriter.Options(stallTimeout: stallTimeout, onIssue: onIssue)
        return try SummaryWriter(logDirectory: directory.appending(name), options: options, operations: operations)
    }

    private func poll(_ isDone: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try !isDone() {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    @Test func aDiskThatHangsAndASlowOnIssueHoldUpNoOther() async throws {
        let disk = StuckDisk()
        let isAnswered = WakeUpSignal()
        let full = FullDisk(capacity: 100, problem: .noSpace)
        let hanging = try writer("hanging", disk.operations)
        let slow = try writer("slow", full.operations) { _ in isAnswered.wait(beyond: 0) }
        let others = try (0..<98).map { try writer("other\($0)") }
        disk.stick()
        for step in 0..<20 {
            hanging.scalar("x", step, step: step)
            slow.scalar("x", step, step: step)
            for writer in others { writer.scalar("x", step, step: step) }
            try await Task.sleep(for: .milliseconds(5))
        }
        // Without a flush: the interval alone brings them into their files, while the two are held up.
        try await poll { others.allSatisfy { $0.statistics.pendingEvents == 0 } }
        #expect(hanging.statistics.savedEvents == 0)
        #expect(slow.statistics.savedEvents == 0)
        disk.release()
        full.makeRoom()
        isAnswered.signal()
        for writer in others + [hanging, slow] {
            try writer.close()
            #expect(writer.statistics.savedEvents == 20)
        }
    }

    @Test func manyDisksThatHangDoNotHoldUpEachOther() async throws {
        let disks = (0..<30).map { _ in StuckDisk() }
        let writers = try disks.enumerated().map { try writer("run\($0)", $1.operations) }
        for disk in disks { disk.stick() }
        for writer in writers { writer.scalar("x", 1, step: 0) }
        // In the opposite order: each must have been asked to write already.
        for (disk, writer) in zip(disks, writers).reversed() {
            disk.release()
            try await poll { writer.statistics.savedEvents == 1 }
        }
        for writer in writers { try writer.close() }
    }

    @Test func aDiskThatDoesNotAnswerIsReported() async throws {
        let disk = StuckDisk()
        let issues = IssueCollector()
        let writer = try writer("run", disk.operations, stallTimeout: .milliseconds(50), onIssue: issues.collect)
        disk.stick()
        writer.scalar("x", 1, step: 0)
        try await poll { !issues.all.isEmpty }
        #expect(issues.all.map(\.code) == [.diskHangs])
        #expect(issues.all.first?.message.contains("1 event wait") == true)
        disk.release()
        try await poll { writer.statistics.pendingEvents == 0 }
        try writer.close()
    }

    @Test func hundredsOfWritersLoseNothing() throws {
        let writers = try (0..<300).map { try writer("run\($0)") }
        for step in 0..<50 {
            for writer in writers { writer.scalar("x", step, step: step) }
        }
        for writer in writers { try writer.close() }
        #expect(writers.allSatisfy { $0.statistics.savedEvents == 50 && $0.statistics.droppedEvents == 0 })
        let last = try #require(writers.last)
        #expect(try last.eventFile.loggedEvents().map(\.step) == Array(0..<50))
    }
}
