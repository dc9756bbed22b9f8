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
    private mutating func insert(floats values: UnsafeBufferPointer<Float>) { insert(values) }

    @inline(never)
    private mutating func insert(doubles values: UnsafeBufferPointer<Double>) { insert(values) }

    @inline(never)
    private mutating func insert<Number: NumericScalar>(converting values: UnsafeBufferPointer<Number>) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockCount) { doubles in
            if values.count <= Self.markingLimit {
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

    @inline(__always)
    private mutating func insert<Element: CountedNumber>(_ values: UnsafeBufferPointer<Element>) {
        ExponentialBuckets.withCells { cells in
            if values.count <= Self.sortingLimit {
                insertSorting(values, cells)
            } else if values.count <= Self.markingLimit {
                insertMarking(values, cells)
            } else {
                insertCounting(values.count, cells) { UnsafeBufferPointer(rebasing: values[$0]) }
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
    private mutating func insertCounting<Element: CountedNumber>(
        _ valueCount: Int,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>,
        _ block: (Range<Int>) -> UnsafeBufferPointer<Element>
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: ExponentialBuckets.slotCount) { counts in
            counts.initialize(repeating: 0)
            for start in stride(from: 0, to: valueCount, by: Self.blockCount) {
                count(block(start..<min(start + Self.blockCount, valueCount)), cells, counts)
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
    private mutating func count<Element: CountedNumber>(
        _ block: UnsafeBufferPointer<Element>,
        _ cells: UnsafeBufferPointer<ExponentialBuckets.Cell>,
        _ counts: UnsafeMutableBufferPointer<Int>
    ) {
        guard measureFinite(block) else {
            for element in block {
                let value = element.double
                guard measure(value) else { continue }
                counts[ExponentialBuckets.bucket(of: value, cells: cells)] += 1
            }
            return
        }
        if Element.self == Float.self {
            block.withMemoryRebound(to: Float.self) { ExponentialBuckets.count($0, intoSlots: counts) }
        } else {
            for element in block {
                counts[ExponentialBuckets.bucket(of: element.double, cells: cells)] &+= 1
            }
        }
    }

    /// Takes a block into the statistics, unless one of its values, or a square, is not finite.
    ///
    /// Every fourth value goes to the same sum, whatever the processor can do, so the sums are the same everywhere.
    @inline(__always)
    mutating func measureFinite<Element: CountedNumber>(_ block: UnsafeBufferPointer<Element>) -> Bool {
        var sums = SIMD4<Double>.zero
        var squares = SIMD4<Double>.zero
        var smallests = SIMD4(repeating: smallest)
        var largests = SIMD4(repeating: largest)
        let vectorized = block.count & ~3
        for start in stride(from: 0, to: vectorized, by: 4) {
            let values = SIMD4(
                block[start].double,
                block[start &+ 1].double,
                block[start &+ 2].double,
                block[start &+ 3].double
            )
            sums += values
            squares += values * values
            smallests.replace(with: values, where: values .< smallests)
            largests.replace(with: values, where: values .> largests)
        }
        for index in vectorized..<block.count {
            let value = block[index].double
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

/// A number type for which the counting is compiled.
protocol CountedNumber {
    /// The number as a `Double`.
    var double: Double { get }
}

extension Float: CountedNumber {
    @inline(__always) var double: Double { Double(self) }
}

extension Double: CountedNumber {
    @inline(__always) var double: Double { self }
}
