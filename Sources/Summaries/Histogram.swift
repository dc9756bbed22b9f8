/// How many values fall into each of TensorFlow's default buckets, with the statistics of the values.
///
/// The buckets grow by a tenth from 1e-12 to 1e20, mirrored for negative values. Values that are NaN or infinite are
/// counted apart and spoil neither the buckets nor the statistics.
///
/// ```swift
/// let histogram = Histogram([0.5, 0.25, .nan] as [Float])
/// histogram.count             // 2
/// histogram.nonFiniteCount    // 1
/// histogram.maximum           // 0.5
/// ```
public struct Histogram: Sendable, Equatable {
    /// The number of values of one bucket that is not empty.
    struct Entry: Equatable {
        var bucket: Int
        var count: Int
    }

    /// The buckets that are not empty, in ascending order.
    var entries: [Entry] = []

    var smallest = Double.infinity
    var largest = -Double.infinity

    /// The number of finite values.
    public internal(set) var count = 0
    /// The sum of the finite values.
    public internal(set) var sum = 0.0
    /// The sum of the squares of the finite values.
    public internal(set) var sumOfSquares = 0.0
    /// The number of values that are not a number.
    public internal(set) var nanCount = 0
    /// The number of values that are positive infinity.
    public internal(set) var positiveInfinityCount = 0
    /// The number of values that are negative infinity.
    public internal(set) var negativeInfinityCount = 0

    /// Creates a histogram without values.
    public init() {}

    /// Counts values.
    ///
    /// - Parameter values: Any number of values, in any order.
    public init<Element: HistogramElement>(_ values: [Element]) {
        values.withUnsafeBufferPointer { insert(contentsOf: $0) }
    }

    /// Counts values in place, without copying them.
    ///
    /// - Parameter values: Any number of values, in any order.
    public init<Element: HistogramElement>(_ values: UnsafeBufferPointer<Element>) {
        insert(contentsOf: values)
    }

    /// Counts values in place, without copying them.
    ///
    /// - Parameter values: Any number of values, in any order.
    public init<Element: HistogramElement>(_ values: Span<Element>) {
        values.withUnsafeBufferPointer { insert(contentsOf: $0) }
    }

    /// The smallest finite value; `nil` if there is none.
    public var minimum: Double? { count == 0 ? nil : smallest }

    /// The largest finite value; `nil` if there is none.
    public var maximum: Double? { count == 0 ? nil : largest }

    /// The number of values that are NaN or infinite.
    public var nonFiniteCount: Int { nanCount + positiveInfinityCount + negativeInfinityCount }

    /// Forgets all values and keeps the memory, so that a histogram can be filled anew without an allocation.
    public mutating func removeAll() {
        var entries = [Entry]()
        swap(&entries, &self.entries)
        entries.removeAll(keepingCapacity: true)
        self = Histogram()
        self.entries = entries
    }
}
