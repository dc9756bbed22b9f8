extension SummaryTarget {
    /// Logs a summary of any kind, for a stock dashboard or another plugin that its metadata names.
    @inlinable
    public func add<each Step>(_ value: SummaryValue, step: repeat each Step, wallTime: Double? = nil)
    where Position == StepArguments<repeat each Step> {
        log([value], at: Position(repeat each step), wallTime: wallTime)
    }

    /// Logs the values of one step together, with one time stamp.
    @inlinable
    public func add<each Step>(_ values: [SummaryValue], step: repeat each Step, wallTime: Double? = nil)
    where Position == StepArguments<repeat each Step> {
        log(values, at: Position(repeat each step), wallTime: wallTime)
    }

    /// Logs a scalar of any floating-point type; see ``SummaryValue/scalar(_:_:)-(_,BinaryFloatingPoint)``.
    @inlinable
    public func scalar<each Step>(
        _ tag: some StringProtocol,
        _ value: some BinaryFloatingPoint,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        guard !value.exceedsScalar else {
            return log(.scalar(tag, value), at: Position(repeat each step), wallTime)
        }
        logScalar(String(tag), Float(value), at: Position(repeat each step), wallTime: wallTime)
    }

    /// Logs a scalar of any integer type, exact up to 2^24; see ``SummaryValue/scalar(_:_:)-(_,BinaryFloatingPoint)``.
    @inlinable
    public func scalar<each Step>(
        _ tag: some StringProtocol,
        _ value: some BinaryInteger,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        logScalar(String(tag), Float(value), at: Position(repeat each step), wallTime: wallTime)
    }

    /// Logs a truth value as the scalar 1 or 0; see ``SummaryValue/scalar(_:_:)-(_,BinaryFloatingPoint)``.
    @inlinable
    public func scalar<each Step>(
        _ tag: some StringProtocol,
        _ value: Bool,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        logScalar(String(tag), value ? 1 : 0, at: Position(repeat each step), wallTime: wallTime)
    }

    /// Logs several scalars and shows them in one chart; see ``SummaryValue/scalars(_:_:)``.
    public func scalars<each Step>(
        _ tag: some StringProtocol,
        _ values: [String: some BinaryFloatingPoint],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            each: SummaryValue.scalars(tag, values),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs several scalars of any integer type and shows them in one chart; see ``SummaryValue/scalars(_:_:)``.
    public func scalars<each Step>(
        _ tag: some StringProtocol,
        _ values: [String: some BinaryInteger],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            each: SummaryValue.scalars(tag, values.mapValues { Float($0) }),
            at: Position(repeat each step),
            wallTime
        )
    }
}

// The generic calls above cost `any SummarySink` some 300 ns, for the compiler cannot specialize them there.
extension SummarySink {
    /// Logs a scalar; see ``SummaryValue/scalar(_:_:)-(_,BinaryFloatingPoint)``.
    @inlinable
    public func scalar(_ tag: String, _ value: Double, step: Int) {
        guard !value.exceedsScalar else { return log(.scalar(tag, value), at: StepArguments(step), nil) }
        scalar(tag, Float(value), step: step)
    }

    /// Logs a scalar, exact up to 2^24; see ``SummaryValue/scalar(_:_:)-(_,BinaryFloatingPoint)``.
    @inlinable
    public func scalar(_ tag: String, _ value: Int, step: Int) {
        scalar(tag, Float(value), step: step)
    }
}

// Diagnostics for a forgotten step; without them the compiler speaks of the shapes of parameter packs.
extension SummarySink {
    /// A scalar needs a step.
    @available(*, unavailable, message: "pass the step: scalar(tag, value, step: step)")
    public func scalar(_ tag: some StringProtocol, _ value: some Numeric) {}

    /// A histogram needs a step.
    @available(*, unavailable, message: "pass the step: histogram(tag, values, step: step)")
    public func histogram(_ tag: some StringProtocol, _ values: Any) {}
}

extension SummaryStep {
    /// The step of the block is the step of its values.
    @available(*, unavailable, message: "omit step: the values in step(_:) { } belong to its step")
    public func scalar(_ tag: some StringProtocol, _ value: some Numeric, step: Int) {}
}
