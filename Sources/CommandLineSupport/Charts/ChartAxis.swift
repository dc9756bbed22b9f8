import Platform

/// What an axis of a chart shows, and where.
struct ChartAxis {
    /// What the values are.
    enum Kind {
        case linear
        case logarithmic
        /// Seconds since 1970-01-01 UTC, told in a time zone.
        case wallTime(secondsFromUTC: Int)
    }

    /// The smallest and the largest value, or their logarithms.
    private let range: ClosedRange<Double>
    private let kind: Kind

    private var isLogarithmic: Bool { Self.isLogarithmic(kind) }

    private static func isLogarithmic(_ kind: Kind) -> Bool {
        if case .logarithmic = kind { true } else { false }
    }

    /// Makes an axis for values; `nil` if it can show none of them.
    ///
    /// - Parameters:
    ///   - values: The values; those that are not finite, or not above 0 on a logarithmic axis, are passed over.
    ///   - kind: What they are.
    ///   - ignoresOutliers: Whether the lowest and the highest twentieth of many values may be beyond the axis.
    init?(_ values: some Sequence<Double>, _ kind: Kind, ignoresOutliers: Bool = false) {
        let isLogarithmic = Self.isLogarithmic(kind)
        let shown = values.lazy.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
        var (lowest, highest) = shown.reduce((.infinity, -.infinity)) { (min($0.0, $1), max($0.1, $1)) }
        guard lowest <= highest else { return nil }
        self.kind = kind
        let inner = ignoresOutliers ? Self.innerRange(shown.sorted()) : nil
        if isLogarithmic { (lowest, highest) = (log10(lowest), log10(highest)) }
        if let inner {
            let (low, high) = isLogarithmic ? (log10(inner.0), log10(inner.1)) : inner
            let padding = Self.padding * (high - low)
            // A curve that is constant but for outliers says more with them.
            if padding > 0 { (lowest, highest) = (max(lowest, low - padding), min(highest, high + padding)) }
        }
        if highest / 2 - lowest / 2 < .leastNormalMagnitude {
            // A constant gets an axis too, with itself in the middle.
            let margin = isLogarithmic ? 0.5 : abs(lowest) < 1e-300 ? 1 : abs(lowest) * 0.1
            (lowest, highest) = (lowest - margin, highest + margin)
        }
        range = max(lowest, -.greatestFiniteMagnitude)...min(highest, .greatestFiniteMagnitude)
    }

    /// The part of the axis that TensorBoard adds at both ends.
    private static let padding = 0.05
    /// Fewer values have no outliers: a twentieth of them is less than one.
    private static let fewestValues = 20

    /// The 5th and the 95th percentile, by the indices that TensorBoard's scalar card takes (`computeDataSeriesExtent`).
    private static func innerRange(_ sorted: [Double]) -> (Double, Double)? {
        guard sorted.count >= fewestValues else { return nil }
        let last = Double(sorted.count - 1)
        return (sorted[Int((0.05 * last).rounded(.up))], sorted[Int((0.95 * last).rounded(.down))])
    }

    /// Where a value is, from 0 for the smallest to 1 for the largest on the axis, or beyond; `nil` if it has no place.
    func place(of value: Double) -> Double? {
        guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
        let place = isLogarithmic ? log10(value) : value
        // Halved, since the length of the range may be more than a number can be.
        let length = range.upperBound / 2 - range.lowerBound / 2
        // Far enough out to be off any canvas, near enough to compute with.
        return min(max((place / 2 - range.lowerBound / 2) / length, -1e6), 1e6)
    }

    /// Where a value is, from 0 for the smallest to 1 for the largest; `nil` if it has no place.
    ///
    /// What is beyond the axis is at its edge.
    func position(of value: Double) -> Double? {
        place(of: value).map { min(max($0, 0), 1) }
    }

    /// Values to write beside the axis with their texts: multiples of 1, 2 or 5 times a power of ten, or such powers alone.
    ///
    /// - Parameter count: About how many there is room for.
    /// - Returns: The values in ascending order; at least one.
    func ticks(count: Int) -> [(value: Double, text: String)] {
        let count = max(1, count)
        if case .wallTime(let secondsFromUTC) = kind, let ticks = WallTimeTicks(range, secondsFromUTC: secondsFromUTC) {
            return ticks.ticks(count: count)
        }
        return numbers(count: count).map { ($0, Self.text($0)) }
    }

    private func numbers(count: Int) -> [Double] {
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

    private static func text(_ value: Double) -> String {
        if value.magnitude < 1e9, let whole = Int(exactly: value) { return whole.groupedText }
        return value.text(significantDigits: 6)
    }
}
