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

    /// The edges of the rows, one more than rows; empty for TensorFlow's default buckets.
    var edges: [Double] = []

    /// Why the histogram cannot be shown, as the end of a sentence; `nil` if it can.
    package internal(set) var problem: String?

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

    /// Counts numbers in memory, without copying them.
    ///
    /// - Parameters:
    ///   - values: An array, nested or not, a slice, a buffer, a span or a vector of any number type, in any order.
    ///   - bins: The number of bins of equal width between the smallest and the largest value; `nil` for TensorFlow's
    ///     default buckets.
    @inlinable
    public init(_ values: some NumericData & ~Escapable, bins: Int? = nil) {
        self.init()
        insert(contentsOf: values)
        if let bins { values.withScalars { divide($0, into: bins) } }
    }

    /// Counts the numbers of a literal such as `[0, .nan]` or `[]`.
    @_disfavoredOverload
    public init(_ values: [Float]) {
        self.init()
        values.span.withUnsafeBufferPointer { insert(numbers: $0) }
    }

    /// Counts any sequence of floating-point numbers.
    ///
    /// - Parameters:
    ///   - values: Numbers in any order.
    ///   - bins: The number of bins of equal width; `nil` for TensorFlow's default buckets.
    @_disfavoredOverload
    public init(_ values: some Sequence<some BinaryFloatingPoint>, bins: Int? = nil) {
        if let floats = values as? [Float] {
            self.init(floats, bins: bins)
        } else {
            self.init(values as? [Double] ?? values.map { Double($0) }, bins: bins)
        }
    }

    /// Counts any sequence of integers.
    ///
    /// - Parameters:
    ///   - values: Numbers in any order.
    ///   - bins: The number of bins of equal width; `nil` for TensorFlow's default buckets.
    @_disfavoredOverload
    public init(_ values: some Sequence<some BinaryInteger>, bins: Int? = nil) {
        self.init(values as? [Int] ?? values.map { Int(clamping: $0) }, bins: bins)
    }

    /// The smallest finite value; `nil` if there is none.
    public var minimum: Double? { count == 0 ? nil : smallest }

    /// The largest finite value; `nil` if there is none.
    public var maximum: Double? { count == 0 ? nil : largest }

    /// The number of values that are NaN or infinite.
    public var nonFiniteCount: Int { nanCount + positiveInfinityCount + negativeInfinityCount }

    /// Removes all values and keeps the memory, so that a histogram can be reused without an allocation.
    public mutating func removeAll() {
        var entries = [Entry]()
        swap(&entries, &self.entries)
        entries.removeAll(keepingCapacity: true)
        self = Histogram()
        self.entries = entries
    }
}
