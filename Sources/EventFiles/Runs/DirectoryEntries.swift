import Platform
package import SystemPackage

/// What a directory holds, as far as it matters to TensorBoard: the one scanner of run directories.
package struct DirectoryEntries {
    package let identity: FileStatus.Identity?
    /// The names of the event files, in the order in which TensorBoard reads them.
    package private(set) var eventFiles: [FilePath.Component] = []
    /// The names of the directories, and whether each is a link to one.
    package private(set) var directories: [(name: FilePath.Component, isLink: Bool)] = []

    /// Reads a directory.
    ///
    /// - Parameter path: The directory.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    package init(_ path: FilePath) throws(TensorBoardError) {
        identity = FileStatus(path)?.identity
        let (opened, problem) = path.withPlatformString { (opendir($0), errno) }
        guard let stream = opened else { throw .opening(path, Errno(rawValue: problem)) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                // Not as text, which a name need not be.
                bytes.assumingMemoryBound(to: CInterop.PlatformChar.self).baseAddress
                    .flatMap(FilePath.Component.init(platformString:))
            }
            guard let name, name.kind == .regular else { continue }
            let isEventFile = name.string.contains(EventFileName.mark)
            switch Self.kind(path.appending(name), entry.pointee.d_type) {
            case .directory: directories.append((name, Int(entry.pointee.d_type) == Int(DT_LNK)))
            case .file where isEventFile: eventFiles.append(name)
            case .file, .other: break
            }
        }
        eventFiles.sort { $0.precedes($1) }
        directories.sort { $0.name.precedes($1.name) }
    }

    private enum Kind {
        case directory
        case file
        /// A pipe or a device, in which a reader would hang, or a link that leads nowhere.
        case other
    }

    /// Asks the system only where the entry does not say it: a run may have very many files.
    private static func kind(_ path: FilePath, _ type: UInt8) -> Kind {
        switch Int(type) {
        case Int(DT_DIR): return .directory
        case Int(DT_REG): return .file
        default:
            guard let status = FileStatus(path) else { return .other }
            return status.isDirectory ? .directory : status.isRegular ? .file : .other
        }
    }
}

extension FilePath.Component {
    /// The name as the file system keeps it, which need not be UTF-8.
    package var bytes: [UInt8] {
        withPlatformString { text in
            UnsafeRawBufferPointer(start: text, count: strlen(text)).map(\.self)
        }
    }

    /// Whether the name comes before another in the order of the bytes, in which TensorBoard reads files.
    package func precedes(_ other: FilePath.Component) -> Bool { bytes.lexicographicallyPrecedes(other.bytes) }
}

extension FilePath {
    /// Whether the last part of the path comes before that of another in the order of the bytes.
    package func precedes(_ other: FilePath) -> Bool {
        guard let name = lastComponent, let otherName = other.lastComponent else { return false }
        return name.precedes(otherName)
    }
}
