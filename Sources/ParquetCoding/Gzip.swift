import CZlib

/// Compresses pages, one gzip stream each.
enum Gzip {
    /// Zlib's number for its largest window, and for a gzip wrapper.
    private static let windowBits: Int32 = 15 + 16

    /// Compresses bytes.
    ///
    /// - Parameter bytes: Fewer than 4 GiB.
    /// - Returns: The stream; where zlib has no memory, the bytes themselves, which are no smaller than before.
    static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard czlib_deflate_init(&stream, Z_DEFAULT_COMPRESSION, windowBits) == Z_OK else { return bytes }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                // With room for the bound the first call is the last.
                _ = deflate(&stream, Z_FINISH)
                count = output.count - Int(stream.avail_out)
            }
        }
    }
}
