/// Numbers as text, as C's `printf` writes them.
package enum NumberFormat {
    /// The number with a fixed number of digits after the point, correctly rounded: `0.6931`, `12.0`, `nan`.
    package static func fixed(_ value: Double, fractionDigits: Int) -> String {
        text(value, format: "%.*f", digits: fractionDigits)
    }

    /// The number with as many significant digits at most, without zeros at the end: `0.6931`, `12`, `1e-05`.
    package static func shortest(_ value: Double, significantDigits: Int) -> String {
        text(value, format: "%.*g", digits: significantDigits)
    }

    /// The number with a comma before every group of three digits: `10,001`.
    package static func grouped(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    /// Formats as C does, which rounds the exact binary value; `digits` is taken by the asterisk in the format.
    private static func text(_ value: Double, format: String, digits: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        let arguments: [any CVarArg] = [Int32(clamping: digits), value]
        let length = Int(withVaList(arguments) { vsnprintf(nil, 0, format, $0) })
        guard length > 0 else { return "\(value)" }
        // One byte more for the terminating zero, which is not kept.
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { buffer in
            _ = withVaList(arguments) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
            return String(decoding: UnsafeRawBufferPointer(buffer).prefix(length), as: UTF8.self)
        }
        // A number that is rounded to zero has no sign.
        let isZero = text.utf8.allSatisfy { "-0.".utf8.contains($0) }
        return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }
}
