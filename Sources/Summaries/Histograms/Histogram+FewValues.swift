/// Counting few values, as layers without many weights have them: no memory from the heap but for the entries.
extension Histogram {
    /// Up to this many values are sorted by bucket, which takes no preparation.
    static let sortingLimit = 16

    /// Up to this many values are counted without an array of all 1551 buckets, which takes longer to clear and to
    /// search, and memory from the heap.
    static let markingLimit = 256

    /// 64 neighbouring buckets of which only some are met.
    private struct Marks {
        /// The buckets that are met.
        var bits: UInt64 = 0
        /// Where the entries of these buckets begin.
        var firstEntry = 0

        static let count = (ExponentialBuckets.count + 63) / 64
    }

    /// Counts values by sorting their buckets.
    @inline(__always)
    mutating func insertSorting<Element: CountedNumber>(
        _ values: UnsafeBufferPointer<Element>,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.sortingLimit) { buckets in
            var sorted = 0
            for element in values {
                let value = element.double
                guard measure(value) else { continue }
                let bucket = ExponentialBuckets.bucket(of: value, cells: cells)
                var place = sorted
                while place > 0, buckets[place - 1] > bucket {
                    buckets[place] = buckets[place - 1]
                    place -= 1
                }
                buckets[place] = bucket
                sorted += 1
            }
            if entries.isEmpty {
                entries.reserveCapacity(sorted)
                for index in 0..<sorted { append(buckets[index], 1) }
            } else {
                var added = Histogram()
                for index in 0..<sorted { added.append(buckets[index], 1) }
                merge(added.entries)
            }
        }
    }

    /// Counts values by marking the buckets that are met; their order is that of the marks.
    @inline(__always)
    mutating func insertMarking<Element: CountedNumber>(
        _ values: UnsafeBufferPointer<Element>,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>
    ) {
        var earlier: [Entry] = []
        if !entries.isEmpty { swap(&earlier, &entries) }
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: Self.markingLimit) { buckets in
            withUnsafeTemporaryAllocation(of: Marks.self, capacity: Marks.count) { marks in
                marks.initialize(repeating: Marks())
                let isMeasured = measureFinite(values)
                var finiteCount = 0
                for element in values {
                    let value = element.double
                    guard isMeasured || measure(value) else { continue }
                    let bucket = ExponentialBuckets.bucket(of: value, cells: cells)
                    marks[bucket >> 6].bits |= 1 << UInt64(bucket & 63)
                    buckets[finiteCount] = UInt16(truncatingIfNeeded: bucket)
                    finiteCount += 1
                }
                entries.reserveCapacity(finiteCount)
                makeEntries(marks)
                count(buckets[..<finiteCount], marks)
            }
        }
        if !earlier.isEmpty { merge(earlier) }
    }

    /// Makes an entry for each bucket that is met, in ascending order.
    private mutating func makeEntries(_ marks: UnsafeMutableBufferPointer<Marks>) {
        for group in marks.indices {
            marks[group].firstEntry = entries.count
            var rest = marks[group].bits
            while rest != 0 {
                entries.append(Entry(bucket: group << 6 | rest.trailingZeroBitCount, count: 0))
                rest &= rest - 1
            }
        }
    }

    /// Counts buckets that have an entry.
    private mutating func count(
        _ buckets: Slice<UnsafeMutableBufferPointer<UInt16>>,
        _ marks: UnsafeMutableBufferPointer<Marks>
    ) {
        entries.withUnsafeMutableBufferPointer { entries in
            for bucket in buckets {
                let group = marks[Int(bucket >> 6)]
                let lower = group.bits & (1 << UInt64(bucket & 63) - 1)
                entries[group.firstEntry + lower.nonzeroBitCount].count += 1
            }
        }
    }
}
