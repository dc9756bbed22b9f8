import CEventProtos
package import Summaries

/// The metadata that each value of a tag carries, packed once.
///
/// TensorBoard itself needs it with a tag's first value only; other readers of event files want it with every one, as
/// TensorFlow writes it.
package struct PackedMetadata: Sendable, Equatable {
    /// The number of the field `metadata` in the message of a value.
    static let fieldNumber: UInt32 = 9

    /// The content of the field: its length, then the message.
    let field: [UInt8]

    /// Packs metadata.
    package init(_ metadata: SummaryMetadata) {
        var arena = MessageArena()
        let message = arena.message(metadata)
        let byteCount = tensorboard__summary_metadata__get_packed_size(message)
        var field: [UInt8] = []
        var rest = byteCount
        while rest > 0x7F {
            field.append(UInt8(truncatingIfNeeded: rest & 0x7F | 0x80))
            rest >>= 7
        }
        field.append(UInt8(truncatingIfNeeded: rest))
        let packed = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            count = tensorboard__summary_metadata__pack(message, buffer.baseAddress)
        }
        self.field = field + packed
    }
}
