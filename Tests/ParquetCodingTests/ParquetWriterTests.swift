import Testing

@testable import ParquetCoding

/// What needs no reader of Parquet; the conformance tests let three of them read.
struct ParquetWriterTests {
    private final class Pieces {
        var sizes: [Int] = []
    }

    @Test func memoryIsGivenBackWithEveryRowGroup() throws {
        let pieces = Pieces()
        var writer = try ParquetWriter(columns: [.init("text", .text)]) { pieces.sizes.append($0.count) }
        // Texts that do not repeat, a little more than a row group takes.
        let padding = String(repeating: "x", count: 1 << 16)
        for row in 0..<520 { try writer.append([.text("\(row)\(padding)")]) }
        // The magic, and at least one row group although the file is not finished.
        #expect(pieces.sizes.count >= 2)
    }

    @Test func textsThatRepeatAreKeptOnce() throws {
        var texts = TextDictionary()
        for _ in 0..<100 { for name in ["run1", "e\u{301}", "\u{e9}"] { texts.append(name) } }
        #expect(texts.count == 3)
        #expect(texts.isSmallerAsDictionary)
        var different = TextDictionary()
        for number in 0..<100 { different.append("\(number)") }
        #expect(!different.isSmallerAsDictionary)
    }

    @Test func fieldsOfThriftHaveTheirDistanceAndType() {
        let bytes = ThriftWriter.bytes { thrift in
            thrift.int32(1, -1)
            thrift.bool(3, true)
            thrift.structure(4) { $0.binary(2, [0x61]) }
            thrift.int64(5, 1 << 40)
        }
        #expect(bytes == [0x15, 1, 0x21, 0x1C, 0x28, 1, 0x61, 0, 0x16, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0])
    }
}
