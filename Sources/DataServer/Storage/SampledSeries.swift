/// A value of a series that may have to be thinned out.
protocol SampledValue: Sendable {
    /// What the extremes of an interval are told by; `nil` if one value is as good as another.
    var height: Float? { get }
}

extension Float: SampledValue {
    // What is not a number is what one looks for; it counts as the highest.
    var height: Float? { isNaN ? .infinity : self }
}

/// The points of a series that are kept, in columns, in ascending order of steps.
///
/// Which are kept depends on the points alone, not on when they were read. The first and the last always are. Of values
/// with a height, the series is divided into intervals of equally many points, and of each the lowest and the highest are
/// kept; an interval is as long as it must be for the limit, and grows by doubling, so that between half the limit and the
/// limit are kept. Of other values, each second, fourth and so on is.
struct SampledSeries<Value: SampledValue>: Sendable {
    private(set) var steps: [Int] = []
    /// Seconds since 1970-01-01 UTC.
    private(set) var wallTimes: [Double] = []
    private(set) var values: [Value] = []
    /// What number each kept point had in the series; empty if all are kept.
    private var positions: [Int] = []
    /// The most points; `nil` for all.
    private let limit: Int?
    private let keepsExtremes: Bool
    /// The number of points in an interval.
    private var stride = 1

    /// Creates a series.
    ///
    /// - Parameters:
    ///   - limit: The most points to keep; `nil` for all.
    ///   - keepsExtremes: Whether the lowest and the highest of each interval are kept.
    init(limit: Int?, keepsExtremes: Bool) {
        self.limit = limit
        self.keepsExtremes = keepsExtremes
    }

    var count: Int { steps.count }

    /// Adds a point, which purges those at its step and later ones.
    mutating func append(_ value: Value, step: Int, wallTime: Double) {
        if let last = steps.last, last >= step { purge(from: step) }
        guard let limit else { return add(value, step, wallTime) }
        guard limit > 0 else { return }
        let position = positions.last.map { $0 + 1 } ?? 0
        positions.append(position)
        add(value, step, wallTime)
        if keepsExtremes, value.height != nil, limit >= 4 {
            thinLastIntervals()
            while count > limit { lengthenIntervals() }
        } else {
            thinEvenly(to: limit)
        }
    }

    /// Removes the points at a step and later ones.
    mutating func purge(from step: Int) {
        var end = count
        while end > 0, steps[end - 1] >= step { end -= 1 }
        guard end < count else { return }
        steps.removeLast(count - end)
        wallTimes.removeLast(wallTimes.count - end)
        values.removeLast(values.count - end)
        if limit != nil { positions.removeLast(positions.count - end) }
    }

    private mutating func add(_ value: Value, _ step: Int, _ wallTime: Double) {
        steps.append(step)
        wallTimes.append(wallTime)
        values.append(value)
    }

    private mutating func remove(at index: Int) {
        steps.remove(at: index)
        wallTimes.remove(at: index)
        values.remove(at: index)
        positions.remove(at: index)
    }
}

// MARK: Extremes

extension SampledSeries {
    /// Leaves, of the interval of the last point and of the one before, the extremes, and the last point.
    private mutating func thinLastIntervals() {
        guard stride > 1 else { return }
        let last = count - 1
        // Before this point came, the one before was the last and had to stay.
        if last > 0, positions[last - 1] / stride != positions[last] / stride {
            thin(intervalEndingAt: last - 1, keeping: nil)
        }
        thin(intervalEndingAt: count - 1, keeping: count - 1)
    }

    /// Removes the points of an interval that are neither extremes nor the first of the series.
    private mutating func thin(intervalEndingAt end: Int, keeping kept: Int?) {
        var start = end
        while start > 0, positions[start - 1] / stride == positions[end] / stride { start -= 1 }
        let (lowest, highest) = extremes(start...end)
        for index in (start...end).reversed()
        where index != lowest && index != highest && index != kept && index != 0 {
            remove(at: index)
        }
    }

    private func extremes(_ range: ClosedRange<Int>) -> (lowest: Int, highest: Int) {
        var (lowest, highest) = (range.lowerBound, range.lowerBound)
        for index in range {
            guard let height = values[index].height else { continue }
            if height < values[lowest].height ?? height { lowest = index }
            if height > values[highest].height ?? height { highest = index }
        }
        return (lowest, highest)
    }

    /// Doubles the intervals, and leaves their extremes.
    private mutating func lengthenIntervals() {
        stride *= 2
        var kept: [Int] = []
        var start = 0
        while start < count {
            var end = start
            while end + 1 < count, positions[end + 1] / stride == positions[start] / stride { end += 1 }
            let (lowest, highest) = extremes(start...end)
            kept += Set([lowest, highest] + (start == 0 ? [0] : []) + (end == count - 1 ? [end] : [])).sorted()
            start = end + 1
        }
        steps = kept.map { steps[$0] }
        wallTimes = kept.map { wallTimes[$0] }
        values = kept.map { values[$0] }
        positions = kept.map { positions[$0] }
    }
}

// MARK: Even steps

extension SampledSeries {
    /// Leaves the points at whole multiples of the interval, and the last.
    private mutating func thinEvenly(to limit: Int) {
        let before = count - 2
        // It was the last until now.
        if before > 0, !positions[before].isMultiple(of: stride) { remove(at: before) }
        while count > limit {
            // One by one, the oldest first, so that there are always as many as may be.
            if limit == 1 {
                remove(at: 0)
            } else if let index = positions.indices.dropFirst().dropLast().first(where: {
                !positions[$0].isMultiple(of: 2 * stride)
            }) {
                remove(at: index)
            } else {
                stride *= 2
            }
        }
    }

    /// The indices of as many points as a client wants, by the same rule as if that had been the limit.
    ///
    /// - Parameter limit: The most points.
    /// - Returns: The indices in ascending order.
    func indices(limit: Int) -> [Int] {
        guard count > limit else { return Array(0..<count) }
        var sample = SampledSeries<Indexed>(limit: limit, keepsExtremes: keepsExtremes)
        for index in 0..<count {
            sample.append(Indexed(index: index, height: values[index].height), step: index, wallTime: 0)
        }
        return sample.values.map(\.index)
    }
}

/// A value in place of which its index is sampled.
private struct Indexed: SampledValue {
    let index: Int
    let height: Float?
}
