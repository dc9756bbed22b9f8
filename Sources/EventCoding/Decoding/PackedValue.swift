/// One value of a packed step, of which only the outermost fields are looked at.
///
/// It points into the bytes of the event, so a value that is two, which protobuf would merge and no writer is known to
/// make, is refused.
package struct PackedValue {
    /// The forms of a value.
    package enum Form: Sendable {
        case none
        case scalar
        /// A form that was given up before the first release of TensorFlow.
        case obsolete
        case image
        case histogram
        case audio
        case tensor
    }

    /// The name of the series, in UTF-8 if all is well.
    ///
    /// A tensor without a tag takes the name of its node instead, as in TensorBoard's `EventAccumulator`: that is where
    /// the writers of 2017 and 2018 put the tag of a text.
    package private(set) var tag = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Whether the tag is the name of a node.
    package private(set) var isNamedByNode = false
    /// The dashboard and its settings.
    package private(set) var metadata: UnsafeRawBufferPointer?
    /// The form of the value.
    package private(set) var form = Form.none
    /// The scalar, if the form is that.
    package private(set) var scalar: Float = 0
    /// The size of the value with its tag and metadata.
    package let byteCount: Int
    /// The message of the value, if the form has one.
    package private(set) var content = UnsafeRawBufferPointer(start: nil, count: 0)

    init(_ message: UnsafeRawBufferPointer) throws(MalformedMessage) {
        byteCount = message.count
        var node = tag
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: tag = try field.content()
            case 2:
                try set(.scalar)
                scalar = Float(bitPattern: UInt32(truncatingIfNeeded: try field.number(5)))
            case 3: try set(.obsolete, field)
            case 4: try set(.image, field)
            case 5: try set(.histogram, field)
            case 6: try set(.audio, field)
            // A writer that uses the field number for something else means no name.
            case 7: node = (try? field.content()) ?? node
            case 8: try set(.tensor, field)
            case 9:
                guard metadata == nil else { throw MalformedMessage() }
                metadata = try field.content()
            default: break
            }
        }
        if tag.isEmpty, form == .tensor, !node.isEmpty {
            tag = node
            isNamedByNode = true
        }
    }

    private mutating func set(_ form: Form, _ field: WireReader.Field) throws(MalformedMessage) {
        try set(form)
        content = try field.content()
    }

    private mutating func set(_ form: Form) throws(MalformedMessage) {
        guard self.form == .none else { throw MalformedMessage() }
        self.form = form
    }

    /// Whether the value comes with metadata.
    package var hasMetadata: Bool { metadata != nil }

    /// Calls `body` with each value of a packed summary.
    ///
    /// - Parameters:
    ///   - summary: The content of a ``PackedEvent`` of that kind.
    ///   - body: Takes a value.
    /// - Throws: ``MalformedMessage`` if the bytes are not a valid summary; what `body` throws.
    @inline(__always)
    package static func forEach(
        in summary: UnsafeRawBufferPointer,
        _ body: (PackedValue) throws(MalformedMessage) -> Void
    ) throws(MalformedMessage) {
        var reader = WireReader(summary)
        while let field = try reader.next() {
            if field.number == 1 { try body(PackedValue(try field.content())) }
        }
    }
}
