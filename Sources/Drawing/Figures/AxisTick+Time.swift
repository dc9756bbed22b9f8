import Platform

extension AxisTick {
    private static let minute = 60
    private static let hour = 3600
    private static let day = 86_400
    /// What people divide time into, in seconds.
    private static let timeSteps =
        [1, 2, 5, 10, 15, 30] + [1, 2, 5, 10, 15, 30].map { $0 * minute } + [1, 2, 3, 6, 12].map { $0 * hour }
        + [1, 2, 7, 14, 30, 90, 365].map { $0 * day }

    /// Marks at whole seconds, minutes, hours or days in UTC, in ascending order.
    ///
    /// - Parameters:
    ///   - range: Seconds since 1970-01-01 UTC.
    ///   - count: About how many marks there is room for.
    /// - Returns: The marks, one at least; those of plain numbers for what is no time of our centuries.
    static func time(_ range: ClosedRange<Double>, count: Int) -> [AxisTick] {
        let roughStep = (range.upperBound - range.lowerBound) / Double(max(1, count))
        guard range.lowerBound.magnitude < 1e11, range.upperBound.magnitude < 1e11 else {
            return linear(range, count: count)
        }
        let step = timeSteps.first { Double($0) >= roughStep } ?? Int(roughStep.rounded(.up))
        let first = Int((range.lowerBound / Double(step)).rounded(.up))
        let last = Int((range.upperBound / Double(step)).rounded(.down))
        guard first <= last else {
            return [AxisTick(value: range.lowerBound, text: timeText(Int(range.lowerBound.rounded(.down)), step: 1))]
        }
        return stride(from: first, through: last, by: 1).map { index in
            AxisTick(value: Double(index * step), text: timeText(index * step, step: step))
        }
    }

    /// The time of day, or at midnight the date.
    private static func timeText(_ second: Int, step: Int) -> String {
        let inDay = ((second % day) + day) % day
        guard step < day, inDay > 0 else { return dateText((second - inDay) / day) }
        let time = "\(padded(inDay / hour)):\(padded(inDay / minute % 60))"
        return step < minute ? "\(time):\(padded(inDay % 60))" : time
    }

    private static func dateText(_ days: Int) -> String {
        let date = CivilDate(daysSince1970: days)
        return "\(date.year)-\(padded(date.month))-\(padded(date.day))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
