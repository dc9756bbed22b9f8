import CEventProtos
import CProtobufC
import Summaries

/// Turns protobuf bytes of any writer into events.
///
/// The outer messages, down to a scalar, are parsed in place; protobuf-c unpacks the inner ones, into
/// an arena, and only if it is wanted.
///
/// ```swift
/// guard let packed = PackedEvent(payload) else { throw … }
/// let event = try decoder.decode(packed)
/// ```
package struct EventDecoder: ~Copyable {
    /// The most elements that tensors may have by the claim that one element fills them.
    ///
    /// Such a tensor takes no bytes in the file, whatever its shape. So many numbers stay within 64 MiB, with what is made
    /// of them; each byte that is read gives some back, so that all that a run claims takes 1 KiB at most for each byte
    /// that it has, and 64 MiB.
    static let filledElementLimit = 1 << 20
    /// How many of them each byte gives back.
    private static let filledElementsPerByte = 64

    /// How many numbers a text of so many bytes counts for: each copy of it may take memory of its own.
    static func filledTextWeight(byteCount: Int) -> Int { 64 + byteCount / 4 }

    var arena = MessageArena()
    var filledElementAllowance: Int
    private var hasInvalidText = false

    package init() {
        filledElementAllowance = Self.filledElementLimit
    }

    /// Creates a decoder for the tensors within one message, which may be filled no more than its bytes allow.
    init(messageByteCount: Int) {
        filledElementAllowance = 0
        begin(byteCount: messageByteCount)
    }

    /// Begins with an event or a value of so many bytes.
    mutating func begin(byteCount: Int) {
        arena.reset()
        let (earned, overflows) = byteCount.multipliedReportingOverflow(by: Self.filledElementsPerByte)
        let room = Self.filledElementLimit - filledElementAllowance
        filledElementAllowance += overflows ? room : min(room, earned)
    }

    /// Decodes an event.
    ///
    /// - Parameters:
    ///   - packed: The event, its bytes still in place.
    ///   - includesTag: Returns, for the bytes of a tag, whether to decode the value; run metadata counts as a value, a graph
    ///     does not.
    /// - Returns: The event, or `nil` if the filter left nothing of it.
    /// - Throws: ``MalformedMessage`` when the bytes are not an event.
    package mutating func decode(
        _ packed: PackedEvent,
        where includesTag: (UnsafeRawBufferPointer) -> Bool = { _ in true }
    ) throws(MalformedMessage) -> LoggedEvent? {
        begin(byteCount: packed.byteCount)
        hasInvalidText = false
        guard let content = try content(of: packed, where: includesTag) else { return nil }
        let writer = try writer(of: packed)
        return LoggedEvent(
            wallTime: packed.wallTime,
            step: packed.step,
            content: content,
            writer: writer,
            hasInvalidText: hasInvalidText
        )
    }

    private mutating func content(
        of packed: PackedEvent,
        where includesTag: (UnsafeRawBufferPointer) -> Bool
    ) throws(MalformedMessage) -> LoggedEvent.Content? {
        switch packed.kind {
        case .fileVersion: return .fileVersion(text(packed.content))
        case .graph: return .graph(Array(packed.content))
        case .metaGraph: return .metaGraph(Array(packed.content))
        case .other: return .other
        case .session:
            let log = try arena.unpack(packed.content, tensorboard__session_log__unpack).pointee
            return .session(
                LoggedEvent.SessionLog(
                    LoggedEvent.SessionLog.Status(rawValue: Int(log.status.rawValue)) ?? .unspecified,
                    checkpointPath: text(UnsafeRawBufferPointer(log.checkpoint_path)),
                    message: text(UnsafeRawBufferPointer(log.msg))
                )
            )
        case .message:
            let log = try arena.unpack(packed.content, tensorboard__log_message__unpack).pointee
            return .message(level: Int(log.level), text(UnsafeRawBufferPointer(log.message)))
        case .runMetadata:
            let tagged = try arena.unpack(packed.content, tensorboard__tagged_run_metadata__unpack).pointee
            let tag = UnsafeRawBufferPointer(tagged.tag)
            return includesTag(tag) ? .runMetadata(tag: text(tag), Array(tagged.run_metadata)) : nil
        case .summary:
            var values: [LoggedValue] = []
            var leftOut = false
            try PackedValue.forEach(in: packed.content) { value throws(MalformedMessage) in
                if includesTag(value.tag) {
                    values.append(try decode(value, tag: text(value.tag)))
                } else {
                    leftOut = true
                }
            }
            return values.isEmpty && leftOut ? nil : .summary(values)
        }
    }

    private mutating func writer(of packed: PackedEvent) throws(MalformedMessage) -> String? {
        guard let source = packed.source else { return nil }
        let writer = try arena.unpack(source, tensorboard__source_metadata__unpack).pointee.writer
        return text(UnsafeRawBufferPointer(writer))
    }

    /// The text of a field that protobuf wants to be UTF-8.
    mutating func text(_ bytes: UnsafeRawBufferPointer) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        hasInvalidText = true
        return String(decoding: bytes, as: UTF8.self)
    }
}
