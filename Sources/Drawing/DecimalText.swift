import Platform

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
        // Two steps, since 10^(−exponent) of a huge number is no normal number.
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
