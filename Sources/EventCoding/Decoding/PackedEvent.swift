/// A packed event of any writer, of which only the outermost fields are read.
///
/// Enough to sort events by step, or to skip what a filter excludes, without unpacking images and graphs. The value points
/// into the bytes of the event. An event with two contents, which protobuf would merge and no known writer writes, is
/// therefore refused.
package struct PackedEvent {
    /// What an event is about.
    package enum Kind: Sendable {
        case fileVersion
        case graph
        case summary
        case message
        case session
        case runMetadata
        case metaGraph
        /// None of these; TensorBoard ignores it.
        case other
    }

    /// Seconds since 1970-01-01 UTC.
    package private(set) var wallTime = 0.0
    /// The position on the horizontal axis.
    package private(set) var step = 0
    /// What the event is about.
    package private(set) var kind = Kind.other
    /// The content, in a form that depends on the kind.
    package private(set) var content = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The size of the event.
    let byteCount: Int
    /// The message about who wrote the file.
    private(set) var source: UnsafeRawBufferPointer?

    /// Parses the outer fields of an event; `nil` if the bytes are not a valid message.
    ///
    /// - Parameter payload: The bytes of one record.
    package init?(_ payload: UnsafeRawBufferPointer) {
        byteCount = payload.count
        do throws(MalformedMessage) {
            var reader = WireReader(payload)
            while let field = try reader.next() {
                switch field.number {
                case 1: wallTime = Double(bitPattern: try field.number(1))
                case 2: step = Int(Int64(bitPattern: try field.number(0)))
                case 3: try set(.fileVersion, field)
                case 4: try set(.graph, field)
                case 5: try set(.summary, field)
                case 6: try set(.message, field)
                case 7: try set(.session, field)
                case 8: try set(.runMetadata, field)
                case 9: try set(.metaGraph, field)
                case 10:
                    guard source == nil else { return nil }
                    source = try field.content()
                default: break
                }
            }
        } catch {
            return nil
        }
    }

    private mutating func set(_ kind: Kind, _ field: WireReader.Field) throws(MalformedMessage) {
        guard self.kind == .other else { throw MalformedMessage() }
        content = try field.content()
        self.kind = kind
    }

    /// Whether the event holds data of its step: summaries, graphs, run metadata.
    package var isData: Bool {
        switch kind {
        case .graph, .summary, .runMetadata, .metaGraph: true
        case .fileVersion, .message, .session, .other: false
        }
    }
}

extension PackedEvent {
    /// Calls `body` with the event as it would be at another time.
    ///
    /// The time is appended: protobuf takes the last occurrence of a field.
    ///
    /// - Parameters:
    ///   - wallTime: Seconds since 1970-01-01 UTC.
    ///   - payload: The bytes that the event was made of.
    ///   - body: Takes the new bytes.
    /// - Throws: What `body` throws.
    package func withWallTime<Failure: Error>(
        _ wallTime: Double,
        _ payload: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var bytes = Array(payload)
        bytes.append(1 << 3 | 1)
        withUnsafeBytes(of: wallTime.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        try bytes.span.bytes.withUnsafeBytes { buffer throws(Failure) in try body(buffer) }
    }
}

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
    ///   - select: Returns what to do with a value.
    /// - Returns: The new bytes; `nil` if no value is left.
    /// - Throws: ``MalformedMessage`` when the bytes are not an event, and what `select` throws.
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

    /// Copies a message; `change` returns the new content of one field, or `nil` to drop it.
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
