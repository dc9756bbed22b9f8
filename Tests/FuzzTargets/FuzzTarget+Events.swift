import EventCoding
import Summaries
import TensorBoardLogs
import TestSupport

extension FuzzTarget {
    /// What is read of an event is what protobuf-c reads, and everything inside of it is taken in or refused.
    static func checkEvent(_ payload: [UInt8]) throws {
        guard let outline = EventOutline(walking: payload) else {
            try FuzzFailure.unless(EventOutline(scalar: payload) == nil, "a refused event is a scalar")
            let mayBeRefused = EventOutline(unpacking: payload) == nil || isOdd(payload)
            return try FuzzFailure.unless(mayBeRefused, "an event is refused")
        }
        // protobuf-c looks into what is not unpacked here, so it may refuse more.
        if let reference = EventOutline(unpacking: payload) {
            try FuzzFailure.unless(outline == reference, "walked: \(outline), unpacked: \(reference)")
        }
        try checkCopies(payload, outline)
        if let scalar = EventOutline(scalar: payload) {
            try FuzzFailure.unless(scalar == outline, "as a scalar: \(scalar), walked: \(outline)")
        }
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

    /// Whether protobuf-c takes in an event that the library refuses on purpose: the event or one of its values has two
    /// contents, or the number of a field has more bits than protobuf allows.
    private static func isOdd(_ payload: [UInt8]) -> Bool {
        guard let event = try? WireMessage(payload) else { return true }
        let summaries = (try? event.messages(5)) ?? []
        let values = summaries.flatMap { (try? $0.messages(1)) ?? [] }
        let hasLargeNumber = ([event] + summaries + values).contains { message in
            message.fields.contains { !(1...0x1FFF_FFFF).contains($0.number) }
        }
        func hasTwo(_ message: WireMessage, _ numbers: Set<Int>) -> Bool {
            message.fields.count { numbers.contains($0.number) } > 1
        }
        return hasLargeNumber || hasTwo(event, [3, 4, 5, 6, 7, 8, 9]) || hasTwo(event, [10])
            || values.contains { hasTwo($0, [2, 3, 4, 5, 6, 8]) || hasTwo($0, [9]) }
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
