import Platform

/// Times of day, or days, to write beside an axis of wall times.
struct WallTimeTicks {
    /// The first and the last second in the time zone, counted from 1970-01-01 there.
    private let range: ClosedRange<Double>
    private let secondsFromUTC: Int

    private static let minute = 60
    private static let hour = 3600
    private static let day = 86_400
    /// What people divide time into, in seconds.
    private static let steps =
        [1, 2, 5, 10, 15, 30] + [1, 2, 5, 10, 15, 30].map { $0 * minute } + [1, 2, 3, 6, 12].map { $0 * hour }
        + [1, 2, 7, 14, 30, 90, 365].map { $0 * day }

    /// Prepares ticks; `nil` for what is hardly a time: no training lasts for centuries.
    ///
    /// - Parameters:
    ///   - range: Seconds since 1970-01-01 UTC.
    ///   - secondsFromUTC: How far the time zone is ahead of UTC.
    init?(_ range: ClosedRange<Double>, secondsFromUTC: Int) {
        let (lower, upper) = (range.lowerBound + Double(secondsFromUTC), range.upperBound + Double(secondsFromUTC))
        guard lower.magnitude < 1e11, upper.magnitude < 1e11 else { return nil }
        self.range = lower...upper
        self.secondsFromUTC = secondsFromUTC
    }

    /// - Parameter count: About how many there is room for.
    /// - Returns: Seconds since 1970-01-01 UTC with their texts; at least one.
    func ticks(count: Int) -> [(value: Double, text: String)] {
        let roughStep = (range.upperBound - range.lowerBound) / Double(count)
        let step = Self.steps.first { Double($0) >= roughStep } ?? Int(roughStep.rounded(.up))
        let first = Int((range.lowerBound / Double(step)).rounded(.up))
        let last = Int((range.upperBound / Double(step)).rounded(.down))
        guard first <= last else {
            return [(range.lowerBound - Double(secondsFromUTC), Self.text(Int(range.lowerBound), step: 1))]
        }
        return (first...last).map { (Double($0 * step - secondsFromUTC), Self.text($0 * step, step: step)) }
    }

    private static func text(_ second: Int, step: Int) -> String {
        let inDay = ((second % day) + day) % day
        guard step < day, inDay > 0 || step < minute else { return date((second - inDay) / day) }
        let time = "\(padded(inDay / hour)):\(padded(inDay / minute % 60))"
        return step < minute ? "\(time):\(padded(inDay % 60))" : time
    }

    /// Month and day.
    private static func date(_ days: Int) -> String {
        let date = CivilDate(daysSince1970: days)
        return "\(padded(date.month))-\(padded(date.day))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// A unit for times since a beginning.
package struct RelativeTimeUnit: Sendable, Equatable {
    /// What the unit is called in the plural.
    package let name: String
    /// Its length.
    package let seconds: Double

    /// The unit in which a time is a number of two digits or so.
    package init(for longest: Double) {
        (name, seconds) =
            switch longest {
            case ..<180: ("seconds", 1)
            case ..<10_800: ("minutes", 60)
            case ..<259_200: ("hours", 3600)
            default: ("days", 86_400)
            }
    }
}
