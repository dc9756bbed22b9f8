package import SystemPackage

/// Where bytes are read from: a file, or a script in a test.
package protocol ByteSource: ~Copyable {
    /// Reads bytes that follow those read before.
    ///
    /// - Parameter buffer: At least one byte to fill.
    /// - Returns: The number of bytes read, perhaps fewer than wanted; 0 when there are no more for now.
    /// - Throws: The error of the system call, `EINTR` included.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int
}
