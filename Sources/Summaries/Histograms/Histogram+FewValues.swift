/// Counting few values, as layers without many weights have them: no memory from the heap but for the entries.
extension Histogram {
    /// Up to this many values are sorted by bucket, which takes no preparation.
    static let sortingLimit = 16

    /// Up to this many values are counted in a byte for each bucket between the smallest and the largest value, which
    /// is hardly ever more than fits on the stack.
    static let tallyingLimit = Int(UInt8.max)

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

    /// Counts values in a byte for each bucket between the smallest and the largest value.
    @inline(__always)
    mutating func insertTallying<Element: CountedNumber>(
        _ values: UnsafeBufferPointer<Element>,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>
    ) {
        _ = measure(values)
        guard count > 0 else { return }
        let first = ExponentialBuckets.bucket(of: smallest, cells: cells)
        let bucketCount = ExponentialBuckets.bucket(of: largest, cells: cells) - first + 1
        // Whole words, because the bytes that are not 0 are looked for in words.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: (bucketCount + 7) & ~7) { tallies in
            tallies.initialize(repeating: 0)
            var entryCount = 0
            for element in values where element.isFinite {
                let bucket = ExponentialBuckets.bucket(of: element.double, cells: cells) &- first
                entryCount &+= tallies[bucket] == 0 ? 1 : 0
                tallies[bucket] &+= 1
            }
            if entries.isEmpty {
                append(tallies, from: first, entryCount: entryCount)
            } else {
                var added = Histogram()
                added.append(tallies, from: first, entryCount: entryCount)
                merge(added.entries)
            }
        }
    }

    /// Appends an entry for each bucket with a tally.
    private mutating func append(
        _ tallies: UnsafeMutableBufferPointer<UInt8>,
        from first: Int,
        entryCount: Int
    ) {
        withUnsafeTemporaryAllocation(of: Entry.self, capacity: entryCount) { added in
            let bytes = UnsafeRawBufferPointer(tallies)
            var next = 0
            for start in stride(from: 0, to: bytes.count, by: 8) {
                var word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
                while word != 0 {
                    let shift = UInt64(truncatingIfNeeded: word.trailingZeroBitCount & ~7)
                    let bucket = first &+ start &+ Int(truncatingIfNeeded: shift >> 3)
                    let entry = Entry(bucket: bucket, count: Int(truncatingIfNeeded: word &>> shift & 0xFF))
                    added.initializeElement(at: next, to: entry)
                    word &= ~(0xFF &<< shift)
                    next &+= 1
                }
            }
            entries.append(contentsOf: UnsafeBufferPointer(added))
        }
    }
}
