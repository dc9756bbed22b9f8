/// A message in protobuf's text format, taken apart into its fields without knowledge of its type.
///
/// Enough to find and replace a field and to leave everything else as it was written.
struct TextMessage {
    /// One field, wherever it stands.
    struct Field {
        let name: String
        /// The whole field.
        let range: Range<Int>
        /// The text after the name, brackets and quotes included.
        let value: Range<Int>
    }

    private let text: [UInt8]
    private let end: Int
    private var place: Int

    /// The fields, in the order in which they stand.
    private(set) var fields: [Field] = []

    /// Takes a message apart; `nil` if it is not in the text format.
    ///
    /// - Parameters:
    ///   - text: The text that holds the message.
    ///   - range: Where in it the message stands, without brackets.
    init?(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        place = range.lowerBound
        end = range.upperBound
        while true {
            skipBlanks(and: ",;")
            if place == end { return }
            guard let field = takeField() else { return nil }
            fields.append(field)
        }
    }

    private mutating func takeField() -> Field? {
        let start = place
        while let byte = current, Self.isWord(byte) { place += 1 }
        let name = String(decoding: text[start..<place], as: UTF8.self)
        guard !name.isEmpty else { return nil }
        skipBlanks(and: ":")
        let valueStart = place
        guard let first = current else { return nil }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "<"), UInt8(ascii: "["):
            guard skipBrackets() else { return nil }
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            // Strings that follow each other are one.
            var valueEnd = place
            while let byte = current, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                guard skipString() else { return nil }
                valueEnd = place
                skipBlanks(and: "")
            }
            place = valueEnd
        default:
            while let byte = current, Self.isWord(byte) || "+-".utf8.contains(byte) { place += 1 }
        }
        guard place > valueStart else { return nil }
        return Field(name: name, range: start..<place, value: valueStart..<place)
    }

    private var current: UInt8? { place < end ? text[place] : nil }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Skips white space, comments and the given marks.
    private mutating func skipBlanks(and marks: StaticString) {
        while let byte = current {
            if byte == UInt8(ascii: "#") {
                while let byte = current, byte != UInt8(ascii: "\n") { place += 1 }
            } else if byte <= UInt8(ascii: " ") || marks.withUTF8Buffer({ $0.contains(byte) }) {
                place += 1
            } else {
                return
            }
        }
    }

    /// Skips a string; `false` if it does not end.
    private mutating func skipString() -> Bool {
        let quote = text[place]
        place += 1
        while let byte = current {
            place += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == quote { return true }
        }
        return false
    }

    /// Skips from an opening bracket past the closing one; `false` if they do not match.
    private mutating func skipBrackets() -> Bool {
        var open: [UInt8] = []
        while true {
            skipBlanks(and: "")
            guard let byte = current else { return false }
            switch byte {
            case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
            case UInt8(ascii: "<"): open.append(UInt8(ascii: ">"))
            case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
            case UInt8(ascii: "}"), UInt8(ascii: ">"), UInt8(ascii: "]"):
                guard open.popLast() == byte else { return false }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard skipString() else { return false }
                continue
            default: break
            }
            place += 1
            if open.isEmpty { return true }
        }
    }
}
