import Summaries

/// What one array of numbers is like, in a few numbers.
struct ArrayStatistics {
    /// The size of each axis; `nil` if rows differ in length.
    let shape: [Int]?
    let count: Int
    let byteCount: Int
    private(set) var mean = 0.0
    private(set) var nonFiniteCount = 0
    /// The first value that is NaN or infinite.
    private(set) var firstNonFinite: Double?
    /// The sum of the squares of the distances of the finite values from their mean.
    private var squaredDistances = 0.0
    private var sumOfSquares = 0.0

    private static let chunkLength = 1024

    init<Values: NumericData>(_ values: Values) {
        shape = values.numericShape
        count = values.withScalars { $0.count }
        byteCount = count * MemoryLayout<Values.Scalar>.stride
        values.withScalars { scalars in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.chunkLength) { chunk in
                for start in stride(from: 0, to: scalars.count, by: Self.chunkLength) {
                    let part = scalars[start..<min(start + Self.chunkLength, scalars.count)]
                    Values.Scalar.convert(UnsafeBufferPointer(rebasing: part), to: chunk)
                    for value in chunk[..<part.count] { add(value) }
                }
            }
        }
    }

    private var finiteCount = 0

    /// Welford's way, for a sum of squares loses the digits of a small deviation.
    private mutating func add(_ value: Double) {
        sumOfSquares += value * value
        guard value.isFinite else {
            nonFiniteCount += 1
            firstNonFinite = firstNonFinite ?? value
            return
        }
        finiteCount += 1
        let distance = value - mean
        mean += distance / Double(finiteCount)
        squaredDistances += distance * (value - mean)
    }

    /// The Euclidean norm; not finite if a value is not.
    var norm: Double { sumOfSquares.squareRoot() }

    /// The square of the norm, for the norm of several arrays.
    var squaredNorm: Double { sumOfSquares }

    /// The standard deviation of the finite values, as of a whole population.
    var standardDeviation: Double { finiteCount > 0 ? (squaredDistances / Double(finiteCount)).squareRoot() : 0 }
}
