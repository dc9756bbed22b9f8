import Platform
package import SystemPackage

extension RunLock {
    /// Whether a writer of this library is at work in a directory.
    ///
    /// A writer deletes its lock file at the end. One that was killed leaves the file but not the lock, so the lock is asked
    /// for; a writer that begins in the same microseconds may take that for another writer.
    ///
    /// - Parameter directory: The run's directory.
    /// - Returns: Whether one is.
    package static func isHeld(_ directory: FilePath) -> Bool {
        let path = directory.appending(fileName)
        guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow]) else {
            return false
        }
        defer { try? descriptor.close() }
        return flock(descriptor.rawValue, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
