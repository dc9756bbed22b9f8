import Platform

/// Turns numbers into places along an axis of a chart.
struct AxisProjection {
    /// What the axis shows.
    let range: ClosedRange<Double>
    private let isLogarithmic: Bool
    /// Where the range begins and ends, in points.
    private let start: Double
    private let end: Double

    /// Creates a projection.
    ///
    /// - Parameters:
    ///   - range: What the axis shows, from ``Figure/Axis/shownRange(of:)``.
    ///   - scale: How numbers become places.
    ///   - start: Where the range begins, in points.
    ///   - end: Where the range ends, in points.
    init(_ range: ClosedRange<Double>, _ scale: Figure.Axis.Scale, from start: Double, to end: Double) {
        self.range = range
        isLogarithmic = scale == .logarithmic
        self.start = start
        self.end = end
    }

    /// The place of a number in points; `nil` for one that the axis cannot show.
    func place(of value: Double) -> Double? {
        guard Figure.Axis.canShow(value, isLogarithmic: isLogarithmic) else { return nil }
        let (lower, upper) = (range.lowerBound, range.upperBound)
        let fraction =
            isLogarithmic ? (log(value) - log(lower)) / (log(upper) - log(lower)) : (value - lower) / (upper - lower)
        // What is far outside is not drawn, and must not overflow on the way there.
        return start + min(max(fraction, -100), 100) * (end - start)
    }

    /// Marks for the axis.
    func ticks(count: Int) -> [AxisTick] {
        isLogarithmic ? AxisTick.logarithmic(range, count: count) : AxisTick.linear(range, count: count)
    }
}

extension Figure.Axis {
    /// Beyond this number the arithmetic of a chart could overflow.
    private static let largestNumber = 1e300

    static func canShow(_ value: Double, isLogarithmic: Bool) -> Bool {
        value.isFinite && abs(value) < largestNumber && (!isLogarithmic || value > 1 / largestNumber)
    }

    /// Whether two numbers above 0 differ enough to have places of their own on a logarithmic axis.
    static func areApart(_ lower: Double, _ upper: Double) -> Bool { upper / lower > 1 + 1e-9 }

    /// The range to show: the given one, or that of the numbers with some room at both ends.
    ///
    /// Numbers that the axis cannot show do not count.
    func shownRange(of values: some Sequence<Double>) -> ClosedRange<Double> {
        if let range { return range }
        let isLogarithmic = scale == .logarithmic
        var (lower, upper) = (Double.infinity, -Double.infinity)
        for value in values where Self.canShow(value, isLogarithmic: isLogarithmic) {
            (lower, upper) = (min(lower, value), max(upper, value))
        }
        guard lower <= upper else { return isLogarithmic ? 1...10 : 0...1 }
        if isLogarithmic {
            let room = Self.areApart(lower, upper) ? exp(0.04 * (log(upper) - log(lower))) : 2
            return (lower / room)...(upper * room)
        }
        let isConstant = upper - lower <= max(abs(lower), abs(upper)) * 1e-12
        let room = isConstant ? max(abs(lower) * 0.05, 1e-290) : 0.04 * (upper - lower)
        return isConstant && lower == 0 ? -1...1 : (lower - room)...(upper + room)
    }

    /// The range to show for bars, which stand on zero.
    func shownRangeOfBars(_ values: some Sequence<Double>) -> ClosedRange<Double> {
        guard range == nil, scale == .linear else { return shownRange(of: values) }
        let shown = shownRange(of: values + [0])
        let hasNegative = values.contains { $0 < 0 }
        let hasPositive = values.contains { $0 > 0 }
        return (hasNegative ? shown.lowerBound : 0)...(hasPositive || !hasNegative ? shown.upperBound : 0)
    }
}
