import Testing

@testable import Summaries

/// The same numbers make the same summary, whatever holds them.
struct NumericDataTests {
    private let floats = (0..<700).map { Float($0) / 7 - 20 }

    @Test func everyHolderOfNumbersIsCountedAlike() {
        let expected = Histogram(floats)
        #expect(expected.count == 700)
        #expect(Histogram(floats.map { Double($0) }) == expected)
        #expect(Histogram(ContiguousArray(floats)) == expected)
        #expect(Histogram(([0] + floats)[1...]) == expected)
        #expect(Histogram(floats.span) == expected)
        #expect(floats.withUnsafeBufferPointer { Histogram($0) } == expected)
        #expect(Histogram([Array(floats[..<300]), Array(floats[300...])]) == expected)
        #expect(Histogram([[Array(floats[..<300])], [Array(floats[300...])]]) == expected)
        #expect(Histogram(floats.lazy.map { $0 }) == expected)
        #expect(Histogram(stride(from: 0, to: 700, by: 2).map { SIMD2(floats[$0], floats[$0 + 1]) }) == expected)
        func generic<Number: BinaryFloatingPoint>(_ values: [Number]) -> Histogram { Histogram(values) }
        #expect(generic(floats) == expected)
    }

    @Test(arguments: [3, 100, 5000])
    func everyNumberTypeIsCountedAlike(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let expected = Histogram(bytes.map { Double($0) })
        #expect(Histogram(bytes) == expected)
        #expect(Histogram(bytes.map { Int($0) }) == expected)
        #expect(Histogram(bytes.map { Int32($0) }) == expected)
        #expect(Histogram(bytes.map { UInt16($0) }) == expected)
        #expect(Histogram(Set(bytes).map { $0 }).count == Set(bytes).count)
    }

    @Test func binsOfEqualWidthHoldAllValues() {
        let histogram = Histogram([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, Double.nan], bins: 5)
        #expect(histogram.buckets.map(\.count) == [2, 2, 2, 2, 2])
        #expect(histogram.buckets.map(\.lowerBound) == [0, 2, 4, 6, 8])
        #expect(histogram.maximum == 10 && histogram.nanCount == 1)
        #expect(Histogram([3.0, 3.0], bins: 2).buckets.map(\.count) == [0, 2])
        #expect(Histogram([3.0], bins: 0).problem?.contains("0 bins") == true)
    }

    @Test func givenCountsAreShownAsTheyAre() {
        let histogram = Histogram(edges: [0, 1, 10, 100], counts: [5, 0, 2])
        #expect(histogram.buckets.map(\.count) == [5, 0, 2])
        #expect(histogram.buckets.map(\.upperBound) == [1, 10, 100])
        #expect(histogram.count == 7 && histogram.sum == 112.5)
        var sum = histogram
        sum.merge(histogram)
        #expect(sum.buckets.map(\.count) == [10, 0, 4])
        sum.insert(contentsOf: [0.5])
        #expect(sum.count == 15 && sum.buckets.map(\.count).reduce(0, +) == 15)
    }

    @Test(
        arguments: [
            ([0, 1], [1, 2], "2 edges for 2 counts"), ([0, 0], [1], "edge 1"), ([0, .nan], [1], "edge 1"),
            ([0, 1], [-1], "count 0 of the histogram is -1"), ([], [], "0 edges"),
        ] as [([Double], [Int], String)]
    )
    func edgesThatDoNotFitAreReported(_ edges: [Double], _ counts: [Int], _ part: String) {
        guard case .invalid(let reason) = SummaryValue.histogram("h", Histogram(edges: edges, counts: counts)).payload
        else {
            Issue.record("\(edges) were taken")
            return
        }
        #expect(reason.contains(part))
    }

    @Test func anImageIsTheSameFromBytesNumbersAndRows() throws {
        let bytes: [UInt8] = [0, 51, 102, 255]
        let image = try Image(bytes, height: 2, width: 2, channels: 1)
        #expect(try Image(bytes.map { Double($0) / 255 }, height: 2, width: 2, channels: 1) == image)
        #expect(try Image(bytes.map { Int($0) }, height: 2, width: 2, channels: 1) == image)
        #expect(try Image(bytes.span, height: 2, width: 2, channels: 1) == image)
        #expect(try Image([[0, 0.2], [0.4, 1]] as [[Float]]) == image)
        let planar = try Image([[[0, 51]], [[102, 255]], [[1, 2]]], layout: .channelsHeightWidth)
        #expect((planar.height, planar.width, planar.channels) == (1, 2, 3))
        #expect(planar.samples == [0, 102, 1, 51, 255, 2])
        #expect(try Image.batch(bytes, count: 2, height: 1, width: 2, channels: 1)[1].samples == [102, 255])
        #expect(throws: SummaryError.self) { try Image([[0.5, 1], [1]]) }
        #expect(throws: SummaryError.self) { try Image.batch(bytes, count: 3, height: 1, width: 1, channels: 1) }
    }
}
