import CEventProtos
import CProtobufC
package import Summaries

extension EventEncoder {
    /// Packs an event anew with other metadata for some of its values.
    ///
    /// Needed when events that are encoded already go into another file than they were meant for, which lacks the titles
    /// and descriptions of their tags.
    ///
    /// - Parameters:
    ///   - payload: A packed event.
    ///   - metadata: Gives the metadata for a tag, or `nil` to leave the value as it is.
    /// - Returns: The packed event, or `nil` if nothing changes.
    package mutating func repack(
        _ payload: UnsafeRawBufferPointer,
        metadata: (_ tag: String) -> SummaryMetadata?
    ) -> [UInt8]? {
        let bytes = payload.assumingMemoryBound(to: UInt8.self)
        guard let event = tensorboard__event__unpack(nil, bytes.count, bytes.baseAddress) else { return nil }
        defer { tensorboard__event__free_unpacked(event, nil) }
        guard event.pointee.what_case == TENSORBOARD__EVENT__WHAT_SUMMARY, let summary = event.pointee.summary else {
            return nil
        }
        typealias Value = UnsafeMutablePointer<Tensorboard__Summary__Value>
        var changes: [(value: Value, original: UnsafeMutablePointer<Tensorboard__SummaryMetadata>?)] = []
        // What is exchanged belongs to the arena, not to the unpacked message.
        defer { for change in changes { change.value.pointee.metadata = change.original } }
        for case let value? in UnsafeMutableBufferPointer(start: summary.pointee.value, count: summary.pointee.n_value)
        {
            let tag = UnsafeBufferPointer(start: value.pointee.tag.data, count: value.pointee.tag.len)
            guard let metadata = metadata(String(decoding: tag, as: UTF8.self)) else { continue }
            changes.append((value, value.pointee.metadata))
            value.pointee.metadata = arena.message(metadata)
        }
        guard !changes.isEmpty else { return nil }
        return [UInt8](unsafeUninitializedCapacity: tensorboard__event__get_packed_size(event)) { buffer, count in
            count = tensorboard__event__pack(event, buffer.baseAddress)
        }
    }
}
