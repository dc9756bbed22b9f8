import CommandLineSupport
import Drawing
import MediaCoding
import TensorBoardLogs

/// How a report draws scalars.
struct ChartStyle {
    let axis: ReportAxis
    let smoothing: Double
    let isLogarithmic: Bool
    let ignoresOutliers: Bool

    /// More names than this beside the ends of lines are hard to tell apart.
    private static let endLabelLimit = 12
    /// How lines differ whose colours are the same.
    private static let dashes: [[Double]] = [
        [], [7, 3], [2, 2.5], [9, 3, 2, 3], [14, 3], [4, 4, 1, 4], [9, 3, 2, 3, 2, 3], [1, 4],
    ]

    /// The colour and the dashes of a run.
    static func look(ofRun index: Int) -> (color: Color, dash: [Double]) {
        (Color.palette[index % Color.palette.count], dashes[index / Color.palette.count % dashes.count])
    }

    /// The chart of one scalar.
    struct Chart {
        var figure: Figure
        /// What is shown, in sentences.
        let description: String
        /// What the chart does not show.
        let notes: [String]
    }

    /// Draws a scalar.
    ///
    /// - Parameters:
    ///   - comparison: The scalar.
    ///   - data: The report, which knows the looks and the names of the runs.
    ///   - size: The size in points.
    ///   - columns: The number of columns in which a line keeps its extremes.
    /// - Returns: The chart without a title.
    func chart(
        of comparison: ScalarComparison,
        in data: ReportData,
        size: (width: Int, height: Int),
        columns: Int
    ) -> Chart {
        let names = data.shortNames
        let unit = timeUnit(comparison)
        var xAxis = Figure.Axis(xLabel(comparison, unit), scale: axis == .wall ? .time : .linear)
        var yAxis = Figure.Axis(scale: isLogarithmic ? .logarithmic : .linear)
        var (lines, faint, shown): ([Figure.Series], [Figure.Series], [Double]) = ([], [], [])
        for entry in comparison.entries {
            let index = data.index(of: entry)
            let look = Self.look(ofRun: index)
            let x = places(of: entry.series, unit.seconds)
            let values = smoothing > 0 ? entry.series.smoothed(smoothing) : entry.series.values
            if smoothing > 0 {
                var line = Figure.Series.line(x: x, y: entry.series.values, color: look.color).thinned(columns: columns)
                line.opacity = 0.25
                faint.append(line)
            }
            var line = Figure.Series.line(names[index], x: x, y: values, color: look.color).thinned(columns: columns)
            line.dash = look.dash
            lines.append(line)
            shown += values
        }
        var notes: [String] = []
        if ignoresOutliers, let range = yAxis.rangeIgnoringOutliers(of: shown) {
            let outside = shown.count { $0.isFinite && !range.contains($0) && (!isLogarithmic || $0 > 0) }
            // The axis is the usual one where it leaves out nothing.
            if outside > 0 {
                yAxis.range = range
                notes.append("\(outside.groupedText) of \(shown.count.groupedText) points are outside of the axis.")
            }
        }
        let missing = shown.count { !$0.isFinite }
        if missing > 0 {
            notes.append("\(missing.groupedText) \(missing == 1 ? "point is" : "points are") not finite (△).")
        }
        let unplaced = isLogarithmic ? shown.count { $0 <= 0 && $0.isFinite } : 0
        if unplaced > 0 { notes.append("\(unplaced.groupedText) of the values are 0 or below, without a logarithm.") }
        if lines.isEmpty { xAxis.range = nil }
        var figure = Figure(faint + lines, xAxis: xAxis, yAxis: yAxis)
        (figure.width, figure.height) = size
        figure.legend = lines.count == 1 || lines.count > Self.endLabelLimit ? .hidden : .lineEnds
        figure.marksNonFinite = true
        return Chart(figure: figure, description: description(comparison, data), notes: notes)
    }

    /// Draws a scalar as a picture of its own.
    func document(of comparison: ScalarComparison, in data: ReportData, title: String?) throws -> Document {
        var chart = chart(of: comparison, in: data, size: (720, 400), columns: 1400)
        chart.figure.title = title ?? comparison.tag
        if comparison.entries.count > Self.endLabelLimit {
            chart.figure.legend = .top
            // Room for all names above, with about four in a line.
            chart.figure.height += comparison.entries.count / 4 * 13
        } else if comparison.entries.count == 1, data.names[0] != chart.figure.title {
            chart.figure.legend = .top
        }
        return Document(chart: chart)
    }

    /// A chart as a file.
    struct Document {
        fileprivate let chart: Chart

        /// The chart in SVG.
        var svg: String {
            get throws { try chart.figure.svg(description: ([chart.description] + chart.notes).joined(separator: " ")) }
        }

        /// The chart in PNG, of 2×2 pixels a point.
        var png: [UInt8] {
            get throws {
                let image = try chart.figure.image()
                let shape = try ImageShape(width: image.width, height: image.height, channels: image.channels)
                return try PNGEncoder().encode(image.samples, shape)
            }
        }
    }
}

extension ChartStyle {
    private func places(of series: LoggedSeries<Double>, _ unitSeconds: Double) -> [Double] {
        switch axis {
        case .step: series.steps.map(Double.init)
        case .wall: series.wallTimes
        case .relative: series.wallTimes.map { ($0 - series.wallTimes[0]) / unitSeconds }
        }
    }

    private func timeUnit(_ comparison: ScalarComparison) -> (name: String, seconds: Double) {
        let longest = comparison.entries.map { $0.seconds(to: $0.series.count - 1) }.filter(\.isFinite).max() ?? 0
        switch longest {
        case ..<180: return ("seconds", 1)
        case ..<10_800: return ("minutes", 60)
        case ..<259_200: return ("hours", 3600)
        default: return ("days", 86_400)
        }
    }

    private func xLabel(_ comparison: ScalarComparison, _ unit: (name: String, seconds: Double)) -> String {
        switch axis {
        case .step: return "step"
        case .relative: return unit.name
        case .wall:
            let first = comparison.entries.compactMap(\.series.wallTimes.first).filter(\.isFinite).min()
            return "UTC" + (first.flatMap(TimeText.date).map { ", from \($0.prefix(10))" } ?? "")
        }
    }

    private func description(_ comparison: ScalarComparison, _ data: ReportData) -> String {
        let by = axis == .step ? "step" : "time"
        let ends = comparison.entries.prefix(5).map { entry in
            let value = entry.series.values[entry.series.count - 1].text(significantDigits: 4)
            return "\(data.names[data.index(of: entry)]) ends at \(value)"
        }
        let rest = comparison.entries.count > 5 ? "; and \(comparison.entries.count - 5) more" : ""
        return "\(comparison.tag) by \(by): " + ends.joined(separator: "; ") + rest + "."
    }
}
