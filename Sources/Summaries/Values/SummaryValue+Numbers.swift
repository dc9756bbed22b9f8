// The factories of this file and of `SummaryValue+Runs.swift`, and those of the dashboards in `TensorBoard`, define each
// kind of summary; a logging call of the same name only passes its value on.
extension SummaryValue {
    /// Creates a scalar for the Scalars and Time Series dashboards.
    ///
    /// TensorBoard stores scalars as 32-bit floating point: integers are exact up to 2^24.
    ///
    /// - Parameters:
    ///   - tag: The name of the series; text before the first slash groups the cards.
    ///   - value: The value; NaN and infinities are allowed.
    /// - Returns: The value.
    public static func scalar(_ tag: some StringProtocol, _ value: Float) -> SummaryValue {
        SummaryValue(tag: String(tag), payload: .scalar(value))
    }

    /// Creates a scalar of any floating-point type for the Scalars and Time Series dashboards.
    ///
    /// A number that becomes infinite or zero in 32 bits is recorded as that, and a writer reports it once a tag.
    ///
    /// - Parameters:
    ///   - tag: The name of the series; text before the first slash groups the cards.
    ///   - value: The value; NaN and infinities are allowed.
    /// - Returns: The value.
    public static func scalar(_ tag: some StringProtocol, _ value: some BinaryFloatingPoint) -> SummaryValue {
        let payload: Payload = value.exceedsScalar ? .roundedScalar(Double(value)) : .scalar(Float(value))
        return SummaryValue(tag: String(tag), payload: payload)
    }

    /// Creates several scalars that one chart shows, such as the losses of training and validation.
    ///
    /// They are plain scalars under the tags `tag/name`. A writer shows them in a chart of the Custom Scalars dashboard
    /// called `tag`; a name that comes up later extends it, and a chart of that title in the layout given to
    /// ``layout(_:)`` is left as it is.
    ///
    /// - Parameters:
    ///   - tag: The name of the chart, and what the tags of its series begin with.
    ///   - values: The values by the names of their series; NaN and infinities are allowed.
    /// - Returns: The chart, and the scalars in the order of their names; nothing if there are none.
    public static func scalars(
        _ tag: some StringProtocol,
        _ values: [String: some BinaryFloatingPoint]
    ) -> [SummaryValue] {
        let series = values.sorted { $0.key < $1.key }
        guard !series.isEmpty else { return [] }
        let scope = NameScope(String(tag))
        return [.chart(tag, series.map(\.key))] + series.map { .scalar(scope.qualify($0.key), $0.value) }
    }

    /// Creates a request to show scalars in one chart of the Custom Scalars dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the chart, and what the tags of its series begin with.
    ///   - names: The names of the series, the rest of their tags.
    /// - Returns: The value.
    package static func chart(_ tag: some StringProtocol, _ names: [String]) -> SummaryValue {
        SummaryValue(tag: String(tag), payload: .chart(names))
    }

    /// Creates a histogram for the Histograms, Distributions and Time Series dashboards.
    ///
    /// ```swift
    /// writer.histogram("layer1/weights", weights, step: step)             // any numbers; nested arrays too
    /// writer.histogram("latency", latencies, bins: 30, step: step)        // 30 bins of equal width
    /// writer.histogram("ages", Histogram(edges: edges, counts: counts), step: step)
    /// ```
    ///
    /// Values that are NaN or infinite are counted apart; a writer logs their number as the scalar `tag/non_finite`.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - histogram: The distribution. One whose edges and counts do not fit together is reported with the reason.
    /// - Returns: The value, or the reason why there is none.
    public static func histogram(_ tag: some StringProtocol, _ histogram: Histogram) -> SummaryValue {
        if let problem = histogram.problem { return .invalid(tag, problem) }
        return SummaryValue(tag: String(tag), payload: .histogram(histogram))
    }
}

extension BinaryFloatingPoint {
    /// Whether the number becomes infinite or zero in the 32 bits that TensorBoard has for a scalar, though it is neither.
    @inlinable
    package var exceedsScalar: Bool {
        let scalar = Float(self)
        return isFinite && (scalar.isInfinite || scalar == 0 && self != 0)
    }
}
