extension PackedEvent {
    /// What becomes of a value in a copy of its event.
    package enum Selection {
        /// It is left out.
        case dropped
        /// It stays as it is.
        case kept
        /// It stays, with packed metadata that it did not have.
        case keptWithMetadata([UInt8])
    }

    /// Packs a summary anew with some of its values; everything else stays as it is.
    ///
    /// - Parameters:
    ///   - payload: The bytes of the event.
    ///   - select: Says what becomes of a value.
    /// - Returns: The new bytes; `nil` if no value is left.
    /// - Throws: ``MalformedMessage`` when the bytes are no event, what `select` throws.
    package static func selectingValues(
        of payload: UnsafeRawBufferPointer,
        _ select: (PackedValue) throws(MalformedMessage) -> Selection
    ) throws(MalformedMessage) -> [UInt8]? {
        var hasValues = false
        let copy = try copying(payload, changing: 5) { summary throws(MalformedMessage) in
            try copying(summary, changing: 1) { value throws(MalformedMessage) in
                switch try select(PackedValue(value)) {
                case .dropped: return nil
                case .kept:
                    hasValues = true
                    return Array(value)
                case .keptWithMetadata(let metadata):
                    hasValues = true
                    var bytes = Array(value)
                    append(metadata, as: 9, to: &bytes)
                    return bytes
                }
            }
        }
        return hasValues ? copy : nil
    }

    /// Copies a message; what one field of bytes becomes, or that it goes, is said by `change`.
    private static func copying(
        _ message: UnsafeRawBufferPointer,
        changing number: UInt32,
        _ change: (UnsafeRawBufferPointer) throws(MalformedMessage) -> [UInt8]?
    ) throws(MalformedMessage) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(message.count)
        var reader = WireReader(message)
        while true {
            let start = message.count - reader.remainingByteCount
            guard let field = try reader.next() else { return copy }
            guard field.number == number else {
                copy.append(contentsOf: message[start..<message.count - reader.remainingByteCount])
                continue
            }
            if let content = try change(field.content()) { append(content, as: number, to: &copy) }
        }
    }

    private static func append(_ content: [UInt8], as number: UInt32, to message: inout [UInt8]) {
        append(UInt64(number << 3 | 2), to: &message)
        append(UInt64(content.count), to: &message)
        message += content
    }

    private static func append(_ varint: UInt64, to message: inout [UInt8]) {
        var rest = varint
        while rest >= 0x80 {
            message.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        message.append(UInt8(rest))
    }
}
