/// TensorFlow's default histogram buckets: limits that grow by a tenth from 1e-12 to 1e20, mirrored for negative
/// values.
///
/// Bucket `i` holds the values in `limits[i - 1] ..< limits[i]`; the first begins at `-Double.greatestFiniteMagnitude`.
/// The positive limits are made by repeated multiplication as TensorFlow makes them, so that the doubles are identical.
enum ExponentialBuckets {
    /// The upper limit of every bucket, ascending: 775 negative ones, 0, and 775 positive ones.
    static let limits: [Double] = {
        var positive: [Double] = []
        var limit = 1e-12
        while limit < 1e20 {
            positive.append(limit)
            limit *= 1.1
        }
        positive.append(.greatestFiniteMagnitude)
        return positive.reversed().map { -$0 } + [0] + positive
    }()

    /// The number of buckets, 1551.
    static let count = limits.count

    /// The index of the limit 0; buckets above it hold zero and the positive values.
    private static let zero = count / 2

    /// Bits of the mantissa that a cell of `positiveBuckets` distinguishes.
    ///
    /// Sixteen cells an octave are at most 1/16 wide, narrower than a bucket (1/11 of its upper limit), so a cell meets
    /// two buckets at most.
    private static let mantissaBits = 4
    private static let cellShift = UInt64(Double.significandBitCount - mantissaBits)

    /// The number of the cell that a positive value lies in: the leading bits of its representation.
    private static func cell(_ magnitude: Double) -> Int {
        Int(truncatingIfNeeded: magnitude.bitPattern >> cellShift)
    }

    private static let firstCell = cell(1e-12)
    private static let lastCell = cell(limits[count - 2])

    /// For each cell between the smallest and the largest finite positive limit, the bucket of its smallest value.
    private static let positiveBuckets: [UInt16] = (firstCell...lastCell).map { cell in
        let smallest = Double(bitPattern: UInt64(cell) << cellShift)
        return UInt16(limits[(zero + 1)...].firstIndex { $0 > smallest } ?? count - 1)
    }

    /// Finds the bucket of a finite value: the first limit that is greater than it.
    ///
    /// The leading bits of the value give a bucket that is right or one too low, so one comparison settles it.
    @inline(__always)
    static func bucket(
        of value: Double,
        limits: UnsafeBufferPointer<Double>,
        positiveBuckets: UnsafeBufferPointer<UInt16>
    ) -> Int {
        let magnitude = value.magnitude
        let cell = Self.cell(magnitude)
        var bucket: Int
        if cell < firstCell {
            bucket = zero + 1
        } else if cell > lastCell {
            bucket = count - 1
        } else {
            bucket = Int(positiveBuckets[cell - firstCell])
            if magnitude >= limits[bucket], bucket < count - 1 { bucket += 1 }
        }
        if value >= 0 { return bucket }
        // Mirrored, the interval is open below and closed above, so a value on a limit belongs to the next bucket up.
        let lower = limits[bucket - 1]
        return count - bucket + (magnitude == lower ? 1 : 0)
    }

    /// Lends the tables without reference counting for as long as `body` runs.
    @inline(__always)
    static func withTables<Result>(
        _ body: (_ limits: UnsafeBufferPointer<Double>, _ positiveBuckets: UnsafeBufferPointer<UInt16>) -> Result
    ) -> Result {
        limits.withUnsafeBufferPointer { limits in
            positiveBuckets.withUnsafeBufferPointer { body(limits, $0) }
        }
    }
}
