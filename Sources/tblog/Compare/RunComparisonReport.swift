import CommandLineSupport
import TensorBoardLogs

/// The report about one scalar in several runs.
struct RunComparisonReport: TagReport {
    private let comparison: ScalarComparison
    private let indices: NameDictionary<Int>

    /// - Parameters:
    ///   - comparison: What is reported.
    ///   - indices: The curve of each run by its name, so that a run looks the same for every tag.
    init(_ comparison: ScalarComparison, indices: NameDictionary<Int>) {
        self.comparison = comparison
        self.indices = indices
    }

    var tag: String { comparison.tag }

    var curves: [(name: String, index: Int)] {
        comparison.entries.map { ($0.run.title, indices[$0.run.name] ?? 0) }
    }

    func chart(_ options: ComparisonChart, rows: Int) -> LineChart {
        let wallTimes = comparison.entries.map(\.series.wallTimes)
        var chart = options.axis.chart(tag, wallTimes: wallTimes, isLogarithmic: options.isLogarithmic, rows: rows)
        chart.ignoresOutliers = options.ignoresOutliers
        chart.outlierHint = "--no-ignore-outliers"
        for (entry, curve) in zip(comparison.entries, curves) {
            let isSmoothed = options.smoothing > 0
            chart.add(
                LineChart.Curve(
                    curve.name,
                    x: options.axis.places(entry.series.steps, entry.series.wallTimes, all: wallTimes),
                    y: isSmoothed ? entry.series.smoothed(options.smoothing) : entry.series.values,
                    background: isSmoothed ? entry.series.values : [],
                    index: curve.index
                )
            )
        }
        return chart
    }

    var table: ComparisonTable {
        let entries = comparison.entries
        var table = ComparisonTable()
        table.append("last", entries.map { $0.series.values[$0.series.count - 1].text(significantDigits: 6) })
        table.append(
            comparison.goal.rawValue,
            entries.map { $0.bestValue.map { $0.text(significantDigits: 6) } ?? "nan" }
        )
        table.append("at step", entries.map { $0.bestStep.map(\.groupedText) ?? "" })
        table.append("mean", entries.map { ($0.series.mean ?? .nan).text(significantDigits: 6) })
        if let threshold = comparison.threshold {
            let title = "\(threshold.text(significantDigits: 6)) at step"
            table.append(title, entries.map { $0.reachedStep.map(\.groupedText) ?? "never" })
            table.append(
                "after",
                entries.map { entry in entry.reachedIndex.map { entry.seconds(to: $0).secondsText } ?? "" }
            )
        }
        table.append("points", entries.map(\.series.count.groupedText)) { "\($0) \($0 == "1" ? "point" : "points")" }
        table.append("last step", entries.map { $0.series.steps[$0.series.count - 1].groupedText }) {
            "last step \($0)"
        }
        table.append("time", entries.map { $0.seconds(to: $0.series.count - 1).secondsText })
        return table
    }

    var notes: [String] {
        comparison.entries.compactMap { entry in
            entry.series.valuesWithoutPlace.map { "\(entry.run.title): \($0)" }
        }
    }

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
            return .object(members + [.init(name: "hyperparameters", value: .hyperparameters(row.hyperparameters))])
        }
    }
}

extension LoggedSeries<Double> {
    /// Since when the values are not finite, or how many are not; `nil` if all are finite.
    fileprivate var valuesWithoutPlace: String? {
        guard let first = values.firstIndex(where: { !$0.isFinite }) else { return nil }
        let name = values[first].isNaN ? "NaN" : "infinite"
        if values[first...].allSatisfy({ !$0.isFinite }) { return "\(name) from step \(steps[first].groupedText) on" }
        let number = values.count { !$0.isFinite }
        return "\(name) first at step \(steps[first].groupedText); \(number.groupedText) of "
            + "\(count.groupedText) values \(number == 1 ? "is" : "are") not finite"
    }
}

extension JSONText {
    /// Hyperparameters as they are, in the order of their names.
    static func hyperparameters(_ values: [String: HyperparameterValue]) -> JSONText {
        .object(values.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: JSONText($0.value)) })
    }

    private init(_ value: HyperparameterValue) {
        self =
            switch value {
            case .string(let text): .string(text)
            case .number(let number): .number(number)
            case .bool(let truth): .bool(truth)
            }
    }
}
