import CommandLineSupport
import TensorBoardLogs

/// The report about one scalar in groups of runs that differ only in their seed.
struct SeedGroupReport: TagReport {
    private struct Row {
        let group: SeedGroup
        let index: Int
        let runs: [String]
        let average: SeriesAverage
        /// The index of the best mean; `nil` if all are NaN.
        let best: Int?
    }

    let tag: String
    private let goal: SeriesGoal
    private let rows: [Row]

    /// - Parameters:
    ///   - tag: The tag of the scalar.
    ///   - groups: The groups; those without a step of the scalar that all of their runs have are left out.
    ///   - goal: Whether low or high values are better.
    init(_ tag: String, _ groups: [SeedGroup], _ goal: SeriesGoal) {
        self.tag = tag
        self.goal = goal
        rows = groups.enumerated().compactMap { index, group in
            let average = group.average(of: tag)
            guard !average.steps.isEmpty else { return nil }
            return Row(
                group: group,
                index: index,
                runs: group.runs.filter { $0.scalars[tag] != nil }.map(\.run.name),
                average: average,
                best: average.means.bestIndex(goal)
            )
        }
    }

    /// Whether no group has the scalar.
    var isEmpty: Bool { rows.isEmpty }

    var curves: [(name: String, index: Int)] { rows.map { ($0.group.name, $0.index) } }

    func chart(_ options: ComparisonChart, rows height: Int) -> LineChart {
        var chart = LineChart(title: tag, xTitle: "step", isLogarithmic: options.isLogarithmic, rows: height)
        chart.ignoresOutliers = options.ignoresOutliers
        chart.outlierHint = "--no-ignore-outliers"
        for row in rows {
            let smoothed = { (values: [Double]) in values.smoothed(options.smoothing) }
            chart.add(
                LineChart.Curve(
                    row.group.name,
                    x: row.average.steps.map(Double.init),
                    y: smoothed(row.average.means),
                    band: row.runs.count > 1
                        ? .init(low: smoothed(row.average.minimums), high: smoothed(row.average.maximums)) : nil,
                    index: row.index
                )
            )
        }
        return chart
    }

    var table: ComparisonTable {
        var table = ComparisonTable()
        let last = rows.map { $0.average.steps.count - 1 }
        let number = { (value: Double) in value.text(significantDigits: 5) }
        table.append("runs", rows.map(\.runs.count.groupedText)) { "\($0) \($0 == "1" ? "run" : "runs") a group" }
        table.append("last, mean", zip(rows, last).map { number($0.average.means[$1]) })
        table.append("deviation", zip(rows, last).map { number($0.average.standardDeviations[$1]) })
        table.append("from", zip(rows, last).map { number($0.average.minimums[$1]) })
        table.append("to", zip(rows, last).map { number($0.average.maximums[$1]) })
        table.append(
            "\(goal.rawValue) mean",
            rows.map { row in row.best.map { number(row.average.means[$0]) } ?? "nan" }
        )
        table.append("at step", rows.map { row in row.best.map { row.average.steps[$0].groupedText } ?? "" })
        table.append("last step", zip(rows, last).map { $0.average.steps[$1].groupedText }) { "last step \($0)" }
        return table
    }

    var notes: [String] {
        rows.compactMap { row in
            guard let first = row.average.means.firstIndex(where: { !$0.isFinite }) else { return nil }
            return "\(row.group.name): a run is not finite at step \(row.average.steps[first].groupedText)"
        }
    }

    var json: [JSONText] {
        rows.map { row in
            let (average, last) = (row.average, row.average.steps.count - 1)
            return .object([
                .init(name: "tag", value: .string(tag)),
                .init(name: "group", value: .string(row.group.name)),
                .init(name: "runs", value: .array(row.runs.map { .string($0) })),
                .init(name: "points", value: .integer(average.steps.count)),
                .init(name: "last_step", value: .integer(average.steps[last])),
                .init(name: "last_mean", value: .scalar(average.means[last])),
                .init(name: "last_standard_deviation", value: .scalar(average.standardDeviations[last])),
                .init(name: "last_minimum", value: .scalar(average.minimums[last])),
                .init(name: "last_maximum", value: .scalar(average.maximums[last])),
                .init(name: "best_mean", value: row.best.map { .scalar(average.means[$0]) } ?? .null),
                .init(name: "best_step", value: row.best.map { .integer(average.steps[$0]) } ?? .null),
                .init(name: "hyperparameters", value: .hyperparameters(row.group.hyperparameters)),
            ])
        }
    }
}
