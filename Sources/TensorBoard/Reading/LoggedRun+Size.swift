import SystemPackage

extension LoggedRun {
    /// The size of the event files as they are now, in bytes; one that is gone has none.
    public var byteCount: Int { files.reduce(0) { $0 + Self.byteCount(of: $1) } }

    /// The size of a file as it is now, in bytes; 0 if there is none.
    static func byteCount(of file: FilePath) -> Int { FileStatus(file)?.byteCount ?? 0 }
}
