import EventCoding
import Summaries
import TensorBoard

extension FuzzTarget {
    /// What is read of an event is what protobuf-c reads, and everything inside of it is taken in or refused.
    static func checkEvent(_ payload: [UInt8]) throws {
        guard let outline = EventOutline(walking: payload) else { return }
        // protobuf-c looks into what is not unpacked here, so it may refuse more.
        if let reference = EventOutline(unpacking: payload) {
            try FuzzFailure.unless(outline == reference, "walked: \(outline), unpacked: \(reference)")
        }
        try checkCopies(payload, outline)
        guard let event = decode(payload) else { return }
        try FuzzFailure.unless(event.step == Int(outline.step), "the step changes")
        switch event.content {
        case .summary(let values):
            try FuzzFailure.unless(values.count == outline.values.count, "a value is missing")
            for value in values { _ = value.content }
        case .graph(let bytes): _ = PluginContent.decodeGraph(bytes)
        case .runMetadata(_, let bytes): _ = PluginContent.decodeRunMetadata(bytes)
        case .fileVersion, .session, .metaGraph, .message, .other: break
        }
    }

    /// Decodes an event with all that is in it; `nil` if it is none.
    static func decode(_ payload: [UInt8]) -> LoggedEvent? {
        var decoder = EventDecoder()
        return payload.withUnsafeBytes { bytes in
            PackedEvent(bytes).flatMap { packed in try? decoder.decode(packed) }
        }
    }

    /// A copy with all values, or with another time, says the same.
    private static func checkCopies(_ payload: [UInt8], _ outline: EventOutline) throws {
        try payload.withUnsafeBytes { bytes in
            if !outline.values.isEmpty, let copy = try PackedEvent.selectingValues(of: bytes, { _ in .kept }) {
                try FuzzFailure.unless(EventOutline(walking: copy) == outline, "a copy says something else")
            }
            try PackedEvent(bytes)?.withWallTime(7, bytes) { copy in
                let event = PackedEvent(copy)
                try FuzzFailure.unless(event?.wallTime == 7, "the time is not the new one")
                try FuzzFailure.unless(event?.step == Int(outline.step), "the step changes with the time")
            }
        }
    }
}
