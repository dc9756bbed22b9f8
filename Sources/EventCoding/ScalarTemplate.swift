import Summaries

/// The packed event of one scalar, of which only time, step and value change from event to event.
///
/// protobuf-c packs the event once for a tag; then three numbers are patched, which takes a small part of the time
/// that packing takes. A test holds both ways to the same bytes.
package struct ScalarTemplate {
    private var bytes: [UInt8]
    private let stepByteCount: Int

    /// The offset of the time, after the key of the first field.
    private static let timeOffset = 1
    /// The offset of the step, after the time and the key of the second field.
    private static let stepOffset = 10

    /// Packs an event with a step that takes as many bytes as this one.
    package init(tag: String, step: Int, encoder: inout EventEncoder) {
        // The value is last. Both are 1 because defaults are not encoded.
        let byteCount = encoder.prepare(Event(wallTime: 1, step: step, what: .summary([.scalar(tag, 1)])))
        bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            encoder.pack(into: UnsafeMutableRawBufferPointer(buffer))
            count = byteCount
        }
        stepByteCount = Self.byteCount(ofStep: step)
    }

    /// The size of the packed event.
    package var byteCount: Int { bytes.count }

    /// Patches the numbers of an event and passes its bytes to `body`.
    ///
    /// A number that is zero takes no bytes, and a step takes from one to ten.
    ///
    /// - Parameters:
    ///   - wallTime: Seconds since 1970-01-01 UTC.
    ///   - step: The position on the horizontal axis.
    ///   - value: The scalar.
    ///   - body: Takes the packed event.
    /// - Returns: `false` if an event of this time and step has another form; `body` was not called then.
    package mutating func withEvent(
        wallTime: Double,
        step: Int,
        value: Float,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        guard wallTime != 0, Self.byteCount(ofStep: step) == stepByteCount else { return false }
        bytes.withUnsafeMutableBytes { event in
            event.storeBytes(of: wallTime.bitPattern.littleEndian, toByteOffset: Self.timeOffset, as: UInt64.self)
            event.storeBytes(of: value.bitPattern.littleEndian, toByteOffset: event.count - 4, as: UInt32.self)
            var rest = UInt64(bitPattern: Int64(step))
            for place in 0..<stepByteCount {
                let isLast = place == stepByteCount - 1
                event[Self.stepOffset + place] = UInt8(truncatingIfNeeded: rest & 0x7F | (isLast ? 0 : 0x80))
                rest >>= 7
            }
            body(UnsafeRawBufferPointer(event))
        }
        return true
    }

    /// The number of bytes that a step takes as a varint, 0 for a step that is left out.
    private static func byteCount(ofStep step: Int) -> Int {
        (64 - UInt64(bitPattern: Int64(step)).leadingZeroBitCount + 6) / 7
    }
}
