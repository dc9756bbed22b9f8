/// Small integers as runs of equal values and groups of eight in packed bits, Parquet's encoding `RLE`.
///
/// Source: "Run Length Encoding / Bit-Packing Hybrid" in `Encodings.md` of the Parquet format.
enum RunLengthEncoding {
    private static let groupSize = 8

    /// The number of bits that every number below a count fits in, 1 at least.
    static func bitWidth(below count: Int) -> Int { max(1, Int.bitWidth - max(0, count - 1).leadingZeroBitCount) }

    /// Encodes values.
    ///
    /// - Parameters:
    ///   - values: The values.
    ///   - bitWidth: The number of bits that each of them fits in, 1 to 32.
    /// - Returns: The encoded values, without their length and bit width.
    static func encode(_ values: [UInt32], bitWidth: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var packed: Range<Int> = 0..<0
        var index = 0
        while index < values.count {
            var end = index + 1
            while end < values.count, values[end] == values[index] { end += 1 }
            // Packed values come in whole groups but for the last, so the rest of a group may take the run's first values.
            let missing = (groupSize - packed.count % groupSize) % groupSize
            if end - index >= missing + groupSize {
                appendPacked(values[packed.lowerBound..<index + missing], bitWidth, to: &bytes)
                index += missing
                bytes.append(varint: UInt64(end - index) << 1)
                for byte in 0..<(bitWidth + 7) / 8 {
                    bytes.append(UInt8(truncatingIfNeeded: values[index] >> UInt32(8 * byte)))
                }
                packed = end..<end
            } else {
                packed = packed.lowerBound..<end
            }
            index = end
        }
        appendPacked(values[packed], bitWidth, to: &bytes)
        return bytes
    }

    /// Appends values in groups of eight, the last one filled up with zeros.
    private static func appendPacked(_ values: ArraySlice<UInt32>, _ bitWidth: Int, to bytes: inout [UInt8]) {
        guard !values.isEmpty else { return }
        let groupCount = (values.count + groupSize - 1) / groupSize
        bytes.append(varint: UInt64(groupCount) << 1 | 1)
        let end = bytes.count + groupCount * bitWidth
        var (pending, pendingBitCount): (UInt64, Int) = (0, 0)
        for value in values {
            pending |= UInt64(value) << UInt64(pendingBitCount)
            pendingBitCount += bitWidth
            while pendingBitCount >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                pendingBitCount -= 8
            }
        }
        if pendingBitCount > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
        while bytes.count < end { bytes.append(0) }
    }
}
