/// The statistics of values, apart from the buckets.
extension Histogram {
    /// Takes a value into the statistics.
    ///
    /// - Returns: Whether it is finite.
    @inline(__always)
    @discardableResult
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

    /// Takes values into the statistics.
    ///
    /// - Returns: Whether all are finite.
    @inline(__always)
    mutating func measure<Element: CountedNumber>(_ values: UnsafeBufferPointer<Element>) -> Bool {
        var lanes = StatisticsLanes<Element>()
        for start in stride(from: 0, to: lanes.capacity(for: values), by: 8) { lanes.add(values, at: start) }
        return measure(values, lanes)
    }

    /// Takes values into the statistics, most of which are in the lanes already.
    ///
    /// - Returns: Whether all are finite.
    @inline(__always)
    @discardableResult
    mutating func measure<Element: CountedNumber>(
        _ values: UnsafeBufferPointer<Element>,
        _ lanes: StatisticsLanes<Element>
    ) -> Bool {
        let finiteCount = count + values.count
        let squares = lanes.sumOfSquares
        // A value that is not finite makes this sum infinite or NaN.
        guard squares.isFinite else {
            for value in values { measure(value.double) }
            return count == finiteCount
        }
        let addedCount = lanes.capacity(for: values)
        smallest = min(smallest, lanes.smallest)
        largest = max(largest, lanes.largest)
        sum += lanes.sum
        sumOfSquares += squares
        count += addedCount
        for index in addedCount..<values.count { measure(values[index].double) }
        return count == finiteCount
    }
}

/// Statistics of values that take turns in eight lanes, so that no addition waits for the one before.
///
/// Every eighth value goes to the same lane, whatever the processor can do, so the sums are the same everywhere.
struct StatisticsLanes<Element: CountedNumber> {
    private var lowSums = SIMD4<Double>.zero
    private var highSums = SIMD4<Double>.zero
    private var lowSquares = SIMD4<Double>.zero
    private var highSquares = SIMD4<Double>.zero
    private var smallests = SIMD8(repeating: Element.infinity)
    private var largests = SIMD8(repeating: -Element.infinity)

    /// How many of the values fill all lanes.
    @inline(__always)
    func capacity(for values: UnsafeBufferPointer<Element>) -> Int { values.count & ~7 }

    /// Adds eight of the values.
    @inline(__always)
    mutating func add(_ values: UnsafeBufferPointer<Element>, at index: Int) {
        let offset = index &* MemoryLayout<Element>.stride
        let eight = UnsafeRawBufferPointer(values).loadUnaligned(fromByteOffset: offset, as: SIMD8<Element>.self)
        let (low, high) = (Element.doubles(eight.lowHalf), Element.doubles(eight.highHalf))
        lowSums += low
        highSums += high
        lowSquares += low * low
        highSquares += high * high
        smallests = Element.lesser(eight, smallests)
        largests = Element.greater(eight, largests)
    }

    var sum: Double { (lowSums + highSums).sum() }
    var sumOfSquares: Double { (lowSquares + highSquares).sum() }
    var smallest: Double { smallests.indices.reduce(.infinity) { min($0, smallests[$1].double) } }
    var largest: Double { largests.indices.reduce(-.infinity) { max($0, largests[$1].double) } }
}

// The numbers of a SIMD vector are codable, but in Embedded Swift, which has no Codable.
#if hasFeature(Embedded)
typealias VectorCodable = Any
#else
typealias VectorCodable = Codable
#endif

/// A number type for which the counting is compiled.
///
/// What is done with several numbers at once is written out for each type: as generic code it would not become vector
/// instructions.
protocol CountedNumber: BinaryFloatingPoint, VectorCodable, SIMDScalar {
    /// The number as a `Double`.
    var double: Double { get }
    /// Four numbers as `Double`.
    static func doubles(_ numbers: SIMD4<Self>) -> SIMD4<Double>
    /// The lesser of each pair.
    static func lesser(_ left: SIMD8<Self>, _ right: SIMD8<Self>) -> SIMD8<Self>
    /// The greater of each pair.
    static func greater(_ left: SIMD8<Self>, _ right: SIMD8<Self>) -> SIMD8<Self>
}

extension Float: CountedNumber {
    @inline(__always) var double: Double { Double(self) }

    @inline(__always)
    static func doubles(_ numbers: SIMD4<Float>) -> SIMD4<Double> { SIMD4<Double>(numbers) }

    @inline(__always)
    static func lesser(_ left: SIMD8<Float>, _ right: SIMD8<Float>) -> SIMD8<Float> {
        right.replacing(with: left, where: left .< right)
    }

    @inline(__always)
    static func greater(_ left: SIMD8<Float>, _ right: SIMD8<Float>) -> SIMD8<Float> {
        right.replacing(with: left, where: left .> right)
    }
}

extension Double: CountedNumber {
    @inline(__always) var double: Double { self }

    @inline(__always)
    static func doubles(_ numbers: SIMD4<Double>) -> SIMD4<Double> { numbers }

    @inline(__always)
    static func lesser(_ left: SIMD8<Double>, _ right: SIMD8<Double>) -> SIMD8<Double> {
        right.replacing(with: left, where: left .< right)
    }

    @inline(__always)
    static func greater(_ left: SIMD8<Double>, _ right: SIMD8<Double>) -> SIMD8<Double> {
        right.replacing(with: left, where: left .> right)
    }
}
