import CEventProtos
import CProtobufC
package import Summaries

extension EventEncoder {
    /// Packs an event anew with metadata for values that have none.
    ///
    /// Needed when events that are encoded already go into another file than they were meant for.
    ///
    /// - Parameters:
    ///   - payload: A packed event.
    ///   - metadata: Gives the metadata for a tag, or `nil` if its value needs none.
    /// - Returns: The packed event, or `nil` if nothing is to be added.
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
        var added: [UnsafeMutablePointer<Tensorboard__Summary__Value>] = []
        let values = UnsafeMutableBufferPointer(start: summary.pointee.value, count: summary.pointee.n_value)
        for case let value? in values where value.pointee.metadata == nil {
            let tag = UnsafeBufferPointer(start: value.pointee.tag.data, count: value.pointee.tag.len)
            guard let metadata = metadata(String(decoding: tag, as: UTF8.self)) else { continue }
            value.pointee.metadata = arena.message(metadata)
            added.append(value)
        }
        guard !added.isEmpty else { return nil }
        // What was added belongs to the arena, not to the unpacked message.
        defer { for value in added { value.pointee.metadata = nil } }
        return [UInt8](unsafeUninitializedCapacity: tensorboard__event__get_packed_size(event)) { buffer, count in
            count = tensorboard__event__pack(event, buffer.baseAddress)
        }
    }
}
