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
