import CommandLineSupport
import TensorBoard

/// One tag in several runs.
struct ScalarComparison {
    /// What is said about one run.
    private struct Row {
        let run: String
        let series: LoggedSeries<Double>
        let hyperparameters: [String: HyperparameterValue]
        let best: Int?
        let reached: Int?

        /// The seconds from the first point to another.
        func seconds(to index: Int) -> Double { series.wallTimes[index] - series.wallTimes[0] }
    }

    private let tag: String
    private let goal: SeriesGoal
    private let threshold: Double?
    private let rows: [Row]

    /// - Parameters:
    ///   - tag: The tag.
    ///   - data: The runs; those without the tag are left out.
    ///   - goal: Which values are the best.
    ///   - threshold: The value to be reached, if one is looked for.
    init(tag: String, _ data: [RunData], goal: SeriesGoal, threshold: Double?) {
        self.tag = tag
        self.goal = goal
        self.threshold = threshold
        rows = data.compactMap { data in
            guard let series = data.scalars[tag], !series.isEmpty else { return nil }
            return Row(
                run: data.run.name,
                series: series,
                hyperparameters: data.hyperparameters ?? [:],
                best: series.bestIndex(goal),
                reached: threshold.flatMap { series.firstIndex(reaching: $0, goal) }
            )
        }
    }

    /// The curves of all runs.
    func chart(smoothing: Double, isLogarithmic: Bool) -> LineChart {
        var chart = LineChart(title: tag, xTitle: "step", isLogarithmic: isLogarithmic)
        for row in rows {
            let steps = row.series.steps.map(Double.init)
            let isSmoothed = smoothing > 0
            chart.add(
                LineChart.Curve(
                    row.run,
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
            head = chart.text(for: terminal) ?? "\(tag.printable): no point can be drawn"
        } else {
            head = terminal.styled(tag.printable, .bold)
        }
        return head + "\n\n" + table.description
    }

    private var table: TextTable {
        let names = Set(rows.flatMap(\.hyperparameters.keys)).sorted()
        var columns: [TextTable.Column] = [
            .left("run"), .right("points"), .right("last step"), .right("time"), .right("last"),
            .right(goal.rawValue), .right("at step"), .right("mean"),
        ]
        if let threshold {
            let text = threshold.text(significantDigits: 6)
            columns += [.right("\(text) at step"), .right("after")]
        }
        var table = TextTable(columns: columns + names.map { .right($0) })
        for row in rows {
            let last = row.series.count - 1
            var cells = [
                row.run, row.series.count.groupedText, row.series.steps[last].groupedText,
                row.seconds(to: last).secondsText, row.series.values[last].text(significantDigits: 6),
                row.best.map { row.series.values[$0].text(significantDigits: 6) } ?? "nan",
                row.best.map { row.series.steps[$0].groupedText } ?? "",
                (row.series.mean ?? .nan).text(significantDigits: 6),
            ]
            if threshold != nil {
                cells.append(row.reached.map { row.series.steps[$0].groupedText } ?? "never")
                cells.append(row.reached.map { row.seconds(to: $0).secondsText } ?? "")
            }
            table.append(cells + names.map { row.hyperparameters[$0]?.description ?? "" })
        }
        return table
    }

    /// An object for each run.
    var json: [JSONText] {
        rows.map { row in
            let last = row.series.count - 1
            var members: [JSONText.Member] = [
                .init(name: "tag", value: .string(tag)),
                .init(name: "run", value: .string(row.run)),
                .init(name: "points", value: .integer(row.series.count)),
                .init(name: "last_step", value: .integer(row.series.steps[last])),
                .init(name: "seconds", value: .number(row.seconds(to: last))),
                .init(name: "last", value: .scalar(row.series.values[last])),
                .init(name: "best", value: row.best.map { .scalar(row.series.values[$0]) } ?? .null),
                .init(name: "best_step", value: row.best.map { .integer(row.series.steps[$0]) } ?? .null),
                .init(name: "mean", value: row.series.mean.map { .scalar($0) } ?? .null),
            ]
            if threshold != nil {
                members += [
                    .init(name: "reached_step", value: row.reached.map { .integer(row.series.steps[$0]) } ?? .null),
                    .init(name: "reached_seconds", value: row.reached.map { .number(row.seconds(to: $0)) } ?? .null),
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
