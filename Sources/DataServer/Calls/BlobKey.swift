/// Names a blob in URLs: its run, tag, step, and place in the sequence.
struct BlobKey: Equatable {
    let run: String
    let tag: String
    let step: Int
    let index: Int

    private static let numberByteCount = 8
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let places = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($0.element, UInt32($0.offset)) }
    )

    init(run: String, tag: String, step: Int, index: Int) {
        self.run = run
        self.tag = tag
        self.step = step
        self.index = index
    }

    /// Reads a key; `nil` if the text is none.
    init?(text: String) {
        guard let bytes = Self.decode(text), bytes.count > 2 * Self.numberByteCount else { return nil }
        let names = bytes[(2 * Self.numberByteCount)...]
        // No path holds a NUL, a tag may.
        guard let end = names.firstIndex(of: 0) else { return nil }
        step = Self.number(bytes[..<Self.numberByteCount])
        index = Self.number(bytes[Self.numberByteCount..<2 * Self.numberByteCount])
        run = String(decoding: names[..<end], as: UTF8.self)
        tag = String(decoding: names[(end + 1)...], as: UTF8.self)
    }

    /// The key as text that needs no escapes in a URL: base 64 of RFC 4648, section 5, without padding.
    var text: String {
        var bytes: [UInt8] = []
        for number in [step, index] {
            withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) { bytes += $0 }
        }
        bytes += run.utf8
        bytes.append(0)
        bytes += tag.utf8
        return Self.encode(bytes)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        Int(Int64(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }))
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in Swift.stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for place in 0...part.count { text.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for character in text.utf8 {
            guard let place = places[character] else { return nil }
            (bits, count) = (bits << 6 | place, count + 6)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return bytes
    }
}
