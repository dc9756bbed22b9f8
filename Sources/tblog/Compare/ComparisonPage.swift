import CommandLineSupport
import TensorBoardLogs

/// What a comparison says about one tag.
protocol TagReport {
    /// The tag.
    var tag: String { get }
    /// What the rows of the table are called, with the indices of their curves.
    var curves: [(name: String, index: Int)] { get }
    /// The table, without hyperparameters, as columns.
    var table: ComparisonTable { get }
    /// What else there is to say, in sentences.
    var notes: [String] { get }
    /// An object for each row.
    var json: [JSONText] { get }

    /// The curves of all rows.
    func chart(_ options: ComparisonChart, rows: Int) -> LineChart
}

/// How the charts of a comparison are drawn.
struct ComparisonChart {
    var smoothing: Double
    var axis: CurveAxis
    var isLogarithmic: Bool
    var ignoresOutliers: Bool
}

/// Columns of texts, those that are the same in every row apart.
struct ComparisonTable {
    typealias Column = (title: String, cells: [String])

    /// The columns.
    private(set) var columns: [Column] = []
    /// What is said once, because it is the same in every row.
    private(set) var common: [String] = []

    /// Adds a column.
    ///
    /// - Parameters:
    ///   - title: What is above it.
    ///   - cells: A text for each row.
    ///   - sentence: Makes what is said if the texts of all rows are equal; `nil` for a column that always stays.
    mutating func append(_ title: String, _ cells: [String], common sentence: ((String) -> String)? = nil) {
        if let sentence, let first = cells.first, cells.allSatisfy({ $0 == first }) {
            common.append(sentence(first))
        } else {
            columns.append((title, cells))
        }
    }
}

/// The hyperparameters of runs: those that are equal in all, and those in which they differ.
struct HyperparameterColumns {
    /// A row of the tables, or a run without one.
    typealias Row = (values: [String: HyperparameterValue], hasRow: Bool)

    /// The hyperparameters that all have, as `rate 0.1`.
    private(set) var common: [String] = []
    /// The names of the others.
    private(set) var names: [String] = []
    private let rows: [Row]

    /// - Parameter rows: What there is by the index of the curve.
    init(of rows: [Row]) {
        self.rows = rows
        let shown = rows.filter(\.hasRow).map(\.values)
        for name in shown.flatMap(\.keys).uniqueNames() {
            let first = shown.first?[name]
            if let first, shown.allSatisfy({ $0[name] == first }) {
                common.append("\(name) \(first)")
            } else {
                names.append(name)
            }
        }
    }

    /// The text of a hyperparameter in a row; empty where it has none, or no single one.
    func text(_ name: String, index: Int) -> String {
        rows[index].values[name]?.description ?? ""
    }

    /// Whether there is something to say of several runs at once.
    var hasSeveralRows: Bool { rows.count(where: \.hasRow) > 1 }
}

/// The charts and the tables of a comparison, laid out for a terminal.
struct ComparisonPage {
    let reports: [any TagReport]
    let hyperparameters: HyperparameterColumns
    /// How charts are drawn; `nil` for none.
    let chart: ComparisonChart?

    private static let columnsPerChart = 48
    private static let mostChartsInRow = 3

    /// The lines, none of which is wider than the terminal.
    func lines(for terminal: Terminal) -> [StyledLine] {
        // The last column stays empty: many terminals would wrap there.
        let width = max(1, terminal.width - 1)
        let count = min(
            reports.count,
            max(1, (width + ChartGrid.gap) / (Self.columnsPerChart + ChartGrid.gap)),
            Self.mostChartsInRow
        )
        var blocks: [[StyledLine]] = []
        let head = said(hyperparameters.common, width: width)
        if !head.isEmpty { blocks.append(head) }
        if let chart, count > 1 { blocks.append(grid(chart, count: count, width: width, for: terminal)) }
        for report in reports {
            let isDrawn = chart != nil && count == 1
            blocks.append(
                isDrawn
                    ? drawing(report, width: width, rows: reports.count == 1 ? 16 : 10, for: terminal)
                    : [StyledLine(report.tag.shortened(to: width), .bold)]
            )
            blocks.append(text(report, width: width, for: terminal))
        }
        if reports.count > 1, !hyperparameters.names.isEmpty {
            blocks.append(hyperparameterTable(for: terminal).lines(width: width))
        }
        return Array(blocks.joined(separator: [StyledLine()]))
    }

    private func grid(_ options: ComparisonChart, count: Int, width: Int, for terminal: Terminal) -> [StyledLine] {
        let columns = (width - ChartGrid.gap * (count - 1)) / count
        let curves = allCurves
        let look = CurveLook(indices: curves.map(\.index), terminal)
        let charts = reports.map { report in
            var chart = report.chart(options, rows: 10)
            chart.labels = .none
            chart.hasLetters = look.hasLetters
            chart.outlierHint = nil
            return chart.lines(width: columns, for: terminal) ?? [nothing(report, width: columns)]
        }
        return ChartGrid.lines(charts, width: columns, count: count)
            + LineChart.legend(curves, width: width, for: terminal)
    }

    private func drawing(_ report: any TagReport, width: Int, rows: Int, for terminal: Terminal) -> [StyledLine] {
        guard let chart else { return [] }
        return report.chart(chart, rows: rows).lines(width: width, for: terminal) ?? [nothing(report, width: width)]
    }

    private func nothing(_ report: any TagReport, width: Int) -> StyledLine {
        let rest = ": no point can be drawn"
        return StyledLine(report.tag.shortened(to: max(1, width - rest.count)) + rest).prefix(width: width)
    }

    /// The curves of all charts, each once.
    private var allCurves: [(name: String, index: Int)] {
        var known: Set<Int> = []
        return reports.flatMap(\.curves).filter { known.insert($0.index).inserted }.sorted { $0.index < $1.index }
    }

    private func text(_ report: any TagReport, width: Int, for terminal: Terminal) -> [StyledLine] {
        let content = report.table
        var columns = content.columns
        if reports.count == 1 {
            for name in hyperparameters.names {
                columns.append((name, report.curves.map { hyperparameters.text(name, index: $0.index) }))
            }
        }
        var table = TextTable(columns: [.left("run")] + columns.map { .right($0.title) })
        for (row, curve) in report.curves.enumerated() {
            let style = chart == nil || !terminal.allowsColor ? nil : Style.curves[curve.index % Style.curves.count]
            table.append([curve.name] + columns.map { $0.cells[row] }, style)
        }
        let common = said(content.common, width: width)
        return common + (common.isEmpty ? [] : [StyledLine()]) + table.lines(width: width)
            + report.notes.map { StyledLine($0, .yellow).prefix(width: width) }
    }

    private func hyperparameterTable(for terminal: Terminal) -> TextTable {
        var table = TextTable(columns: [.left("run")] + hyperparameters.names.map { .right($0) })
        for curve in allCurves {
            table.append([curve.name] + hyperparameters.names.map { hyperparameters.text($0, index: curve.index) })
        }
        return table
    }

    /// What is the same in all runs, in as many lines as it takes.
    private func said(_ facts: [String], width: Int) -> [StyledLine] {
        guard !facts.isEmpty else { return [] }
        var words = facts.enumerated().map { StyledLine($1 + ($0 < facts.count - 1 ? "," : "")) }
        if hyperparameters.hasSeveralRows {
            var first = StyledLine("all runs: ", .dim)
            first.append(words[0])
            words[0] = first
        }
        return words.flowed(width: width, gap: " ")
    }
}
