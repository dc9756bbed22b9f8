/// Something that receives summaries: the writer of an event file, a scope of one, or a store in memory.
///
/// Code that logs should ask for `some SummarySink` or `any SummarySink`, so that a test can hand in an
/// ``InMemorySummarySink``:
///
/// ```swift
/// func train(logging sink: some SummarySink) {
///     for step in 0..<1000 { sink.scalar("cost", 1 / Float(step + 1), step: step) }
/// }
/// ```
///
/// A sink of your own needs two methods; every kind of summary arrives in the first:
///
/// ```swift
/// struct Tee: SummarySink {
///     let sinks: [any SummarySink]
///     func add(_ event: SummaryEvent) { for sink in sinks { sink.add(event) } }
///     func flush() throws { for sink in sinks { try sink.flush() } }
/// }
/// ```
///
/// It must allow calls from any thread. Logging calls neither throw nor trap: a sink that meets a problem keeps it for
/// ``flush()``.
public protocol SummarySink: SummaryTarget, Sendable where Position == StepArguments<Int> {
    /// Receives the values of one step, or of the whole run.
    ///
    /// - Parameter event: The values with their step.
    func add(_ event: SummaryEvent)

    /// Receives values whose step nobody named: an ambient call outside of every step.
    ///
    /// A sink that knows its steps chooses the one above the highest; by default the values are received at step 0.
    ///
    /// - Parameters:
    ///   - values: The values.
    ///   - wallTime: Seconds since 1970-01-01 UTC; `nil` for the time when the sink receives them.
    func addAtNextStep(_ values: [SummaryValue], wallTime: Double?)

    /// Receives one scalar; by default as an event with one value.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    func scalar(_ tag: String, _ value: Float, step: Int)

    /// Returns a series of scalars under one tag; by default one that calls ``scalar(_:_:step:)``.
    ///
    /// - Parameter tag: The name of the series.
    /// - Returns: The series, for which the tag is looked up once.
    func scalarSeries(_ tag: String) -> ScalarSeries

    /// Makes sure that everything received before is where it belongs.
    ///
    /// - Throws: The problem that prevents it.
    func flush() throws
}

extension SummarySink {
    /// Whether values are kept at all; `true` by default.
    public var isEnabled: Bool { true }

    /// Receives values whose step nobody named, at step 0.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        if isEnabled { add(SummaryEvent(step: 0, wallTime: wallTime, values: values)) }
    }

    /// Receives one scalar, as an event with one value.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        if isEnabled { add(SummaryEvent(step: step, values: [.scalar(tag, value)])) }
    }

    /// Returns a series of scalars under one tag.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        ScalarSeries(tag, of: self) { value, step in scalar(tag, value, step: step) }
    }

    /// Receives the values of one logging call, as an event.
    public func log(_ values: [SummaryValue], at position: StepArguments<Int>?, wallTime: Double?) {
        if isEnabled { add(SummaryEvent(step: position?.values ?? 0, wallTime: wallTime, values: values)) }
    }

    /// Receives one scalar: by the cheapest way, unless the call has a time of its own.
    @inlinable
    public func logScalar(_ tag: String, _ value: Float, at position: StepArguments<Int>, wallTime: Double?) {
        if let wallTime {
            log([.scalar(tag, value)], at: position, wallTime: wallTime)
        } else {
            scalar(tag, value, step: position.values)
        }
    }
}

/// The values of one step, which share one time stamp and become one record of a file.
///
/// Values of the whole run, such as a graph or hyperparameters, may be among them; a sink that writes chooses their step
/// itself.
public struct SummaryEvent: Sendable, Equatable {
    /// The position on the horizontal axis; 0 if all values belong to the whole run.
    public var step: Int
    /// Seconds since 1970-01-01 UTC; `nil` for the time when the sink receives the event.
    public var wallTime: Double?
    /// Any number of values with different tags.
    public var values: [SummaryValue]

    /// Creates an event.
    ///
    /// - Parameters:
    ///   - step: The position on the horizontal axis.
    ///   - wallTime: Seconds since 1970-01-01 UTC; `nil` for the time when the sink receives the event.
    ///   - values: Any number of values with different tags.
    public init(step: Int, wallTime: Double? = nil, values: [SummaryValue]) {
        self.step = step
        self.wallTime = wallTime
        self.values = values
    }
}

/// The scalars of one tag, the cheapest way to log many; see ``SummarySink/scalarSeries(_:)``.
///
/// ```swift
/// let cost = writer.scalarSeries("cost")
/// for step in 0..<1000 { cost.record(1 / Double(step + 1), step: step) }
/// ```
public struct ScalarSeries: Sendable {
    /// The name of the series.
    public let tag: String

    @usableFromInline
    let receive: @Sendable (_ value: Float, _ step: Int) -> Void
    private let sink: (any SummarySink)?

    /// Creates a series for a sink of your own.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - sink: Receives numbers that 32 bits cannot hold, to report them; `nil` to receive what they become in 32 bits.
    ///   - receive: Takes each value with its step, on any thread.
    public init(
        _ tag: String,
        of sink: (any SummarySink)? = nil,
        _ receive: @escaping @Sendable (_ value: Float, _ step: Int) -> Void
    ) {
        self.tag = tag
        self.sink = sink
        self.receive = receive
    }

    @usableFromInline
    func receiveRounded(_ value: Double, step: Int) {
        if let sink { sink.scalar(tag, value, step: step) } else { receive(Float(value), step) }
    }

    /// Logs one value of any floating-point type, which TensorBoard stores in 32 bits.
    ///
    /// - Parameters:
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    @inlinable
    public func record(_ value: some BinaryFloatingPoint, step: Int) {
        if value.exceedsScalar { return receiveRounded(Double(value), step: step) }
        receive(Float(value), step)
    }

    /// Logs one value of any integer type, exact up to 2^24.
    @inlinable
    public func record(_ value: some BinaryInteger, step: Int) {
        receive(Float(value), step)
    }
}
