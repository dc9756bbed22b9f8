/// A table in plain text with aligned columns.
///
/// ```swift
/// var table = TextTable(columns: [.left("run"), .right("cost")])
/// table.append(["run1", "0.0123"])
/// print(table)
/// // run     cost
/// // ----  ------
/// // run1  0.0123
/// ```
package struct TextTable: Sendable, CustomStringConvertible {
    /// A column: its title, and the side at which its cells line up.
    package struct Column: Sendable {
        fileprivate enum Alignment {
            case left
            case right
        }

        fileprivate let title: String
        fileprivate let alignment: Alignment

        /// A column of text.
        package static func left(_ title: String) -> Column {
            Column(title: title, alignment: .left)
        }

        /// A column of numbers.
        package static func right(_ title: String) -> Column {
            Column(title: title, alignment: .right)
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []
    /// How the first cell of each row looks.
    private var styles: [Style?] = []

    private static let gap = "  "

    /// Creates a table without rows.
    package init(columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - cells: One text for each column.
    ///   - style: How the first of them looks.
    package mutating func append(_ cells: [String], _ style: Style? = nil) {
        precondition(cells.count == columns.count, "A row of a table must have one cell for each column.")
        rows.append(cells.map(\.printable))
        styles.append(style)
    }

    /// The number of columns of a terminal that the widest line takes.
    package var width: Int {
        lines(Array(columns.indices), widths).reduce(0) { max($0, $1.width) }
    }

    /// The lines, without spaces at their ends and without a line break after the last.
    package var description: String {
        lines(Array(columns.indices), widths).map(\.plain).joined(separator: "\n")
    }

    /// The lines of the table for a width.
    ///
    /// Columns that do not fit stand in a second table below, and so on, which begins with the first column again. A cell that
    /// is wider than the width is shortened.
    ///
    /// - Parameter limit: The number of columns of the terminal, which no line exceeds.
    /// - Returns: The lines, without spaces at their ends.
    package func lines(width limit: Int) -> [StyledLine] {
        guard let first = columns.indices.first else { return [] }
        var widths = widths
        // Room for the gap and for a number beside the name.
        if columns.count > 1 { widths[first] = min(widths[first], max(1, limit / 2 - Self.gap.count)) }
        let room = limit - widths[first]
        for column in columns.indices.dropFirst() {
            widths[column] = min(widths[column], max(1, room - Self.gap.count))
        }
        var groups: [[Int]] = [[]]
        var used = 0
        for column in columns.indices.dropFirst() {
            let needed = widths[column] + Self.gap.count
            if used + needed > room, used > 0 {
                groups.append([])
                used = 0
            }
            groups[groups.count - 1].append(column)
            used += needed
        }
        return Array(groups.map { lines([first] + $0, widths) }.joined(separator: [StyledLine()]))
            .map { $0.prefix(width: limit) }
    }

    private var widths: [Int] {
        columns.indices.map { column in
            rows.reduce(columns[column].title.printable.displayWidth) { max($0, $1[column].displayWidth) }
        }
    }

    private func lines(_ shown: [Int], _ widths: [Int]) -> [StyledLine] {
        let titles = columns.map(\.title.printable)
        let rule = widths.map { String(repeating: "-", count: $0) }
        return [line(titles, nil, shown, widths), line(rule, nil, shown, widths)]
            + zip(rows, styles).map { line($0, $1, shown, widths) }
    }

    private func line(_ cells: [String], _ style: Style?, _ shown: [Int], _ widths: [Int]) -> StyledLine {
        var line = StyledLine()
        for (place, column) in shown.enumerated() {
            let cell = cells[column].shortened(to: widths[column])
            let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
            let isLeft = columns[column].alignment == .left
            if place > 0 { line.append(Self.gap) }
            if !isLeft { line.append(padding) }
            line.append(cell, place == 0 ? style : nil)
            if isLeft { line.append(padding) }
        }
        return line.trimmed
    }
}
