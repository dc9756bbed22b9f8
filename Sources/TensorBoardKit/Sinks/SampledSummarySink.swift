public import Summaries
import Synchronization

/// A sink that passes on one value of each tag in every so many steps.
///
/// ```swift
/// let sparse = writer.sampled(every: 100)
/// let sink = writer.sampled(every: 100) { $0.hasPrefix("weights/") }   // all other tags whole
/// ```
///
/// Of the steps 0 to 99, 100 to 199 and so on the first value of a tag is passed on, with all that has its step. So what is
/// logged in strides, at the steps 99, 199 and so on, is not lost. Values whose step nobody named are counted. What belongs to
/// the whole run is passed on, and so are titles, charts, and reports of values that could not be made.
public final class SampledSummarySink: SummarySink {
    /// What was passed on of a tag last.
    private struct Sample {
        var period: Int?
        var step = 0
        /// The values without a step.
        var count = 0
    }

    private let base: any SummarySink
    private let stride: Int
    private let isSampled: @Sendable (String) -> Bool
    private let samples = Mutex<[UTF8Key: Sample]>([:])

    /// Creates a sink that passes on a part of the values of some tags.
    ///
    /// - Parameters:
    ///   - base: Receives the values.
    ///   - steps: The number of steps of which one is passed on, at least 1.
    ///   - isSampled: Returns whether that holds for a tag, whose values are all passed on if not; asked on any thread.
    public init(
        _ base: some SummarySink,
        every steps: Int,
        _ isSampled: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.base = base
        stride = max(1, steps)
        self.isSampled = isSampled
    }

    /// Whether the sink behind this one keeps values.
    public var isEnabled: Bool { base.isEnabled }

    /// Passes on the values of an event that are due; nothing if none is.
    public func add(_ event: SummaryEvent) {
        let values = event.values.filter { isDue($0, event.step) }
        guard !values.isEmpty || event.values.isEmpty else { return }
        base.add(SummaryEvent(step: event.step, wallTime: event.wallTime, values: values))
    }

    /// Passes on the values that are due, by the number of calls.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        let due = values.filter { isDue($0, nil) }
        guard !due.isEmpty || values.isEmpty else { return }
        base.addAtNextStep(due, wallTime: wallTime)
    }

    /// Passes on one scalar if it is due.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        if isDue(tag, step) { base.scalar(tag, value, step: step) }
    }

    /// Returns a series that passes on the values that are due.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        guard isSampled(tag) else { return base.scalarSeries(tag) }
        let series = base.scalarSeries(tag)
        return ScalarSeries(tag, of: self) { [self] value, step in
            if isDue(tag, step) { series.record(value, step: step) }
        }
    }

    /// Flushes the sink behind this one.
    ///
    /// - Throws: What that sink throws.
    public func flush() throws { try base.flush() }

    private func isDue(_ value: SummaryValue, _ step: Int?) -> Bool {
        switch value.payload {
        case .graph, .hyperparameters, .layout, .chart, .description, .invalid: true
        case .scalar, .roundedScalar, .histogram, .tensor, .runMetadata, .embedding: isDue(value.tag, step)
        }
    }

    private func isDue(_ tag: String, _ step: Int?) -> Bool {
        guard isSampled(tag) else { return true }
        return samples.withLock { samples in
            guard let step else {
                defer { samples[UTF8Key(tag), default: Sample()].count += 1 }
                return (samples[UTF8Key(tag)]?.count ?? 0) % stride == 0
            }
            var sample = samples[UTF8Key(tag)] ?? Sample()
            let period = step / stride - (step % stride < 0 ? 1 : 0)
            guard sample.period != period || sample.step == step else { return false }
            (sample.period, sample.step) = (period, step)
            samples[UTF8Key(tag)] = sample
            return true
        }
    }
}

extension SummarySink {
    /// Returns a sink that passes on one value of each tag in every so many steps; see ``SampledSummarySink``.
    ///
    /// - Parameters:
    ///   - steps: The number of steps of which one is passed on, at least 1.
    ///   - isSampled: Returns whether that holds for a tag, whose values are all passed on if not; asked on any thread.
    /// - Returns: The sink.
    public func sampled(
        every steps: Int,
        _ isSampled: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> SampledSummarySink {
        SampledSummarySink(self, every: steps, isSampled)
    }
}
