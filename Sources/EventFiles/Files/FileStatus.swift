import Platform
package import SystemPackage

/// What the system says about a file, links followed.
package struct FileStatus {
    /// Tells whether two paths lead to one file.
    package struct Identity: Hashable {
        fileprivate var device: dev_t
        fileprivate var inode: ino_t
    }

    package let identity: Identity
    package let byteCount: Int
    /// When the content last changed, in nanoseconds since 1970-01-01 UTC; file systems may count in whole seconds.
    package let modificationTime: Int
    private let permissions: mode_t
    private let owner: (user: uid_t, group: gid_t)
    /// Whether it is a file with content of its own: no directory, no pipe, no device.
    package let isRegular: Bool
    package let isDirectory: Bool

    /// Asks the system; `nil` if it has nothing to say.
    package init?(_ path: FilePath) {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
        identity = Identity(device: status.st_dev, inode: status.st_ino)
        byteCount = Int(status.st_size)
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        modificationTime = Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
        permissions = status.st_mode & 0o777
        owner = (status.st_uid, status.st_gid)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a path is a symbolic link itself.
    package static func isLink(_ path: FilePath) -> Bool {
        var status = stat()
        return path.withPlatformString { lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Gives another file the same permissions and, where the system allows it, the same owner.
    func give(_ descriptor: FileDescriptor) {
        _ = fchown(descriptor.rawValue, owner.user, owner.group)
        _ = fchmod(descriptor.rawValue, permissions)
    }
}
