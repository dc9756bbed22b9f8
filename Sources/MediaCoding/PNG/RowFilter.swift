/// The ways of PNG to replace the samples of a row by their differences to a prediction.
///
/// The formulas are those of the PNG specification, chapter 9, "Filtering".
enum RowFilter: UInt8 {
    /// The samples themselves.
    case none
    /// Predicts the sample to the left.
    case left
    /// Predicts the sample above.
    case above
    /// Predicts the mean of both.
    case average
    /// Predicts the one of left, above and above left that is nearest to left + above - above left.
    case paeth

    /// All that change anything.
    static let predicting: [RowFilter] = [.left, .above, .average, .paeth]

    /// Filters a row.
    ///
    /// - Parameters:
    ///   - row: The samples.
    ///   - above: The samples of the row before, or zeros for the first.
    ///   - count: The number of samples.
    ///   - channels: The distance to the sample to the left.
    ///   - output: Takes as many bytes; not in the memory of the samples.
    /// - Returns: The sum of the magnitudes of the differences: the smaller, the better they compress. It wraps around
    ///   for rows of more than 33 million samples, where it is a mere guess.
    func apply(
        to row: UnsafePointer<UInt8>,
        above: UnsafePointer<UInt8>,
        count: Int,
        channels: Int,
        into output: UnsafeMutablePointer<UInt8>
    ) -> UInt32 {
        @inline(__always)
        func subtract(_ predict: (_ left: UInt8, _ above: UInt8, _ aboveLeft: UInt8) -> UInt8) -> UInt32 {
            var sum: UInt32 = 0
            for index in 0..<channels {
                output[index] = row[index] &- predict(0, above[index], 0)
                sum &+= UInt32(min(output[index], 0 &- output[index]))
            }
            // No branch and no wide integers but for the sum, so that the compiler vectorises the loop.
            for index in channels..<count {
                let prediction = predict(row[index &- channels], above[index], above[index &- channels])
                let difference = row[index] &- prediction
                output[index] = difference
                sum &+= UInt32(min(difference, 0 &- difference))
            }
            return sum
        }
        switch self {
        case .none: return subtract { _, _, _ in 0 }
        case .left: return subtract { left, _, _ in left }
        case .above: return subtract { _, above, _ in above }
        case .average: return subtract { left, above, _ in (left & above) &+ ((left ^ above) >> 1) }
        case .paeth: return subtract(Self.paeth)
        }
    }

    @inline(__always)
    private static func paeth(_ left: UInt8, _ above: UInt8, _ aboveLeft: UInt8) -> UInt8 {
        let (a, b, c) = (Int16(left), Int16(above), Int16(aboveLeft))
        let toLeft = (b &- c).magnitude
        let toAbove = (a &- c).magnitude
        let toAboveLeft = (a &+ b &- c &- c).magnitude
        let nearest = toAbove <= toAboveLeft ? above : aboveLeft
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : nearest
    }
}

/// Filters rows of a picture into memory of its own, some at a time.
struct FilteredRows: ~Copyable {
    /// The number of rows that are filtered at a time: enough for zlib to work at full speed, few enough to stay in cache.
    let batchRowCount: Int

    private static let batchByteCount = 1 << 16

    private let view: RasterView
    private let batch: UnsafeMutableBufferPointer<UInt8>
    private let zeros: UnsafeMutableBufferPointer<UInt8>
    /// The best row so far, and the next to compare with it.
    private let candidates: UnsafeMutableBufferPointer<UInt8>

    /// Allocates the memory for a picture of any size.
    init(_ view: RasterView) {
        self.view = view
        batchRowCount = min(view.height, max(1, Self.batchByteCount / (view.rowSampleCount + 1)))
        batch = .allocate(capacity: batchRowCount * (view.rowSampleCount + 1))
        zeros = .allocate(capacity: view.rowSampleCount)
        zeros.initialize(repeating: 0)
        candidates = .allocate(capacity: 2 * view.rowSampleCount)
    }

    deinit {
        batch.deallocate()
        zeros.deallocate()
        candidates.deallocate()
    }

    /// Filters some rows.
    ///
    /// - Parameters:
    ///   - rows: At most ``batchRowCount`` rows of the picture.
    ///   - isAdaptive: Whether each row gets the filter that suits it best, or none.
    /// - Returns: The rows, each after the number of its filter; valid until the next call.
    mutating func filter(_ rows: some Sequence<Int>, isAdaptive: Bool) -> UnsafeRawBufferPointer {
        guard var output = batch.baseAddress, let zeros = zeros.baseAddress, var best = candidates.baseAddress else {
            preconditionFailure("A picture has at least one sample.")
        }
        let start = UnsafePointer(output)
        let count = view.rowSampleCount
        var other = best + count
        for index in rows {
            let row = view.row(index)
            guard isAdaptive else {
                output.pointee = RowFilter.none.rawValue
                (output + 1).update(from: row, count: count)
                output += count + 1
                continue
            }
            let above = index > 0 ? view.row(index - 1) : UnsafePointer(zeros)
            func apply(_ filter: RowFilter, into output: UnsafeMutablePointer<UInt8>) -> UInt32 {
                filter.apply(to: row, above: above, count: count, channels: view.channels, into: output)
            }
            var (bestFilter, smallestSum) = (RowFilter.none, apply(.none, into: best))
            for filter in RowFilter.predicting {
                let sum = apply(filter, into: other)
                if sum < smallestSum {
                    (bestFilter, smallestSum) = (filter, sum)
                    swap(&best, &other)
                }
            }
            output.pointee = bestFilter.rawValue
            (output + 1).update(from: best, count: count)
            output += count + 1
        }
        return UnsafeRawBufferPointer(start: start, count: output - UnsafeMutablePointer(mutating: start))
    }
}
