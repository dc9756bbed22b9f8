#if Metrics
public import CoreMetrics
import Synchronization
public import TensorBoard

/// A backend of swift-metrics that shows a program's metrics in TensorBoard.
///
/// ```swift
/// let writer = try SummaryWriter(logDirectory: "logs/server")
/// let factory = TensorBoardMetricsFactory(writer)
/// MetricsSystem.bootstrap(factory)
/// // … at the end of the program:
/// factory.close()
/// try writer.close()
/// ```
///
/// Metrics are sampled at an interval; those that changed are written, all with one time stamp. The step is the number of
/// whole seconds since the factory was created, or one more than that of the sample before. A counter is its total since
/// the start, a gauge and a meter their last value. A recorder that aggregates and a timer (in seconds) are the histogram,
/// the count and the mean of what the interval brought.
///
/// A dot in a label becomes a slash, and dimensions follow in the order of their names:
/// `http/requests/{method=GET,status=200}`; the mean of a timer is `http/duration/mean/{method=GET}`.
///
/// Metrics made twice with one label and the same dimensions are one. Recording costs 3 to 40 ns, from any thread;
/// making a metric, or finding it again, about a microsecond. A factory that is released takes the last sample by itself; one that was given to
/// `MetricsSystem.bootstrap(_:)` lives for ever and needs ``close()``.
public final class TensorBoardMetricsFactory: MetricsFactory {
    private let metrics: MetricTable
    private let sampling: PeriodicWork
    private let sink: any SummarySink

    /// Creates a factory and starts sampling.
    ///
    /// - Parameters:
    ///   - sink: Receives the samples, such as a `SummaryWriter`; kept until the factory is released.
    ///   - interval: The time between two samples; `nil` to sample by ``sample()`` alone.
    ///   - maximumMetrics: The most metrics at a time, labels with other dimensions counting apart. Further ones are not
    ///     recorded; the sink is told once, and ``droppedMetrics`` counts them.
    ///   - firstStep: The step of the time of the call: above the highest of a run that is appended to.
    public init(
        _ sink: some SummarySink,
        interval: Duration? = .seconds(10),
        maximumMetrics: Int = 1000,
        firstStep: Int = 0
    ) {
        let metrics = MetricTable(limit: maximumMetrics)
        let steps = SampleSteps(first: firstStep)
        self.metrics = metrics
        self.sink = sink
        sampling = PeriodicWork(every: sink.isEnabled ? interval : nil) {
            let values = metrics.takeSample()
            if !values.isEmpty { sink.add(SummaryEvent(step: steps.next(), values: values)) }
        }
    }

    deinit { close() }

    /// The number of calls that asked for a metric and got one that records nothing.
    public var droppedMetrics: Int { metrics.droppedCount }

    /// Writes the metrics that changed since the last sample.
    public func sample() { sampling.run() }

    /// Takes a sample and has the sink save it.
    ///
    /// - Throws: What the sink's `flush()` throws.
    public func flush() throws {
        sample()
        try sink.flush()
    }

    /// Takes the last sample; call it before the writer is closed.
    ///
    /// What is recorded later is not written.
    public func close() { sampling.finish() }

    // MARK: Making metrics

    /// Returns the counter of a label and its dimensions: the total since the start, of increments above zero.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        metrics.metric(label, dimensions) { CounterMetric() } ?? NOOPMetricsHandler.instance
    }

    /// Returns the floating-point counter of a label and its dimensions, which keeps fractions.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        metrics.metric(label, dimensions) { FloatingPointCounterMetric() } ?? NOOPMetricsHandler.instance
    }

    /// Returns the meter of a label and its dimensions: its last value.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        metrics.metric(label, dimensions) { MeterMetric() } ?? NOOPMetricsHandler.instance
    }

    /// Returns the recorder of a label and its dimensions: a histogram if it aggregates, else a gauge's last value.
    public func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { return metrics.metric(label, dimensions) { RecorderMetric() } ?? NOOPMetricsHandler.instance }
        return metrics.metric(label, dimensions) { GaugeMetric() } ?? NOOPMetricsHandler.instance
    }

    /// Returns the timer of a label and its dimensions: a histogram of seconds, whatever display unit is preferred.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        metrics.metric(label, dimensions) { TimerMetric() } ?? NOOPMetricsHandler.instance
    }

    // MARK: Giving metrics back

    /// Gives a counter back.
    ///
    /// What it counted is in the next sample; made anew after that, it begins at zero.
    public func destroyCounter(_ handler: any CounterHandler) { metrics.release(handler) }

    /// Gives a floating-point counter back; see ``destroyCounter(_:)``.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { metrics.release(handler) }

    /// Gives a meter back; see ``destroyCounter(_:)``.
    public func destroyMeter(_ handler: any MeterHandler) { metrics.release(handler) }

    /// Gives a recorder back; see ``destroyCounter(_:)``.
    public func destroyRecorder(_ handler: any RecorderHandler) { metrics.release(handler) }

    /// Gives a timer back; see ``destroyCounter(_:)``.
    public func destroyTimer(_ handler: any TimerHandler) { metrics.release(handler) }
}

/// The steps of samples: seconds since the start, each above the one before.
private final class SampleSteps: Sendable {
    private let first: Int
    private let start = ContinuousClock.now
    private let last = Mutex<Int?>(nil)

    init(first: Int) { self.first = first }

    func next() -> Int {
        let seconds = Int((ContinuousClock.now - start).components.seconds)
        return last.withLock { last in
            let step = max(first.addingClamped(seconds), last?.addingClamped(1) ?? .min)
            last = step
            return step
        }
    }
}

extension Int {
    /// The sum with a number that is not negative, at most the largest number.
    fileprivate func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
#endif
