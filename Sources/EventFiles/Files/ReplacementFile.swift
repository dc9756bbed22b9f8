import Platform
package import SystemPackage

/// A file that takes its name, and the place of a file that has it, when it is complete.
///
/// No reader sees half of the file. It is removed if it is not completed.
package struct ReplacementFile: ~Copyable {
    /// What the file is called until it is complete.
    package enum TemporaryName {
        /// A name that no other writer uses.
        case unique
        /// A fixed name, under which a crash may have left a file that is deleted: for a caller that holds the run's lock.
        case fixed
    }

    private static let chunkByteCount = 1 << 20

    private let path: FilePath
    private let temporary: FilePath
    private let operations: FileOperations
    private let descriptor: FileDescriptor
    private var length: Int64 = 0
    private var buffer: [UInt8] = []
    private var isComplete = false

    /// Begins the file, under a name of its own beside the other.
    ///
    /// - Parameters:
    ///   - path: The name that it is to have.
    ///   - model: The file whose permissions it gets, and whose owner where that is allowed.
    ///   - temporaryName: What it is called until it is complete.
    ///   - operations: The system.
    /// - Throws: What the system said.
    package init(
        _ path: FilePath,
        permissionsOf model: FilePath,
        temporaryName: TemporaryName = .unique,
        operations: FileOperations = .system
    ) throws(Errno) {
        self.path = path
        self.operations = operations
        let base = EventFileName.unmarked(path, "new").lastComponent?.string ?? ""
        switch temporaryName {
        case .unique:
            let name = ".\(base).\(getpid()).\(UInt64.random(in: .min ... .max)).partial"
            temporary = path.removingLastComponent().appending(name)
        case .fixed:
            temporary = path.removingLastComponent().appending(".\(base).partial")
            _ = operations.remove(temporary)
        }
        descriptor = try operations.create(temporary).get()
        // Not with the umask of the caller: the same people are to read the file.
        FileStatus(model)?.give(descriptor)
    }

    deinit {
        _ = operations.close(descriptor)
        if !isComplete { _ = operations.remove(temporary) }
    }

    /// Adds bytes.
    ///
    /// - Parameter bytes: What comes next in the file.
    /// - Throws: What the system said.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(Errno) {
        buffer += bytes
        if buffer.count >= Self.chunkByteCount { try writeBuffer() }
    }

    /// Adds bytes.
    ///
    /// - Parameter bytes: What comes next in the file.
    /// - Throws: What the system said.
    package mutating func append(_ bytes: [UInt8]) throws(Errno) {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(Errno) in try append(bytes) }
    }

    /// Writes what is left and gives the file its name.
    ///
    /// - Parameter synchronizes: Whether content and name must be on the storage device afterwards.
    /// - Throws: What the system said.
    package mutating func complete(synchronizes: Bool) throws(Errno) {
        try writeBuffer()
        if synchronizes, let problem = operations.synchronize(descriptor) { throw problem }
        if let problem = operations.move(temporary, path) { throw problem }
        isComplete = true
        guard synchronizes else { return }
        if let problem = operations.synchronizeDirectory(path.removingLastComponent()) { throw problem }
    }

    private mutating func writeBuffer() throws(Errno) {
        let (descriptor, length, operations) = (descriptor, length, operations)
        let (written, problem) = buffer.withUnsafeBytes { operations.writeAll($0, to: descriptor, at: length) }
        if let problem { throw problem }
        self.length += Int64(written)
        buffer.removeAll(keepingCapacity: true)
    }
}
