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
