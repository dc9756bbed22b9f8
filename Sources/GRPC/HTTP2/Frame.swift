/// The header of a frame (RFC 9113, section 4.1).
struct FrameHeader {
    static let byteCount = 9
    /// The largest payload that we take: the default, which every side must respect.
    static let largestPayloadByteCount = 1 << 14

    enum Kind: UInt8 {
        case data = 0
        case headers = 1
        case priority = 2
        case resetStream = 3
        case settings = 4
        case pushPromise = 5
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
        case continuation = 9
    }

    struct Flags: OptionSet {
        let rawValue: UInt8
        static let endStream = Flags(rawValue: 1)
        static let acknowledgement = Flags(rawValue: 1)
        static let endHeaders = Flags(rawValue: 4)
        static let padded = Flags(rawValue: 8)
        static let priority = Flags(rawValue: 0x20)
    }

    var payloadByteCount: Int
    /// `nil` for a kind that is to be ignored.
    var kind: Kind?
    var flags: Flags
    var stream: UInt32

    init(_ kind: Kind, _ flags: Flags = [], stream: UInt32 = 0, payloadByteCount: Int) {
        self.kind = kind
        self.flags = flags
        self.stream = stream
        self.payloadByteCount = payloadByteCount
    }

    /// - Parameter bytes: The nine bytes of a header.
    init(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        payloadByteCount = Int(bytes.number(at: 0, byteCount: 3))
        kind = Kind(rawValue: bytes[3])
        flags = Flags(rawValue: bytes[4])
        stream = bytes.number(at: 5, byteCount: 4) & 0x7FFF_FFFF
    }

    /// Appends the header to bytes that are to be sent.
    func write(to output: inout [UInt8]) {
        output.append(UInt32(payloadByteCount), byteCount: 3)
        output.append(kind?.rawValue ?? 0)
        output.append(flags.rawValue)
        output.append(stream, byteCount: 4)
    }
}

extension [UInt8] {
    /// A number of the wire, most significant byte first.
    func number(at offset: Int, byteCount: Int) -> UInt32 {
        self[offset..<offset + byteCount].reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func append(_ number: UInt32, byteCount: Int) {
        for place in (0..<byteCount).reversed() { append(UInt8(truncatingIfNeeded: number >> UInt32(8 * place))) }
    }
}

/// Why a connection or a stream cannot go on.
package struct HTTP2Error: Error, Equatable {
    /// The codes of RFC 9113, section 7, that we send.
    package enum Code: UInt32, Sendable {
        case none = 0
        case protocolError = 1
        case flowControlError = 3
        case frameSizeError = 6
        case refusedStream = 7
        case compressionError = 9
        case enhanceYourCalm = 11
    }

    package let code: Code

    package init(_ code: Code) { self.code = code }

    static var compression: HTTP2Error { HTTP2Error(.compressionError) }
    static var protocolError: HTTP2Error { HTTP2Error(.protocolError) }
}
