extension SummaryTarget {
    /// Logs a histogram that was counted before, made of given counts, or merged; see ``SummaryValue/histogram(_:_:)``.
    public func histogram<each Step>(
        _ tag: some StringProtocol,
        _ histogram: Histogram,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.histogram(tag, histogram), at: Position(repeat each step), wallTime)
    }

    /// Logs the distribution of numbers in memory; see ``SummaryValue/histogram(_:_:)``.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - values: An array, nested or not, a slice, a buffer, a span or a vector of any number type; not copied.
    ///   - bins: The number of bins of equal width; `nil` for TensorFlow's default buckets.
    ///   - step: The position on the depth axis.
    ///   - wallTime: Seconds since 1970-01-01 UTC; `nil` for now.
    @inlinable
    public func histogram<each Step>(
        _ tag: some StringProtocol,
        _ values: some NumericData & ~Escapable,
        bins: Int? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.histogram(tag, Histogram(values, bins: bins)), at: Position(repeat each step), wallTime)
    }

    /// Logs the distribution of a literal such as `[0, .nan]` or `[]`; see ``SummaryValue/histogram(_:_:)``.
    @_disfavoredOverload
    public func histogram<each Step>(
        _ tag: some StringProtocol,
        _ values: [Float],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.histogram(tag, Histogram(values)), at: Position(repeat each step), wallTime)
    }

    /// Logs the distribution of any sequence of floating-point numbers; see ``SummaryValue/histogram(_:_:)``.
    @_disfavoredOverload
    @inlinable
    public func histogram<each Step>(
        _ tag: some StringProtocol,
        _ values: some Sequence<some BinaryFloatingPoint>,
        bins: Int? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.histogram(tag, Histogram(values, bins: bins)), at: Position(repeat each step), wallTime)
    }

    /// Logs the distribution of any sequence of integers; see ``SummaryValue/histogram(_:_:)``.
    @_disfavoredOverload
    @inlinable
    public func histogram<each Step>(
        _ tag: some StringProtocol,
        _ values: some Sequence<some BinaryInteger>,
        bins: Int? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.histogram(tag, Histogram(values, bins: bins)), at: Position(repeat each step), wallTime)
    }
}
