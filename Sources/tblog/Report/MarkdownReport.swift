import CommandLineSupport
import TensorBoardLogs

/// A report in Markdown, as GitHub shows it: tables with small charts in text, since it shows no SVG and no embedded images.
struct MarkdownReport {
    private let data: ReportData
    private static let sparklineWidth = 16

    init(_ data: ReportData) {
        self.data = data
    }

    var text: String {
        var parts = ["# \(data.title.markdownEscaped)", data.facts.joined(separator: " · ") + "."]
        let common = data.commonHyperparameters
        if !common.isEmpty {
            let pairs = common.map { "\($0.name.markdownCode) = \($0.value.markdownCode)" }
            parts.append(
                (data.runs.count > 1 ? "In all runs: " : "Hyperparameters: ") + pairs.joined(separator: ", ") + "."
            )
        }
        if data.runs.count == 1 {
            parts.append(
                table(
                    "scalar",
                    goals: Set(data.comparisons.map(\.goal)),
                    data.comparisons.flatMap { comparison in
                        comparison.entries.map { [comparison.tag.markdownCode] + cells($0, isBest: false) }
                    }
                )
            )
        } else {
            let names = data.differingHyperparameters
            for comparison in data.comparisons {
                let best = comparison.bestEntries
                let rows = comparison.entries.enumerated().map { place, entry in
                    [data.shortNames[data.index(of: entry)].markdownCode] + cells(entry, isBest: best.contains(place))
                        + names.map { entry.hyperparameters[$0].map { $0.description.markdownCode } ?? "" }
                }
                parts += ["## \(comparison.tag.markdownEscaped)", table("run", goals: [comparison.goal], rows, names)]
            }
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func table(
        _ first: String,
        goals: Set<SeriesGoal>,
        _ rows: [[String]],
        _ more: [String] = []
    ) -> String {
        let best = goals.count == 1 ? goals.first?.rawValue : nil
        let titles = [first, "last", best ?? "best", "at step", "mean", "curve"] + more.map(\.markdownCode)
        let rule = ["---", "---:", "---:", "---:", "---:", "---"] + more.map { _ in "---:" }
        return ([titles, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    private func cells(_ entry: ScalarComparison.Entry, isBest: Bool) -> [String] {
        let best = entry.bestValue.map { $0.text(significantDigits: 6) } ?? "nan"
        return [
            entry.series.values[entry.series.count - 1].text(significantDigits: 6), isBest ? "**\(best)**" : best,
            entry.bestStep.map(\.groupedText) ?? "", (entry.series.mean ?? .nan).text(significantDigits: 6),
            Self.sparkline(entry.series),
        ]
    }

    /// The curve as a row of bars: the mean of each part of the steps, `✕` where no number is finite.
    static func sparkline(_ series: LoggedSeries<Double>) -> String {
        let bars = Array("▁▂▃▄▅▆▇█")
        guard let first = series.steps.min(), let last = series.steps.max() else { return "" }
        let width = min(sparklineWidth, series.count)
        var parts = Array(repeating: (count: 0.0, mean: 0.0, isUsed: false), count: width)
        for (step, value) in zip(series.steps, series.values) {
            let fraction = last > first ? (Double(step) - Double(first)) / (Double(last) - Double(first)) : 0
            let part = min(Int(fraction * Double(width)), width - 1)
            parts[part].isUsed = true
            guard value.isFinite else { continue }
            parts[part].count += 1
            parts[part].mean += value / parts[part].count - parts[part].mean / parts[part].count
        }
        let means = parts.filter { $0.count > 0 }.map(\.mean)
        guard let lowest = means.min(), let highest = means.max() else { return "✕" }
        return String(
            parts.map { part -> Character in
                guard part.count > 0 else { return part.isUsed ? "✕" : " " }
                // Halved first: the difference of two finite numbers may not be finite.
                let range = highest / 2 - lowest / 2
                let fraction = range > 0 ? (part.mean / 2 - lowest / 2) / range : 0
                return bars[min(max(Int(fraction * 8), 0), 7)]
            }
        )
    }
}

extension String {
    /// The text in a line of Markdown, in which nothing of it is a command.
    fileprivate var markdownEscaped: String {
        var text = ""
        for scalar in printable.unicodeScalars {
            // A backslash makes the marks mean themselves. The name of a user and the number of an issue need more: an
            // empty comment keeps GitHub from making a link.
            if "\\`*_[]<>#|~&!:@".unicodeScalars.contains(scalar) {
                text += scalar == "@" ? "@<!-- -->" : scalar == "#" ? "\\#<!-- -->" : "\\" + String(scalar)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The text as code in a cell of a table.
    fileprivate var markdownCode: String {
        let text = printable
        guard !text.isEmpty else { return "" }
        // A fence is longer than any row of backticks inside.
        var (longest, current) = (0, 0)
        for character in text.unicodeScalars {
            current = character == "`" ? current + 1 : 0
            longest = max(longest, current)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let space = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return fence + space + text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
            + space + fence
    }
}
