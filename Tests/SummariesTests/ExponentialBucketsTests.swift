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
        ExponentialBuckets.withTables { ExponentialBuckets.bucket(of: value, limits: $0, positiveBuckets: $1) }
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
