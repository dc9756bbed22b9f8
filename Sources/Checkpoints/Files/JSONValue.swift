/// A JSON text, read (RFC 8259).
///
/// Numbers stay as they are written, so that no integer loses digits.
enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in their order; names may come twice, and it is for the reader to refuse that.
    case object([(name: String, value: JSONValue)])

    /// Why a text is no JSON.
    struct Failure: Error {
        let offset: Int
        let message: String
    }

    /// Reads a text.
    ///
    /// - Parameter bytes: UTF-8; spaces may follow the value.
    /// - Throws: ``Failure`` with the byte at which it is no JSON.
    init(parsing bytes: some Collection<UInt8>) throws(Failure) {
        var parser = JSONParser(bytes: Array(bytes))
        self = try parser.parse()
    }

    subscript(name: String) -> JSONValue? { members?.first { $0.name == name }?.value }

    var string: String? { if case .string(let string) = self { string } else { nil } }

    var number: String? { if case .number(let number) = self { number } else { nil } }

    var integer: Int? { number.flatMap { Int($0) } }

    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    var members: [(name: String, value: JSONValue)]? { if case .object(let members) = self { members } else { nil } }

    /// The elements of an array of integers.
    var integers: [Int]? {
        guard let elements else { return nil }
        let integers = elements.compactMap(\.integer)
        return integers.count == elements.count ? integers : nil
    }

    static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)), (.string(let a), .string(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a.elementsEqual(b) { $0 == $1 }
        default: false
        }
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var position = 0

    /// A damaged file must not exhaust the stack.
    private static let deepest = 64

    mutating func parse() throws(JSONValue.Failure) -> JSONValue {
        let value = try value(depth: 0)
        skipSpaces()
        guard position == bytes.count else { throw fault("there is something behind the value") }
        return value
    }

    private func fault(_ message: String) -> JSONValue.Failure { .init(offset: position, message: message) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpaces() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpaces()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func require(_ character: Unicode.Scalar) throws(JSONValue.Failure) {
        guard take(character) else { throw fault("'\(character)' is missing") }
    }

    private mutating func value(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        guard depth < Self.deepest else { throw fault("values are nested too deeply") }
        skipSpaces()
        switch next {
        case UInt8(ascii: "{"):
            position += 1
            var members: [(name: String, value: JSONValue)] = []
            if take("}") { return .object([]) }
            repeat {
                skipSpaces()
                let name = try string()
                try require(":")
                members.append((name, try value(depth: depth + 1)))
            } while take(",")
            try require("}")
            return .object(members)
        case UInt8(ascii: "["):
            position += 1
            var elements: [JSONValue] = []
            if take("]") { return .array([]) }
            repeat { elements.append(try value(depth: depth + 1)) } while take(",")
            try require("]")
            return .array(elements)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONValue.Failure) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw fault("there is no value") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONValue.Failure) -> JSONValue {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard Double(text) != nil else { throw fault("there is no value") }
        return .number(text)
    }

    private mutating func string() throws(JSONValue.Failure) -> String {
        guard next == UInt8(ascii: "\"") else { throw fault("a string is missing") }
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault("a string is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw fault("a string has a control character")
            default: text.append(byte)
            }
        }
        throw fault("a string is not closed")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONValue.Failure) {
        guard let byte = next else { throw fault("a string is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var units = [try codeUnit()]
            if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
                position += 2
                units.append(try codeUnit())
            }
            guard let string = String(validating: units, as: UTF16.self) else {
                throw fault("a string has half a character")
            }
            text += Array(string.utf8)
        default: throw fault("an escape is unknown")
        }
    }

    private mutating func codeUnit() throws(JSONValue.Failure) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("an escape needs four hexadecimal digits") }
        position += 4
        return unit
    }
}
