import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import EventFiles

struct RunLockTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func isTaken(_ attempt: RunLock.Attempt) -> Bool {
        if case .taken = attempt { true } else { false }
    }

    private func isHeldByOther(_ attempt: RunLock.Attempt) -> Bool {
        if case .heldByOther = attempt { true } else { false }
    }

    @Test func aDirectoryIsTakenOnceUntilTheLockIsReleased() throws {
        do {
            let first = RunLock.take(directory.path)
            #expect(isTaken(first))
            #expect(isHeldByOther(RunLock.take(directory.path)))
            withExtendedLifetime(first) {}
        }
        #expect(isTaken(RunLock.take(directory.path)))
        #expect(directory.path.entries.isEmpty)
    }

    @Test func aDirectoryThatDoesNotExistCannotBeLocked() {
        guard case .unavailable(let problem) = RunLock.take(directory.appending("none")) else {
            Issue.record("the lock was \(RunLock.take(directory.appending("none")))")
            return
        }
        #expect(problem == .noSuchFileOrDirectory)
    }

    @Test(.timeLimit(.minutes(5))) func aLockFileThatIsAlwaysReplacedIsGivenUp() {
        var operations = FileOperations.system
        operations.placement = { _, _, _ in .displaced }
        guard case .unavailable = RunLock.take(directory.path, operations) else {
            Issue.record("a lock was taken that nobody can see")
            return
        }
    }

    /// Whoever has the lock, the look whether its file is still there fails at each attempt, or the attempt itself does.
    @Test(.timeLimit(.minutes(5))) func aLockThatIsInterruptedEachTimeIsGivenUp() {
        var operations = FileOperations.system
        operations.lock = { _ in .interrupted }
        guard case .unavailable(let problem) = RunLock.take(directory.path, operations) else {
            Issue.record("a lock was taken that the system did not give")
            return
        }
        #expect(problem == .resourceTemporarilyUnavailable)
    }

    /// It may lead out of the log directory, to a file that is none of ours.
    @Test(arguments: [true, false]) func aLockFileThatIsALinkIsNotFollowed(targetExists: Bool) throws {
        let elsewhere = try TemporaryDirectory()
        let target = elsewhere.appending("file")
        if targetExists { try target.write([7]) }
        try FileManager.default.createSymbolicLink(atPath: lockFile.string, withDestinationPath: target.string)
        guard case .unavailable = RunLock.take(directory.path) else {
            Issue.record("a lock was taken through a link")
            return
        }
        #expect(target.exists == targetExists)
        #expect(directory.path.entries == [".summary-writer.lock"])
        if targetExists { #expect(try target.contents() == [7]) }
    }

    private static var canBeAnotherUser: Bool {
        geteuid() == 0 && ProcessInfo.processInfo.environment["SANITIZER"] != "address"
    }

    /// Such a file can be opened for reading only.
    @Test(
        .enabled(
            if: Self.canBeAnotherUser,
            "only root can be another user, and the check for leaks needs to stay root"
        ),
        arguments: [0o444, 0o644]
    )
    func theLockOfAnotherUserIsRespected(permissions: Int) async throws {
        let path = directory.path.string
        let first = RunLock.take(directory.path)
        #expect(isTaken(first))
        #expect(chmod(lockFile.string, mode_t(permissions)) == 0)
        await #expect(processExitsWith: .success) { [path = path as String] in
            try #require(seteuid(65_534) == 0)
            guard case .heldByOther = RunLock.take(FilePath(path)) else {
                Issue.record("the lock of another user was not seen")
                return
            }
        }
        withExtendedLifetime(first) {}
    }

    /// After a crash the file of another user may lie there, which nobody has locked.
    @Test(
        .enabled(if: Self.canBeAnotherUser, "only root can be another user, and the check for leaks needs to stay root")
    )
    func whatTheCrashOfAnotherUserLeftBehindDoesNotBlock() async throws {
        try lockFile.write([])
        #expect(chmod(lockFile.string, 0o444) == 0)
        let path = directory.path.string
        await #expect(processExitsWith: .success) { [path = path as String] in
            try #require(seteuid(65_534) == 0)
            guard case .taken = RunLock.take(FilePath(path)) else {
                Issue.record("a lock that nobody has could not be taken")
                return
            }
        }
        #expect(lockFile.exists)
    }

    private var lockFile: FilePath { directory.appending(".summary-writer.lock") }
}
