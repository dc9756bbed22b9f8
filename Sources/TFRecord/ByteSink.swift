package import SystemPackage

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
