import Platform

/// What an axis of a chart shows, and where.
struct ChartAxis {
    /// The smallest and the largest value, or their logarithms.
    private let range: ClosedRange<Double>
    private let isLogarithmic: Bool

    /// Makes an axis for values; `nil` if it can show none of them.
    ///
    /// - Parameters:
    ///   - values: The values; those that are not finite, or not above 0 on a logarithmic axis, are passed over.
    ///   - isLogarithmic: Whether the axis is logarithmic.
    init?(_ values: some Sequence<Double>, isLogarithmic: Bool) {
        var (lowest, highest) = (Double.infinity, -Double.infinity)
        for value in values where value.isFinite && (!isLogarithmic || value > 0) {
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        guard lowest <= highest else { return nil }
        self.isLogarithmic = isLogarithmic
        if isLogarithmic { (lowest, highest) = (log10(lowest), log10(highest)) }
        if highest / 2 - lowest / 2 < .leastNormalMagnitude {
            // A constant gets an axis too, with itself in the middle.
            let margin = isLogarithmic ? 0.5 : abs(lowest) < 1e-300 ? 1 : abs(lowest) * 0.1
            (lowest, highest) = (lowest - margin, highest + margin)
        }
        range = max(lowest, -.greatestFiniteMagnitude)...min(highest, .greatestFiniteMagnitude)
    }

    /// Where a value is, from 0 for the smallest to 1 for the largest; `nil` if it cannot be shown.
    func position(of value: Double) -> Double? {
        guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
        let place = isLogarithmic ? log10(value) : value
        // Halved, since the length of the range may be more than a number can be.
        let length = range.upperBound / 2 - range.lowerBound / 2
        return min(max((place / 2 - range.lowerBound / 2) / length, 0), 1)
    }

    /// Values to write beside the axis: multiples of 1, 2 or 5 times a power of ten, or such powers alone.
    ///
    /// - Parameter count: About how many there is room for.
    /// - Returns: The values in ascending order; at least one.
    func ticks(count: Int) -> [Double] {
        let count = max(1, count)
        if isLogarithmic {
            let first = Int(range.lowerBound.rounded(.up))
            let last = Int(range.upperBound.rounded(.down))
            if first < last {
                return stride(from: first, through: last, by: (last - first - 1) / count + 1).map {
                    pow(10, Double($0))
                }
            }
        }
        let bounds = isLogarithmic ? pow(10, range.lowerBound)...pow(10, range.upperBound) : range
        return Self.ticks(bounds, count: count)
    }

    private static func ticks(_ bounds: ClosedRange<Double>, count: Int) -> [Double] {
        let (lower, upper) = (bounds.lowerBound, bounds.upperBound)
        let roughStep = upper / Double(count) - lower / Double(count)
        let unit = pow(10, log10(roughStep).rounded(.down))
        // Too close together, or too far apart, to be distinguished by their digits.
        guard unit.isFinite, unit > 0, max(abs(lower), abs(upper)) / roughStep < 1e9 else { return [lower, upper] }
        let step = ([1, 2, 5, 10].first { $0 * unit >= roughStep * 0.999 } ?? 10) * unit
        let first = (lower / step - 1e-9).rounded(.up)
        let last = (upper / step + 1e-9).rounded(.down)
        guard first <= last else { return [lower, upper] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }
}
