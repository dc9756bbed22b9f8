import CZlib

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
