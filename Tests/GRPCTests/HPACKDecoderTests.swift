import Testing

@testable import GRPC

/// Header blocks, by the examples of RFC 7541, appendix C.
struct HPACKDecoderTests {
    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.filter { $0 != " " }
        return stride(from: 0, to: digits.count, by: 2).compactMap { place in
            let start = digits.index(digits.startIndex, offsetBy: place)
            return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
        }
    }

    private static let request = [
        HeaderField(":method", "GET"), HeaderField(":scheme", "http"), HeaderField(":path", "/"),
        HeaderField(":authority", "www.example.com"),
    ]

    @Test(arguments: [
        // C.3, without Huffman codes, and C.4, with them
        [
            "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d", "8286 84be 5808 6e6f 2d63 6163 6865",
            "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
        ],
        [
            "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff", "8286 84be 5886 a8eb 1064 9cbf",
            "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
        ],
    ])
    func blocksReferToEarlierOnes(blocks: [String]) throws {
        var decoder = HPACKDecoder()
        #expect(try decoder.decode(Self.bytes(blocks[0])) == Self.request)
        #expect(try decoder.decode(Self.bytes(blocks[1])) == Self.request + [HeaderField("cache-control", "no-cache")])
        #expect(
            try decoder.decode(Self.bytes(blocks[2])) == [
                HeaderField(":method", "GET"), HeaderField(":scheme", "https"), HeaderField(":path", "/index.html"),
                HeaderField(":authority", "www.example.com"), HeaderField("custom-key", "custom-value"),
            ]
        )
    }

    @Test func aTableThatIsFullForgetsTheOldest() throws {
        var decoder = HPACKDecoder()
        let long = String(repeating: "v", count: 4000)
        let block: [UInt8] = [
            0x40, 1, UInt8(ascii: "a"), 0x7F, 0x80 | UInt8((4000 - 127) & 0x7F), UInt8((4000 - 127) >> 7),
        ]
        #expect(try decoder.decode(block + Array(long.utf8)) == [HeaderField("a", long)])
        #expect(try decoder.decode([0xBE]) == [HeaderField("a", long)])
        #expect(
            try decoder.decode([0x40, 1, UInt8(ascii: "b"), 100] + [UInt8](repeating: 0x76, count: 100)).count == 1
        )
        #expect(throws: HTTP2Error.compression) { try decoder.decode([0xBF]) }
    }

    @Test(arguments: [
        "80", "ff", "ff ff ff ff ff ff ff ff", "be", "00", "0001", "0001 61 05 61", "3fff ff03", "0001 61 81 00",
        "0001 61 84 ff ff ff ff",
    ])
    func nonsenseIsRefused(hex: String) {
        var decoder = HPACKDecoder()
        #expect(throws: HTTP2Error.compression) { try decoder.decode(Self.bytes(hex)) }
    }

    @Test func everyCodeIsDecoded() {
        // The codes of all digits and letters, by appendix B: five bits each for those that are most common.
        #expect(HuffmanCode.decode(Self.bytes("00 44 32 14 c7 42 54 b6 35 cf")[...]) != nil)
        // A whole byte of padding is too much, and so are zeros.
        #expect(HuffmanCode.decode([0x07, 0xFF, 0xFF][...]) == nil)
        #expect(HuffmanCode.decode([0b0000_0000][...]) == nil)
    }
}
