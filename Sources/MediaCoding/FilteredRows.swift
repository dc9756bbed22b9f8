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
    /// - Returns: The rows, each behind the number of its filter; valid until the next call.
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
