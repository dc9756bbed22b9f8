package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What an event file asks of the system, so that tests can let it fail and benchmarks let it stall.
package struct FileOperations: Sendable {
    /// Makes a file that must not exist yet.
    var create: @Sendable (FilePath) -> Result<FileDescriptor, Errno>
    /// Writes at an offset; may write less than all.
    package var write: @Sendable (FileDescriptor, UnsafeRawBufferPointer, Int64) -> Result<Int, Errno>
    /// Cuts the file to a length.
    var truncate: @Sendable (FileDescriptor, Int64) -> Errno?
    /// Waits until the file's content is on the storage device.
    var synchronize: @Sendable (FileDescriptor) -> Errno?
    /// Waits until the names in a directory are on the storage device.
    var synchronizeDirectory: @Sendable (FilePath) -> Errno?
    /// Takes the advisory lock of the file, unless somebody else has it.
    var lock: @Sendable (FileDescriptor) -> Errno?
    /// Whether a path still leads to the open file, and it has at least so many bytes.
    var isInPlace: @Sendable (FileDescriptor, FilePath, Int64) -> Bool
    /// Gives the file another name, in place of a file that has it.
    var move: @Sendable (FilePath, FilePath) -> Errno?
    /// Deletes a file.
    var remove: @Sendable (FilePath) -> Errno?
    /// Closes the file.
    var close: @Sendable (FileDescriptor) -> Errno?

    /// The system itself.
    package static let system = FileOperations(
        create: { path in
            result {
                try FileDescriptor.open(
                    path,
                    .writeOnly,
                    options: [.create, .exclusiveCreate, .closeOnExec],
                    permissions: [.ownerReadWrite, .groupRead, .otherRead]
                )
            }
        },
        write: { descriptor, bytes, offset in
            result { try descriptor.write(toAbsoluteOffset: offset, bytes, retryOnInterrupt: false) }
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
        isInPlace: { descriptor, path, length in
            var (open, named) = (stat(), stat())
            guard fstat(descriptor.rawValue, &open) == 0, open.st_size >= length else { return false }
            // Anything else that goes wrong here says nothing about the file.
            guard stat(path.string, &named) == 0 else { return errno != ENOENT && errno != ENOTDIR }
            return open.st_ino == named.st_ino && open.st_dev == named.st_dev
        },
        move: { old, new in rename(old.string, new.string) == 0 ? nil : lastProblem },
        remove: { path in unlink(path.string) == 0 ? nil : lastProblem },
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
