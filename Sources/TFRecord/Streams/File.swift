package import SystemPackage

/// An open file, closed when it goes out of scope.
package struct File: ~Copyable, ByteSource, ByteSink {
    private var descriptor: FileDescriptor?

    /// A single call transfers no more: macOS refuses more than 2 GiB.
    private static let largestTransfer = 1 << 30

    /// Opens a file to read it.
    ///
    /// - Parameters:
    ///   - path: An existing file.
    ///   - offset: Where to begin, in bytes.
    /// - Throws: The error of the system call.
    package init(reading path: FilePath, from offset: Int = 0) throws(Errno) {
        try self.init {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            do {
                if offset > 0 { try descriptor.seek(offset: Int64(offset), from: .start) }
            } catch {
                try? descriptor.close()
                throw error
            }
            return descriptor
        }
    }

    /// Creates a file to write it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - replacing: Whether a file that is there already is emptied; else it is an error.
    /// - Throws: The error of the system call.
    package init(creating path: FilePath, replacing: Bool) throws(Errno) {
        let options: FileDescriptor.OpenOptions = [.create, .closeOnExec, replacing ? .truncate : .exclusiveCreate]
        let permissions: FilePermissions = [.ownerReadWrite, .groupReadWrite, .otherReadWrite]  // less the umask
        try self.init { try .open(path, .writeOnly, options: options, permissions: permissions) }
    }

    private init(open: () throws -> FileDescriptor) throws(Errno) {
        descriptor = try Self.systemCall(open)
    }

    deinit {
        try? descriptor?.close()
    }

    /// All bytes of a file.
    ///
    /// - Parameter path: An existing file.
    /// - Returns: What was in the file while it was read.
    /// - Throws: The error of the system call.
    package static func contents(of path: FilePath) throws(Errno) -> [UInt8] {
        var file = try File(reading: path)
        var contents: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count: Int
            do throws(Errno) {
                count = try file.read(into: chunk)
            } catch {
                if error == .interrupted { continue }
                throw error
            }
            if count == 0 { return contents }
            contents += chunk[..<count]
        }
    }

    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
        let descriptor = try openDescriptor()
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(Self.largestTransfer))
        return try Self.systemCall { try descriptor.read(into: part, retryOnInterrupt: false) }
    }

    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int {
        let descriptor = try openDescriptor()
        let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.largestTransfer))
        return try Self.systemCall { try descriptor.write(part, retryOnInterrupt: false) }
    }

    package mutating func close() throws(Errno) {
        let descriptor = try openDescriptor()
        self.descriptor = nil
        do {
            try Self.systemCall(descriptor.close)
        } catch .interrupted {
            // Linux and macOS have given the descriptor back by then; closing again might hit another file.
        }
    }

    private func openDescriptor() throws(Errno) -> FileDescriptor {
        guard let descriptor else { throw .badFileDescriptor }
        return descriptor
    }

    /// Gives the calls of SystemPackage, which throw nothing but `Errno`, the type that says so.
    private static func systemCall<Result>(_ body: () throws -> Result) throws(Errno) -> Result {
        do {
            return try body()
        } catch let error as Errno {
            throw error
        } catch {
            throw .ioError
        }
    }
}

/// Where bytes are read from: a file, or a script in a test.
package protocol ByteSource: ~Copyable {
    /// Reads bytes that follow those read before.
    ///
    /// - Parameter buffer: At least one byte to fill.
    /// - Returns: The number of bytes read, perhaps fewer than wanted; 0 when there are no more for now.
    /// - Throws: The error of the system call, `EINTR` included.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int
}

/// Where bytes are written to: a file, or a script in a test.
package protocol ByteSink: ~Copyable {
    /// Writes bytes behind those written before.
    ///
    /// - Parameter bytes: At least one byte.
    /// - Returns: The number of bytes written, perhaps fewer than given.
    /// - Throws: The error of the system call, `EINTR` included.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int

    /// Ends writing; nothing is written afterwards.
    ///
    /// - Throws: The error of the system call. The resources are given back all the same.
    mutating func close() throws(Errno)
}
