#if Metrics
import CoreMetrics
import Summaries
import Synchronization

/// The values of an interval.
private struct Distribution {
    /// Many values are counted at a time, which is faster than one by one.
    private static let blockCount = 1024

    private var histogram = Histogram()
    private var block: [Double] = []

    mutating func record(_ value: Double) {
        block.append(value)
        if block.count >= Self.blockCount { countBlock() }
    }

    private mutating func countBlock() {
        histogram.insert(contentsOf: block)
        block.removeAll(keepingCapacity: true)
    }

    /// The histogram with its count and its mean: a scalar shows what the Histograms dashboard does not, the course of time.
    consuming func values(_ tag: MetricTag) -> [SummaryValue] {
        countBlock()
        let count = histogram.count + histogram.nonFiniteCount
        guard count > 0 else { return [] }
        var values: [SummaryValue] = [
            .histogram(tag.description, histogram),
            .scalar(tag.statistic("count"), Double(count)),
        ]
        if histogram.count > 0 {
            values.append(.scalar(tag.statistic("mean"), histogram.sum / Double(histogram.count)))
        }
        return values
    }
}

/// A recorder that aggregates.
final class RecorderMetric: SampledMetric, RecorderHandler {
    private let distribution = Mutex(Distribution())

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) { distribution.withLock { $0.record(value) } }

    func takeValues(_ tag: MetricTag) -> [SummaryValue] { distribution.take().values(tag) }
}

/// A timer, in seconds.
final class TimerMetric: SampledMetric, TimerHandler {
    private let distribution = Mutex(Distribution())

    func recordNanoseconds(_ duration: Int64) { distribution.withLock { $0.record(Double(duration) * 1e-9) } }

    func takeValues(_ tag: MetricTag) -> [SummaryValue] { distribution.take().values(tag) }
}

extension Mutex where Value == Distribution {
    /// Takes what was recorded and leaves nothing; the rest is done without the lock.
    fileprivate func take() -> Distribution {
        withLock { distribution in
            let taken = distribution
            distribution = Distribution()
            return taken
        }
    }
}
#endif
