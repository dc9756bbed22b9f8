import TensorBoardLogs
import Testing

struct AggregatedPointTests {
    private func point(_ values: Double...) -> AggregatedPoint {
        AggregatedPoint("loss", step: 0, values.enumerated().map { (rank: $0.offset, value: $0.element) })
    }

    /// The percentiles are NumPy's: `numpy.percentile(values, 99)`.
    @Test func percentilesLieBetweenValues() {
        #expect(point(1).percentile99 == 1)
        #expect(abs(point(1, 2).percentile99 - 1.99) < 1e-12)
        #expect(abs(point(5, 1, 3, 2, 4).percentile99 - 4.96) < 1e-12)
        let hundred = AggregatedPoint("loss", step: 0, (0...100).map { (rank: $0, value: Double(100 - $0)) })
        #expect(hundred.percentile99 == 99)
        #expect(point(.infinity, .infinity).percentile99 == .infinity)
    }

    @Test func theSlowestRankIsTheOneOfTheHighestValue() {
        #expect(point(1, 3, 2).rankOfMaximum == 1)
        #expect(point(1, 3, 3).rankOfMaximum == 1)
        let ranks = AggregatedPoint("time", step: 0, [(rank: 9, value: 3), (rank: 4, value: 3), (rank: 7, value: 1)])
        #expect(ranks.rankOfMaximum == 4)
        #expect(ranks.rankCount == 3)
    }

    @Test func aNaNIsShownWithItsRank() {
        let point = point(1, 5, .nan, .nan)
        #expect(point.mean.isNaN && point.minimum.isNaN && point.maximum.isNaN && point.percentile99.isNaN)
        #expect(point.rankOfMaximum == 2)
        #expect(point.rankCount == 4)
    }

    @Test func infinityIsNoNaN() {
        let point = point(1, .infinity, 2)
        #expect(point.mean == .infinity)
        #expect(point.minimum == 1)
        #expect(point.rankOfMaximum == 1)
    }

    @Test func largeValuesDoNotOverflowNorDoEqualOnesDrift() {
        #expect(point(1e308, 1e308, 1e308).mean == 1e308)
        #expect(point(0.1, 0.1, 0.1).mean == 0.1)
    }
}
