/// The Huffman code of header strings (RFC 7541, appendix B).
///
/// The code is canonical: the codes of one length are consecutive, in the order of their bytes, and each length begins
/// where the one before ended. So the lengths say all.
enum HuffmanCode {
    /// The number of bits of each byte's code, and of the mark for the end, which no string may contain.
    private static let lengths: [UInt8] = [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28,
        28, 28,
        28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12,
        10, 13,
        6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
        5, 6,
        6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
        22, 23,
        23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23,
        23, 21,
        23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19,
        22, 23,
        22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24,
        20, 21,
        22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ]

    private static let longest = 30
    private static let endMark = 256

    /// The codes of one length.
    private struct Row {
        var first: UInt32
        var symbols: [Int]
    }

    private static let rows: [Row] = {
        var rows: [Row] = []
        var code: UInt32 = 0
        for length in 0...longest {
            let symbols = length == 0 ? [] : lengths.indices.filter { lengths[$0] == UInt8(length) }
            rows.append(Row(first: code, symbols: symbols))
            code = (code + UInt32(symbols.count)) << 1
        }
        return rows
    }()

    /// Decodes a string.
    ///
    /// - Parameter bytes: The encoded bytes, with ones after the last code.
    /// - Returns: The bytes of the string; `nil` if the code is broken off or contains the end mark.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var code: UInt32 = 0
        var length = 0
        for byte in bytes {
            for place in (0..<8).reversed() {
                code = code << 1 | UInt32(byte >> UInt8(place) & 1)
                length += 1
                guard length <= longest else { return nil }
                let row = rows[length]
                // Below the first code of this length stand none: such prefixes belong to shorter codes.
                let index = Int(code) - Int(row.first)
                guard index >= 0, index < row.symbols.count else { continue }
                guard row.symbols[index] != endMark else { return nil }
                decoded.append(UInt8(row.symbols[index]))
                code = 0
                length = 0
            }
        }
        let isPadding = length < 8 && code == (1 << UInt32(length)) - 1
        return isPadding ? decoded : nil
    }
}
