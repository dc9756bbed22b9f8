import CZlib

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
