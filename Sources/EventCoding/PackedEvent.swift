/// A packed event of any writer, of which only the outermost fields are looked at.
///
/// Enough to sort events by step, or to leave out what nobody asked for, without unpacking images and graphs. It points
/// into the bytes that it was made of, so an event that says two things, which protobuf would merge and no writer is
/// known to make, is refused.
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
    /// What is said about it, in a form that the kind decides.
    package private(set) var content = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The size of the event.
    let byteCount: Int
    /// The message about who wrote the file.
    private(set) var source: UnsafeRawBufferPointer?

    /// Looks at an event; `nil` if the bytes are no protobuf message.
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
