extension Histogram {
    /// Up to this many values are sorted by bucket; more are counted in an array of all 1551 buckets, which costs
    /// about as much to clear and to search as sorting this many.
    private static let sortingLimit = 64

    /// Counts more values.
    ///
    /// - Parameter values: Any number of values, in any order; not copied.
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    public mutating func insert<Element: HistogramElement>(contentsOf values: UnsafeBufferPointer<Element>) {
        ExponentialBuckets.withTables { limits, positiveBuckets in
            if values.count <= Self.sortingLimit {
                insertSorting(values, limits, positiveBuckets)
            } else {
                insertCounting(values, limits, positiveBuckets)
            }
        }
    }

    /// Adds the values of another histogram, as if all had been counted here.
    public mutating func merge(_ other: Histogram) {
        merge(other.entries)
        smallest = min(smallest, other.smallest)
        largest = max(largest, other.largest)
        count += other.count
        sum += other.sum
        sumOfSquares += other.sumOfSquares
        nanCount += other.nanCount
        positiveInfinityCount += other.positiveInfinityCount
        negativeInfinityCount += other.negativeInfinityCount
    }

    /// Takes a value into the statistics and says whether it is finite.
    @inline(__always)
    private mutating func measure(_ value: Double) -> Bool {
        guard value.isFinite else {
            if value.isNaN {
                nanCount += 1
            } else if value > 0 {
                positiveInfinityCount += 1
            } else {
                negativeInfinityCount += 1
            }
            return false
        }
        if value < smallest { smallest = value }
        if value > largest { largest = value }
        sum += value
        sumOfSquares += value * value
        count += 1
        return true
    }

    @inline(__always)
    private mutating func insertSorting<Element: HistogramElement>(
        _ values: UnsafeBufferPointer<Element>,
        _ limits: UnsafeBufferPointer<Double>,
        _ positiveBuckets: UnsafeBufferPointer<UInt16>
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.sortingLimit) { buckets in
            var sorted = 0
            for element in values {
                let value = element.histogramValue
                guard measure(value) else { continue }
                let bucket = ExponentialBuckets.bucket(of: value, limits: limits, positiveBuckets: positiveBuckets)
                var place = sorted
                while place > 0, buckets[place - 1] > bucket {
                    buckets[place] = buckets[place - 1]
                    place -= 1
                }
                buckets[place] = bucket
                sorted += 1
            }
            if entries.isEmpty {
                for index in 0..<sorted { append(buckets[index], 1) }
            } else {
                var added = Histogram()
                for index in 0..<sorted { added.append(buckets[index], 1) }
                merge(added.entries)
            }
        }
    }

    @inline(__always)
    private mutating func insertCounting<Element: HistogramElement>(
        _ values: UnsafeBufferPointer<Element>,
        _ limits: UnsafeBufferPointer<Double>,
        _ positiveBuckets: UnsafeBufferPointer<UInt16>
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: ExponentialBuckets.count) { counts in
            counts.initialize(repeating: 0)
            for element in values {
                let value = element.histogramValue
                guard measure(value) else { continue }
                counts[ExponentialBuckets.bucket(of: value, limits: limits, positiveBuckets: positiveBuckets)] += 1
            }
            var added = Histogram()
            for (bucket, count) in counts.enumerated() where count > 0 { added.append(bucket, count) }
            merge(added.entries)
        }
    }

    /// Adds to the last bucket or begins a later one.
    private mutating func append(_ bucket: Int, _ count: Int) {
        if let last = entries.indices.last, entries[last].bucket == bucket {
            entries[last].count += count
        } else {
            entries.append(Entry(bucket: bucket, count: count))
        }
    }

    private mutating func merge(_ other: [Entry]) {
        guard !entries.isEmpty else {
            entries = other
            return
        }
        var merged = Histogram()
        merged.entries.reserveCapacity(entries.count + other.count)
        var (left, right) = (entries[...], other[...])
        while let a = left.first, let b = right.first {
            if a.bucket <= b.bucket {
                merged.append(a.bucket, a.count)
                left.removeFirst()
            } else {
                merged.append(b.bucket, b.count)
                right.removeFirst()
            }
        }
        for entry in left { merged.append(entry.bucket, entry.count) }
        for entry in right { merged.append(entry.bucket, entry.count) }
        entries = merged.entries
    }
}
