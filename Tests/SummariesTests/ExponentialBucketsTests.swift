import Testing

@testable import Summaries

struct ExponentialBucketsTests {
    /// The definition: the first limit that is greater than the value.
    private func bucketBySearch(_ value: Double) -> Int {
        var low = 0
        var high = ExponentialBuckets.count - 1
        while low < high {
            let middle = (low + high) / 2
            if ExponentialBuckets.limits[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func bucket(_ value: Double) -> Int {
        ExponentialBuckets.withCells { ExponentialBuckets.bucket(of: value, cells: $0) }
    }

    @Test func limitsAreTensorFlows() {
        let limits = ExponentialBuckets.limits
        #expect(limits.count == 1551)
        #expect(limits[0] == -.greatestFiniteMagnitude)
        #expect(limits[775] == 0)
        #expect(limits[776] == 1e-12)
        #expect(limits[777] == 1e-12 * 1.1)
        #expect(limits[1549] == 9.920775621859783e+19)
        #expect(limits[1550] == .greatestFiniteMagnitude)
        #expect(limits == limits.map { -$0 }.reversed())
        #expect(zip(limits, limits.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func limitsAndTheirNeighboursFallWhereASearchPutsThem() {
        for limit in ExponentialBuckets.limits {
            for value in [limit.nextDown, limit, limit.nextUp] where value.isFinite {
                #expect(bucket(value) == bucketBySearch(value), "\(value)")
            }
        }
    }

    @Test(arguments: [0.0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-13, 1, 1e20, 1e300])
    func notableValuesFallWhereASearchPutsThem(_ value: Double) {
        #expect(bucket(value) == bucketBySearch(value))
        #expect(bucket(-value) == bucketBySearch(-value))
    }

    /// Where rounding a double to a float goes into another cell.
    @Test func endsOfCellsAndTheirNeighboursFallWhereASearchPutsThem() {
        for cell in 0..<UInt32(2 * ExponentialBuckets.Cell.signedCount) {
            let end = Double(Float(bitPattern: cell << ExponentialBuckets.Cell.shift))
            for value in [end.nextDown, end, end.nextUp] where value.isFinite {
                #expect(bucket(value) == bucketBySearch(value), "\(value)")
            }
        }
    }

    /// Counts all values at once, which takes the paths for many values, and compares with a search for each.
    private func expectCountsOfASearch<Element: NumericScalar>(_ values: [Element]) {
        var expected = [Int](repeating: 0, count: ExponentialBuckets.count)
        for value in values.doubles { expected[bucketBySearch(value)] += 1 }
        var counted = [Int](repeating: 0, count: ExponentialBuckets.count)
        for entry in Histogram(values).entries { counted[entry.bucket] += entry.count }
        #expect(counted == expected)
    }

    @Test func limitsAndTheirNeighboursAreCountedAsFloatsWhereASearchPutsThem() {
        // Alone in a crowd of zeros, so that no two mistakes cancel out.
        for limit in ExponentialBuckets.limits.map({ Float($0) }) where limit.isFinite {
            for value in [limit.nextDown, limit, limit.nextUp] where value.isFinite {
                expectCountsOfASearch([Float](repeating: 0, count: 70) + [value])
            }
        }
    }

    @Test(arguments: [
        0.0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-13, 1, 1e20, .greatestFiniteMagnitude,
    ])
    func notableFloatsAreCountedWhereASearchPutsThem(_ value: Float) {
        expectCountsOfASearch([Float](repeating: value, count: 70))
        expectCountsOfASearch([Float](repeating: -value, count: 70))
    }

    @Test(arguments: 0..<4)
    func randomValuesOfEveryTypeAreCountedWhereASearchPutsThem(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        let bits = (0..<500_000).map { _ in generator.next() }
        expectCountsOfASearch(bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }.filter(\.isFinite))
        expectCountsOfASearch(bits.map { Double(bitPattern: $0) }.filter(\.isFinite))
        expectCountsOfASearch(bits)
        expectCountsOfASearch(bits.map { Int64(bitPattern: $0) })
        expectCountsOfASearch(bits.map { Int8(truncatingIfNeeded: $0) })
        expectCountsOfASearch(bits.map { UInt16(truncatingIfNeeded: $0) })
        #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
        expectCountsOfASearch(bits.map { Float16(bitPattern: UInt16(truncatingIfNeeded: $0)) }.filter(\.isFinite))
        #endif
    }

    @Test(arguments: 0..<8)
    func randomValuesFallWhereASearchPutsThem(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        for _ in 0..<50_000 {
            // All representations are equally likely, so all magnitudes are met.
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            if bucket(value) != bucketBySearch(value) {
                Issue.record("\(value) fell into bucket \(bucket(value)), not \(bucketBySearch(value))")
            }
        }
    }
}

/// A generator whose sequence is the same everywhere (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
