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

    private static let gap = "  "

    /// Creates a table without rows.
    package init(columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row.
    ///
    /// - Parameter cells: One text for each column.
    package mutating func append(_ cells: [String]) {
        precondition(cells.count == columns.count, "A row of a table must have one cell for each column.")
        rows.append(cells.map(\.printable))
    }

    /// The number of columns of a terminal that the widest line takes.
    package var width: Int {
        description.split(separator: "\n").reduce(0) { max($0, String($1).displayWidth) }
    }

    /// The lines, without spaces at their ends and without a line break after the last.
    package var description: String {
        let titles = columns.map(\.title.printable)
        let widths = columns.indices.map { column in
            rows.reduce(titles[column].displayWidth) { max($0, $1[column].displayWidth) }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return ([titles, rule] + rows).map { line($0, widths) }.joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
            switch columns[column].alignment {
            case .left: line += cell + padding
            case .right: line += padding + cell
            }
            line += Self.gap
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
