import Platform
package import SystemPackage

/// A mark that says a writer is at work in a run directory; it goes with the writer, however that ends.
///
/// TensorBoard's fast loader keeps one value for a step and lets a lower step delete higher ones, so two writers that log
/// the same tags erase each other. The mark is an advisory lock on a file, which the system gives back when a process
/// dies. The file's name must not contain `tfevents`, or TensorBoard would take it for an event file.
package final class RunLock: Sendable {
    /// What came of asking for a lock.
    package enum Attempt {
        /// The directory is marked as taken.
        case taken(RunLock)
        /// Another writer is at work there.
        case heldByOther
        /// Unknown: the lock file cannot be opened, or the file system has no locks.
        case unavailable(Errno)
    }

    package static let fileName = ".summary-writer.lock"
    /// Another writer may delete the lock file each time between two calls; more often than this it is a fault.
    private static let attemptLimit = 100

    private let path: FilePath
    private let descriptor: FileDescriptor
    private let operations: FileOperations

    private init(path: FilePath, descriptor: FileDescriptor, operations: FileOperations) {
        self.path = path
        self.descriptor = descriptor
        self.operations = operations
    }

    deinit {
        // Deleted while it is locked, so that no other writer can have it. After the directory was removed, another writer's
        // lock may stand there.
        if operations.placement(descriptor, path, 0) == .inPlace { _ = operations.remove(path) }
        try? descriptor.close()
    }

    /// Whether others cannot see the mark any more.
    package var isDisplaced: Bool { operations.placement(descriptor, path, 0) == .displaced }

    /// Marks a directory as taken, if no other writer is at work there.
    ///
    /// - Parameters:
    ///   - directory: The run's directory.
    ///   - operations: The system.
    ///   - name: The name of the lock file, for a directory with more than one.
    /// - Returns: What came of it.
    package static func take(
        _ directory: FilePath,
        _ operations: FileOperations = .system,
        name: String = fileName
    ) -> Attempt {
        let path = directory.appending(name)
        for _ in 0..<attemptLimit {
            let descriptor: FileDescriptor
            do throws(Errno) {
                descriptor = try open(path)
            } catch {
                return .unavailable(error)
            }
            guard let problem = operations.lock(descriptor) else {
                // The writer before may have deleted the file between the two calls.
                if operations.placement(descriptor, path, 0) != .displaced {
                    return .taken(RunLock(path: path, descriptor: descriptor, operations: operations))
                }
                try? descriptor.close()
                continue
            }
            try? descriptor.close()
            switch problem {
            case .wouldBlock: return .heldByOther
            case .interrupted: continue
            default: return .unavailable(problem)
            }
        }
        return .unavailable(.resourceTemporarilyUnavailable)
    }

    /// Opens the lock file, making it where it is missing.
    ///
    /// For writing where that is allowed, as network file systems want it; the lock file of another user can be opened for
    /// reading only, which is enough elsewhere. A link is not followed: it may lead out of the log directory.
    private static func open(_ path: FilePath) throws(Errno) -> FileDescriptor {
        do {
            let descriptor: FileDescriptor
            do {
                descriptor = try FileDescriptor.open(
                    path,
                    .readWrite,
                    options: [.create, .closeOnExec, .noFollow],
                    permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
                )
            } catch Errno.permissionDenied {
                descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow])
            }
            return try descriptor.aboveStandardStreams()
        } catch {
            throw error as? Errno ?? .ioError
        }
    }
}
