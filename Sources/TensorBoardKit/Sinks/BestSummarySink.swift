public import Summaries
import Synchronization

/// A scalar whose best value counts.
///
/// ```swift
/// let best: [BestMetric] = [.highest("accuracy"), .lowest("loss/validation")]
/// ```
public struct BestMetric: Sendable, Hashable {
    /// The tag of the scalar.
    public let tag: String
    let isHighest: Bool

    /// A scalar that is best when it is high, such as an accuracy.
    public static func highest(_ tag: String) -> BestMetric { BestMetric(tag: tag, isHighest: true) }

    /// A scalar that is best when it is low, such as a loss.
    public static func lowest(_ tag: String) -> BestMetric { BestMetric(tag: tag, isHighest: false) }

    func isBetter(_ value: Float, than best: Float?) -> Bool {
        guard !value.isNaN else { return false }
        guard let best else { return true }
        return isHighest ? value > best : value < best
    }
}

/// A sink that passes everything on, and logs the best value of some scalars so far under `best/` and their tag.
///
/// ```swift
/// let sink = writer.tracking(best: .highest("accuracy"), .lowest("loss"))
/// sink.scalar("accuracy", 0.81, step: 3)     // logs best/accuracy too, since it is the highest so far
/// ```
///
/// The HParams dashboard has a column of the last value for each tag of a run. So the column `accuracy` is the last value, and
/// `best/accuracy` the best, also of a run that was killed.
public final class BestSummarySink: SummarySink {
    private let base: any SummarySink
    private let metrics: [UTF8Key: BestMetric]
    private let best = Mutex<[UTF8Key: Float]>([:])

    /// Creates a sink that passes everything on.
    ///
    /// - Parameters:
    ///   - base: Receives the values.
    ///   - metrics: The scalars whose best value is logged.
    public init(_ base: some SummarySink, best metrics: [BestMetric]) {
        self.base = base
        self.metrics = Dictionary(metrics.map { (UTF8Key($0.tag), $0) }) { $1 }
    }

    /// The best value of a scalar so far; `nil` if there was none or its tag is not tracked.
    public func best(_ tag: String) -> Float? { best.withLock { $0[UTF8Key(tag)] } }

    /// Whether the sink behind this one keeps values.
    public var isEnabled: Bool { base.isEnabled }

    /// Passes an event on, with the best values that it reached.
    public func add(_ event: SummaryEvent) {
        var event = event
        event.values = withBest(event.values)
        base.add(event)
    }

    /// Passes values whose step nobody named on, with the best values that they reached.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        base.addAtNextStep(withBest(values), wallTime: wallTime)
    }

    /// Passes one scalar on, and logs it under `best/` if it is the best.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        base.scalar(tag, value, step: step)
        if isBest(tag, value) { base.scalar(Self.bestTag(tag), value, step: step) }
    }

    /// Returns a series of the sink behind this one, whose best values are logged if the tag is tracked.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        let series = base.scalarSeries(tag)
        guard metrics[UTF8Key(tag)] != nil else { return series }
        let best = base.scalarSeries(Self.bestTag(tag))
        return ScalarSeries(tag, of: self) { [self] value, step in
            series.record(value, step: step)
            if isBest(tag, value) { best.record(value, step: step) }
        }
    }

    /// Flushes the sink behind this one.
    ///
    /// - Throws: What that sink throws.
    public func flush() throws { try base.flush() }

    private static func bestTag(_ tag: String) -> String { NameScope("best").qualify(tag) }

    private func withBest(_ values: [SummaryValue]) -> [SummaryValue] {
        var result = values
        for value in values {
            guard let number = value.number, isBest(value.tag, number) else { continue }
            let tag = Self.bestTag(value.tag)
            // An event may have a tag twice; then the later is better.
            result.removeAll { $0.tag == tag }
            result.append(.scalar(tag, number))
        }
        return result
    }

    private func isBest(_ tag: String, _ value: Float) -> Bool {
        guard let metric = metrics[UTF8Key(tag)] else { return false }
        return best.withLock { best in
            guard metric.isBetter(value, than: best[UTF8Key(tag)]) else { return false }
            best[UTF8Key(tag)] = value
            return true
        }
    }
}

extension SummaryValue {
    /// The number of a scalar.
    fileprivate var number: Float? {
        switch payload {
        case .scalar(let value): value
        case .roundedScalar(let value): Float(value)
        default: nil
        }
    }
}

extension SummarySink {
    /// Returns a sink that also logs the best value of some scalars so far, for the HParams dashboard; see
    /// ``BestSummarySink``.
    ///
    /// - Parameter metrics: The scalars whose best value is logged under `best/` and their tag.
    /// - Returns: The sink.
    public func tracking(best metrics: BestMetric...) -> BestSummarySink {
        BestSummarySink(self, best: metrics)
    }

    /// Logs the hyperparameters of the run together with what it has come to, at its end.
    ///
    /// ```swift
    /// writer.hyperparameters(["learning_rate": 0.1], metrics: ["accuracy": 0.93, "loss": 0.21], step: 1000)
    /// ```
    ///
    /// The metrics are scalars under their names, for the HParams dashboard shows the last value of each scalar of the run. Log
    /// hyperparameters at the beginning of the run where you can: they show also if it is killed.
    ///
    /// - Parameters:
    ///   - values: The hyperparameters by name.
    ///   - group: Runs of one group share a row, with the means of their metrics; empty for a row of its own.
    ///   - metrics: The numbers by the name of their column.
    ///   - step: The position of the metrics on the horizontal axis.
    public func hyperparameters(
        _ values: [String: any HyperparameterConvertible],
        group: String = "",
        metrics: [String: some BinaryFloatingPoint],
        step: Int
    ) {
        hyperparameters(values, group: group)
        add(metrics.sorted { $0.key < $1.key }.map { .scalar($0.key, $0.value) }, step: step)
    }
}
