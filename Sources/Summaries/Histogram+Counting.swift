extension Histogram {
    /// How many values are counted at a time.
    private static let blockCount = 1024

    /// Counts more values.
    ///
    /// - Parameter values: Any number of values, in any order; not copied.
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    @specialized(where Element == Int)
    @specialized(where Element == Int8)
    @specialized(where Element == Int16)
    @specialized(where Element == Int32)
    @specialized(where Element == Int64)
    @specialized(where Element == UInt)
    @specialized(where Element == UInt8)
    @specialized(where Element == UInt16)
    @specialized(where Element == UInt32)
    @specialized(where Element == UInt64)
    #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    @specialized(where Element == Float16)
    #endif
    public mutating func insert<Element: HistogramElement>(contentsOf values: UnsafeBufferPointer<Element>) {
        ExponentialBuckets.withCells { cells in
            if values.count <= Self.sortingLimit {
                insertSorting(values, cells)
            } else if values.count <= Self.markingLimit {
                insertMarking(values, cells)
            } else {
                insertCounting(values, cells)
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
    mutating func measure(_ value: Double) -> Bool {
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
    private mutating func insertCounting<Element: HistogramElement>(
        _ values: UnsafeBufferPointer<Element>,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: ExponentialBuckets.slotCount) { counts in
            counts.initialize(repeating: 0)
            for start in stride(from: 0, to: values.count, by: Self.blockCount) {
                let end = min(start + Self.blockCount, values.count)
                count(UnsafeBufferPointer(rebasing: values[start..<end]), cells, counts)
            }
            ExponentialBuckets.fold(slots: counts)
            var added = Histogram()
            for bucket in 0..<ExponentialBuckets.count where counts[bucket] > 0 {
                added.append(bucket, counts[bucket])
            }
            merge(added.entries)
        }
    }

    /// Counts a block that fits into the processor's fastest cache, so that it may be read twice.
    @inline(__always)
    private mutating func count<Element: HistogramElement>(
        _ block: UnsafeBufferPointer<Element>,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>,
        _ counts: UnsafeMutableBufferPointer<Int>
    ) {
        guard measureFinite(block) else {
            for element in block {
                let value = element.histogramValue
                guard measure(value) else { continue }
                counts[ExponentialBuckets.bucket(of: value, cells: cells)] += 1
            }
            return
        }
        if Element.self == Float.self {
            block.withMemoryRebound(to: Float.self) { ExponentialBuckets.count($0, intoSlots: counts) }
        } else {
            for element in block {
                counts[ExponentialBuckets.bucket(of: element.histogramValue, cells: cells)] &+= 1
            }
        }
    }

    /// Takes a block into the statistics, unless one of its values, or a square, is not finite.
    ///
    /// Every fourth value goes to the same sum, whatever the processor can do, so the sums are the same everywhere.
    @inline(__always)
    mutating func measureFinite<Element: HistogramElement>(_ block: UnsafeBufferPointer<Element>) -> Bool {
        var sums = SIMD4<Double>.zero
        var squares = SIMD4<Double>.zero
        var smallests = SIMD4(repeating: smallest)
        var largests = SIMD4(repeating: largest)
        let vectorized = block.count & ~3
        for start in stride(from: 0, to: vectorized, by: 4) {
            let values = SIMD4(
                block[start].histogramValue,
                block[start &+ 1].histogramValue,
                block[start &+ 2].histogramValue,
                block[start &+ 3].histogramValue
            )
            sums += values
            squares += values * values
            smallests.replace(with: values, where: values .< smallests)
            largests.replace(with: values, where: values .> largests)
        }
        for index in vectorized..<block.count {
            let value = block[index].histogramValue
            let lane = index & 3
            sums[lane] += value
            squares[lane] += value * value
            if value < smallests[lane] { smallests[lane] = value }
            if value > largests[lane] { largests[lane] = value }
        }
        // Any value that is not finite makes this sum infinite or NaN.
        let blockSquares = squares[0] + squares[1] + squares[2] + squares[3]
        guard blockSquares.isFinite else { return false }
        sum += sums[0] + sums[1] + sums[2] + sums[3]
        sumOfSquares += blockSquares
        smallest = smallests.min()
        largest = largests.max()
        count += block.count
        return true
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
