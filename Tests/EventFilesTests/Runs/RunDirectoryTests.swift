import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import EventFiles

struct RunDirectoryTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var run: FilePath { directory.appending("run1") }

    private func claim(_ operations: FileOperations = .system) throws -> (RunDirectory, RunLock.Attempt?) {
        try RunDirectory.claimUnused(run, locks: true, operations)
    }

    @Test func aDirectoryThatIsClaimedIsNotGivenTwice() throws {
        let claims = try (0..<3).map { _ in try claim() }
        #expect(claims.map { $0.0.location } == ["run1", "run1_1", "run1_2"].map { directory.appending($0) })
        withExtendedLifetime(claims) {}
    }

    @Test func anEmptyDirectoryIsTakenAsItIs() throws {
        try FileManager.default.createDirectory(atPath: run.string, withIntermediateDirectories: false)
        let claimed = try claim().0
        #expect(claimed.location == run)
        #expect(claimed.created.isEmpty)
    }

    /// The writer that had the lock began and ended after the look at the directory.
    @Test func aDirectoryThatGotAFileBeforeTheLockWasFreeIsNotTaken() throws {
        let run = run
        var operations = FileOperations.system
        operations.lock = { descriptor in
            if run.entries == [".summary-writer.lock"] { try? run.appending("events.out.tfevents.1").write([]) }
            return FileOperations.system.lock(descriptor)
        }
        #expect(try claim(operations).0.location == directory.appending("run1_1"))
    }

    @Test func onlyFilesAreEventFiles() throws {
        let path = run
        try FileManager.default.createDirectory(
            atPath: path.appending("tfevents_backup").string,
            withIntermediateDirectories: true
        )
        try path.appending("b.tfevents").write([1])
        try path.appending("a.tfevents").write([1])
        try path.appending("notes.txt").write([1])
        try #require(path.appending("pipe.tfevents").withPlatformString { mkfifo($0, 0o600) } == 0)
        let links = ["c.tfevents": "a.tfevents", "d.tfevents": "tfevents_backup", "e.tfevents": "nowhere"]
        for (link, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: path.appending(link).string,
                withDestinationPath: target
            )
        }
        let entries = try DirectoryEntries(path)
        #expect(entries.eventFiles.map(\.string) == ["a.tfevents", "b.tfevents", "c.tfevents"])
        #expect(entries.directories.map(\.name.string) == ["d.tfevents", "tfevents_backup"])
        #expect(entries.directories.map(\.isLink) == [true, false])
    }

    @Test func onlyWhatIsAnEventFileIsDeleted() throws {
        let run = try RunDirectory(run)
        try run.location.writeRecords("good.tfevents", [[1, 2, 3]])
        try run.location.appending("empty.tfevents").write([])
        try run.location.appending("short.tfevents").write([1, 2, 3])
        try run.location.appending("my-notes-about-tfevents.txt").write(Array("remember the milk".utf8))
        let names = try run.eventFiles()
        let left = try run.removeEventFiles(names + ["gone.tfevents"], .system)
        let others = ["my-notes-about-tfevents.txt", "short.tfevents"]
        #expect(left == others.map { run.location.appending($0) })
        #expect(run.location.entries == others)
    }
}
