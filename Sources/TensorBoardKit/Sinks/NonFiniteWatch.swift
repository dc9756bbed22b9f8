public import Summaries
import Synchronization
import TensorBoard

/// The first value of a run that was NaN or infinite.
///
/// ```swift
/// do { try watched.check() } catch let warning as NonFiniteWarning { print("\(warning)") }   // loss is nan at step 12
/// ```
public struct NonFiniteWarning: Error, Sendable, Equatable, CustomStringConvertible {
    /// The tag of the scalar or histogram, or the name of the array.
    public let name: String
    /// The value: NaN or an infinity.
    public let value: Double
    /// The step; `nil` if nobody named it.
    public let step: Int?

    /// What happened and where, in one sentence.
    public var description: String {
        let place = step.map { " at step \($0)" } ?? ""
        return "\(name) is \(value)\(place), the first value that is not finite."
    }

    /// Whether two warnings tell the same, NaN being equal to NaN.
    public static func == (one: NonFiniteWarning, other: NonFiniteWarning) -> Bool {
        one.name == other.name && one.step == other.step
            && (one.value == other.value || one.value.isNaN && other.value.isNaN)
    }
}

/// A sink that passes everything on, and warns of the first scalar or histogram with NaN or an infinity.
///
/// ```swift
/// let watched = NonFiniteWatch(writer) { print("warning: \($0)") }
/// for step in 0..<1000 {
///     watched.scalar("loss", train(), step: step)
///     try watched.check()                                   // stops the training; leave it out to be warned only
/// }
/// ```
///
/// The warning comes once, and stands in the log as the text `warnings/non_finite`.
public final class NonFiniteWatch: SummarySink {
    private static let tag = "warnings/non_finite"

    private let base: any SummarySink
    private let onWarning: @Sendable (NonFiniteWarning) -> Void
    private let warning = Mutex<NonFiniteWarning?>(nil)

    /// Creates a sink that passes everything on.
    ///
    /// - Parameters:
    ///   - base: Receives the values.
    ///   - onWarning: Called for the first value that is not finite, on the thread that logs it.
    public init(_ base: some SummarySink, onWarning: @escaping @Sendable (NonFiniteWarning) -> Void = { _ in }) {
        self.base = base
        self.onWarning = onWarning
    }

    /// The warning; `nil` as long as all values are finite.
    public var firstWarning: NonFiniteWarning? { warning.withLock { $0 } }

    /// Throws if a value was not finite.
    ///
    /// - Throws: ``NonFiniteWarning``, each time once there was such a value.
    public func check() throws(NonFiniteWarning) {
        if let warning = firstWarning { throw warning }
    }

    /// Looks at arrays that are not logged, such as all gradients of a step, and throws if a value is or was not finite.
    ///
    /// - Parameters:
    ///   - arrays: The arrays by name.
    ///   - step: The position on the horizontal axis.
    /// - Throws: ``NonFiniteWarning``.
    public func check(_ arrays: [String: some NumericData], step: Int) throws(NonFiniteWarning) {
        for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
            if let value = ArrayStatistics(array).firstNonFinite { warn(name, value, step) }
        }
        try check()
    }

    /// Whether the sink behind this one keeps values.
    public var isEnabled: Bool { base.isEnabled }

    /// Passes an event on, and looks at its scalars and histograms.
    public func add(_ event: SummaryEvent) {
        base.add(event)
        look(at: event.values, event.step)
    }

    /// Passes values whose step nobody named on, and looks at them.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        base.addAtNextStep(values, wallTime: wallTime)
        look(at: values, nil)
    }

    /// Passes one scalar on, and looks at it.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        base.scalar(tag, value, step: step)
        if !value.isFinite { warn(tag, Double(value), step) }
    }

    /// Returns a series of the sink behind this one whose values are looked at.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        let series = base.scalarSeries(tag)
        return ScalarSeries(tag, of: self) { [self] value, step in
            series.record(value, step: step)
            if !value.isFinite { warn(tag, Double(value), step) }
        }
    }

    /// Flushes the sink behind this one.
    ///
    /// - Throws: What that sink throws.
    public func flush() throws { try base.flush() }

    private func look(at values: [SummaryValue], _ step: Int?) {
        for value in values {
            switch value.payload {
            case .scalar(let number) where !number.isFinite: warn(value.tag, Double(number), step)
            case .histogram(let histogram) where histogram.nonFiniteCount > 0:
                warn(value.tag, histogram.firstNonFinite, step)
            default: break
            }
        }
    }

    private func warn(_ name: String, _ value: Double, _ step: Int?) {
        let new = NonFiniteWarning(name: name, value: value, step: step)
        let isFirst = warning.withLock { warning in
            defer { warning = warning ?? new }
            return warning == nil
        }
        guard isFirst else { return }
        let text = SummaryValue.text(Self.tag, code: "\(new)")
        if let step { base.add([text], step: step) } else { base.addAtNextStep([text], wallTime: nil) }
        onWarning(new)
    }
}

extension Histogram {
    /// A value that is not finite, NaN if there is one.
    fileprivate var firstNonFinite: Double {
        nanCount > 0 ? .nan : positiveInfinityCount > 0 ? .infinity : -.infinity
    }
}
