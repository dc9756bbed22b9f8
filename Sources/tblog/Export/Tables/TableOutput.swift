import SystemPackage
import TensorBoardLogs

/// Writes a table to standard output or a file, which is replaced when there is a first row.
final class TableOutput {
    private let path: String?
    private let format: ExportFormat
    private(set) var rowCount = 0

    /// Whether a person sees the table on a screen.
    let isTerminal: Bool

    /// - Parameters:
    ///   - path: The file; `nil` for standard output.
    ///   - format: The format of the table.
    /// - Throws: ``UnusableLogs`` if the format is none for a terminal.
    init(path: String?, format: ExportFormat) throws {
        self.path = path
        self.format = format
        isTerminal = path == nil && OutputFile.isTerminal
        if format == .parquet, isTerminal {
            throw UnusableLogs("Parquet is not text for a terminal; name a file with --output")
        }
    }

    /// Writes the rows.
    ///
    /// - Returns: What could not be read.
    /// - Throws: ``TensorBoardError`` if the output cannot be written.
    func write(_ rows: any TableRows) throws -> [TensorBoardError] {
        var writer: (any TableWriter)?
        let faults = try rows.forEachRow { row in
            if writer == nil { writer = try makeWriter(rows.columns) }
            try writer?.append(row)
            rowCount += 1
        }
        try writer?.finish()
        return faults
    }

    private func makeWriter(_ columns: [TableColumn]) throws -> any TableWriter {
        let file = try OutputFile(path, separator: format == .tsv ? "\t" : ",")
        return switch format {
        case .csv: try DelimitedTableWriter(columns, separator: ",", to: file)
        case .tsv: try DelimitedTableWriter(columns, separator: "\t", to: file)
        case .jsonl: JSONLinesWriter(columns, to: file)
        case .parquet: try ParquetTableWriter(columns, to: file)
        }
    }
}

/// Writes rows in one format.
protocol TableWriter {
    mutating func append(_ row: [TableCell]) throws
    mutating func finish() throws
}

/// Writes rows as values between commas or tabs, below the names of the columns.
private struct DelimitedTableWriter: TableWriter {
    private let separator: String
    private let file: OutputFile

    init(_ columns: [TableColumn], separator: String, to file: OutputFile) throws {
        self.separator = separator
        self.file = file
        try append(columns.map(\.name).madeUnique.map { .text($0) })
    }

    func append(_ row: [TableCell]) throws {
        try file.write(DelimitedRow.text(row.map(\.text), separator: separator))
    }

    func finish() throws { try file.finish() }
}

/// Writes each row as a JSON object in a line.
private struct JSONLinesWriter: TableWriter {
    private let columns: [TableColumn]
    private let file: OutputFile

    init(_ columns: [TableColumn], to file: OutputFile) {
        self.columns = columns
        self.file = file
    }

    func append(_ row: [TableCell]) throws {
        var members: [JSONText.Member] = []
        var index = 0
        while index < columns.count {
            guard let group = columns[index].group else {
                members.append(.init(name: columns[index].name, value: row[index].json))
                index += 1
                continue
            }
            // The columns of a group stand together; what is absent is left out of its object.
            var inner: [JSONText.Member] = []
            while index < columns.count, columns[index].group == group {
                if row[index] != .null { inner.append(.init(name: columns[index].name, value: row[index].json)) }
                index += 1
            }
            members.append(.init(name: group, value: .object(inner)))
        }
        try file.write("\(JSONText.object(members))\n")
    }

    func finish() throws { try file.finish() }
}

/// A line of values between commas (RFC 4180) or tabs.
///
/// A field that a spreadsheet would take for a formula gets an apostrophe in front, unless it is a number.
enum DelimitedRow {
    /// The line with its line break; a field is quoted if necessary.
    static func text(_ fields: [String], separator: String = ",") -> String {
        fields.map { quoted(guarded($0), separator) }.joined(separator: separator) + "\r\n"
    }

    private static func guarded(_ field: String) -> String {
        guard let first = field.utf8.first, "=+-@\t\r".utf8.contains(first), Double(field) == nil else { return field }
        return "'" + field
    }

    private static func quoted(_ field: String, _ separator: String) -> String {
        // By bytes: to Swift a carriage return and a line feed together are one character.
        let separator = separator.utf8.first
        let needsQuotes = field.utf8.contains { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"), separator: true
            default: false
            }
        }
        guard needsQuotes else { return field }
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}
