public import Summaries

/// A table of comma-separated values (RFC 4180), read from text.
///
/// ```swift
/// let table = try CSVTable("width,height\r\n1.5,2\r\n", hasHeader: true)
/// let features = try table.numbers(inColumns: 0..<2)   // shape [1, 2]
/// ```
///
/// A field may stand in quotation marks, in which commas and line breaks are text and a doubled mark is one mark. Lines end
/// with a line feed, with or without a carriage return before it. Empty lines are left out. All rows have the same number of
/// fields.
public struct CSVTable: Sendable {
    /// What to do with a field that holds no number: an empty one, `NA` or `NaN`.
    public enum MissingValues: Sendable, Hashable {
        /// Throw an error that names the field.
        case refuse
        /// Keep it as NaN.
        case keep
        /// Take this number.
        case replace(with: Float)
    }

    /// The names of the columns; `nil` for a table without a header.
    public let columnNames: [String]?
    /// The fields of each row, without the quotation marks.
    public let rows: [[String]]
    /// The number of fields of each row.
    public let columnCount: Int
    /// The line on which each row begins, from 1.
    private let lines: [Int]

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - text: The text, perhaps with a byte order mark.
    ///   - hasHeader: Whether the first row has the names of the columns.
    ///   - separator: What stands between fields, one ASCII character.
    /// - Throws: ``TrainingError/Code/invalidData`` with line and column for a quotation mark that is not closed or stands
    ///   in the wrong place, and for a row of another length.
    public init(_ text: String, hasHeader: Bool, separator: Character = ",") throws(TrainingError) {
        var parser = try CSVParser(text, separator)
        var rows: [[String]] = []
        var lines: [Int] = []
        while let (line, row) = try parser.nextRow() {
            if let first = rows.first, row.count != first.count {
                throw TrainingError(
                    .invalidData,
                    "line \(line) has \(row.count) columns, but the table has \(first.count): "
                        + "write a field for each column in every line"
                )
            }
            rows.append(row)
            lines.append(line)
        }
        columnCount = rows.first?.count ?? 0
        columnNames = hasHeader ? rows.first : nil
        self.rows = Array(rows.dropFirst(hasHeader ? 1 : 0))
        self.lines = Array(lines.dropFirst(hasHeader ? 1 : 0))
    }

    /// The column of a name.
    ///
    /// - Parameter name: The name in the header.
    /// - Returns: Its index, from 0.
    /// - Throws: ``TrainingError/Code/invalidData`` if the header has no such name.
    public func column(named name: String) throws(TrainingError) -> Int {
        guard let index = columnNames?.firstIndex(of: name) else {
            let known = columnNames.map { "the columns are \($0.joined(separator: ", "))" } ?? "the table has no header"
            throw TrainingError(.invalidData, "there is no column '\(name)': \(known)")
        }
        return index
    }

    /// Columns as numbers.
    ///
    /// - Parameters:
    ///   - columns: The indices of the columns, from 0.
    ///   - missing: What to do with a field that holds no number.
    /// - Returns: A row for each row of the table, of shape `[rows, columns]`.
    /// - Throws: ``TrainingError/Code/invalidData`` with line and column for a field that is no finite number.
    public func numbers(
        inColumns columns: some Collection<Int>,
        missing: MissingValues = .refuse
    ) throws(TrainingError) -> TensorValue {
        try check(columns)
        var elements: [Float] = []
        elements.reserveCapacity(rows.count * columns.count)
        for row in rows.indices {
            for column in columns { elements.append(try number(row, column, missing)) }
        }
        return TensorValue(shape: [rows.count, columns.count], elements)
    }

    /// A column as integers, such as classes.
    ///
    /// - Parameter column: The index of the column, from 0.
    /// - Returns: A number for each row.
    /// - Throws: ``TrainingError/Code/invalidData`` with line and column for a field that is no integer.
    public func integers(inColumn column: Int) throws(TrainingError) -> [Int] {
        try check([column])
        var integers: [Int] = []
        for row in rows.indices {
            guard let integer = Int(Self.trimmed(rows[row][column])) else { throw fault(row, column, "an integer") }
            integers.append(integer)
        }
        return integers
    }

    private func check(_ columns: some Collection<Int>) throws(TrainingError) {
        guard !rows.isEmpty, let wrong = columns.first(where: { !(0..<columnCount).contains($0) }) else { return }
        throw TrainingError(
            .invalidData,
            "there is no column \(wrong): the table has \(columnCount) columns, counted from 0"
        )
    }

    private func number(_ row: Int, _ column: Int, _ missing: MissingValues) throws(TrainingError) -> Float {
        let field = Self.trimmed(rows[row][column])
        if let number = Float(field), number.isFinite { return number }
        guard field.isEmpty || ["na", "nan"].contains(field.lowercased()) else {
            throw fault(row, column, "a finite number")
        }
        switch missing {
        case .refuse:
            throw fault(row, column, "a finite number (or say with 'missing' what to do with fields that have none)")
        case .keep: return .nan
        case .replace(let number): return number
        }
    }

    private func fault(_ row: Int, _ column: Int, _ wanted: String) -> TrainingError {
        let name = columnNames.map { " ('\($0[column])')" } ?? ""
        return TrainingError(
            .invalidData,
            "line \(lines[row]), column \(column + 1)\(name): '\(rows[row][column].prefix(40))' must be \(wanted)"
        )
    }

    private static func trimmed(_ field: String) -> Substring {
        var field = Substring(field)
        while let last = field.last, last == " " || last == "\t" { field.removeLast() }
        return field.drop { $0 == " " || $0 == "\t" }
    }
}
