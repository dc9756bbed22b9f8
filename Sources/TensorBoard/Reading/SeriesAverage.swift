/// Several series of one scalar put together step by step, as those of runs that differ in their seed alone.
///
/// ```swift
/// let costs = runs.compactMap { $0.load(restarts: .fastLoader).scalars["cost"] }
/// let average = SeriesAverage(of: costs)
/// print(average.steps, average.means, average.standardDeviations)
/// ```
///
/// Only steps count that every series has: elsewhere the mean would jump because of who takes part in it. Where a series
/// has a step more than once, its last value counts. A value that is NaN makes the results of its step NaN, an
/// infinite one the deviation alone.
public struct SeriesAverage: Sendable, Equatable {
    /// The steps that all series have, in ascending order.
    public private(set) var steps: [Int] = []
    /// The mean at each step.
    public private(set) var means: [Double] = []
    /// The standard deviation at each step, of a sample (divided by one less than the number of series); 0 for one series.
    public private(set) var standardDeviations: [Double] = []
    /// The lowest value at each step.
    public private(set) var minimums: [Double] = []
    /// The highest value at each step.
    public private(set) var maximums: [Double] = []

    /// Puts series together.
    public init(of series: [LoggedSeries<Double>]) {
        guard let first = series.first else { return }
        let values = series.map { series in
            Dictionary(zip(series.steps, series.values), uniquingKeysWith: { _, last in last })
        }
        let ordered = first.isAscending ? first.steps : first.steps.sorted()
        for step in ordered where step != steps.last {
            let atStep = values.compactMap { $0[step] }
            if atStep.count == series.count { append(step, atStep) }
        }
    }

    private mutating func append(_ step: Int, _ values: [Double]) {
        // Welford's way, which does not lose a small spread around a large mean.
        var (mean, squares) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            let difference = value - mean
            mean += difference / Double(index + 1)
            squares += difference * (value - mean)
        }
        let isNumber = !values.contains(where: \.isNaN)
        let isFinite = values.allSatisfy(\.isFinite)
        steps.append(step)
        means.append(isFinite ? mean : values.reduce(0, +))
        standardDeviations.append(isFinite ? (squares / Double(max(1, values.count - 1))).squareRoot() : .nan)
        minimums.append(isNumber ? values.reduce(.infinity, min) : .nan)
        maximums.append(isNumber ? values.reduce(-.infinity, max) : .nan)
    }
}
