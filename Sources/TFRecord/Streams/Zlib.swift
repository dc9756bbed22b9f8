import CZlib

/// The wrappers of a deflate stream that TFRecord files use.
enum CompressionFormat: Sendable, Hashable {
    /// RFC 1952, begins with the bytes 1f 8b.
    case gzip
    /// RFC 1950, begins with the byte 78 in practice.
    case zlib

    /// What zlib's initializers take: the largest window, and 16 to ask for a gzip wrapper.
    var windowBits: Int32 {
        switch self {
        case .gzip: 15 + 16
        case .zlib: 15
        }
    }

    /// Recognizes a format by its first two bytes, which may also be those of a record's length.
    init?(magic bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 2 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0x1f, 0x8b): self = .gzip
        case (0x78, let flags) where (0x7800 + UInt16(flags)) % 31 == 0: self = .zlib
        default: return nil
        }
    }
}

/// Compresses bytes piece by piece into one deflate stream.
struct Deflater: ~Copyable {
    /// How much of what went in must come out.
    enum Flush {
        /// As much as compresses best.
        case none
        /// Everything, so that a reader of the output so far gets it all.
        case sync
        /// Everything, and the end of the stream.
        case finish

        fileprivate var code: Int32 {
            switch self {
            case .none: Z_NO_FLUSH
            case .sync: Z_SYNC_FLUSH
            case .finish: Z_FINISH
            }
        }
    }

    /// zlib keeps a pointer back to the stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Begins a stream, or returns nil when there is no memory for it.
    ///
    /// - Parameters:
    ///   - format: The wrapper.
    ///   - level: From 0, stored, over 1, fast, to 9, small; nil for zlib's choice between speed and size.
    init?(_ format: CompressionFormat, level: Int?) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = czlib_deflate_init(stream, level.map(Int32.init) ?? Z_DEFAULT_COMPRESSION, format.windowBits)
        guard status == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Compresses as much as there is room for.
    ///
    /// - Parameters:
    ///   - input: The bytes behind those taken before.
    ///   - output: At least one byte to fill.
    ///   - flush: To be repeated, with the input that is left, until the output is not filled to its end.
    /// - Returns: The numbers of bytes taken and made.
    mutating func deflate(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        flush: Flush
    ) -> (consumed: Int, produced: Int) {
        // The counters have 32 bits; a larger input takes several calls, and only the last may end the stream.
        let available = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = available
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        // Its status tells nothing more: with valid arguments, all it can say is that there is nothing to do.
        _ = CZlib.deflate(stream, available == input.count ? flush.code : Z_NO_FLUSH)
        return (Int(available - stream.pointee.avail_in), Int(room - stream.pointee.avail_out))
    }
}

/// Decompresses a deflate stream piece by piece.
///
/// Streams that follow each other directly, as in a file made by concatenating gzip files, are read as one.
struct Inflater: ~Copyable {
    /// Why there is no going on.
    struct Failure: Error {
        var message: String
    }

    /// zlib keeps a pointer back to the stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isAtEnd = false

    init(_ format: CompressionFormat) throws(Failure) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = czlib_inflate_init(stream, format.windowBits)
        guard status == Z_OK else {
            let failure = Failure(stream.pointee.msg, status)
            stream.deallocate()
            throw failure
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether a stream has begun and not ended.
    var isInsideStream: Bool { !isAtEnd && stream.pointee.total_in > 0 }

    /// Decompresses as much as there is input and room for.
    ///
    /// - Parameters:
    ///   - input: The bytes behind those taken before; what is taken now is removed.
    ///   - output: At least one byte to fill.
    /// - Returns: The number of bytes made. When it is 0, all input has been taken and more is needed.
    /// - Throws: ``Failure`` when the data is damaged; what was made before has been returned by then.
    mutating func inflate(
        _ input: inout UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) throws(Failure) -> Int {
        while true {
            if isAtEnd {
                guard !input.isEmpty else { return 0 }
                inflateReset(stream)
                isAtEnd = false
            }
            let (status, produced) = step(&input, into: output)
            isAtEnd = status == Z_STREAM_END
            if produced > 0 { return produced }
            switch status {
            case Z_OK, Z_BUF_ERROR, Z_STREAM_END:
                if input.isEmpty { return 0 }
            default:
                throw Failure(stream.pointee.msg, status)
            }
        }
    }

    private func step(
        _ input: inout UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> (status: Int32, produced: Int) {
        // The counters have 32 bits; larger buffers take several steps.
        let available = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = available
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        let consumed = Int(available - stream.pointee.avail_in)
        input = UnsafeRawBufferPointer(rebasing: input.dropFirst(consumed))
        return (status, Int(room - stream.pointee.avail_out))
    }
}

extension Inflater.Failure {
    fileprivate init(_ message: UnsafePointer<CChar>?, _ status: Int32) {
        self.message = message.map(String.init(cString:)) ?? "zlib status \(status)"
    }
}

/// Decompresses a gzip file that lies in memory as a whole.
///
/// - Parameter bytes: The file.
/// - Returns: What was compressed; `nil` if the file is damaged or ends too early.
package func decompressGZIP(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard var inflater = try? Inflater(.gzip) else { return nil }
    var (input, output) = (bytes, [UInt8]())
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { chunk.deallocate() }
    while true {
        guard let count = try? inflater.inflate(&input, into: chunk) else { return nil }
        guard count > 0 else { return inflater.isInsideStream ? nil : output }
        output += chunk[..<count]
    }
}
