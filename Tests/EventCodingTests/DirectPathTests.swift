import CEventProtos
import CProtobufC
import Summaries
import TestSupport
import Testing

@testable import EventCoding

/// The outer layers of an event as they are walked, against protobuf-c.
struct DirectPathTests {
    /// What both ways must agree on.
    private struct Outline: Equatable {
        struct Value: Equatable {
            var tag: [UInt8]
            var form: PackedValue.Form
            var scalar: UInt32
            var hasMetadata: Bool
        }

        var wallTime: UInt64
        var step: Int64
        var kind: PackedEvent.Kind
        var values: [Value]
    }

    /// A message of fields in any order, unknown ones between them, each known one at most once.
    private func event(_ generator: inout some RandomNumberGenerator) -> [UInt8] {
        var fields: [(inout WireBytes) -> Void] = []
        let step = Int(Int64(bitPattern: generator.next()) >> Int64.random(in: 0...63, using: &generator))
        let wallTime = Double(bitPattern: generator.next())
        if Bool.random(using: &generator) { fields.append { $0.double(1, wallTime) } }
        if Bool.random(using: &generator) { fields.append { $0.varint(2, step) } }
        if Bool.random(using: &generator) { fields.append { $0.text(100, "unknown") } }
        if Bool.random(using: &generator) { fields.append { $0.message(10) { $0.text(1, "w") } } }
        let kind = Int.random(in: 0...6, using: &generator)
        let values = (0..<Int.random(in: 0...4, using: &generator)).map { _ in value(&generator) }
        switch kind {
        case 0: fields.append { $0.text(3, "v") }
        case 1: fields.append { $0.bytes(4, [1]) }
        case 2: fields.append { $0.message(7) { $0.varint(1, 1) } }
        default: fields.append { $0.message(5) { for value in values { $0.bytes(1, value) } } }
        }
        return message(fields, &generator)
    }

    private func value(_ generator: inout some RandomNumberGenerator) -> [UInt8] {
        var fields: [(inout WireBytes) -> Void] = []
        let tag = String(repeating: "tä", count: Int.random(in: 0...40, using: &generator))
        let bits = UInt32.random(in: .min ... .max, using: &generator)
        if Bool.random(using: &generator) { fields.append { $0.text(1, tag) } }
        if Bool.random(using: &generator) { fields.append { $0.message(9) { $0.text(2, "title") } } }
        if Bool.random(using: &generator) { fields.append { $0.varint(33, -1) } }
        switch Int.random(in: 0...4, using: &generator) {
        case 0: fields.append { $0.message(8) { $0.varint(1, 1) } }
        case 1: fields.append { $0.message(5) { $0.double(1, 1) } }
        case 2: break
        default: fields.append { $0.float(2, Float(bitPattern: bits)) }
        }
        return message(fields, &generator)
    }

    private func message(
        _ fields: [(inout WireBytes) -> Void],
        _ generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        WireBytes { bytes in
            for field in fields.shuffled(using: &generator) { field(&bytes) }
        }.bytes
    }

    private func walk(_ bytes: [UInt8]) -> Outline? {
        bytes.withUnsafeBytes { payload in
            guard let event = PackedEvent(payload) else { return nil }
            var values: [Outline.Value] = []
            if event.kind == .summary {
                let walked: Void? = try? PackedValue.forEach(in: event.content) { value in
                    let bits = value.form == .scalar ? value.scalar.bitPattern : 0
                    values.append(
                        .init(tag: Array(value.tag), form: value.form, scalar: bits, hasMetadata: value.hasMetadata)
                    )
                }
                guard walked != nil else { return nil }
            }
            return Outline(
                wallTime: event.wallTime.bitPattern,
                step: Int64(event.step),
                kind: event.kind,
                values: values
            )
        }
    }

    private func unpack(_ bytes: [UInt8]) -> Outline? {
        guard let message = tensorboard__event__unpack(nil, bytes.count, bytes) else { return nil }
        defer { tensorboard__event__free_unpacked(message, nil) }
        let event = message.pointee
        var values: [Outline.Value] = []
        let kind: PackedEvent.Kind
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
            for value in UnsafeBufferPointer(start: summary.value, count: summary.n_value) {
                guard let value = value?.pointee else { return nil }
                let form: PackedValue.Form =
                    switch value.value_case {
                    case TENSORBOARD__SUMMARY__VALUE__VALUE_SIMPLE_VALUE: .scalar
                    case TENSORBOARD__SUMMARY__VALUE__VALUE_OBSOLETE_OLD_STYLE_HISTOGRAM: .obsolete
                    case TENSORBOARD__SUMMARY__VALUE__VALUE_IMAGE: .image
                    case TENSORBOARD__SUMMARY__VALUE__VALUE_HISTO: .histogram
                    case TENSORBOARD__SUMMARY__VALUE__VALUE_AUDIO: .audio
                    case TENSORBOARD__SUMMARY__VALUE__VALUE_TENSOR: .tensor
                    default: .none
                    }
                let tag = UnsafeBufferPointer(start: value.tag.data, count: value.tag.len)
                let bits = form == .scalar ? value.simple_value.bitPattern : 0
                values.append(.init(tag: Array(tag), form: form, scalar: bits, hasMetadata: value.metadata != nil))
            }
        default: kind = .other
        }
        return Outline(wallTime: event.wall_time.bitPattern, step: event.step, kind: kind, values: values)
    }

    @Test func wellFormedEventsAreReadAsProtobufReadsThem() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let bytes = event(&generator)
            let outline = walk(bytes)
            #expect(outline != nil)
            #expect(outline == unpack(bytes), "\(bytes)")
        }
    }

    @Test func damagedEventsAreReadAlikeOrRefused() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var bytes = event(&generator)
            guard !bytes.isEmpty else { continue }
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            // protobuf-c also looks into what is not unpacked here, so it may refuse more; what both read is equal.
            guard let reference = unpack(bytes), let outline = walk(bytes) else { continue }
            #expect(outline == reference, "\(bytes)")
            var decoder = EventDecoder()
            _ = try? bytes.withUnsafeBytes { try PackedEvent($0).flatMap { packed in try decoder.decode(packed) } }
        }
    }
}
