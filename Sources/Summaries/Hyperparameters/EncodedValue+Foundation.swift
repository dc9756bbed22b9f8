// Embedded Swift has no Encodable.
#if !hasFeature(Embedded)
/// Foundation's values that encode their inner parts, where a reader expects what they mean.
///
/// This library does not link Foundation. The types are recognised by their names, which takes about a microsecond for each
/// value that is no number, text or truth value.
enum FoundationValue {
    case date
    /// A `URL`, a `UUID` or a `Decimal`, which describe themselves.
    case described
    case data

    /// - Parameter type: Any type.
    init?(_ type: Any.Type) {
        switch String(reflecting: type) {
        case "Foundation.Date", "FoundationEssentials.Date": self = .date
        case "Foundation.Data", "FoundationEssentials.Data": self = .data
        case "Foundation.URL", "FoundationEssentials.URL", "Foundation.UUID", "FoundationEssentials.UUID",
            // What macOS calls it comes from C.
            "Foundation.Decimal", "FoundationEssentials.Decimal", "__C.NSDecimal":
            self = .described
        default: return nil
        }
    }

    /// What a value means.
    ///
    /// - Parameters:
    ///   - value: A value of the type.
    ///   - encoded: What it encodes, if that is a number.
    /// - Returns: The text; `nil` if the value is not what its type's name says.
    func text(of value: some Encodable, encoded: HyperparameterValue?) -> String? {
        switch self {
        case .described: return String(describing: value)
        case .data: return (value as? any Sequence<UInt8>).map { Self.base64(Array($0)) }
        case .date:
            guard case .number(let seconds)? = encoded else { return nil }
            return Self.text(ofSecondsSince2001: seconds)
        }
    }

    /// The time in ISO 8601, in UTC, with milliseconds where it has any: `2026-11-28T09:30:00Z`.
    private static func text(ofSecondsSince2001 seconds: Double) -> String {
        // In milliseconds, what 64 bits hold.
        guard seconds.magnitude < 9e15 else { return "\(seconds)" }
        let milliseconds = Int64((seconds * 1000).rounded())
        let (day, time) = milliseconds.quotientAndRemainder(floorDividingBy: 86_400_000)
        let (year, month, dayOfMonth) = civilDate(daysSince1970: day + 11_323)
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number.magnitude)
            return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
        let clock = [time / 3_600_000, time / 60_000 % 60, time / 1000 % 60].map { padded($0, 2) }.joined(
            separator: ":"
        )
        let fraction = time % 1000 == 0 ? "" : ".\(padded(time % 1000, 3))"
        return "\(date)T\(clock)\(fraction)Z"
    }

    /// The date of a day in the Gregorian calendar, by counting in eras of 400 years that begin in March (Howard Hinnant,
    /// "chrono-Compatible Low-Level Date Algorithms").
    private static func civilDate(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(floorDividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (400 * era + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The bytes in base64 (RFC 4648, with padding).
    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(group.count)))
            for place in 0..<4 {
                let digit = digits[Int(bits >> (18 - 6 * UInt32(place)) & 0x3F)]
                text.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Int64 {
    /// The quotient, rounded down, and what is left, which is never negative.
    fileprivate func quotientAndRemainder(floorDividingBy divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
#endif
