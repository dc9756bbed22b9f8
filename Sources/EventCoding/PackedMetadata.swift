import CEventProtos
package import Summaries

/// The metadata that each value of a tag carries, packed once.
///
/// TensorBoard itself needs it with a tag's first value only; other readers of event files want it with every one, as
/// TensorFlow writes it.
package struct PackedMetadata: Sendable, Equatable {
    /// The content of the field: its length, then the message.
    let field: [UInt8]

    /// Packs metadata.
    package init(_ metadata: SummaryMetadata) {
        var arena = MessageArena()
        let message = arena.message(metadata)
        let byteCount = tensorboard__summary_metadata__get_packed_size(message)
        let fieldByteCount = WireWriter.byteCount(ofContent: byteCount)
        field = [UInt8](unsafeUninitializedCapacity: fieldByteCount) { buffer, count in
            var writer = WireWriter(UnsafeMutableRawBufferPointer(buffer))
            writer.beginContent(byteCount: byteCount)
            let content = writer.take(byteCount).assumingMemoryBound(to: UInt8.self)
            tensorboard__summary_metadata__pack(message, content.baseAddress)
            count = fieldByteCount
        }
    }
}
