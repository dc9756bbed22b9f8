import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that takes its name, and the place of a file that has it, when it is complete.
///
/// Nobody sees half of it. It is removed if it does not come to that.
struct ReplacementFile: ~Copyable {
    private static let chunkByteCount = 1 << 20

    private let path: FilePath
    private let temporary: FilePath
    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []
    private var isComplete = false

    /// Begins the file, under a name of its own beside the other.
    ///
    /// - Parameters:
    ///   - path: The name that it is to have.
    ///   - model: The file whose permissions it gets, and whose owner where that is allowed.
    /// - Throws: What the system said.
    init(_ path: FilePath, permissionsOf model: FilePath) throws(Errno) {
        self.path = path
        let base = path.replacingMark(by: "new").lastComponent?.string ?? ""
        let name = ".\(base).\(getpid()).\(UInt64.random(in: .min ... .max)).partial"
        temporary = path.removingLastComponent().appending(name)
        do {
            descriptor = try FileDescriptor.open(
                temporary,
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            // Not with the umask of whoever edits: the same people are to read it.
            FileStatus(model)?.give(descriptor)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    deinit {
        try? descriptor.close()
        if !isComplete { unlink(temporary.string) }
    }

    /// Adds bytes.
    ///
    /// - Parameter bytes: What comes next in the file.
    /// - Throws: What the system said.
    mutating func append(_ bytes: [UInt8]) throws(Errno) {
        buffer += bytes
        if buffer.count >= Self.chunkByteCount { try writeBuffer() }
    }

    /// Writes what is left and gives the file its name.
    ///
    /// - Parameter synchronizes: Whether content and name must be on the storage device afterwards.
    /// - Throws: What the system said.
    mutating func complete(synchronizes: Bool) throws(Errno) {
        try writeBuffer()
        if synchronizes, let problem = FileOperations.system.synchronize(descriptor) { throw problem }
        if let problem = FileOperations.system.move(temporary, path) { throw problem }
        isComplete = true
        guard synchronizes else { return }
        if let problem = FileOperations.system.synchronizeDirectory(path.removingLastComponent()) { throw problem }
    }

    private mutating func writeBuffer() throws(Errno) {
        do {
            try descriptor.writeAll(buffer)
        } catch {
            throw error as? Errno ?? .ioError
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
