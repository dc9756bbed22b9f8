/// The average of several series of one scalar, step by step, as of runs that differ only in their seed.
///
/// ```swift
/// let costs = runs.compactMap { $0.load(restarts: .fastLoader).scalars["cost"] }
/// let average = SeriesAverage(of: costs)
/// print(average.steps, average.means, average.standardDeviations)
/// ```
///
/// A value that is NaN makes the results of its step NaN, an infinite one the variance and the deviation alone.
public struct SeriesAverage: Sendable, Equatable {
    /// Which value counts where a series has a step more than once.
    public enum Repeats: String, Sendable, CaseIterable {
        /// The first in the order of the file.
        case first
        /// The last in the order of the file, as in TensorBoard.
        case last
        /// The mean of all.
        case mean
    }

    /// The steps in ascending order.
    public private(set) var steps: [Int] = []
    /// The number of series that have each step.
    public private(set) var counts: [Int] = []
    /// The mean at each step.
    public private(set) var means: [Double] = []
    /// The median at each step, of an even number of values the mean of the two in the middle.
    public private(set) var medians: [Double] = []
    /// The variance at each step, of a sample (divided by one less than the number of values); 0 for one value.
    public private(set) var variances: [Double] = []
    /// The lowest value at each step.
    public private(set) var minimums: [Double] = []
    /// The highest value at each step.
    public private(set) var maximums: [Double] = []

    /// The standard deviation at each step: the root of the variance.
    public var standardDeviations: [Double] { variances.map { $0.squareRoot() } }

    /// Averages series.
    ///
    /// - Parameters:
    ///   - series: The series.
    ///   - repeats: Which value counts where a series has a step more than once.
    ///   - isPartial: Whether steps count that some series lack. Then the mean may jump where a series begins or ends, and
    ///     ``counts`` says how many series each step is the mean of.
    public init(of series: [LoggedSeries<Double>], repeats: Repeats = .last, isPartial: Bool = false) {
        let values = series.map { Self.values($0, repeats) }
        let ordered = isPartial ? Array(Set(values.flatMap(\.keys))) : values.first.map { Array($0.keys) } ?? []
        for step in ordered.sorted() {
            let atStep = values.compactMap { $0[step] }
            if isPartial || atStep.count == series.count { append(step, atStep) }
        }
    }

    /// The value of a series at each of its steps.
    private static func values(_ series: LoggedSeries<Double>, _ repeats: Repeats) -> [Int: Double] {
        let points = zip(series.steps, series.values)
        switch repeats {
        case .first: return Dictionary(points, uniquingKeysWith: { first, _ in first })
        case .last: return Dictionary(points, uniquingKeysWith: { _, last in last })
        case .mean:
            var groups: [Int: (count: Double, mean: Double)] = [:]
            for (step, value) in points {
                let (count, mean) = groups[step] ?? (0, 0)
                // The difference of an infinite value from itself would be NaN.
                let isFinite = value.isFinite && mean.isFinite
                groups[step] = (count + 1, isFinite ? mean + (value - mean) / (count + 1) : mean + value)
            }
            return groups.mapValues(\.mean)
        }
    }

    private mutating func append(_ step: Int, _ values: [Double]) {
        // Welford's algorithm, which keeps a small spread around a large mean.
        var (mean, squares) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            let difference = value - mean
            mean += difference / Double(index + 1)
            squares += difference * (value - mean)
        }
        let isNumber = !values.contains(where: \.isNaN)
        let isFinite = values.allSatisfy(\.isFinite)
        let sorted = isNumber ? values.sorted() : []
        let (lower, upper) = isNumber ? (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2]) : (.nan, .nan)
        steps.append(step)
        counts.append(values.count)
        means.append(isFinite ? mean : values.reduce(0, +))
        // Halved first: the sum of large values could overflow.
        medians.append(lower == upper ? lower : lower / 2 + upper / 2)
        variances.append(isFinite ? squares / Double(max(1, values.count - 1)) : .nan)
        minimums.append(sorted.first ?? .nan)
        maximums.append(sorted.last ?? .nan)
    }
}
