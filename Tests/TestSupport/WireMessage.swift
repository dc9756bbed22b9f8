/// A protobuf message taken apart without knowing its type, as a judge of what our encoder writes.
///
/// Written from the wire format's description; shares nothing with protobuf-c.
package struct WireMessage: Equatable {
    package enum Value: Equatable {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes([UInt8])
        case fixed32(UInt32)
    }

    package struct Malformed: Error {}

    /// The fields in the order in which they stand.
    package private(set) var fields: [(number: Int, value: Value)] = []

    package init(_ bytes: some Sequence<UInt8>) throws {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let key = try Self.varint(&rest)
            let value: Value
            switch key & 7 {
            case 0: value = .varint(try Self.varint(&rest))
            case 1: value = .fixed64(try Self.fixed(&rest, 8))
            case 2: value = .bytes(try Self.take(&rest, Int(truncatingIfNeeded: try Self.varint(&rest))))
            case 5: value = .fixed32(UInt32(try Self.fixed(&rest, 4)))
            default: throw Malformed()
            }
            fields.append((Int(truncatingIfNeeded: key >> 3), value))
        }
    }

    package static func == (left: WireMessage, right: WireMessage) -> Bool {
        left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    /// The values of one field.
    package func all(_ number: Int) -> [Value] {
        fields.filter { $0.number == number }.map(\.value)
    }

    package func has(_ number: Int) -> Bool { fields.contains { $0.number == number } }

    package func messages(_ number: Int) throws -> [WireMessage] {
        try bytes(number).map { try WireMessage($0) }
    }

    package func message(_ number: Int) throws -> WireMessage? { try messages(number).last }

    package func bytes(_ number: Int) -> [[UInt8]] {
        all(number).compactMap { value in
            if case .bytes(let bytes) = value { bytes } else { nil }
        }
    }

    package func texts(_ number: Int) -> [String] { bytes(number).map { String(decoding: $0, as: UTF8.self) } }

    package func text(_ number: Int) -> String { texts(number).last ?? "" }

    package func int(_ number: Int) -> Int {
        guard case .varint(let value) = all(number).last else { return 0 }
        return Int(Int64(bitPattern: value))
    }

    package func double(_ number: Int) -> Double? {
        guard case .fixed64(let bits) = all(number).last else { return nil }
        return Double(bitPattern: bits)
    }

    package func float(_ number: Int) -> Float? {
        guard case .fixed32(let bits) = all(number).last else { return nil }
        return Float(bitPattern: bits)
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, through: 63, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw Malformed()
    }

    private static func fixed(_ rest: inout ArraySlice<UInt8>, _ count: Int) throws -> UInt64 {
        try take(&rest, count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, _ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= rest.count else { throw Malformed() }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }
}
