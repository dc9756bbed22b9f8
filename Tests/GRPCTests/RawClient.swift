import Platform

@testable import GRPC

/// A client that sends whatever a test wants, byte by byte.
final class RawClient {
    private let descriptor: CInt
    private var received: [UInt8] = []

    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    /// Connects to a server of this machine.
    init?(port: Int) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo("127.0.0.1", "\(port)", &hints, &found) == 0, let address = found?.pointee else { return nil }
        defer { freeaddrinfo(found) }
        #if canImport(Glibc)
        descriptor = socket(address.ai_family, CInt(SOCK_STREAM.rawValue), 0)
        #else
        descriptor = socket(address.ai_family, SOCK_STREAM, 0)
        #endif
        var limit = timeval()
        limit.tv_sec = 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) {
        #if canImport(Darwin)
        _ = Platform.send(descriptor, bytes, bytes.count, 0)
        #else
        _ = Platform.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL))
        #endif
    }

    static func frame(
        _ kind: FrameHeader.Kind,
        _ flags: FrameHeader.Flags = [],
        stream: UInt32 = 0,
        payload: [UInt8] = []
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        FrameHeader(kind, flags, stream: stream, payloadByteCount: payload.count).write(to: &bytes)
        return bytes + payload
    }

    /// The frames of a call.
    static func call(
        _ path: String,
        _ message: [UInt8] = [],
        stream: UInt32 = 1,
        type: String = "application/grpc"
    )
        -> [UInt8]
    {
        var block: [UInt8] = []
        for (name, value) in [(":path", path), ("content-type", type)] {
            block += [0, UInt8(name.utf8.count)] + name.utf8 + [UInt8(value.utf8.count)] + value.utf8
        }
        var body: [UInt8] = [0]
        body.append(UInt32(message.count), byteCount: 4)
        return frame(.headers, .endHeaders, stream: stream, payload: block)
            + frame(.data, .endStream, stream: stream, payload: body + message)
    }

    /// The next frame; `nil` at the end of the connection, or after 20 seconds without one.
    func nextFrame() -> (header: FrameHeader, payload: [UInt8])? {
        guard fill(FrameHeader.byteCount) else { return nil }
        let header = FrameHeader(received.prefix(FrameHeader.byteCount))
        guard fill(FrameHeader.byteCount + header.payloadByteCount) else { return nil }
        let payload = Array(received[FrameHeader.byteCount..<FrameHeader.byteCount + header.payloadByteCount])
        received.removeFirst(FrameHeader.byteCount + header.payloadByteCount)
        return (header, payload)
    }

    /// Whether the server ends the connection.
    func isEnded() -> Bool {
        while nextFrame() != nil {}
        return received.isEmpty
    }

    private func fill(_ count: Int) -> Bool {
        while received.count < count {
            var buffer = [UInt8](repeating: 0, count: 1 << 14)
            let read = recv(descriptor, &buffer, buffer.count, 0)
            guard read > 0 else { return false }
            received += buffer[..<read]
        }
        return true
    }
}
