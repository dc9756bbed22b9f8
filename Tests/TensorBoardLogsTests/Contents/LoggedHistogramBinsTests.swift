import TensorBoardLogs
import Testing

struct LoggedHistogramBinsTests {
    private func binned(_ rows: [(Double, Double, Double)], _ count: Int) -> [LoggedHistogram.Bucket] {
        let buckets = rows.map { LoggedHistogram.Bucket(lowerBound: $0.0, upperBound: $0.1, count: $0.2) }
        return LoggedHistogram(buckets: buckets).binned(count: count)
    }

    @Test func rowsAreDividedByTheirOverlap() {
        let bins = binned([(0, 1, 4), (1, 4, 3)], 2)
        #expect(bins.map(\.lowerBound) == [0, 2] && bins.map(\.upperBound) == [2, 4])
        #expect(bins.map(\.count) == [5, 2])
    }

    @Test func aRowWithoutWidthCountsWhereItIs() {
        #expect(binned([(0, 0, 1), (5, 5, 2), (10, 10, 4)], 2).map(\.count) == [1, 6])
        #expect(binned([(3, 3, 2), (3, 3, 5)], 10) == [.init(lowerBound: 3, upperBound: 3, count: 7)])
    }

    @Test func noValueIsLost() {
        let rows = (0..<100).map { index in
            let edge = Double.random(in: -100...100)
            return (edge, edge + Double.random(in: 0...30), Double(index))
        }
        let total = binned(rows, 30).reduce(0) { $0 + $1.count }
        #expect(abs(total - 4950) < 1e-6)
    }

    @Test func oddRowsAreLeftOut() {
        let rows = [
            (0, .infinity, 1), (.nan, 1, 1), (2, 1, 1), (0, 1, .nan), (0, 1, 0), (-1, 1, -1),
        ]
        #expect(binned(rows, 4).isEmpty)
        let huge = binned([(-1.7e308, 1.7e308, 8), (0, 1, 2)], 4)
        #expect(huge.count == 4 && huge.allSatisfy { $0.count.isFinite })
    }
}
