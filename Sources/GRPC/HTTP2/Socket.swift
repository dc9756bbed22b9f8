import Platform

/// A connected socket, closed when nobody uses it any more.
final class Socket: Sendable {
    private let descriptor: CInt

    init(_ descriptor: CInt) {
        self.descriptor = descriptor
        var yes: CInt = 1
        // Answers are whole when they are sent: nothing is gained by waiting for more.
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<CInt>.size))
        #if canImport(Darwin)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<CInt>.size))
        #endif
    }

    deinit { close(descriptor) }

    /// Reads what has come, waiting for at least one byte.
    ///
    /// - Returns: Whether there was any; `false` at the end of the connection.
    func read(into buffer: inout [UInt8]) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { bytes in
            var count: Int
            repeat { count = recv(descriptor, bytes.baseAddress, bytes.count, 0) } while count < 0 && errno == EINTR
            guard count > 0 else { return false }
            buffer += bytes[..<count]
            return true
        }
    }

    /// Sends bytes.
    ///
    /// - Returns: Whether the connection took them all.
    func write(_ bytes: [UInt8]) -> Bool {
        #if canImport(Darwin)
        let flags: CInt = 0
        #else
        let flags = CInt(MSG_NOSIGNAL)
        #endif
        return bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = send(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, flags)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Ends the connection in both directions, which also ends a thread's wait in `read` or `write`.
    func shutDown() { _ = shutdown(descriptor, CInt(SHUT_RDWR)) }
}
