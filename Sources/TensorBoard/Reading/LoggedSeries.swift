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

    /// Creates a series without points.
    public init() {}

    /// The number of points.
    public var count: Int { steps.count }

    /// Whether there are no points.
    public var isEmpty: Bool { steps.isEmpty }

    mutating func append(_ value: Value, step: Int, wallTime: Double) {
        if let last = steps.last, step < last { isAscending = false }
        steps.append(step)
        wallTimes.append(wallTime)
        values.append(value)
    }

    /// Removes all points at a step and later ones.
    mutating func removePoints(from step: Int) {
        // Alone it would do for steps that ascend, and then it costs no more than appending them did.
        while let last = steps.last, last >= step {
            steps.removeLast()
            wallTimes.removeLast()
            values.removeLast()
        }
        guard !isAscending else { return }
        let kept = steps.indices.filter { steps[$0] < step }
        guard kept.count < steps.count else { return }
        steps = kept.map { steps[$0] }
        wallTimes = kept.map { wallTimes[$0] }
        values = kept.map { values[$0] }
        isAscending = zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 }
    }
}

extension LoggedSeries: Equatable where Value: Equatable {}
