#if ObjectStorage
import EventFiles
import Platform
import SystemPackage
import TFRecord

/// A directory of the spool: the files of one writer that are not in the store yet.
///
/// The process of the writer holds the directory's lock as long as it is at work there, and nobody takes that lock later.
/// What is left when the process has died is uploaded by another one, which holds a second lock meanwhile. So whoever
/// finds a session can tell whether its writer is alive, its files are being uploaded, or nobody cares for them.
struct SpoolSession: Sendable {
    /// Where the files go, as it is kept in the directory.
    struct Target: Sendable, Hashable {
        let location: ObjectLocation
        /// The address of the store; empty for the one of the region.
        let endpoint: String
    }

    /// The sessions of a spool are in the order of their numbers.
    let number: Int
    let directory: FilePath
    let target: Target

    private static let targetName = "target"
    private static let recoveryLockName = ".recovery.lock"

    /// Reads a directory of the spool.
    ///
    /// - Returns: `nil` if it is no session, or one that is only being made.
    init?(_ directory: FilePath) {
        guard let number = directory.lastComponent.flatMap({ Int($0.string) }),
            let text = try? File.contents(of: directory.appending(Self.targetName)),
            let lines = String(validating: text, as: UTF8.self)?.split(
                separator: "\n",
                omittingEmptySubsequences: false
            ),
            lines.count == 3,
            let location = try? ObjectLocation(String(lines[0]))
        else { return nil }
        self.init(number, directory, Target(location: location, endpoint: String(lines[1])))
    }

    private init(_ number: Int, _ directory: FilePath, _ target: Target) {
        self.number = number
        self.directory = directory
        self.target = target
    }

    /// Makes the session of a new writer.
    ///
    /// - Returns: The session and its lock; `nil` if another process was quicker.
    /// - Throws: ``TensorBoardError/Code/cannotCreate``.
    static func claim(
        _ number: Int,
        in spool: FilePath,
        for target: Target
    ) throws(TensorBoardError) -> (SpoolSession, RunLock)? {
        let name = String(number)
        let directory = spool.appending(String(repeating: "0", count: max(0, 6 - name.count)) + name)
        guard directory.withPlatformString({ mkdir($0, 0o777) }) == 0 else {
            if errno == EEXIST { return nil }
            throw .spoolUnusable(Errno(rawValue: errno), path: directory)
        }
        switch RunLock.take(directory) {
        case .heldByOther, .unavailable(.noSuchFileOrDirectory):
            // Somebody took the empty directory for what a crash had left.
            return nil
        case .unavailable(let problem):
            _ = directory.withPlatformString { rmdir($0) }
            throw .spoolUnusable(problem, path: directory)
        case .taken(let lock):
            let session = SpoolSession(number, directory, target)
            do throws(Errno) {
                // From here on others see the session, and that its writer is alive.
                let path = directory.appending(targetName)
                var file = try ReplacementFile(path, permissionsOf: path)
                try file.append(Array("\(target.location)\n\(target.endpoint)\n".utf8))
                try file.complete(synchronizes: true)
            } catch {
                session.remove()
                throw .spoolUnusable(error, path: directory)
            }
            return (session, lock)
        }
    }

    /// Whether the writer's process is at work.
    var isAlive: Bool { RunLock.isHeld(directory) }

    /// Asks to be the one who uploads what is left.
    ///
    /// - Returns: What marks that; `nil` if somebody else does.
    /// - Throws: ``TensorBoardError/Code/lockUnavailable``.
    func takeForRecovery() throws(TensorBoardError) -> RunLock? {
        switch RunLock.take(directory, name: Self.recoveryLockName) {
        case .taken(let lock): return lock
        case .heldByOther: return nil
        case .unavailable(let problem):
            throw TensorBoardError(
                .lockUnavailable,
                "what an earlier session has left in the spool could not be locked and is not uploaded; see to it that this "
                    + "user may write there",
                path: directory,
                errno: problem
            )
        }
    }

    /// The files that a session has left, in the order in which they go into the store.
    ///
    /// The torn end of a record that was being written is cut off, and a file without events is removed.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotRead``, ``TensorBoardError/Code/cannotWrite``.
    func leftFiles() throws(TensorBoardError) -> [SpooledFile] {
        var files: [SpooledFile] = []
        for name in try DirectoryEntries(directory).eventFiles {
            guard var file = SpooledFile(directory.appending(name)) else { continue }
            file.isLeftOver = true
            files.append(file)
        }
        // What has been sent, perhaps, is first.
        files.sort { ($0.isNamed ? 0 : 1, $0.name) < ($1.isNamed ? 0 : 1, $1.name) }
        // All but the last were complete before the next was begun.
        if let last = files.last, !last.isNamed, try !TornEventFile.cut(last.path) {
            _ = FileOperations.system.remove(files.removeLast().path)
        }
        return files
    }

    /// Removes the session, of which nothing is left; for who holds a lock of it.
    func remove() {
        // The target first: without it the directory is no session.
        for name in [Self.targetName, Self.recoveryLockName, RunLock.fileName] {
            _ = FileOperations.system.remove(directory.appending(name))
        }
        _ = directory.withPlatformString { rmdir($0) }
    }
}

extension TensorBoardError {
    static func spoolUnusable(_ problem: Errno, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotCreate,
            "the spool could not be made; choose a directory of a local disk that you may write to and that has locks",
            path: path,
            errno: problem
        )
    }
}
#endif
