import Testing

@testable import DataServer

/// Which points of a long series are kept.
struct SampledSeriesTests {
    /// A noisy curve with one spike.
    private static func curve(_ count: Int, spike: Int) -> [Float] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { $0 == spike ? 1000 : Float.random(in: -1...1, using: &generator) }
    }

    private static func series(_ values: [Float], limit: Int?, keepsExtremes: Bool = true) -> SampledSeries<Float> {
        var series = SampledSeries<Float>(limit: limit, keepsExtremes: keepsExtremes)
        for (step, value) in values.enumerated() { series.append(value, step: step, wallTime: Double(step)) }
        return series
    }

    @Test(arguments: [4, 5, 10, 100, 1000], [1, 999, 1000, 1001, 5000, 16_384])
    func theFirstTheLastAndTheExtremesStay(limit: Int, count: Int) throws {
        let values = Self.curve(count, spike: count / 3)
        let series = Self.series(values, limit: limit)
        #expect(series.count <= limit)
        #expect(series.count >= min(count, limit / 2))
        #expect(series.steps.first == 0)
        #expect(series.steps.last == count - 1)
        #expect(series.values.max() == values.max())
        #expect(series.values.min() == values.min())
        #expect(series.values == series.steps.map { values[$0] })
        #expect(series.wallTimes == series.steps.map(Double.init))
    }

    /// What is kept does not grow, nor does the memory that it takes.
    @Test(arguments: [true, false])
    func whatIsKeptOfALongLogIsBounded(keepsExtremes: Bool) {
        var series = SampledSeries<Float>(limit: 1000, keepsExtremes: keepsExtremes)
        for step in 0..<300_000 { series.append(Float(step % 977), step: step, wallTime: Double(step) / 3) }
        #expect(500...1000 ~= series.count)
        #expect(series.steps.capacity <= 4000)
        #expect(series.values.capacity <= 4000)
        #expect(series.steps.last == 299_999)
    }

    @Test func eachIntervalKeepsItsExtremes() {
        let values = Self.curve(4096, spike: 77)
        let series = Self.series(values, limit: 100)
        // 4,096 points in intervals of 128 make 32 pairs; half as long, there would be too many.
        for start in stride(from: 0, to: 4096, by: 128) {
            let interval = values[start..<start + 128]
            let kept = zip(series.steps, series.values).filter { start..<start + 128 ~= $0.0 }.map(\.1)
            #expect(kept.max() == interval.max())
            #expect(kept.min() == interval.min())
        }
    }

    @Test func whatIsNoNumberIsKept() {
        var values = Self.curve(10_000, spike: 5)
        values[4321] = .nan
        #expect(Self.series(values, limit: 100).steps.contains(4321))
    }

    @Test(arguments: [1, 2, 3, 10, 51])
    func evenSamplesAreAsManyAsMayBe(limit: Int) {
        let series = Self.series(Self.curve(5000, spike: 9), limit: limit, keepsExtremes: false)
        #expect(series.count == limit)
        #expect(series.steps.last == 4999)
        if limit > 1 { #expect(series.steps.first == 0) }
        let gaps = zip(series.steps.dropFirst(), series.steps).map { $0 - $1 }.dropLast()
        if let widest = gaps.max(), let narrowest = gaps.min() { #expect(widest <= 2 * narrowest) }
    }

    @Test func withoutALimitAllStay() {
        #expect(Self.series(Self.curve(5000, spike: 1), limit: nil).count == 5000)
        #expect(Self.series([1, 2], limit: 0).count == 0)
    }

    @Test(arguments: [nil, 4, 1000])
    func aPointPurgesThoseAtItsStepAndLater(limit: Int?) {
        var series = Self.series([0, 1, 2, 3, 4], limit: limit)
        series.append(12, step: 2, wallTime: 7)
        #expect(series.steps.last == 2)
        #expect(series.values.last == 12)
        #expect(!series.steps.contains { $0 > 2 })
    }

    @Test func aClientThatWantsFewerGetsThemByTheSameRule() {
        let values = Self.curve(1000, spike: 123)
        let series = Self.series(values, limit: nil)
        let indices = series.indices(limit: 50)
        #expect(indices.count <= 50)
        #expect(indices.first == 0)
        #expect(indices.last == 999)
        #expect(indices.contains(123))
        #expect(series.indices(limit: 1000) == Array(0..<1000))
        #expect(series.indices(limit: 0).isEmpty)
    }
}
