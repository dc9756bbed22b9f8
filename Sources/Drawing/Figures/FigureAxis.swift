import Platform

/// A mark at an axis of a chart.
struct AxisTick: Equatable {
    /// Where it is.
    let value: Double
    /// The label.
    let text: String
}

extension AxisTick {
    /// Marks at multiples of 1, 2 or 5 times a power of ten, in ascending order.
    ///
    /// - Parameters:
    ///   - range: What the axis shows; finite.
    ///   - count: About how many marks there is room for.
    /// - Returns: The marks.
    static func linear(_ range: ClosedRange<Double>, count: Int) -> [AxisTick] {
        let (lower, upper) = (range.lowerBound, range.upperBound)
        let roughStep = (upper - lower) / Double(max(1, count))
        let power = log10(roughStep).rounded(.down)
        // Too close together, or too far apart, to be distinguished by their digits.
        guard roughStep.isFinite, abs(power) < 290, max(abs(lower), abs(upper)) / roughStep < 1e12 else {
            return (lower < upper ? [lower, upper] : [lower]).map { AxisTick(value: $0, text: "\(DecimalText($0))") }
        }
        let unit = pow(10, power)
        let multiple = [1, 2, 5, 10].first { $0 * unit >= roughStep * 0.999 } ?? 10
        let step = multiple * unit
        let first = Int((lower / step - 1e-9).rounded(.up))
        let last = Int((upper / step + 1e-9).rounded(.down))
        return stride(from: first, through: last, by: 1).map { index in
            let text = DecimalText(significand: index * Int(multiple), exponent: Int(power))
            return AxisTick(value: Double(index) * step, text: "\(text)")
        }
    }

    /// Marks at powers of ten in ascending order, or nearer ones where there are not two of them.
    ///
    /// - Parameters:
    ///   - range: What the axis shows; finite and above 0.
    ///   - count: About how many marks there is room for.
    /// - Returns: The marks.
    static func logarithmic(_ range: ClosedRange<Double>, count: Int) -> [AxisTick] {
        let first = Int((log10(range.lowerBound) - 1e-9).rounded(.up))
        let last = Int((log10(range.upperBound) + 1e-9).rounded(.down))
        guard last > first else {
            return linear(range, count: count)
        }
        return stride(from: first, through: last, by: (last - first) / max(1, count) + 1).map { exponent in
            AxisTick(value: pow(10, Double(exponent)), text: "\(DecimalText(significand: 1, exponent: exponent))")
        }
    }
}

/// Turns numbers into places along an axis of a chart.
struct AxisProjection {
    /// What the axis shows.
    let range: ClosedRange<Double>
    private let scale: Figure.Axis.Scale
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
        self.scale = scale
        self.start = start
        self.end = end
    }

    private var isLogarithmic: Bool { scale == .logarithmic }

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
        switch scale {
        case .linear: AxisTick.linear(range, count: count)
        case .logarithmic: AxisTick.logarithmic(range, count: count)
        case .time: AxisTick.time(range, count: count)
        }
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

/// A number as it is written beside an axis: a few digits times a power of ten.
struct DecimalText: Hashable {
    /// All digits, with the sign.
    let significand: Int
    /// The power of ten that the significand is multiplied by.
    let exponent: Int

    /// Creates a number from its digits; zeros at its end are left out.
    init(significand: Int, exponent: Int) {
        var (digits, power) = (significand, exponent)
        while digits != 0, digits.isMultiple(of: 10) { (digits, power) = (digits / 10, power + 1) }
        self.significand = digits
        self.exponent = digits == 0 ? 0 : power
    }

    /// Rounds a finite number to some digits.
    ///
    /// - Parameters:
    ///   - value: A finite number; one too small for a power of ten of its own becomes 0.
    ///   - digitCount: The number of digits to keep, up to 15.
    init(_ value: Double, digitCount: Int = 3) {
        guard abs(value) > 1e-290 else {
            self.init(significand: 0, exponent: 0)
            return
        }
        let exponent = Int(log10(abs(value)).rounded(.down)) - digitCount + 1
        // Two steps, since 10^(−exponent) of a huge number is not a normal number.
        let half = exponent / 2
        let digits = value / pow(10, Double(half)) / pow(10, Double(exponent - half))
        self.init(significand: Int(digits.rounded()), exponent: exponent)
    }
}

extension DecimalText: CustomStringConvertible {
    /// The number with a decimal point, or with an exponent where that takes many zeros.
    var description: String {
        let sign = significand < 0 ? "-" : ""
        let digits = String(significand.magnitude)
        let pointPosition = digits.count + exponent
        if significand == 0 { return "0" }
        if exponent >= 0, pointPosition <= 6 { return sign + digits + String(repeating: "0", count: exponent) }
        if exponent < 0, pointPosition > 0 {
            return sign + digits.prefix(pointPosition) + "." + digits.dropFirst(pointPosition)
        }
        if exponent < 0, pointPosition > -3 {
            return sign + "0." + String(repeating: "0", count: -pointPosition) + digits
        }
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        return "\(sign)\(digits.prefix(1))\(fraction)e\(pointPosition - 1)"
    }
}
