/// TensorFlow's default histogram buckets: limits that grow by a tenth from 1e-12 to 1e20, mirrored for negative
/// values.
///
/// Bucket `i` holds the values in `limits[i - 1] ..< limits[i]`; the first begins at `-Double.greatestFiniteMagnitude`.
/// The positive limits are made by repeated multiplication as TensorFlow makes them, so that the doubles are identical.
enum ExponentialBuckets {
    /// Values whose leading bits as a `Float` are the same: sign, exponent and four bits of the mantissa.
    ///
    /// Sixteen cells an octave are at most 1/16 wide, narrower than a bucket (1/11 of its upper limit), so a cell meets
    /// two buckets at most.
    struct Cell {
        /// Where the lower bucket ends.
        var limit: Double
        /// The bucket of the cell's smallest value.
        var bucket: Int

        /// How many of the low bits of a `Float` do not count.
        static let shift = UInt32(19)
        /// The number of cells of one sign; those of the negative values follow those of the positive ones.
        static let signedCount = 1 << 12

        /// The number of the cell that a value lies in.
        @inline(__always)
        static func index(of value: Float) -> Int {
            Int(truncatingIfNeeded: value.bitPattern >> shift)
        }
    }

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

    /// The bucket that zero lies in; those above it are for positive values, those below it for negative ones.
    static let zero = count / 2 + 1

    private static let cells: [Cell] = {
        var cells: [Cell] = []
        cells.reserveCapacity(2 * Cell.signedCount)
        var bucket = zero
        for cell in 0..<UInt32(Cell.signedCount) {
            let smallest = Double(Float(bitPattern: cell << Cell.shift))
            while bucket < count - 1, smallest >= limits[bucket] { bucket += 1 }
            // The last bucket has no end.
            cells.append(Cell(limit: bucket < count - 1 ? limits[bucket] : .infinity, bucket: bucket))
        }
        bucket = zero - 1
        for cell in 0..<UInt32(Cell.signedCount) {
            let smallest = -Double(Float(bitPattern: (cell + 1) << Cell.shift - 1))
            while bucket > 1, smallest < limits[bucket - 1] { bucket -= 1 }
            cells.append(Cell(limit: limits[bucket], bucket: bucket))
        }
        return cells
    }()

    /// Finds the bucket of a finite value: the first limit that is greater than it.
    ///
    /// The cell gives a bucket that is right or one too low, so one comparison settles it. A value that rounding to
    /// `Float` takes into the next cell gets the right bucket too, because no limit is that close to the end of a cell.
    @inline(__always)
    static func bucket(of value: Double, cells: UnsafeBufferPointer<Cell>) -> Int {
        let cell = cells[Cell.index(of: Float(value))]
        return cell.bucket &+ (value >= cell.limit ? 1 : 0)
    }

    /// Passes the cells to `body` without reference counting.
    @inline(__always)
    static func withCells<Result>(_ body: (UnsafeBufferPointer<Cell>) -> Result) -> Result {
        cells.withUnsafeBufferPointer(body)
    }
}
