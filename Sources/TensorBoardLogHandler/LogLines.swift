#if Logging
import Logging
import Synchronization

/// A line of the table.
struct LogLine {
    /// The titles of ``cells``.
    static let header = ["time (UTC)", "level", "logger", "message", "metadata", "source"]
    /// The most bytes of a cell; the table is written again and again.
    private static let cellLimit = 1000

    let cells: [String]

    /// - Parameters:
    ///   - event: The event.
    ///   - label: The name of the logger.
    ///   - metadata: What is shown of the metadata.
    ///   - time: Seconds since 1970-01-01 UTC.
    init(_ event: LogEvent, label: String, metadata: String, time: Double) {
        cells = [
            Self.clock(time), event.level.rawValue, label, event.message.description, metadata, event.source,
        ].map(Self.shortened)
    }

    private static func clock(_ time: Double) -> String {
        guard time.isFinite, time.magnitude < 1e15 else { return "" }
        let second = Int(time) % 86_400
        return [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(
            separator: ":"
        )
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > cellLimit else { return text }
        // At a character's end: half of one is none.
        let end = text.utf8.index(text.startIndex, offsetBy: cellLimit)
        return text[..<(String.Index(end, within: text) ?? text.index(before: end))] + "…"
    }
}

/// The last lines of a log.
struct LogLines {
    private let limit: Int
    private var lines: [LogLine] = []
    /// How many lines there were; the next one is at this place of `lines`, counted round.
    private var count = 0
    private var writtenCount = 0

    init(limit: Int) { self.limit = limit }

    mutating func append(_ line: LogLine) {
        if lines.count < limit { lines.append(line) } else { lines[count % limit] = line }
        count += 1
    }

    /// The lines, the oldest first, and how many there were before the last of them; `nil` if none is new.
    mutating func takeRows() -> (step: Int, rows: [[String]])? {
        guard count > writtenCount else { return nil }
        writtenCount = count
        let oldest = lines.count < limit ? 0 : count % limit
        return (count - 1, (lines[oldest...] + lines[..<oldest]).map(\.cells))
    }
}

/// The series that messages have, and the steps at which those without one are logged.
struct MessageSeries {
    private struct Message {
        var keys: Set<String> = []
        var highest: Int?
    }

    /// The most bytes of a message that is a scope: a tag is not for prose.
    private static let lengthLimit = 200

    private let limit: Int
    private var messages: [String: Message] = [:]
    private var count = 0

    init(limit: Int) { self.limit = limit }

    /// Chooses the numbers of a line that become scalars, and their step.
    ///
    /// - Parameters:
    ///   - numbers: The numbers by their keys.
    ///   - message: The message.
    ///   - step: The step that the metadata names; without it, one above the message's highest.
    /// - Returns: The numbers, without those that would be a series too many.
    mutating func admit(
        _ numbers: [(key: String, value: Double)],
        of message: String,
        namedStep step: Int?
    ) -> (step: Int, numbers: [(key: String, value: Double)]) {
        guard !numbers.isEmpty, message.utf8.count <= Self.lengthLimit else { return (0, []) }
        // Taken out, so that its keys are not copied when one is added.
        var state = messages.removeValue(forKey: message) ?? Message()
        let admitted = numbers.filter { number in
            if state.keys.contains(number.key) { return true }
            guard count < limit else { return false }
            count += 1
            state.keys.insert(number.key)
            return true
        }
        guard !state.keys.isEmpty else { return (0, []) }
        let result = step ?? state.highest.map { $0 == .max ? .max : $0 + 1 } ?? 0
        state.highest = max(result, state.highest ?? .min)
        messages[message] = state
        return (result, admitted)
    }
}
#endif
