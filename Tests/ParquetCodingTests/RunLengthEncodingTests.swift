import Testing

@testable import ParquetCoding

struct RunLengthEncodingTests {
    /// Decodes as the specification says, as a plain reference.
    private func decode(_ bytes: [UInt8], bitWidth: Int, count: Int) -> [UInt32] {
        var values: [UInt32] = []
        var rest = bytes[...]
        while values.count < count, !rest.isEmpty {
            var (header, shift) = (0, 0)
            while let byte = rest.popFirst() {
                header |= Int(byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 { break }
            }
            if header & 1 == 1 {
                let packed = rest.prefix(header >> 1 * bitWidth)
                rest = rest.dropFirst(packed.count)
                let bits = packed.flatMap { byte in (0..<8).map { UInt32(byte >> $0 & 1) } }
                for start in stride(from: 0, to: bits.count, by: bitWidth) {
                    values.append((0..<bitWidth).reduce(0) { $0 | bits[start + $1] << UInt32($1) })
                }
            } else {
                let size = (bitWidth + 7) / 8
                let value = rest.prefix(size).enumerated().reduce(UInt32(0)) { $0 | UInt32($1.1) << UInt32(8 * $1.0) }
                rest = rest.dropFirst(size)
                values += Array(repeating: value, count: header >> 1)
            }
        }
        return Array(values.prefix(count))
    }

    @Test func whatIsEncodedCanBeDecoded() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let bitWidth = Int.random(in: 1...20, using: &generator)
            var values: [UInt32] = []
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                let value = UInt32.random(in: 0..<1 << UInt32(bitWidth), using: &generator)
                values += Array(repeating: value, count: Int.random(in: 1...25, using: &generator))
            }
            let bytes = RunLengthEncoding.encode(values, bitWidth: bitWidth)
            #expect(decode(bytes, bitWidth: bitWidth, count: values.count) == values)
        }
    }

    @Test func aRunTakesItsLengthAndOneValue() {
        #expect(RunLengthEncoding.encode(Array(repeating: 1, count: 1000), bitWidth: 1) == [0xD0, 0x0F, 1])
    }

    /// The example of the specification.
    @Test func valuesArePackedFromTheLowestBit() {
        #expect(RunLengthEncoding.encode(Array(0..<8), bitWidth: 3) == [0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010])
    }

    @Test(arguments: [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (256, 8), (257, 9)])
    func aBitWidthHoldsEveryIndex(count: Int, bitWidth: Int) {
        #expect(RunLengthEncoding.bitWidth(below: count) == bitWidth)
    }
}
