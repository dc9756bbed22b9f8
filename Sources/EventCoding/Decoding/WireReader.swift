/// Walks over the fields of a protobuf message where it lies, without memory of its own.
///
/// For the outer messages of an event, which are many and decide what is worth unpacking. Their rules are
/// those of protobuf-c, and a test holds both to the same results.
struct WireReader {
    /// A field as the wire knows it.
    struct Field {
        /// The number of the field in its message.
        var number: UInt32
        /// 0 for a varint, 1 for 64 bits, 2 for bytes, 5 for 32 bits.
        var wireType: UInt8
        /// The bits of a number.
        var bits: UInt64
        /// The content of a field of bytes.
        var bytes: UnsafeRawBufferPointer
    }

    private var rest: UnsafeRawBufferPointer

    init(_ message: UnsafeRawBufferPointer) {
        rest = message
    }

    /// The number of bytes after the last field.
    var remainingByteCount: Int { rest.count }

    /// The next field; `nil` at the end.
    ///
    /// - Throws: ``MalformedMessage`` if the rest is not a valid field.
    mutating func next() throws(MalformedMessage) -> Field? {
        guard !rest.isEmpty else { return nil }
        let key = try varint()
        guard let number = UInt32(exactly: key >> 3), 1...0x1FFF_FFFF ~= number else { throw MalformedMessage() }
        var field = Field(number: number, wireType: UInt8(key & 7), bits: 0, bytes: Self.nothing)
        switch field.wireType {
        case 0: field.bits = try varint()
        case 1: field.bits = UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self))
        case 2: field.bytes = try take(try varint())
        case 5: field.bits = UInt64(UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self)))
        default: throw MalformedMessage()
        }
        return field
    }

    private static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

    private mutating func take(_ count: UInt64) throws(MalformedMessage) -> UnsafeRawBufferPointer {
        // Compared before the conversion: a claimed length may exceed `Int`.
        guard count <= UInt64(rest.count) else { throw MalformedMessage() }
        let taken = UnsafeRawBufferPointer(rebasing: rest[..<Int(count)])
        rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
        return taken
    }

    private mutating func varint() throws(MalformedMessage) -> UInt64 {
        // Most are of one byte.
        if let first = rest.first, first < 0x80 {
            rest = UnsafeRawBufferPointer(rebasing: rest[1...])
            return UInt64(first)
        }
        var value: UInt64 = 0
        for place in 0..<min(10, rest.count) {
            let byte = rest[place]
            value |= UInt64(byte & 0x7F) << UInt64(7 * place)
            if byte < 0x80 {
                rest = UnsafeRawBufferPointer(rebasing: rest[(place + 1)...])
                return value
            }
        }
        throw MalformedMessage()
    }
}

extension WireReader.Field {
    /// The content, if the field is one of bytes.
    ///
    /// - Throws: ``MalformedMessage`` for a field whose wire type is not the expected one.
    func content() throws(MalformedMessage) -> UnsafeRawBufferPointer {
        guard wireType == 2 else { throw MalformedMessage() }
        return bytes
    }

    /// The bits, if the field is a number of that kind.
    ///
    /// - Parameter expected: The wire type that the schema has for the field's number.
    /// - Returns: The bits.
    /// - Throws: ``MalformedMessage`` for a field whose wire type is not the expected one.
    func number(_ expected: UInt8) throws(MalformedMessage) -> UInt64 {
        guard wireType == expected else { throw MalformedMessage() }
        return bits
    }
}

/// The bytes are not the protobuf message that they should be.
package struct MalformedMessage: Error, Hashable {
    package init() {}
}
