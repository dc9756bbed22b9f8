import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

/// What the horizontal axis of a chart of scalars shows, as in TensorBoard.
enum CurveAxis: String, CaseIterable, ExpressibleByArgument {
    case step
    /// The time since the first point of each curve.
    case relative
    /// The time of day.
    case wall

    /// A chart without curves, whose horizontal axis fits some series.
    ///
    /// - Parameters:
    ///   - title: What the vertical axis shows.
    ///   - wallTimes: The times of the points of each curve.
    ///   - isLogarithmic: Whether the vertical axis is logarithmic.
    ///   - rows: The number of lines that the curves take.
    /// - Returns: The chart.
    func chart(_ title: String, wallTimes: [[Double]], isLogarithmic: Bool, rows: Int) -> LineChart {
        let unit = unit(for: wallTimes)
        let xTitle =
            switch self {
            case .step: "step"
            case .relative: unit.name
            case .wall: "time"
            }
        var chart = LineChart(title: title, xTitle: xTitle, isLogarithmic: isLogarithmic, rows: rows)
        if self == .wall, let last = wallTimes.lazy.compactMap(\.last).max() {
            chart.horizontalAxis = .localTime(at: last)
        }
        return chart
    }

    /// The places of the points of a curve.
    ///
    /// - Parameters:
    ///   - steps: Their steps.
    ///   - wallTimes: Their times.
    ///   - all: The times of the points of all curves of the chart.
    /// - Returns: A place for each point.
    func places(_ steps: [Int], _ wallTimes: [Double], all: [[Double]]) -> [Double] {
        switch self {
        case .step: return steps.map(Double.init)
        case .wall: return wallTimes
        case .relative:
            let (start, unit) = (wallTimes.first ?? 0, unit(for: all))
            return wallTimes.map { ($0 - start) / unit.seconds }
        }
    }

    private func unit(for wallTimes: [[Double]]) -> RelativeTimeUnit {
        RelativeTimeUnit(for: wallTimes.map { ($0.last ?? 0) - ($0.first ?? 0) }.max() ?? 0)
    }
}
