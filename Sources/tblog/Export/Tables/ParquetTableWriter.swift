import ParquetCoding

/// Writes rows as a Parquet file.
///
/// A column of numbers has a second one beside it, with `_exact` in its name, for integers that a double rounds; a mixed
/// column a third one, `_text`.
struct ParquetTableWriter: TableWriter {
    private let columns: [TableColumn]
    private let file: OutputFile
    private var writer: ParquetWriter

    init(_ columns: [TableColumn], to file: OutputFile) throws {
        self.columns = columns
        self.file = file
        let parts = columns.map(Self.parts)
        let names = parts.flatMap { $0.map(\.name) }.madeUnique
        let unique = zip(names, parts.joined()).map { ParquetColumn($0, $1.kind, isOptional: $1.isOptional) }
        writer = try ParquetWriter(columns: unique) { try file.write($0) }
    }

    mutating func append(_ row: [TableCell]) throws {
        var values: [ParquetValue] = []
        for (column, cell) in zip(columns, row) {
            if case .text(let text) = cell, text.utf8.count > ParquetWriter.largestTextByteCount {
                throw UnusableLogs("a text of more than 1 GiB does not fit in Parquet; take --format jsonl")
            }
            Self.append(cell, of: column, to: &values)
        }
        try writer.append(values)
    }

    mutating func finish() throws {
        try writer.finish()
        try file.finish()
    }

    /// The columns that a column becomes.
    private static func parts(of column: TableColumn) -> [ParquetColumn] {
        let double = ParquetColumn(column.name, .double, isOptional: column.isOptional)
        let exact = ParquetColumn("\(column.name)_exact", .wideInteger, isOptional: true)
        switch column.kind {
        case .text: return [ParquetColumn(column.name, .text, isOptional: column.isOptional)]
        case .integer: return [ParquetColumn(column.name, .int64, isOptional: column.isOptional)]
        // A time may be one that no calendar has.
        case .time: return [ParquetColumn(column.name, .timestamp, isOptional: true)]
        case .number(hasExact: false): return [double]
        case .number(hasExact: true): return [double, exact]
        case .mixed:
            let number = ParquetColumn(column.name, .double, isOptional: true)
            return [number, exact, ParquetColumn("\(column.name)_text", .text, isOptional: true)]
        case .truth: return [ParquetColumn(column.name, .bool, isOptional: column.isOptional)]
        }
    }

    private static func append(_ cell: TableCell, of column: TableColumn, to values: inout [ParquetValue]) {
        switch column.kind {
        case .text: values.append(cell == .null ? .null : .text(cell.text))
        case .integer:
            if case .integer(let integer) = cell { values.append(.int64(Int64(integer))) } else { values.append(.null) }
        case .time: values.append(time(cell))
        case .number(let hasExact):
            let (number, exact) = number(cell)
            values.append(number)
            if hasExact { values.append(exact) }
        case .mixed:
            let (number, exact) = number(cell)
            values += [number, exact]
            if case .text(let text) = cell { values.append(.text(text)) } else { values.append(.null) }
        case .truth: if case .truth(let truth) = cell { values.append(.bool(truth)) } else { values.append(.null) }
        }
    }

    private static func number(_ cell: TableCell) -> (number: ParquetValue, exact: ParquetValue) {
        switch cell {
        case .number(let number, let exact): (.double(number), exact.map { .wideInteger($0) } ?? .null)
        case .truth(let truth): (.double(truth ? 1 : 0), .null)
        case .null, .text, .integer, .time: (.null, .null)
        }
    }

    private static func time(_ cell: TableCell) -> ParquetValue {
        guard case .time(let seconds) = cell else { return .null }
        return Int64(exactly: (seconds * 1e6).rounded()).map { .int64($0) } ?? .null
    }
}
