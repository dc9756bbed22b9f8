import Platform
package import SystemPackage

/// What event files ask of the system, so that tests can make it fail and benchmarks can make it stall.
package struct FileOperations: Sendable {
    /// Where an open file stands in relation to its path.
    package enum Placement: Sendable {
        /// The path leads to the file, and the file is as long as expected.
        case inPlace
        /// The file was deleted, moved, replaced or cut off.
        case displaced
        /// The system does not say, which is no statement about the file.
        case unknown
    }

    /// Creates a file that must not exist yet, to write and read, for everyone else to read.
    package var create: @Sendable (FilePath) -> Result<FileDescriptor, Errno>
    /// Writes at an offset; may write less than all.
    package var write: @Sendable (FileDescriptor, UnsafeRawBufferPointer, Int64) -> Result<Int, Errno>
    /// Reads at an offset; may read less than asked for.
    package var read: @Sendable (FileDescriptor, UnsafeMutableRawBufferPointer, Int64) -> Result<Int, Errno>
    /// Cuts the file to a length.
    package var truncate: @Sendable (FileDescriptor, Int64) -> Errno?
    /// Waits until the file's content is on the storage device.
    package var synchronize: @Sendable (FileDescriptor) -> Errno?
    /// Waits until the names in a directory are on the storage device.
    package var synchronizeDirectory: @Sendable (FilePath) -> Errno?
    /// Takes the advisory lock of the file, unless another holder has it.
    package var lock: @Sendable (FileDescriptor) -> Errno?
    /// Looks whether a path still leads to the open file, and whether the file has at least so many bytes.
    package var placement: @Sendable (FileDescriptor, FilePath, Int64) -> Placement
    /// Gives the file another name, in place of a file that has it.
    package var move: @Sendable (FilePath, FilePath) -> Errno?
    /// Gives the file a second name that nothing has yet.
    package var link: @Sendable (FilePath, FilePath) -> Errno?
    /// Deletes a file.
    package var remove: @Sendable (FilePath) -> Errno?
    /// Closes the file.
    package var close: @Sendable (FileDescriptor) -> Errno?

    /// The system itself.
    package static let system = FileOperations(
        create: { path in
            result {
                try FileDescriptor.open(
                    path,
                    .readWrite,
                    options: [.create, .exclusiveCreate, .closeOnExec],
                    permissions: [.ownerReadWrite, .groupRead, .otherRead]
                ).aboveStandardStreams()
            }
        },
        write: { descriptor, bytes, offset in
            result { try descriptor.write(toAbsoluteOffset: offset, bytes, retryOnInterrupt: false) }
        },
        read: { descriptor, bytes, offset in
            result { try descriptor.read(fromAbsoluteOffset: offset, into: bytes) }
        },
        truncate: { descriptor, length in problem { try descriptor.resize(to: length) } },
        synchronize: { descriptor in
            #if canImport(Darwin)
            // fsync leaves the data in the drive's cache there.
            fcntl(descriptor.rawValue, F_FULLFSYNC) == 0 || fsync(descriptor.rawValue) == 0 ? nil : lastProblem
            #else
            fdatasync(descriptor.rawValue) == 0 ? nil : lastProblem
            #endif
        },
        synchronizeDirectory: { path in
            problem {
                let descriptor = try FileDescriptor.open(path, .readOnly)
                defer { try? descriptor.close() }
                // Not every file system can; where it cannot, there is nothing to wait for.
                if fsync(descriptor.rawValue) != 0, lastProblem != .invalidArgument { throw lastProblem }
            }
        },
        lock: { descriptor in flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 ? nil : lastProblem },
        placement: { descriptor, path, length in
            var (open, named) = (stat(), stat())
            guard fstat(descriptor.rawValue, &open) == 0 else { return .unknown }
            guard open.st_size >= length else { return .displaced }
            guard path.withPlatformString({ stat($0, &named) }) == 0 else {
                return errno == ENOENT || errno == ENOTDIR ? .displaced : .unknown
            }
            return open.st_ino == named.st_ino && open.st_dev == named.st_dev ? .inPlace : .displaced
        },
        move: { old, new in
            old.withPlatformString { old in new.withPlatformString { rename(old, $0) } } == 0 ? nil : lastProblem
        },
        link: { old, new in
            old.withPlatformString { old in new.withPlatformString { Platform.link(old, $0) } } == 0 ? nil : lastProblem
        },
        remove: { path in path.withPlatformString { unlink($0) } == 0 ? nil : lastProblem },
        close: { descriptor in problem { try descriptor.close() } }
    )

    private static var lastProblem: Errno { Errno(rawValue: errno) }

    private static func result<Value>(_ body: () throws -> Value) -> Result<Value, Errno> {
        do {
            return .success(try body())
        } catch {
            // swift-system throws nothing else.
            return .failure(error as? Errno ?? .ioError)
        }
    }

    private static func problem(_ body: () throws -> Void) -> Errno? {
        if case .failure(let problem) = result(body) { problem } else { nil }
    }
}

extension FileOperations {
    /// Whether nothing has this name yet, not even a link that leads nowhere.
    package func isFree(_ path: FilePath) -> Bool {
        var status = stat()
        return path.withPlatformString { lstat($0, &status) } != 0 && errno == ENOENT
    }

    /// Gives a file another name and puts a new one in its place, without a moment at which its name leads nowhere.
    ///
    /// - Parameters:
    ///   - file: The name of both.
    ///   - aside: The name that the old file gets.
    ///   - new: The name that the new file has.
    /// - Returns: What the system said; the old file has at least one of its names then.
    package func exchange(_ file: FilePath, aside: FilePath, _ new: FilePath) -> Errno? {
        // Some file systems have no links; there the name is missing for a moment.
        if let problem = link(file, aside) {
            guard problem != .fileExists else { return problem }
            if let problem = move(file, aside) { return problem }
        }
        return move(new, file)
    }
}

extension FileOperations {
    /// A single call transfers no more: macOS refuses more than 2 GiB.
    private static let largestTransfer = 1 << 30

    /// Hands bytes to the system until it has taken all or fails.
    ///
    /// - Parameters:
    ///   - bytes: What to write.
    ///   - descriptor: The open file.
    ///   - offset: Where in the file to begin.
    /// - Returns: The number of bytes written, and what kept the rest out.
    package func writeAll(
        _ bytes: UnsafeRawBufferPointer,
        to descriptor: FileDescriptor,
        at offset: Int64
    ) -> (written: Int, problem: Errno?) {
        var written = 0
        while written < bytes.count {
            let part = UnsafeRawBufferPointer(rebasing: bytes[written...].prefix(Self.largestTransfer))
            switch write(descriptor, part, offset + Int64(written)) {
            case .success(let count) where count > 0: written += count
            case .success: return (written, .noSpace)
            case .failure(.interrupted): continue
            case .failure(let problem): return (written, problem)
            }
        }
        return (written, nil)
    }
}

extension FileDescriptor {
    /// The same open file under a number above those of the standard streams.
    ///
    /// A program that was started with its output closed gets 0, 1 or 2 for the next file that is opened; what anyone
    /// prints would land in that file.
    func aboveStandardStreams() throws(Errno) -> FileDescriptor {
        guard rawValue <= STDERR_FILENO else { return self }
        let duplicate = fcntl(rawValue, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        let problem = Errno(rawValue: errno)
        try? close()
        guard duplicate >= 0 else { throw problem }
        return FileDescriptor(rawValue: duplicate)
    }
}
