import TensorBoardTesting
import Testing

@testable import TensorBoardKit

@Suite struct NamedArraysTests {
    @Test func gradientsHaveHistogramsAndNorms() {
        let log = CapturedSummaries()
        log.logGradients(["a": [3, 4] as [Float], "b/w": [12]], step: 2)
        log.expectTags(["gradients/a", "gradients/b/w", "gradient_norm/a", "gradient_norm/b/w", "gradient_norm"])
        log.expectScalar("gradient_norm/a", at: 2, closeTo: 5)
        log.expectScalar("gradient_norm/b/w", at: 2, closeTo: 12)
        log.expectScalar("gradient_norm", at: 2, closeTo: 13)
        #expect(log.histograms("gradients/a").last?.count == 2)
        #expect(log.events.count == 1)
    }

    @Test func aNormIsNotFiniteWhereAValueIsNot() {
        let log = CapturedSummaries()
        log.logParameters(["a": [1, Double.nan], "b": [1, .infinity]], step: 0)
        log.expectScalar("parameter_norm/a", at: 0, closeTo: .nan)
        log.expectScalar("parameter_norm/b", at: 0, closeTo: .infinity)
        log.expectScalar("parameter_norm", at: 0, closeTo: .nan)
    }

    @Test func theStatisticsAreThoseOfAPlainSum() {
        var generator = SeededGenerator(state: 7)
        for count in [0, 1, 1_024, 1_025, 5_000] {
            let values = (0..<count).map { _ in Float.random(in: 999...1_001, using: &generator) }
            let statistics = ArrayStatistics(values)
            let doubles = values.map(Double.init)
            let mean = count > 0 ? doubles.reduce(0, +) / Double(count) : 0
            let variance = doubles.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(max(1, count))
            #expect(abs(statistics.mean - mean) < 1e-9)
            #expect(abs(statistics.standardDeviation - variance.squareRoot()) < 1e-9)
            #expect(statistics.count == count && statistics.byteCount == count * 4)
        }
    }

    @Test func theOverviewListsShapesCountsAndSums() throws {
        let log = CapturedSummaries()
        log.parameterOverview("model", ["w": [[1, 2, 3], [4, 5, 6]] as [[Float]], "b": [[0.5]]], step: 0)
        let html = try #require(log.texts("model").last)
        #expect(html.contains("<tr><td>w</td><td>2 × 3</td><td>6</td><td>24</td><td>3.5</td><td>1.708</td></tr>"))
        #expect(html.contains("<tr><td>b</td><td>1 × 1</td><td>1</td><td>4</td><td>0.5</td><td>0</td></tr>"))
        #expect(html.contains("<tr><td>total</td><td></td><td>7</td><td>28</td><td></td><td></td></tr>"))
    }
}
