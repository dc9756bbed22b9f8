/// A packed event of one scalar, in the form in which every known writer packs it.
///
/// The time, the step unless it is 0, a summary of one value, which has a tag and a number, in this order and nothing
/// else. Most events of most logs are such, and a few comparisons tell it; what has another form is left to
/// ``PackedEvent``, which reads the same from these bytes. The value points into the bytes of the event.
package struct PackedScalar {
    /// Seconds since 1970-01-01 UTC.
    package let wallTime: Double
    /// The position on the horizontal axis.
    package let step: Int
    /// The bytes of the tag.
    package let tag: UnsafeRawBufferPointer
    /// The scalar.
    package let scalar: Float

    /// The size of the value: the keys and the length of tag and number, and both.
    package var valueByteCount: Int { tag.count + 7 }

    private enum Key {
        static let wallTime: UInt8 = 1 << 3 | 1
        static let step: UInt8 = 2 << 3
        static let summary: UInt8 = 5 << 3 | 2
        static let value: UInt8 = 1 << 3 | 2
        static let tag: UInt8 = 1 << 3 | 2
        static let scalar: UInt8 = 2 << 3 | 5
    }

    /// The keys, the time, the lengths and the number, with a step that is left out.
    private static let smallestByteCount = 20
    /// From here on a length takes two bytes.
    private static let longLength = 0x80

    /// Parses an event; `nil` if it has another form.
    ///
    /// - Parameter payload: The bytes of one record.
    package init?(_ payload: UnsafeRawBufferPointer) {
        guard payload.count >= Self.smallestByteCount, payload[0] == Key.wallTime else { return nil }
        var position = 1 + MemoryLayout<UInt64>.size
        var step: UInt64 = 0
        if payload[position] == Key.step {
            var shift: UInt64 = 0
            var byte: UInt8
            repeat {
                position += 1
                guard position < payload.count, shift < 64 else { return nil }
                byte = payload[position]
                step |= UInt64(byte & 0x7F) << shift
                shift += 7
            } while byte >= 0x80
            position += 1
        }
        // Each length must lead exactly to the end of the event.
        let tagStart = position + 6
        let tagEnd = payload.count - 5
        guard tagStart <= tagEnd, payload.count - position - 2 < Self.longLength,
            payload[position] == Key.summary, Int(payload[position + 1]) == payload.count - position - 2,
            payload[position + 2] == Key.value, Int(payload[position + 3]) == payload.count - position - 4,
            payload[position + 4] == Key.tag, Int(payload[position + 5]) == tagEnd - tagStart,
            payload[tagEnd] == Key.scalar
        else { return nil }
        wallTime = Double(bitPattern: UInt64(littleEndian: payload.loadUnaligned(fromByteOffset: 1, as: UInt64.self)))
        self.step = Int(Int64(bitPattern: step))
        tag = UnsafeRawBufferPointer(rebasing: payload[tagStart..<tagEnd])
        let bits = payload.loadUnaligned(fromByteOffset: tagEnd + 1, as: UInt32.self)
        scalar = Float(bitPattern: UInt32(littleEndian: bits))
    }
}
