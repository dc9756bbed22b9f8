import CommandLineSupport
import TensorBoardLogs

/// The report about one scalar in several runs.
struct ComparisonReport {
    private let comparison: ScalarComparison

    init(_ comparison: ScalarComparison) {
        self.comparison = comparison
    }

    /// The curves of all runs.
    func chart(smoothing: Double, isLogarithmic: Bool) -> LineChart {
        var chart = LineChart(title: comparison.tag, xTitle: "step", isLogarithmic: isLogarithmic)
        for row in comparison.entries {
            let steps = row.series.steps.map(Double.init)
            let isSmoothed = smoothing > 0
            chart.add(
                LineChart.Curve(
                    row.run.title,
                    x: steps,
                    y: isSmoothed ? row.series.smoothed(smoothing) : row.series.values,
                    background: isSmoothed ? row.series.values : []
                )
            )
        }
        return chart
    }

    /// The chart and the table below it.
    func text(with chart: LineChart?, for terminal: Terminal) -> String {
        let head: String
        if let chart {
            head = chart.text(for: terminal) ?? "\(comparison.tag.printable): no point can be drawn"
        } else {
            head = terminal.styled(comparison.tag.printable, .bold)
        }
        return head + "\n\n" + table.description
    }

    private var table: TextTable {
        let names = comparison.entries.flatMap(\.hyperparameters.keys).uniqueNames()
        var columns: [TextTable.Column] = [
            .left("run"), .right("points"), .right("last step"), .right("time"), .right("last"),
            .right(comparison.goal.rawValue), .right("at step"), .right("mean"),
        ]
        if let threshold = comparison.threshold {
            let text = threshold.text(significantDigits: 6)
            columns += [.right("\(text) at step"), .right("after")]
        }
        var table = TextTable(columns: columns + names.map { .right($0) })
        for row in comparison.entries {
            let last = row.series.count - 1
            var cells = [
                row.run.title, row.series.count.groupedText, row.series.steps[last].groupedText,
                row.seconds(to: last).secondsText, row.series.values[last].text(significantDigits: 6),
                row.bestValue.map { $0.text(significantDigits: 6) } ?? "nan",
                row.bestStep.map(\.groupedText) ?? "",
                (row.series.mean ?? .nan).text(significantDigits: 6),
            ]
            if comparison.threshold != nil {
                cells.append(row.reachedStep.map(\.groupedText) ?? "never")
                cells.append(row.reachedIndex.map { row.seconds(to: $0).secondsText } ?? "")
            }
            table.append(cells + names.map { row.hyperparameters[$0]?.description ?? "" })
        }
        return table
    }

    /// An object for each run.
    var json: [JSONText] {
        comparison.entries.map { row in
            let last = row.series.count - 1
            var members: [JSONText.Member] = [
                .init(name: "tag", value: .string(comparison.tag)),
                .init(name: "run", value: .string(row.run.name)),
                .init(name: "points", value: .integer(row.series.count)),
                .init(name: "last_step", value: .integer(row.series.steps[last])),
                .init(name: "seconds", value: .number(row.seconds(to: last))),
                .init(name: "last", value: .scalar(row.series.values[last])),
                .init(name: "best", value: row.bestValue.map { .scalar($0) } ?? .null),
                .init(name: "best_step", value: row.bestStep.map { .integer($0) } ?? .null),
                .init(name: "mean", value: row.series.mean.map { .scalar($0) } ?? .null),
            ]
            if comparison.threshold != nil {
                members += [
                    .init(name: "reached_step", value: row.reachedStep.map { .integer($0) } ?? .null),
                    .init(
                        name: "reached_seconds",
                        value: row.reachedIndex.map { .number(row.seconds(to: $0)) } ?? .null
                    ),
                ]
            }
            let values = row.hyperparameters.sorted { $0.key < $1.key }
            let object = values.map { JSONText.Member(name: $0.key, value: JSONText($0.value)) }
            return .object(members + [.init(name: "hyperparameters", value: .object(object))])
        }
    }
}

extension JSONText {
    /// A hyperparameter as it is.
    fileprivate init(_ value: HyperparameterValue) {
        self =
            switch value {
            case .string(let text): .string(text)
            case .number(let number): .number(number)
            case .bool(let truth): .bool(truth)
            }
    }
}
