import EventFiles
import SystemPackage

/// The names of runs: paths from the log directory, which the file system keeps as bytes.
enum RunName {
    /// A part of a run's name, in which each byte that is not UTF-8 is written `\xFF`.
    ///
    /// TensorBoard writes U+FFFD for such bytes, and so takes different directories for one. A backslash that would read
    /// as such a byte is written `\x5C`, so that different directories have different names.
    static func text(of component: FilePath.Component) -> String {
        let bytes = component.bytes
        var text = ""
        var index = 0
        while index < bytes.count {
            if isEscape(bytes[index...]) {
                text += escape(bytes[index])
                index += 1
                continue
            }
            var parser = Unicode.UTF8.ForwardParser()
            var rest = bytes[index...].makeIterator()
            switch parser.parseScalar(from: &rest) {
            case .valid(let scalar):
                text.unicodeScalars.append(Unicode.UTF8.decode(scalar))
                index += scalar.count
            case .error(let length):
                text += bytes[index..<index + length].map(escape).joined()
                index += length
            case .emptyInput: index = bytes.count
            }
        }
        return text
    }

    /// Whether a name stands for a path that is not UTF-8.
    static func isEscaped(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        // No byte below 0x80 needs to be escaped for not being UTF-8.
        return bytes.indices.contains { isEscape(bytes[$0...]) && bytes[$0 + 2] >= UInt8(ascii: "8") }
    }

    /// Whether bytes begin with `\x` and two hexadecimal digits.
    private static func isEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 4, bytes.starts(with: Array(#"\x"#.utf8)) else { return false }
        return bytes.dropFirst(2).prefix(2).allSatisfy { digits.contains($0) }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func escape(_ byte: UInt8) -> String {
        #"\x"# + String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
    }

    /// Whether one name comes before another where numbers count as such: `run_2` before `run_10`.
    ///
    /// A directory comes directly before those in it. Names that differ only in leading zeros are ordered by their bytes.
    static func precedes(_ a: String, _ b: String) -> Bool {
        let (first, second) = (Array(a.utf8), Array(b.utf8))
        var (i, j) = (0, 0)
        while i < first.count, j < second.count {
            if isDigit(first[i]), isDigit(second[j]) {
                let (x, y) = (number(first[i...]), number(second[j...]))
                if x.digits.count != y.digits.count { return x.digits.count < y.digits.count }
                if x.digits != y.digits { return x.digits.lexicographicallyPrecedes(y.digits) }
                (i, j) = (x.end, y.end)
            } else {
                let (x, y) = (rank(first[i]), rank(second[j]))
                if x != y { return x < y }
                (i, j) = (i + 1, j + 1)
            }
        }
        if (i < first.count) != (j < second.count) { return j < second.count }
        return first.lexicographicallyPrecedes(second)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The digits of the number at the front without leading zeros, which may be more than an integer holds.
    private static func number(_ bytes: ArraySlice<UInt8>) -> (digits: ArraySlice<UInt8>, end: Int) {
        let digits = bytes.prefix(while: isDigit)
        return (digits.drop { $0 == UInt8(ascii: "0") }, digits.endIndex)
    }

    private static func rank(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "/") ? 0 : byte }
}

extension Sequence<LoggedRun> {
    /// The runs in the order of their names, with numbers in them as such: `run_2` before `run_10`.
    public func sortedByName() -> [LoggedRun] {
        sorted { RunName.precedes($0.name, $1.name) }
    }
}
