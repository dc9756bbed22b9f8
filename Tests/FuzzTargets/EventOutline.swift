import CEventProtos
import CProtobufC
package import EventCoding

/// What an event says in its outer layers, which two readers must agree on.
package struct EventOutline: Equatable {
    package struct Value: Equatable {
        var tag: [UInt8]
        var form: PackedValue.Form
        var scalar: UInt32
        var hasMetadata: Bool
    }

    package private(set) var wallTime: UInt64
    package private(set) var step: Int64
    package private(set) var kind: PackedEvent.Kind
    package private(set) var values: [Value]
}

extension EventOutline {
    /// Walks over the bytes, as the library does; `nil` if it refuses them.
    package init?(walking bytes: [UInt8]) {
        let outline = bytes.withUnsafeBytes { payload -> EventOutline? in
            guard let event = PackedEvent(payload) else { return nil }
            var values: [Value] = []
            if event.kind == .summary {
                let walked: Void? = try? PackedValue.forEach(in: event.content) { value in
                    let bits = value.form == .scalar ? value.scalar.bitPattern : 0
                    // The name of a node is no tag to protobuf.
                    let tag = value.isNamedByNode ? [] : Array(value.tag)
                    values.append(Value(tag: tag, form: value.form, scalar: bits, hasMetadata: value.hasMetadata))
                }
                guard walked != nil else { return nil }
            }
            return EventOutline(
                wallTime: event.wallTime.bitPattern,
                step: Int64(event.step),
                kind: event.kind,
                values: values
            )
        }
        guard let outline else { return nil }
        self = outline
    }

    /// Reads an event of one scalar in the common form, as the library does; `nil` for any other.
    package init?(scalar bytes: [UInt8]) {
        let outline = bytes.withUnsafeBytes { payload in
            PackedScalar(payload).map { event in
                EventOutline(
                    wallTime: event.wallTime.bitPattern,
                    step: Int64(event.step),
                    kind: .summary,
                    values: [
                        Value(
                            tag: Array(event.tag),
                            form: .scalar,
                            scalar: event.scalar.bitPattern,
                            hasMetadata: false
                        )
                    ]
                )
            }
        }
        guard let outline else { return nil }
        self = outline
    }

    /// Lets protobuf-c unpack everything; `nil` if it refuses the bytes.
    package init?(unpacking bytes: [UInt8]) {
        guard let message = tensorboard__event__unpack(nil, bytes.count, bytes) else { return nil }
        defer { tensorboard__event__free_unpacked(message, nil) }
        let event = message.pointee
        values = []
        switch event.what_case {
        case TENSORBOARD__EVENT__WHAT_FILE_VERSION: kind = .fileVersion
        case TENSORBOARD__EVENT__WHAT_GRAPH_DEF: kind = .graph
        case TENSORBOARD__EVENT__WHAT_LOG_MESSAGE: kind = .message
        case TENSORBOARD__EVENT__WHAT_SESSION_LOG: kind = .session
        case TENSORBOARD__EVENT__WHAT_TAGGED_RUN_METADATA: kind = .runMetadata
        case TENSORBOARD__EVENT__WHAT_META_GRAPH_DEF: kind = .metaGraph
        case TENSORBOARD__EVENT__WHAT_SUMMARY:
            kind = .summary
            guard let summary = event.summary?.pointee else { return nil }
            values = UnsafeBufferPointer(start: summary.value, count: summary.n_value)
                .compactMap { $0.map { Value($0.pointee) } }
        default: kind = .other
        }
        wallTime = event.wall_time.bitPattern
        step = event.step
    }
}

extension EventOutline.Value {
    fileprivate init(_ value: Tensorboard__Summary__Value) {
        form =
            switch value.value_case {
            case TENSORBOARD__SUMMARY__VALUE__VALUE_SIMPLE_VALUE: .scalar
            case TENSORBOARD__SUMMARY__VALUE__VALUE_OBSOLETE_OLD_STYLE_HISTOGRAM: .obsolete
            case TENSORBOARD__SUMMARY__VALUE__VALUE_IMAGE: .image
            case TENSORBOARD__SUMMARY__VALUE__VALUE_HISTO: .histogram
            case TENSORBOARD__SUMMARY__VALUE__VALUE_AUDIO: .audio
            case TENSORBOARD__SUMMARY__VALUE__VALUE_TENSOR: .tensor
            default: .none
            }
        tag = Array(UnsafeBufferPointer(start: value.tag.data, count: value.tag.len))
        scalar = form == .scalar ? value.simple_value.bitPattern : 0
        hasMetadata = value.metadata != nil
    }
}
