import SystemPackage

/// A mark that says a writer is at work in a run directory; it goes with the writer, however that ends.
///
/// TensorBoard's fast loader keeps one value for a step and lets a lower step delete higher ones, so two writers that log
/// the same tags erase each other. The mark is an advisory lock on a file, which the system gives back when a process
/// dies. The file's name must not contain `tfevents`, or TensorBoard would take it for an event file.
final class RunLock: Sendable {
    private static let fileName = ".summary-writer.lock"

    private let path: FilePath
    private let descriptor: FileDescriptor

    private init(path: FilePath, descriptor: FileDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        // Deleted while it is locked, so that nobody else can have it. After the directory was removed, another writer's
        // lock may stand there.
        if isInPlace { _ = FileOperations.system.remove(path) }
        try? descriptor.close()
    }

    /// Whether others can still see the mark.
    var isInPlace: Bool { FileOperations.system.isInPlace(descriptor, path, 0) }

    /// Marks a directory as taken.
    ///
    /// - Parameters:
    ///   - directory: The run's directory.
    ///   - policy: What to do when another writer is at work there.
    ///   - operations: The system.
    /// - Returns: The lock, if it could be had, and the problem to report, if there is one. A file system without locks
    ///   is no problem: they are only a help.
    /// - Throws: ``TensorBoardError/Code/concurrentWriters`` if the policy is to refuse.
    static func take(
        _ directory: FilePath,
        _ policy: SummaryWriter.Options.ConcurrentWriters,
        _ operations: FileOperations
    ) throws(TensorBoardError) -> (lock: RunLock?, issue: TensorBoardError?) {
        guard policy != .allow else { return (nil, nil) }
        let (lock, issue) = take(directory, operations)
        if let issue, policy == .refuse { throw issue }
        return (lock, issue)
    }

    /// Marks a directory as taken, if no other writer is at work there.
    ///
    /// - Parameters:
    ///   - directory: The run's directory.
    ///   - operations: The system.
    /// - Returns: As above.
    static func take(
        _ directory: FilePath,
        _ operations: FileOperations
    ) -> (lock: RunLock?, issue: TensorBoardError?) {
        let path = directory.appending(fileName)
        while true {
            guard
                let descriptor = try? FileDescriptor.open(
                    path,
                    .readWrite,
                    options: [.create, .closeOnExec],
                    permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
                )
            else { return (nil, nil) }
            let problem = operations.lock(descriptor)
            // The writer before may have deleted the file between the two calls.
            if problem == nil, FileOperations.system.isInPlace(descriptor, path, 0) {
                return (RunLock(path: path, descriptor: descriptor), nil)
            }
            try? descriptor.close()
            guard let problem else { continue }
            guard problem == .wouldBlock else { return (nil, nil) }
            let issue = TensorBoardError(
                .concurrentWriters,
                "another writer is at work in this run directory; TensorBoard lets their values erase each other, so give "
                    + "each writer a directory of its own",
                path: directory
            )
            return (nil, issue)
        }
    }
}
