/// The texts of a column chunk, each kept once: names of runs and tags repeat in every row.
struct TextDictionary {
    /// The bytes of a text, which tell it from others; to Swift texts are equal that differ in how an accent is encoded.
    private struct Key: Hashable {
        let bytes: ArraySlice<UInt8>
    }

    private var numbers: [Key: UInt32] = [:]
    private var distinct: [ArraySlice<UInt8>] = []
    private var values: [UInt32] = []
    private var last: (text: String, number: UInt32)?
    private var distinctByteCount = 0
    private var plainByteCount = 0

    /// The number of different texts.
    var count: Int { distinct.count }

    /// About the number of bytes that the texts take in memory.
    var byteCount: Int { distinctByteCount + 4 * values.count }

    mutating func append(_ text: String) {
        var number: UInt32
        // The rows of a run or of a tag come one after the other.
        if let last, last.text.utf8.elementsEqual(text.utf8) {
            number = last.number
        } else {
            let key = Key(bytes: Array(text.utf8)[...])
            number = UInt32(distinct.count)
            if let known = numbers[key] {
                number = known
            } else {
                numbers[key] = number
                distinct.append(key.bytes)
                distinctByteCount += 4 + key.bytes.count
            }
            last = (text, number)
        }
        values.append(number)
        plainByteCount += 4 + distinct[Int(number)].count
    }

    /// Whether a dictionary and its indices take less than the texts one after the other.
    var isSmallerAsDictionary: Bool {
        distinctByteCount + values.count * bitWidth / 8 < plainByteCount
    }

    private var bitWidth: Int { RunLengthEncoding.bitWidth(below: distinct.count) }

    /// The different texts in the encoding `PLAIN`, each after its length.
    var entries: [UInt8] { Self.plain(distinct) }

    /// The index of each text among ``entries``, after their bit width.
    var indices: [UInt8] { [UInt8(bitWidth)] + RunLengthEncoding.encode(values, bitWidth: bitWidth) }

    /// All texts in the encoding `PLAIN`.
    var plain: [UInt8] { Self.plain(values.map { distinct[Int($0)] }) }

    private static func plain(_ texts: [ArraySlice<UInt8>]) -> [UInt8] {
        var bytes: [UInt8] = []
        for text in texts {
            bytes.append(littleEndian: UInt32(text.count))
            bytes.append(contentsOf: text)
        }
        return bytes
    }
}
