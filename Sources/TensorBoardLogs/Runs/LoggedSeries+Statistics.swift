extension LoggedSeries where Value == Double {
    /// The mean of the values that are finite; `nil` if there is none.
    public var mean: Double? {
        var (count, mean) = (0.0, 0.0)
        for value in values where value.isFinite {
            count += 1
            // Scaled down first: a sum of large values could overflow.
            mean += value / count - mean / count
        }
        return count == 0 ? nil : mean
    }

    /// The index of the best value, the first of equal ones; `nil` if all are NaN.
    public func bestIndex(_ goal: SeriesGoal) -> Int? { values.bestIndex(goal) }

    /// The index of the first value that is as good as a threshold, or better; `nil` if none is.
    public func firstIndex(reaching threshold: Double, _ goal: SeriesGoal) -> Int? {
        values.firstIndex { $0 == threshold || goal.prefers($0, to: threshold) }
    }

    /// The values as TensorBoard's smoothing slider shows them: an exponential moving average without the bias towards 0
    /// that it has at the beginning.
    ///
    /// The average of the values up to index `i` is `m[i] / (1 - weight^n)` with `m[i] = weight · m[i-1] + (1 - weight) ·
    /// value[i]`, where `n` counts the values so far (Kingma and Ba, "Adam", 2015, section 3). Values that are not finite
    /// stay as they are and do not count, and a constant stays exactly constant.
    ///
    /// - Parameter weight: How much of the average is kept at each point, from 0 for no smoothing to below 1.
    /// - Returns: As many values as there are points.
    /// - Precondition: The weight is in that range.
    public func smoothed(_ weight: Double) -> [Double] { values.smoothed(weight) }
}

extension [Double] {
    /// The index of the best value, the first of equal ones; `nil` if all are NaN.
    package func bestIndex(_ goal: SeriesGoal) -> Int? {
        var best: Int?
        for (index, value) in enumerated() where !value.isNaN {
            if let current = best, !goal.prefers(value, to: self[current]) { continue }
            best = index
        }
        return best
    }

    /// The values as ``LoggedSeries/smoothed(_:)`` makes them.
    package func smoothed(_ weight: Double) -> [Double] {
        precondition((0..<1).contains(weight), "A smoothing weight must be at least 0 and below 1.")
        guard let first, contains(where: { $0 != first }) else { return self }
        var average = 0.0
        var rest = 1.0
        return map { value in
            guard value.isFinite else { return value }
            average = average * weight + (1 - weight) * value
            rest *= weight
            return average / (1 - rest)
        }
    }
}

/// Whether low or high values of a scalar are better.
public enum SeriesGoal: String, Sendable, CaseIterable {
    /// Low values, as of a loss.
    case lowest
    /// High values, as of an accuracy.
    case highest

    /// Whether a value is better than another; no value is better or worse than NaN.
    func prefers(_ value: Double, to other: Double) -> Bool {
        switch self {
        case .lowest: value < other
        case .highest: value > other
        }
    }
}

/// The average of several series of one scalar, step by step, as of runs that differ only in their seed.
///
/// ```swift
/// let costs = runs.compactMap { $0.load(restarts: .fastLoader).scalars["cost"] }
/// let average = SeriesAverage(of: costs)
/// print(average.steps, average.means, average.standardDeviations)
/// ```
///
/// Only steps count that every series has: otherwise the mean would jump where a series begins or ends. Where a series
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

    /// Averages series.
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
        // Welford's algorithm, which keeps a small spread around a large mean.
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
