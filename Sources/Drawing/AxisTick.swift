import Platform

/// A mark at an axis of a chart.
struct AxisTick: Equatable {
    /// Where it is.
    let value: Double
    /// What stands beside it.
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
        // Too close together, or too far apart, to be told from each other by digits.
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
