import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a directory holds, as far as it matters to TensorBoard.
struct DirectoryEntries {
    /// Tells whether two paths lead to one directory.
    struct Identity: Hashable {
        var device: dev_t
        var inode: ino_t
    }

    private(set) var identity = Identity(device: 0, inode: 0)
    /// The names of the event files, in the order in which TensorBoard reads them.
    private(set) var eventFiles: [FilePath.Component] = []
    /// The names of the directories, links to such included.
    private(set) var directories: [FilePath.Component] = []

    init(_ path: FilePath) throws(TensorBoardError) {
        var status = stat()
        let (opened, problem) = path.withPlatformString { (opendir($0), errno) }
        guard let stream = opened else { throw .opening(path, Errno(rawValue: problem)) }
        defer { closedir(stream) }
        if fstat(dirfd(stream), &status) == 0 {
            identity = Identity(device: status.st_dev, inode: status.st_ino)
        }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                // Not as text, which a name need not be.
                bytes.assumingMemoryBound(to: CInterop.PlatformChar.self).baseAddress
                    .flatMap(FilePath.Component.init(platformString:))
            }
            guard let name, name.kind == .regular else { continue }
            if Self.isDirectory(path.appending(name), entry.pointee.d_type) {
                directories.append(name)
            } else if name.string.contains(EventFileName.mark) {
                eventFiles.append(name)
            }
        }
        eventFiles.sort { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
        directories.sort { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }

    /// Asks the system only where the entry does not say it: a run may have very many files.
    private static func isDirectory(_ path: FilePath, _ type: UInt8) -> Bool {
        switch Int(type) {
        case Int(DT_DIR): return true
        case Int(DT_REG): return false
        default:
            var status = stat()
            return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
        }
    }
}
