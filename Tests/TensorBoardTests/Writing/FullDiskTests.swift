import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

/// The disk is full in earnest: by a small file system where one may be mounted, by a limit of the process elsewhere.
struct FullDiskTests {
    @Test(.enabled("a file system is mounted, which only root may do") { SmallDisk.isAvailable })
    func aLoopGoesOnWhileTheDiskIsFullAndLosesNothing() async throws {
        let disk = try SmallDisk(byteCount: 1 << 20)
        let ballast = disk.path.appending("ballast")
        try ballast.write(Array(repeating: 0, count: 900 << 10))
        let issues = IssueCollector()
        let options = SummaryWriter.Options(onIssue: issues.collect)
        let writer = try SummaryWriter(logDirectory: disk.path.appending("run"), options: options)
        for step in 0..<5000 { writer.scalar("x", step, step: step) }
        let error = #expect(throws: TensorBoardError.self) { try writer.flush() }
        #expect(error?.errno == .noSpace)
        #expect(error?.path == writer.eventFile)
        // Whole records only, as many as there was room for.
        let saved = try writer.eventFile.loggedEvents().map(\.step)
        #expect(!saved.isEmpty)
        #expect(saved == Array(0..<saved.count))

        for step in 5000..<6000 { writer.scalar("x", step, step: step) }
        #expect(writer.statistics.standingIssue == error)
        #expect(issues.all == [error])
        try FileManager.default.removeItem(atPath: ballast.string)
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<6000))
        #expect(writer.statistics.droppedEvents == 0)
    }

    /// In a process of its own, which the limit is for.
    @Test func aLimitOfTheProcessIsAFullDisk() async throws {
        let directory = try TemporaryDirectory()
        let run = directory.path.string
        await #expect(processExitsWith: .success) { [run = run as String] in
            signal(SIGXFSZ, SIG_IGN)
            try FileSizeLimit.set(10_000)
            let writer = try SummaryWriter(logDirectory: run, options: .init(onIssue: { _ in }))
            for step in 0..<1000 { writer.scalar("x", step, step: step) }
            let error = #expect(throws: TensorBoardError.self) { try writer.flush() }
            #expect(error?.errno == .fileTooLarge)
            let saved = try writer.eventFile.loggedEvents().count
            #expect(saved > 100)
            #expect(saved < 1000)
            try FileSizeLimit.set(nil)
            try writer.close()
        }
        let file = try #require(directory.path.entries.first)
        #expect(try directory.appending(file).loggedEvents().map(\.step) == Array(0..<1000))
    }
}

/// A file system in memory, of a given size, that disappears with the object.
private final class SmallDisk: Sendable {
    private let directory: TemporaryDirectory

    var path: FilePath { directory.path }

    static var isAvailable: Bool { (try? SmallDisk(byteCount: 1 << 20)) != nil }

    init(byteCount: Int) throws {
        directory = try TemporaryDirectory()
        try Self.run("mount", "-t", "tmpfs", "-o", "size=\(byteCount)", "none", directory.path.string)
    }

    deinit { try? Self.run("umount", directory.path.string) }

    private static func run(_ command: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Errno.notPermitted }
    }
}

/// The size that the files of this process may have.
private enum FileSizeLimit {
    /// Sets the limit; `nil` takes it away as far as the process may.
    static func set(_ byteCount: Int?) throws {
        #if canImport(Darwin)
        let resource = RLIMIT_FSIZE
        #else
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { throw Errno(rawValue: errno) }
        limit.rlim_cur = byteCount.map { rlim_t($0) } ?? limit.rlim_max
        guard setrlimit(resource, &limit) == 0 else { throw Errno(rawValue: errno) }
    }
}
