import Platform

extension BinaryFloatingPoint {
    /// The number with a fixed number of digits after the point, correctly rounded: `0.6931`, `12.0`, `nan`.
    ///
    /// A number that is rounded to zero has no sign.
    package func text(fractionDigits: Int) -> String {
        NumberFormat.fixed(Double(self), fractionDigits: fractionDigits)
    }

    /// The number with as many significant digits at most, without zeros at the end: `0.6931`, `12`, `1e-05`.
    package func text(significantDigits: Int) -> String {
        NumberFormat.shortest(Double(self), significantDigits: significantDigits)
    }
}

extension BinaryInteger {
    /// The number with a comma before every group of three digits: `10,001`.
    package var groupedText: String { NumberFormat.grouped(self) }

    /// The number with what it counts: `1 file`, `10,001 files`.
    ///
    /// - Parameter noun: What is counted, whose plural ends in s.
    /// - Returns: The number and the noun.
    package func countedText(_ noun: String) -> String { "\(groupedText) \(noun)\(self == 1 ? "" : "s")" }
}

extension Double {
    /// A number of seconds as people say it: `0.31 s`, `12.3 s`, `2:03`, `1:02:03`, and `unknown` for what is not finite.
    package var secondsText: String {
        guard isFinite else { return "unknown" }
        guard self >= 59.95, self < 1e15 else { return "\(text(significantDigits: 3)) s" }
        return Duration.seconds(self).clockText
    }
}

extension BinaryInteger {
    /// A number of bytes in the unit that leaves three digits or so: `512 B`, `4.62 MB`, `1.2 GB`.
    package var byteCountText: String {
        var (value, unit) = (Double(self), 0)
        let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
        // What would be rounded to four digits belongs to the next unit.
        while value.magnitude >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return "\(value.text(significantDigits: 3)) \(units[unit])"
    }
}

extension Duration {
    /// The time in minutes and seconds, with hours when there are any: `0:07`, `12:34`, `1:02:03`.
    package var clockText: String {
        let total = max(0, components.seconds)
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60)
        let padded = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
        return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(seconds))" : "\(minutes):\(padded(seconds))"
    }
}
