/// The scalars of one tag; see ``SummaryWriter/scalarSeries(_:)``.
///
/// ```swift
/// let cost = writer.scalarSeries("cost")
/// for step in 0..<1000 { cost.record(1 / Double(step + 1), step: step) }
/// ```
public struct ScalarSeries: Sendable {
    /// The name of the series.
    public let tag: String

    /// Keeps the log open.
    private let writer: SummaryWriter
    /// The writer's log; asked of the writer at each call, it would be retained and released at each call.
    private let log: EventLog
    /// The tag's place in the writer's registry.
    private let place: Int

    init(writer: SummaryWriter, tag: String, place: Int) {
        self.writer = writer
        log = writer.log
        self.tag = tag
        self.place = place
    }

    /// Records one value.
    ///
    /// - Parameters:
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    public func record(_ value: Float, step: Int) {
        log.record(at: place, value, step: step)
    }

    /// Records one value of any floating-point type.
    ///
    /// TensorBoard stores it as 32-bit floating point.
    ///
    /// - Parameters:
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    @inlinable
    public func record(_ value: some BinaryFloatingPoint, step: Int) {
        record(Float(value), step: step)
    }

    /// Records one value of any integer type.
    ///
    /// TensorBoard stores it as 32-bit floating point.
    ///
    /// - Parameters:
    ///   - value: The value; exact up to 2^24.
    ///   - step: The position on the horizontal axis.
    @inlinable
    public func record(_ value: some BinaryInteger, step: Int) {
        record(Float(value), step: step)
    }
}

extension SummaryScope where Base == SummaryWriter {
    /// A series of scalars under one tag inside the scope, the cheapest way to record many.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        base.scalarSeries(scope.qualify(tag))
    }
}
