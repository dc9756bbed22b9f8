extension [UInt8] {
    /// Appends the bytes of an integer, the most significant first, as PNG has them.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Appends the bytes of an integer, the least significant first, as WAV has them.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends the bytes of integers, the least significant of each first.
    mutating func append(littleEndian values: [some FixedWidthInteger]) {
        values.map(\.littleEndian).withUnsafeBytes { append(contentsOf: $0) }
    }
}
