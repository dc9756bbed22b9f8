/// What the ranks of a job logged of one scalar at one step, in a few numbers.
///
/// ```swift
/// let point = AggregatedPoint("step_time", step: 7, [(rank: 0, value: 0.2), (rank: 1, value: 0.9)])
/// print(point.mean, point.rankOfMaximum)          // 0.55 1
/// ```
///
/// A value that is NaN makes mean, minimum, maximum and percentile NaN, and its rank is the rank of the maximum: a step at
/// which one rank diverged is not to look like the others.
public struct AggregatedPoint: Sendable, Hashable {
    /// The tag of the scalar.
    public let tag: String
    /// The position on the horizontal axis.
    public let step: Int
    /// When the last rank logged it, in seconds since 1970-01-01 UTC.
    public let wallTime: Double
    /// The number of ranks that logged it.
    public let rankCount: Int
    /// The mean.
    public let mean: Double
    /// The lowest value.
    public let minimum: Double
    /// The highest value.
    public let maximum: Double
    /// The 99th percentile, between two values on the straight line from one to the other (type 7 of Hyndman and Fan,
    /// "Sample Quantiles in Statistical Packages", 1996, as NumPy's default).
    public let percentile99: Double
    /// The rank of the highest value, of equal ones the lowest rank: of the time that a step took, the slowest worker.
    public let rankOfMaximum: Int

    /// Aggregates the values of a step.
    ///
    /// - Parameters:
    ///   - tag: The tag of the scalar.
    ///   - step: The position on the horizontal axis.
    ///   - wallTime: When the last rank logged it, in seconds since 1970-01-01 UTC.
    ///   - values: The ranks with their values, at least one.
    public init(_ tag: String, step: Int, wallTime: Double = 0, _ values: [(rank: Int, value: Double)]) {
        precondition(!values.isEmpty, "A point is made of one value or more.")
        self.tag = tag
        self.step = step
        self.wallTime = wallTime
        rankCount = values.count
        var highest = values[0]
        var isNumber = true
        var isFinite = true
        var mean = 0.0
        for (index, (rank, value)) in values.enumerated() {
            // A running mean, for a sum of large values could overflow.
            mean += (value - mean) / Double(index + 1)
            isFinite = isFinite && value.isFinite
            if value.isNaN {
                if isNumber || rank < highest.rank { highest = (rank, value) }
                isNumber = false
            } else if isNumber, value > highest.value || (value == highest.value && rank < highest.rank) {
                highest = (rank, value)
            }
        }
        rankOfMaximum = highest.rank
        self.mean = isFinite ? mean : values.reduce(0) { $0 + $1.value }
        let sorted = isNumber ? values.map(\.value).sorted() : []
        minimum = sorted.first ?? .nan
        maximum = sorted.last ?? .nan
        percentile99 = Self.percentile(0.99, of: sorted)
    }

    private static func percentile(_ part: Double, of sorted: [Double]) -> Double {
        guard let last = sorted.last else { return .nan }
        let position = part * Double(sorted.count - 1)
        let index = Int(position)
        guard index + 1 < sorted.count else { return last }
        let (lower, upper) = (sorted[index], sorted[index + 1])
        // The difference of equal infinite values would be NaN.
        return lower == upper ? lower : lower + (upper - lower) * (position - Double(index))
    }
}
