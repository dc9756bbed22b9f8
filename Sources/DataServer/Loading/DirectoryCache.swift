import EventFiles
import Platform
import SystemPackage

/// What directories held when they were last read: one that has not changed since is not read again.
struct DirectoryCache {
    private struct Read {
        let entries: DirectoryEntries
        let modificationTime: Int
        /// Whether a later change would show in the time stamp, which may be as coarse as two seconds.
        let isSettled: Bool
        var isInUse = true
    }

    private static let coarsestTimeStamp = 2_000_000_000

    private var directories: [FilePath: Read] = [:]

    /// Begins a look at the log directory.
    ///
    /// - Parameter readsAll: Whether directories are read that seem unchanged: a link in them may lead elsewhere now.
    mutating func begin(readsAll: Bool) {
        directories = readsAll ? [:] : directories.filter(\.value.isInUse)
        for path in directories.keys { directories[path]?.isInUse = false }
    }

    /// What a directory holds.
    ///
    /// - Throws: `TensorBoardError` if it cannot be read.
    mutating func entries(_ path: FilePath) throws(TensorBoardError) -> DirectoryEntries {
        // Asked before reading, so that a change in between is seen the next time.
        let time = FileStatus(path)?.modificationTime
        if let known = directories[path], known.isSettled, known.modificationTime == time {
            directories[path]?.isInUse = true
            return known.entries
        }
        let entries = try DirectoryEntries(path)
        if let time {
            let age = Int(WallClock.now() * 1e9) - time
            let isSettled = age > Self.coarsestTimeStamp
            directories[path] = Read(entries: entries, modificationTime: time, isSettled: isSettled)
        }
        return entries
    }
}
