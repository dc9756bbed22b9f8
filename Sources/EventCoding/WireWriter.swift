/// Writes the fields of protobuf messages one behind the other; the numbers of the fields are below 16.
///
/// For messages around large contents: protobuf-c packs a message inside another before it knows how many bytes the length
/// takes, and then moves the content, once for each message around it. A test holds both to the same bytes.
struct WireWriter {
    private var rest: UnsafeMutableRawBufferPointer

    /// Begins at the first of the bytes, which are enough for all that is written.
    init(_ bytes: UnsafeMutableRawBufferPointer) {
        rest = bytes
    }

    /// The size of a number as a varint.
    private static func byteCount(of number: UInt64) -> Int { (70 - (number | 1).leadingZeroBitCount) / 7 }

    /// The size of a field with content.
    static func byteCount(ofField contentByteCount: Int) -> Int {
        1 + byteCount(ofContent: contentByteCount)
    }

    /// The size of content with its length before it.
    static func byteCount(ofContent byteCount: Int) -> Int { self.byteCount(of: UInt64(byteCount)) + byteCount }

    /// The size of a field of a number, which is left out if it is 0.
    static func byteCount(ofNumber number: UInt64) -> Int { number == 0 ? 0 : 1 + byteCount(of: number) }

    /// The size of a field of 64 bits, which is left out if they are 0.
    static func byteCount(ofBits bits: UInt64) -> Int { bits == 0 ? 0 : 9 }

    /// Writes what stands before the content of a field.
    mutating func beginField(_ field: UInt8, byteCount: Int) {
        write(byte: field << 3 | 2)
        beginContent(byteCount: byteCount)
    }

    /// Writes the length of content.
    mutating func beginContent(byteCount: Int) { write(varint: UInt64(byteCount)) }

    /// Writes a field of a number, unless it is 0.
    mutating func write(_ field: UInt8, number: UInt64) {
        guard number != 0 else { return }
        write(byte: field << 3)
        write(varint: number)
    }

    /// Writes a field of 64 bits, unless they are 0.
    mutating func write(_ field: UInt8, bits: UInt64) {
        guard bits != 0 else { return }
        write(byte: field << 3 | 1)
        take(8).storeBytes(of: bits.littleEndian, as: UInt64.self)
    }

    /// Lends the next bytes, for the caller to write.
    mutating func take(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
        let taken = UnsafeMutableRawBufferPointer(rebasing: rest[..<byteCount])
        rest = UnsafeMutableRawBufferPointer(rebasing: rest[byteCount...])
        return taken
    }

    private mutating func write(varint number: UInt64) {
        var number = number
        while number > 0x7F {
            write(byte: UInt8(truncatingIfNeeded: number) | 0x80)
            number >>= 7
        }
        write(byte: UInt8(truncatingIfNeeded: number))
    }

    private mutating func write(byte: UInt8) { take(1)[0] = byte }
}
