#if ObjectStorage
import EventFiles
import SystemPackage

/// A complete event file in the spool, on its way into the store.
///
/// Its name in the store is decided shortly before it is sent, and written down by renaming the file to that name with a
/// mark in front. So a process that finds the file after a crash knows which object to ask for.
struct SpooledFile: Sendable, Hashable {
    let directory: FilePath
    /// The name in the store if it is decided, else the one under which the file was written.
    private(set) var name: String
    /// Whether the name in the store is decided, and the file may have been sent.
    private(set) var isNamed: Bool
    /// Whether the file may be in the store though this process has not sent it.
    var isLeftOver = false

    private static let mark = "sent-as."

    /// - Parameter path: A file of a session's directory, named or not.
    init?(_ path: FilePath) {
        guard let name = path.lastComponent?.string else { return nil }
        directory = path.removingLastComponent()
        isNamed = name.hasPrefix(Self.mark)
        self.name = isNamed ? String(name.dropFirst(Self.mark.count)) : name
    }

    var path: FilePath { directory.appending(isNamed ? Self.mark + name : name) }

    /// Decides the name in the store.
    ///
    /// - Throws: What the system says; the file keeps its name then.
    mutating func take(_ name: String, _ operations: FileOperations) throws(Errno) {
        var named = self
        (named.name, named.isNamed) = (name, true)
        guard named != self else { return }
        if let problem = operations.move(path, named.path) { throw problem }
        // After a loss of power the file would be sent again, under another name.
        if let problem = operations.synchronizeDirectory(directory) { throw problem }
        self = named
    }
}
#endif
