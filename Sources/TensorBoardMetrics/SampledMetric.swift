#if Metrics
import CoreMetrics
import Summaries
import Synchronization

/// A metric that tells what has changed since it was asked before.
protocol SampledMetric: AnyObject, Sendable {
    /// Returns what there is to be written; nothing if nothing was recorded since the last call.
    func takeValues(_ tag: MetricTag) -> [SummaryValue]
}

// MARK: - Counters

/// A total of whole numbers.
final class CounterMetric: SampledMetric, CounterHandler {
    private let total = Atomic<Int64>(0)
    /// What was written last; `nil` before anything was counted.
    private let written = Mutex<Int64?>(nil)

    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        let (old, new) = total.wrappingAdd(amount, ordering: .relaxed)
        // Stays at the largest number rather than going on below zero.
        if new < old { total.store(.max, ordering: .relaxed) }
    }

    func reset() {
        // A zero is worth a sample where there was another number.
        if total.exchange(0, ordering: .relaxed) != 0 { written.withLock { $0 = $0 ?? -1 } }
    }

    func takeValues(_ tag: MetricTag) -> [SummaryValue] {
        let value = total.load(ordering: .relaxed)
        return written.withLock { written in
            guard value != written ?? 0 else { return [] }
            written = value
            return [.scalar(tag.description, Double(value))]
        }
    }
}

/// A number, and whether it was recorded since the last sample.
private struct Reading {
    var value = 0.0
    var isNew = false

    mutating func record(_ newValue: Double) {
        value = newValue
        isNew = true
    }

    mutating func take(_ tag: MetricTag) -> [SummaryValue] {
        guard isNew else { return [] }
        isNew = false
        return [.scalar(tag.description, value)]
    }
}

/// A total with fractions.
final class FloatingPointCounterMetric: SampledMetric, FloatingPointCounterHandler {
    private let reading = Mutex(Reading())

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        reading.withLock { $0.record($0.value + amount) }
    }

    func reset() { reading.withLock { if $0.value != 0 { $0.record(0) } } }

    func takeValues(_ tag: MetricTag) -> [SummaryValue] { reading.withLock { $0.take(tag) } }
}

// MARK: - Values

/// A value that goes up and down.
final class MeterMetric: SampledMetric, MeterHandler {
    private let reading = Mutex(Reading())

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { reading.withLock { $0.record(value) } }

    func increment(by amount: Double) {
        // As swift-metrics' own meters: these say nothing.
        guard amount > 0, amount.isFinite else { return }
        reading.withLock { $0.record($0.value + amount) }
    }

    func decrement(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        reading.withLock { $0.record($0.value - amount) }
    }

    func takeValues(_ tag: MetricTag) -> [SummaryValue] { reading.withLock { $0.take(tag) } }
}

/// A recorder that does not aggregate: the last value.
final class GaugeMetric: SampledMetric, RecorderHandler {
    private let reading = Mutex(Reading())

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) { reading.withLock { $0.record(value) } }

    func takeValues(_ tag: MetricTag) -> [SummaryValue] { reading.withLock { $0.take(tag) } }
}
#endif
