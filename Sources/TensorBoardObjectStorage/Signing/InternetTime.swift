#if ObjectStorage
import CCurl
import Platform

/// Times as the services of AWS write them.
enum InternetTime {
    /// A time in seconds since 1970-01-01 UTC as a signature has it, `20150830T123600Z`.
    static func basic(_ time: Double) -> String {
        let seconds = Int(time.rounded(.down))
        let (days, rest) = seconds.quotientAndRemainderRoundedDown(by: 86_400)
        let date = CivilDate(daysSince1970: days)
        func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = "\(digits(rest / 3600))\(digits(rest / 60 % 60))\(digits(rest % 60))"
        return "\(date.year)\(digits(date.month))\(digits(date.day))T\(clock)Z"
    }

    /// The time of a `Date` header, in seconds since 1970-01-01 UTC.
    static func header(_ text: String) -> Double? {
        let time = curl_getdate(text, nil)
        return time < 0 ? nil : Double(time)
    }

    /// The time of an ISO 8601 text like `2026-11-29T10:20:30Z`, in seconds since 1970-01-01 UTC.
    ///
    /// Fractions of a second are left out, an offset is counted.
    static func iso8601(_ text: String) -> Double? {
        let fields = text.split { !$0.isASCII || !$0.isNumber }.map { Int($0) }
        guard fields.count >= 6, let year = fields[0], let month = fields[1], let day = fields[2],
            let hour = fields[3], let minute = fields[4], let second = fields[5], text.utf8.count >= 19
        else { return nil }
        var time = tm()
        time.tm_year = CInt(clamping: year - 1900)
        time.tm_mon = CInt(clamping: month - 1)
        time.tm_mday = CInt(clamping: day)
        time.tm_hour = CInt(clamping: hour)
        time.tm_min = CInt(clamping: minute)
        time.tm_sec = CInt(clamping: second)
        return Double(timegm(&time)) - Double(offset(in: text.dropFirst(19)))
    }

    /// How far the time zone behind a time is ahead of UTC, in seconds: `Z`, `.123Z`, `+01:00`.
    private static func offset(in text: Substring) -> Int {
        guard let sign = text.firstIndex(where: { $0 == "+" || $0 == "-" }) else { return 0 }
        let digits = text[sign...].compactMap(\.wholeNumberValue)
        guard digits.count >= 4 else { return 0 }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        return text[sign] == "-" ? -minutes * 60 : minutes * 60
    }
}

extension Int {
    /// The quotient rounded towards negative infinity, and what is left.
    fileprivate func quotientAndRemainderRoundedDown(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
#endif
