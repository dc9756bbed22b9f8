/// Takes the rows of a table from its text, byte by byte: UTF-8 has no comma or quotation mark inside a character.
struct CSVParser {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ text: String, _ separator: Character) throws(TrainingError) {
        guard let separator = separator.asciiValue,
            ![Self.quote, Self.lineFeed, Self.carriageReturn].contains(separator)
        else {
            throw TrainingError(
                .invalidData,
                "'\(separator)' cannot separate fields: use one ASCII character that is no quotation mark or line break"
            )
        }
        self.separator = separator
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next row that is not empty, and the line on which it begins; `nil` at the end.
    mutating func nextRow() throws(TrainingError) -> (line: Int, fields: [String])? {
        while skipLineEnd() {}
        guard position < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            fields.append(try nextField(column: fields.count + 1))
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        _ = skipLineEnd()
        return (start, fields)
    }

    private mutating func nextField(column: Int) throws(TrainingError) -> String {
        guard position < bytes.count, bytes[position] == Self.quote else { return try plainField(column) }
        let start = line
        var field: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == Self.lineFeed { line += 1 }
            guard byte == Self.quote else {
                field.append(byte)
                continue
            }
            if position < bytes.count, bytes[position] == Self.quote {
                field.append(byte)
                position += 1
                continue
            }
            guard isAtFieldEnd else {
                throw fault(line, column, "there is text behind the closing quotation mark; double a mark that is text")
            }
            return String(decoding: field, as: UTF8.self)
        }
        throw fault(start, column, "the quotation mark is never closed; add one at the end of the field")
    }

    private mutating func plainField(_ column: Int) throws(TrainingError) -> String {
        let start = position
        while !isAtFieldEnd {
            if bytes[position] == Self.quote {
                throw fault(line, column, "a quotation mark stands inside the field; put the whole field in marks")
            }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private var isAtFieldEnd: Bool {
        position >= bytes.count || bytes[position] == separator || lineEndLength > 0
    }

    /// The bytes of a line end at the position; 0 if there is none.
    ///
    /// A carriage return alone is text.
    private var lineEndLength: Int {
        guard position < bytes.count else { return 0 }
        if bytes[position] == Self.lineFeed { return 1 }
        guard bytes[position] == Self.carriageReturn else { return 0 }
        return position + 1 == bytes.count ? 1 : bytes[position + 1] == Self.lineFeed ? 2 : 0
    }

    private mutating func skipLineEnd() -> Bool {
        let length = lineEndLength
        guard length > 0 else { return false }
        position += length
        line += 1
        return true
    }

    private func fault(_ line: Int, _ column: Int, _ problem: String) -> TrainingError {
        TrainingError(.invalidData, "line \(line), column \(column): \(problem)")
    }
}
