/// The bytes of a protobuf message, put together field by field.
///
/// Written from the wire format's description, as ``WireMessage`` is.
package struct WireBytes {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package init(_ build: (inout WireBytes) -> Void) { build(&self) }

    package mutating func varint(_ number: Int, _ value: Int) {
        key(number, 0)
        raw(UInt64(bitPattern: Int64(value)))
    }

    package mutating func double(_ number: Int, _ value: Double) {
        key(number, 1)
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
    }

    package mutating func float(_ number: Int, _ value: Float) {
        key(number, 5)
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) }
    }

    package mutating func bytes(_ number: Int, _ value: [UInt8]) {
        key(number, 2)
        raw(UInt64(value.count))
        bytes += value
    }

    package mutating func text(_ number: Int, _ value: String) { bytes(number, Array(value.utf8)) }

    package mutating func message(_ number: Int, _ build: (inout WireBytes) -> Void) {
        bytes(number, WireBytes(build).bytes)
    }

    /// A list of numbers in one field.
    package mutating func packed(_ number: Int, _ values: [Int]) {
        var list = WireBytes()
        for value in values { list.raw(UInt64(bitPattern: Int64(value))) }
        bytes(number, list.bytes)
    }

    /// A list of doubles in one field.
    package mutating func packed(_ number: Int, doubles: [Double]) {
        bytes(number, doubles.flatMap { value in WireBytes { $0.double(number, value) }.bytes.suffix(8) })
    }

    private mutating func key(_ number: Int, _ wireType: Int) { raw(UInt64(number << 3 | wireType)) }

    private mutating func raw(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
