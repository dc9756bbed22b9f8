/// A key that was pressed on a terminal in raw mode.
package enum TerminalKey: Sendable, Hashable {
    /// A letter, a digit or a sign.
    case character(Character)
    /// A letter together with the control key, in lower case.
    case control(Character)
    case up
    case down
    case left
    case right
    case pageUp
    case pageDown
    case home
    case end
    case enter
    case tab
    case escape
    case backspace
}

/// Turns the bytes that a terminal sends into keys.
///
/// ```swift
/// var parser = TerminalKeyParser()
/// for key in parser.keys(in: bytes) { handle(key) }
/// ```
package struct TerminalKeyParser: Sendable {
    /// The beginning of a sequence whose end has not arrived.
    private var pending: [UInt8] = []

    /// Longer than any sequence of a key.
    private static let longestSequence = 16

    /// Creates a parser that has seen nothing.
    package init() {}

    /// Returns the keys that some bytes complete.
    ///
    /// A byte ESC at the end may be the escape key or the beginning of a sequence: it waits for the next call, so call this
    /// with no bytes when nothing follows for a while.
    ///
    /// - Parameter bytes: What was read; empty when nothing came.
    /// - Returns: The keys in order; unknown sequences are passed over.
    package mutating func keys(in bytes: [UInt8]) -> [TerminalKey] {
        let isQuiet = bytes.isEmpty
        var rest = (pending + bytes)[...]
        pending = []
        var keys: [TerminalKey] = []
        while let first = rest.first {
            switch Self.length(of: rest) {
            case .some(let length):
                if let key = Self.key(rest.prefix(length)) { keys.append(key) }
                rest = rest.dropFirst(length)
            case .none where isQuiet || rest.count > Self.longestSequence:
                if first == 0x1b { keys.append(.escape) }
                rest = rest.dropFirst()
            case .none:
                pending = Array(rest)
                rest = []
            }
        }
        return keys
    }

    /// The number of bytes of the sequence at the front; `nil` if its end has not arrived.
    private static func length(of bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if first == 0x1b {
            guard let second = bytes.dropFirst().first else { return nil }
            switch second {
            // Control Sequence Introducer: parameters, then a final byte.
            case UInt8(ascii: "["):
                return bytes.dropFirst(2).firstIndex { (0x40...0x7e).contains($0) }.map { $0 - bytes.startIndex + 1 }
            // Single Shift Three: one more byte, as the arrows in application mode.
            case UInt8(ascii: "O"): return bytes.count > 2 ? 3 : nil
            default: return 1
            }
        }
        let length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
        return bytes.count >= length ? length : nil
    }

    private static func key(_ bytes: ArraySlice<UInt8>) -> TerminalKey? {
        guard let first = bytes.first, let last = bytes.last else { return nil }
        if first == 0x1b {
            if bytes.count == 1 { return .escape }
            let parameters = String(decoding: bytes.dropFirst(2).dropLast(), as: UTF8.self)
            switch last {
            case UInt8(ascii: "A"): return .up
            case UInt8(ascii: "B"): return .down
            case UInt8(ascii: "C"): return .right
            case UInt8(ascii: "D"): return .left
            case UInt8(ascii: "H"): return .home
            case UInt8(ascii: "F"): return .end
            case UInt8(ascii: "~"): return ["1": .home, "4": .end, "5": .pageUp, "6": .pageDown][parameters]
            default: return nil
            }
        }
        switch first {
        case 0x0d, 0x0a: return .enter
        case 0x09: return .tab
        case 0x08, 0x7f: return .backspace
        case 0x01...0x1a: return .control(Character(Unicode.Scalar(first + 0x60)))
        case ..<0x20: return nil
        default:
            let text = String(decoding: bytes, as: UTF8.self)
            return text == "\u{fffd}" ? nil : text.first.map { .character($0) }
        }
    }
}
