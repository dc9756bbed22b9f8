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

    @Test(.timeLimit(.minutes(1))) func aLockFileThatIsAlwaysReplacedIsGivenUp() {
        var operations = FileOperations.system
        operations.placement = { _, _, _ in .displaced }
        guard case .unavailable = RunLock.take(directory.path, operations) else {
            Issue.record("a lock was taken that nobody can see")
            return
        }
    }
}
