extension Histogram {
    /// How many values are counted at a time.
    private static let blockCount = 1024

    /// Counts more values, in the default buckets.
    ///
    /// - Parameter values: Numbers in any order; not copied.
    @inlinable
    public mutating func insert(contentsOf values: some NumericData & ~Escapable) {
        values.withScalars { insert(numbers: $0) }
    }

    /// Chooses the code for the type of the numbers.
    ///
    /// It is compiled for `Float` and `Double`; all others are converted to `Double` block by block, because code for each
    /// of thirteen types takes long to build.
    @usableFromInline
    mutating func insert<Number: NumericScalar>(numbers: UnsafeBufferPointer<Number>) {
        useDefaultBuckets()
        let bytes = UnsafeRawBufferPointer(numbers)
        if Number.self == Float.self {
            insert(floats: bytes.assumingMemoryBound(to: Float.self))
        } else if Number.self == Double.self {
            insert(doubles: bytes.assumingMemoryBound(to: Double.self))
        } else {
            insert(converting: numbers)
        }
    }

    @inline(never)
    private mutating func insert(floats values: UnsafeBufferPointer<Float>) {
        insert(values) { histogram, _ in histogram.insertCounting(floats: values) }
    }

    @inline(never)
    private mutating func insert(doubles values: UnsafeBufferPointer<Double>) {
        insert(values) { histogram, cells in
            histogram.insertCounting(values.count, cells) { UnsafeBufferPointer(rebasing: values[$0]) }
        }
    }

    @inline(never)
    private mutating func insert<Number: NumericScalar>(converting values: UnsafeBufferPointer<Number>) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockCount) { doubles in
            if values.count <= Self.tallyingLimit {
                Number.convert(values, to: doubles)
                return insert(doubles: UnsafeBufferPointer(rebasing: doubles[..<values.count]))
            }
            ExponentialBuckets.withCells { cells in
                insertCounting(values.count, cells) { range in
                    Number.convert(UnsafeBufferPointer(rebasing: values[range]), to: doubles)
                    return UnsafeBufferPointer(rebasing: doubles[..<range.count])
                }
            }
        }
    }

    /// Counts values in the way that suits their number.
    ///
    /// - Parameters:
    ///   - values: The values.
    ///   - insertCounting: Counts many values.
    @inline(__always)
    private mutating func insert<Element: CountedNumber>(
        _ values: UnsafeBufferPointer<Element>,
        _ insertCounting: (inout Histogram, UnsafeBufferPointer<ExponentialBuckets.Cell>) -> Void
    ) {
        ExponentialBuckets.withCells { cells in
            if values.count <= Self.sortingLimit {
                insertSorting(values, cells)
            } else if values.count <= Self.tallyingLimit {
                insertTallying(values, cells)
            } else {
                insertCounting(&self, cells)
            }
        }
    }

    /// Adds the values of another histogram, as if all had been counted here.
    ///
    /// Histograms with the same edges keep them; others go over to the default buckets, where each row counts at its
    /// middle.
    public mutating func merge(_ other: Histogram) {
        var other = other
        if edges != other.edges {
            useDefaultBuckets()
            other.useDefaultBuckets()
        }
        problem = problem ?? other.problem
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

    /// Counts values block by block: a block stays in the processor's fastest cache while it is read twice.
    @inline(__always)
    private mutating func insertCounting<Element: CountedNumber>(
        _ valueCount: Int,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>,
        _ block: (Range<Int>) -> UnsafeBufferPointer<Element>
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: ExponentialBuckets.count) { counts in
            counts.initialize(repeating: 0)
            func count(_ element: Element) {
                counts[ExponentialBuckets.bucket(of: element.double, cells: cells)] &+= 1
            }
            for start in stride(from: 0, to: valueCount, by: Self.blockCount) {
                let block = block(start..<min(start + Self.blockCount, valueCount))
                // Two loops: the common one has no branch.
                if measure(block) {
                    for element in block { count(element) }
                } else {
                    for element in block where element.isFinite { count(element) }
                }
            }
            merge(counts: UnsafeBufferPointer(counts))
        }
    }

    /// Counts values by their slots, and takes them into the statistics at the same time: the processor works at both.
    @inline(never)
    private mutating func insertCounting(floats values: UnsafeBufferPointer<Float>) {
        // No more than a counter can count.
        for start in stride(from: 0, to: values.count, by: Int(UInt32.max)) {
            let part = UnsafeBufferPointer(rebasing: values[start...].prefix(Int(UInt32.max)))
            ExponentialBuckets.withSlotCounters { counters in
                for start in stride(from: 0, to: part.count, by: Self.blockCount) {
                    let block = UnsafeBufferPointer(rebasing: part[start..<min(start + Self.blockCount, part.count)])
                    count(block, with: counters)
                }
            } receive: {
                merge(counts: $0)
            }
        }
    }

    @inline(__always)
    private mutating func count(_ block: UnsafeBufferPointer<Float>, with counters: ExponentialBuckets.SlotCounters) {
        var lanes = StatisticsLanes<Float>()
        let laneCount = lanes.capacity(for: block)
        for index in stride(from: 0, to: laneCount, by: 8) {
            lanes.add(block, at: index)
            counters.count(block[index], block[index &+ 1])
            counters.count(block[index &+ 2], block[index &+ 3])
            counters.count(block[index &+ 4], block[index &+ 5])
            counters.count(block[index &+ 6], block[index &+ 7])
        }
        for index in laneCount..<block.count { counters.count(block[index]) }
        measure(block, lanes)
    }

    /// Adds the count of each bucket.
    @inline(__always)
    private mutating func merge(counts: UnsafeBufferPointer<some FixedWidthInteger>) {
        var added = Histogram()
        for bucket in counts.indices where counts[bucket] > 0 { added.append(bucket, Int(counts[bucket])) }
        merge(added.entries)
    }

    /// Adds to the last bucket or begins a later one.
    mutating func append(_ bucket: Int, _ count: Int) {
        if let last = entries.indices.last, entries[last].bucket == bucket {
            entries[last].count += count
        } else {
            entries.append(Entry(bucket: bucket, count: count))
        }
    }

    mutating func merge(_ other: [Entry]) {
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
