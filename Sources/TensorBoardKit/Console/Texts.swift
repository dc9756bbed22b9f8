import Platform

extension BinaryFloatingPoint {
    /// The number with as many significant digits at most: `0.6931`, `12`, `1e-05`.
    func text(significantDigits: Int = 4) -> String {
        NumberFormat.shortest(Double(self), significantDigits: significantDigits)
    }
}

extension Int {
    /// The number with a comma before every group of three digits: `10,001`.
    var groupedText: String { NumberFormat.grouped(self) }
}

extension Double {
    /// A number of seconds on a clock: `0:07`, `12:34`, `1:02:03`.
    var clockText: String {
        // A hopeless estimate must still be an integer.
        let total = Int(Swift.min(Swift.max(0, self.isNaN ? 0 : self), 1e12))
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60)
        return hours > 0
            ? "\(hours):\(minutes.padded(2)):\(seconds.padded(2))"
            : "\(minutes):\(seconds.padded(2))"
    }
}

extension Int {
    /// The number with zeros before it.
    func padded(_ width: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, width - text.utf8.count)) + text
    }
}

extension String {
    /// The text with spaces before it.
    func leftPadded(_ width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - count)) + self
    }
}

extension Duration {
    /// The time in seconds.
    var inSeconds: Double { self / .seconds(1) }
}
