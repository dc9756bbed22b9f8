/// Writes structures in Thrift's compact protocol, in which Parquet keeps all that is not data.
///
/// Fields must be written in the order of their numbers. Source: `doc/specs/thrift-compact-protocol.md` of Apache Thrift.
struct ThriftWriter {
    private enum TypeCode: UInt8 {
        case boolTrue = 1
        case boolFalse = 2
        case int32 = 5
        case int64 = 6
        case binary = 8
        case list = 9
        case structure = 12
    }

    private(set) var bytes: [UInt8] = []
    private var lastField = 0

    /// The bytes of one structure.
    static func bytes(of body: (inout ThriftWriter) -> Void) -> [UInt8] {
        var writer = ThriftWriter()
        writer.nested(body)
        return writer.bytes
    }

    mutating func bool(_ field: Int, _ flag: Bool) { header(field, flag ? .boolTrue : .boolFalse) }

    mutating func int32(_ field: Int, _ value: Int) {
        header(field, .int32)
        zigzag(value)
    }

    mutating func int64(_ field: Int, _ value: Int) {
        header(field, .int64)
        zigzag(value)
    }

    mutating func binary(_ field: Int, _ content: some Collection<UInt8>) {
        header(field, .binary)
        append(content)
    }

    mutating func structure(_ field: Int, _ body: (inout ThriftWriter) -> Void) {
        header(field, .structure)
        nested(body)
    }

    mutating func structures<Element>(
        _ field: Int,
        _ elements: [Element],
        _ body: (Element, inout ThriftWriter) -> Void
    ) {
        listHeader(field, elements.count, .structure)
        for element in elements { nested { body(element, &$0) } }
    }

    mutating func integers(_ field: Int, _ elements: [Int]) {
        listHeader(field, elements.count, .int32)
        for element in elements { zigzag(element) }
    }

    mutating func texts(_ field: Int, _ elements: [String]) {
        listHeader(field, elements.count, .binary)
        for element in elements { append(element.utf8) }
    }

    private mutating func nested(_ body: (inout ThriftWriter) -> Void) {
        let outer = lastField
        lastField = 0
        body(&self)
        // The end of the fields.
        bytes.append(0)
        lastField = outer
    }

    private mutating func header(_ field: Int, _ type: TypeCode) {
        // No structure of Parquet has a gap of more than 15 fields, for which there is a longer form.
        precondition((1...15).contains(field - lastField), "Fields must be written in the order of their numbers.")
        bytes.append(UInt8(field - lastField) << 4 | type.rawValue)
        lastField = field
    }

    private mutating func listHeader(_ field: Int, _ count: Int, _ type: TypeCode) {
        header(field, .list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | type.rawValue)
        } else {
            bytes.append(0xF0 | type.rawValue)
            bytes.append(varint: UInt64(count))
        }
    }

    private mutating func append(_ content: some Collection<UInt8>) {
        bytes.append(varint: UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func zigzag(_ value: Int) {
        bytes.append(varint: UInt64(bitPattern: Int64(value) << 1 ^ Int64(value) >> 63))
    }
}

extension [UInt8] {
    /// Appends an integer in groups of seven bits, the lowest first.
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    /// Appends the bytes of an integer, the least significant first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
