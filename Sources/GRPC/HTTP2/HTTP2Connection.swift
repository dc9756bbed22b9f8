import Platform

/// A request that has come to its end.
struct HTTP2Request: Sendable {
    let stream: UInt32
    let path: String
    let contentType: String
    let body: [UInt8]
}

/// The receiving side of a connection (RFC 9113): what a server of gRPC needs of HTTP/2, spoken from the first byte.
///
/// One thread reads frames and keeps the state; each request that is complete is given away.
struct HTTP2Connection {
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// The streams that may be open at a time; each may have a thread.
    static let streamLimit = 128
    /// The largest request, and what all that are not complete may take together.
    static let largestRequestByteCount = 16 << 20
    private static let largestBacklogByteCount = 64 << 20
    /// A header block that is longer is refused before it is complete.
    private static let largestHeaderByteCount = 1 << 16

    private struct Incoming {
        var path = ""
        var contentType = ""
        var body: [UInt8] = []
    }

    private let socket: Socket
    private let output: ConnectionOutput
    private let handle: (HTTP2Request) -> Void
    private var decoder = HPACKDecoder()
    private var received: [UInt8] = []
    private var position = 0
    private var incoming: [UInt32: Incoming] = [:]
    private var backlogByteCount = 0
    private var lastStream: UInt32 = 0
    /// A header block that is to be continued.
    private var headers: (stream: UInt32, endsStream: Bool, block: [UInt8])?

    init(_ socket: Socket, _ output: ConnectionOutput, handle: @escaping (HTTP2Request) -> Void) {
        self.socket = socket
        self.output = output
        self.handle = handle
    }

    /// Reads until the connection ends.
    mutating func run() {
        do throws(HTTP2Error) {
            guard fill(Self.preface.count), Array(received.prefix(Self.preface.count)) == Self.preface else {
                throw .protocolError
            }
            position = Self.preface.count
            var settings: [UInt8] = []
            settings.append(3, byteCount: 2)
            settings.append(UInt32(Self.streamLimit), byteCount: 4)
            output.write(.settings, [], settings)
            while try readFrame() {}
        } catch {
            var payload: [UInt8] = []
            payload.append(lastStream, byteCount: 4)
            payload.append(error.code.rawValue, byteCount: 4)
            output.write(.goAway, [], payload)
        }
        output.close()
    }

    /// Waits until there are so many bytes; `false` if the connection ends before.
    private mutating func fill(_ count: Int) -> Bool {
        if position > 0, received.count - position < count {
            received.removeFirst(position)
            position = 0
        }
        while received.count - position < count {
            guard socket.read(into: &received) else { return false }
        }
        return true
    }

    private mutating func readFrame() throws(HTTP2Error) -> Bool {
        guard fill(FrameHeader.byteCount) else { return false }
        let frame = FrameHeader(received[position..<position + FrameHeader.byteCount])
        guard frame.payloadByteCount <= FrameHeader.largestPayloadByteCount else { throw HTTP2Error(.frameSizeError) }
        guard fill(FrameHeader.byteCount + frame.payloadByteCount) else { return false }
        let start = position + FrameHeader.byteCount
        position = start + frame.payloadByteCount
        let payload = Array(received[start..<position])
        // Nothing may come between the parts of a header block.
        if let headers, frame.kind != .continuation || frame.stream != headers.stream { throw .protocolError }
        try process(frame, payload)
        return true
    }

    private mutating func process(_ frame: FrameHeader, _ payload: [UInt8]) throws(HTTP2Error) {
        switch frame.kind {
        case .headers: try processHeaders(frame, payload)
        case .continuation:
            guard headers != nil else { throw .protocolError }
            headers?.block += payload
            try endHeaders(frame)
        case .data: try processData(frame, payload)
        case .resetStream:
            guard frame.stream != 0 else { throw .protocolError }
            try check(payload.count == 4)
            discard(frame.stream)
            output.end(frame.stream)
        case .settings:
            guard frame.stream == 0 else { throw .protocolError }
            guard !frame.flags.contains(.acknowledgement) else { return try check(payload.isEmpty) }
            try check(payload.count.isMultiple(of: 6))
            try output.apply(settings: payload)
            output.write(.settings, .acknowledgement)
        case .ping:
            guard frame.stream == 0 else { throw .protocolError }
            try check(payload.count == 8)
            if !frame.flags.contains(.acknowledgement) { output.write(.ping, .acknowledgement, payload) }
        case .windowUpdate:
            try check(payload.count == 4)
            let increment = Int(payload.number(at: 0, byteCount: 4) & 0x7FFF_FFFF)
            guard increment > 0 else { throw .protocolError }
            try output.widen(frame.stream, by: increment)
        case .pushPromise: throw .protocolError
        case .priority, .goAway, nil: break
        }
    }

    private func check(_ hasRightSize: Bool) throws(HTTP2Error) {
        guard hasRightSize else { throw HTTP2Error(.frameSizeError) }
    }
}

extension HTTP2Connection {
    private mutating func processHeaders(_ frame: FrameHeader, _ payload: [UInt8]) throws(HTTP2Error) {
        // Streams of clients have odd numbers.
        guard !frame.stream.isMultiple(of: 2) else { throw .protocolError }
        var content = try Self.withoutPadding(frame, payload)
        if frame.flags.contains(.priority) {
            guard content.count >= 5 else { throw HTTP2Error(.frameSizeError) }
            content = content.dropFirst(5)
        }
        headers = (frame.stream, frame.flags.contains(.endStream), Array(content))
        try endHeaders(frame)
    }

    /// Decodes the header block if the frame is its last.
    private mutating func endHeaders(_ frame: FrameHeader) throws(HTTP2Error) {
        guard let (stream, endsStream, block) = headers else { return }
        guard block.count <= Self.largestHeaderByteCount else { throw HTTP2Error(.enhanceYourCalm) }
        guard frame.flags.contains(.endHeaders) else { return }
        headers = nil
        // Decoded even if nothing comes of it: later blocks may refer to it.
        let fields = try decoder.decode(block)
        if incoming[stream] == nil {
            // A stream that ended already; its client may not know yet.
            guard stream > lastStream else { return }
            lastStream = stream
            guard output.openCount < Self.streamLimit else { return reset(stream, .refusedStream) }
            var request = Incoming()
            for field in fields {
                if field.name == Array(":path".utf8) { request.path = String(decoding: field.value, as: UTF8.self) }
                if field.name == Array("content-type".utf8) {
                    request.contentType = String(decoding: field.value, as: UTF8.self)
                }
            }
            incoming[stream] = request
            output.open(stream)
        }
        if endsStream { complete(stream) }
    }

    private mutating func processData(_ frame: FrameHeader, _ payload: [UInt8]) throws(HTTP2Error) {
        guard frame.stream != 0, frame.stream <= lastStream else { throw .protocolError }
        let content = try Self.withoutPadding(frame, payload)
        if !payload.isEmpty {
            // What was taken may come again. The bytes are bounded by the limits below instead.
            widen(0, by: payload.count)
            if incoming[frame.stream] != nil { widen(frame.stream, by: payload.count) }
        }
        guard let count = incoming[frame.stream]?.body.count else { return }
        guard count + content.count <= Self.largestRequestByteCount,
            backlogByteCount + content.count <= Self.largestBacklogByteCount
        else { return reset(frame.stream, .enhanceYourCalm) }
        backlogByteCount += content.count
        incoming[frame.stream]?.body += content
        if frame.flags.contains(.endStream) { complete(frame.stream) }
    }

    private func widen(_ stream: UInt32, by count: Int) {
        var increment: [UInt8] = []
        increment.append(UInt32(count), byteCount: 4)
        output.write(.windowUpdate, stream: stream, increment)
    }

    private mutating func complete(_ stream: UInt32) {
        guard let request = discard(stream) else { return }
        handle(
            HTTP2Request(stream: stream, path: request.path, contentType: request.contentType, body: request.body)
        )
    }

    @discardableResult
    private mutating func discard(_ stream: UInt32) -> Incoming? {
        guard let request = incoming.removeValue(forKey: stream) else { return nil }
        backlogByteCount -= request.body.count
        return request
    }

    private mutating func reset(_ stream: UInt32, _ code: HTTP2Error.Code) {
        discard(stream)
        output.end(stream)
        var payload: [UInt8] = []
        payload.append(code.rawValue, byteCount: 4)
        output.write(.resetStream, stream: stream, payload)
    }

    private static func withoutPadding(
        _ frame: FrameHeader,
        _ payload: [UInt8]
    ) throws(HTTP2Error) -> ArraySlice<UInt8> {
        guard frame.flags.contains(.padded) else { return payload[...] }
        guard let count = payload.first.map(Int.init), count < payload.count else { throw .protocolError }
        return payload[1..<payload.count - count]
    }
}
