/// The points of one tag as columns of equal length.
public struct LoggedSeries<Value: Sendable>: Sendable {
    /// The positions on the horizontal axis, in the order of the file.
    public private(set) var steps: [Int] = []
    /// The times in seconds since 1970-01-01 UTC.
    public private(set) var wallTimes: [Double] = []
    /// The values.
    public private(set) var values: [Value] = []
    /// Whether no step is lower than the one before it.
    public private(set) var isAscending = true
    /// The integers among the values that a `Double` may not hold, by their indices.
    private var integers: [Int: Int128] = [:]

    /// Creates a series without points.
    public init() {}

    /// The number of points.
    public var count: Int { steps.count }

    /// Whether there are no points.
    public var isEmpty: Bool { steps.isEmpty }

    mutating func append(_ value: Value, step: Int, wallTime: Double, integer: Int128? = nil) {
        if let integer { integers[count] = integer }
        if let last = steps.last, step < last { isAscending = false }
        steps.append(step)
        wallTimes.append(wallTime)
        values.append(value)
    }

    /// Purges the points at a step and later ones.
    mutating func purgePoints(from step: Int) {
        // Enough for ascending steps, and then it costs no more than appending them did.
        while let last = steps.last, last >= step {
            steps.removeLast()
            wallTimes.removeLast()
            values.removeLast()
            integers[count] = nil
        }
        guard !isAscending else { return }
        let kept = steps.indices.filter { steps[$0] < step }
        guard kept.count < steps.count else { return }
        steps = kept.map { steps[$0] }
        wallTimes = kept.map { wallTimes[$0] }
        values = kept.map { values[$0] }
        if !integers.isEmpty {
            let moved = kept.enumerated().compactMap { index, old in integers[old].map { (index, $0) } }
            integers = Dictionary(uniqueKeysWithValues: moved)
        }
        isAscending = zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 }
    }
}

extension LoggedSeries: Equatable where Value: Equatable {}

extension LoggedSeries where Value == Double {
    /// The exact value where it is an integer of 64 bits, with or without a sign, beyond 2^53: a `Double` may round it.
    ///
    /// - Parameter index: The index of the point.
    /// - Returns: The integer; `nil` for other values.
    public func integer(at index: Int) -> Int128? { integers[index] }

    /// Selects the points that preserve the shape of the curve best.
    ///
    /// The largest-triangle-three-buckets method: the first and the last point stay, the others are divided into groups of
    /// equal size, and of each group the point stays that spans the largest triangle with the one chosen before and the
    /// mean of the next group. Source: S. Steinarsson, "Downsampling Time Series for Visual Representation", 2013.
    ///
    /// Values that are not finite cannot be part of a triangle; they always stay.
    ///
    /// - Parameter count: How many of the finite points to keep, at least 2.
    /// - Returns: The indices of the points that stay, ascending.
    public func shapeKeepingIndices(count: Int) -> [Int] {
        precondition(count >= 2, "A curve keeps its shape with at least two points.")
        let finite = values.indices.filter { values[$0].isFinite }
        guard finite.count > count else { return Array(values.indices) }
        var kept = values.indices.filter { !values[$0].isFinite }
        var last = finite[0]
        kept += [last, finite[finite.count - 1]]
        // The groups are of the points between the first and the last.
        let inner = finite.count - 2
        let groups = count - 2
        let start = { (group: Int) in 1 + group * inner / max(1, groups) }
        for group in 0..<groups {
            let next = finite[start(group + 1)..<(group + 1 < groups ? start(group + 2) : finite.count)]
            let meanStep = next.reduce(0) { $0 + Double(steps[$1]) } / Double(next.count)
            let meanValue = next.reduce(0) { $0 + values[$1] / Double(next.count) }
            var largest = -1.0
            var chosen = finite[start(group)]
            for index in finite[start(group)..<start(group + 1)] {
                let area = abs(
                    (Double(steps[last]) - meanStep) * (values[index] - values[last])
                        - (Double(steps[last]) - Double(steps[index])) * (meanValue - values[last])
                )
                if area > largest { (largest, chosen) = (area, index) }
            }
            kept.append(chosen)
            last = chosen
        }
        return kept.sorted()
    }
}
