import Testing

@testable import Summaries

struct HistogramTests {
    @Test func statisticsAreThoseOfTheValues() {
        let histogram = Histogram([-1, 2, 0.5, 0.5])
        #expect(histogram.count == 4)
        #expect(histogram.minimum == -1)
        #expect(histogram.maximum == 2)
        #expect(histogram.sum == 2)
        #expect(histogram.sumOfSquares == 5.5)
        #expect(histogram.nonFiniteCount == 0)
    }

    @Test func aHistogramOfNothingHasNoRows() {
        let histogram = Histogram([Float]())
        #expect(histogram.count == 0)
        #expect(histogram.minimum == nil)
        #expect(histogram.maximum == nil)
        #expect(histogram.buckets.isEmpty)
        #expect(histogram.bucketCount == 0)
    }

    @Test func nonFiniteValuesAreCountedApart() {
        let histogram = Histogram([1, .nan, .infinity, -.infinity, -.infinity, 3] as [Double])
        #expect(histogram.count == 2)
        #expect(histogram.nanCount == 1)
        #expect(histogram.positiveInfinityCount == 1)
        #expect(histogram.negativeInfinityCount == 2)
        #expect(histogram.nonFiniteCount == 4)
        #expect(histogram.sum == 4)
        #expect(histogram.minimum == 1)
        #expect(histogram.maximum == 3)
        #expect(histogram.buckets.reduce(0) { $0 + $1.count } == 2)
    }

    @Test(arguments: [0, 1023, 1024, 2500])
    func nonFiniteValuesAmongManyAreCountedApart(_ place: Int) {
        for stranger in [Float.nan, .infinity, -.infinity] {
            var values = (0..<2501).map { Float($0) - 1000 }
            let replaced = Double(values[place])
            let whole = Histogram(values)
            values[place] = stranger
            let histogram = Histogram(values)
            #expect(histogram.nonFiniteCount == 1)
            #expect(histogram.nanCount == (stranger.isNaN ? 1 : 0))
            #expect(histogram.count == 2500)
            #expect(histogram.sum == whole.sum - replaced)
            #expect(histogram.sumOfSquares == whole.sumOfSquares - replaced * replaced)
            #expect(histogram.minimum == Double(values.filter(\.isFinite).min() ?? .nan))
            #expect(histogram.maximum == Double(values.filter(\.isFinite).max() ?? .nan))
        }
    }

    @Test func manyDoublesWhoseSquaresAreInfiniteAreFinite() {
        let histogram = Histogram([Double](repeating: 1e200, count: 100))
        #expect(histogram.count == 100)
        #expect(histogram.nonFiniteCount == 0)
        #expect(histogram.sumOfSquares == .infinity)
        #expect(histogram.minimum == 1e200)
    }

    @Test func numbersOfAnyTypeAreCounted() {
        #expect(Histogram([1, 2, 3] as [Int]) == Histogram([1, 2, 3] as [Double]))
        #expect(Histogram([255] as [UInt8]).maximum == 255)
        #expect(Histogram([Int.min]).minimum == -0x1p63)
    }

    @Test func onlyNonFiniteValuesLeaveNoRows() {
        let histogram = Histogram([Double.nan, .infinity])
        #expect(histogram.minimum == nil)
        #expect(histogram.buckets.isEmpty)
        #expect(histogram.nonFiniteCount == 2)
    }

    @Test func equalValuesMakeOneRowWithoutWidth() {
        #expect(
            Histogram([Float](repeating: 0.25, count: 7)).buckets == [
                .init(lowerBound: 0.25, upperBound: 0.25, count: 7)
            ]
        )
        #expect(Histogram([0.0, -0.0]).buckets == [.init(lowerBound: 0, upperBound: 0, count: 2)])
    }

    @Test func emptyBucketsBetweenTwoMakeOneRow() {
        let buckets = Histogram([-1.0, 1.0]).buckets
        #expect(buckets.map(\.count) == [1, 0, 1])
        #expect(buckets[0].lowerBound == -1)
        #expect(buckets[2].upperBound == 1)
    }

    @Test(arguments: [0, 1, 2, 3, 16, 17, 64, 255, 256, 257, 1000, 20_000])
    func rowsCoverTheValuesWithoutGapsOrOverlaps(_ count: Int) {
        var generator = SplitMix(state: UInt64(count))
        let values = (0..<count).map { _ in Float.random(in: -3...3, using: &generator) }
        let histogram = Histogram(values)
        let buckets = histogram.buckets
        #expect(buckets.count == histogram.bucketCount)
        #expect(buckets.reduce(0) { $0 + $1.count } == count)
        #expect(buckets.allSatisfy { $0.lowerBound <= $0.upperBound && $0.count >= 0 })
        #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(buckets.first?.lowerBound == values.min().map(Double.init))
        #expect(buckets.last?.upperBound == values.max().map(Double.init))
        for (index, bucket) in buckets.enumerated() {
            let isLast = index == buckets.count - 1
            let inside = values.filter {
                let value = Double($0)
                return value >= bucket.lowerBound && (value < bucket.upperBound || isLast)
            }
            #expect(inside.count == bucket.count)
        }
    }

    @Test(arguments: [1, 8, 16, 17, 256, 257, 500])
    func mergingIsCountingEverythingInOne(_ count: Int) {
        var generator = SplitMix(state: 7)
        let values = (0..<2 * count).map { _ in Double.random(in: -1e6...1e6, using: &generator) }
        var merged = Histogram(Array(values[..<count]))
        merged.merge(Histogram(Array(values[count...])))
        let whole = Histogram(values)
        #expect(merged.buckets == whole.buckets)
        #expect(merged.count == whole.count)
        #expect(merged.minimum == whole.minimum)
        #expect(merged.maximum == whole.maximum)
        #expect(abs(merged.sum - whole.sum) <= 1e-9 * whole.sumOfSquares.squareRoot())
    }

    @Test func insertingInPartsIsCountingEverythingInOne() {
        let values = (0..<300).map { Double($0) - 150 }
        var parts = Histogram()
        for start in stride(from: 0, to: 300, by: 30) {
            values[start..<start + 30].withUnsafeBufferPointer { parts.insert(contentsOf: $0) }
        }
        #expect(parts == Histogram(values))
    }

    @Test func removingAllMakesItNew() {
        var histogram = Histogram([1, 2, .nan] as [Float])
        histogram.removeAll()
        #expect(histogram == Histogram())
    }

    @Test func spansAndBuffersGiveTheSameAsArrays() {
        let values: [Float] = [1, 2, 3]
        #expect(Histogram(values.span) == Histogram(values))
        #expect(values.withUnsafeBufferPointer { Histogram($0) } == Histogram(values))
    }

    /// As many as a large layer has; counts and sums must not run out of room.
    ///
    /// A build for debugging counts fewer, because it would take minutes.
    @Test func manyValuesAreAllCounted() {
        #if DEBUG
        let count = 1_000_000
        #else
        let count = 100_000_000
        #endif
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            for index in buffer.indices { buffer.initializeElement(at: index, to: index.isMultiple(of: 4) ? -3 : 0.5) }
            initializedCount = count
        }
        let histogram = Histogram(values)
        #expect(histogram.count == count)
        #expect(histogram.sum == Double(count / 4 * -3) + Double(count / 4 * 3) / 2)
        #expect(histogram.buckets.map(\.count).filter { $0 > 0 } == [count / 4, count / 4 * 3])
    }

    @Test func hugeAndTinyValuesKeepTheirExtremes() {
        let histogram = Histogram(
            [-.greatestFiniteMagnitude, .leastNonzeroMagnitude, .greatestFiniteMagnitude] as [Double]
        )
        #expect(histogram.minimum == -.greatestFiniteMagnitude)
        #expect(histogram.maximum == .greatestFiniteMagnitude)
        #expect(histogram.buckets.map(\.count).filter { $0 > 0 } == [1, 1, 1])
    }

    @Test(arguments: [7, 100, 300, 5000])
    func valuesThatAreNotFiniteDoNotDisturbTheOthers(count: Int) {
        let others: [Float] = [.nan, .infinity, -.infinity, -.nan]
        let finite = (0..<count).map { Float($0 - count / 2) / 3 }
        let mixed = finite.indices.flatMap { $0 % 9 == 4 ? [others[$0 % 4], finite[$0]] : [finite[$0]] }
        let histogram = Histogram(mixed)
        #expect(histogram.buckets == Histogram(finite).buckets)
        #expect(histogram.buckets == Histogram(mixed.map(Double.init)).buckets)
        #expect(histogram.nonFiniteCount == mixed.count - count)
        #expect(histogram.count == count)
    }
}
