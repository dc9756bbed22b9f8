/// A packed event of any writer, of which only the outermost fields are looked at.
///
/// Enough to sort events by step without unpacking images and graphs.
package struct PackedEvent {
    /// What an event is about, as far as that decides what becomes of it.
    package enum Kind: Sendable {
        /// Data: summaries, graphs, run metadata.
        case data
        /// The version of the file.
        case fileVersion
        /// The beginning or end of a session.
        case sessionLog
        /// None of these; TensorBoard ignores it.
        case other
    }

    /// Seconds since 1970-01-01 UTC.
    package private(set) var wallTime = 0.0
    /// The position on the horizontal axis.
    package private(set) var step = 0
    /// What the event is about.
    package private(set) var kind = Kind.other

    /// Looks at an event; `nil` if the bytes are no protobuf message.
    ///
    /// - Parameter payload: The bytes of one record.
    package init?(_ payload: UnsafeRawBufferPointer) {
        var rest = payload[...]
        while !rest.isEmpty {
            guard let key = Self.varint(&rest), key >> 3 <= 0x1FFF_FFFF else { return nil }
            switch (key >> 3, key & 7) {
            case (1, 1):
                guard rest.count >= 8 else { return nil }
                let bits = UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: UInt64.self)
                wallTime = Double(bitPattern: UInt64(littleEndian: bits))
                rest = rest.dropFirst(8)
            case (2, 0):
                guard let bits = Self.varint(&rest) else { return nil }
                step = Int(Int64(bitPattern: bits))
            case (let number, 2):
                guard let count = Self.varint(&rest), count <= rest.count else { return nil }
                rest = rest.dropFirst(Int(count))
                switch number {
                case 3: kind = .fileVersion
                case 4, 5, 8, 9: kind = .data
                case 7: kind = .sessionLog
                default: break
                }
            case (_, 0):
                guard Self.varint(&rest) != nil else { return nil }
            case (_, 1):
                guard rest.count >= 8 else { return nil }
                rest = rest.dropFirst(8)
            case (_, 5):
                guard rest.count >= 4 else { return nil }
                rest = rest.dropFirst(4)
            default: return nil
            }
        }
    }

    private static func varint(_ rest: inout Slice<UnsafeRawBufferPointer>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
