import CChecksum
import TFRecord
import Testing

struct CRC32CTests {
    typealias Implementation = @Sendable (UInt32, UnsafeRawPointer?, Int) -> UInt32

    /// The dispatching function and all that this processor can run.
    static let implementations: [(name: String, crc: Implementation)] = {
        var all: [(name: String, crc: Implementation)] = [
            ("dispatched", { cchecksum_crc32c($0, $1, $2) }),
            ("table", { cchecksum_crc32c_table($0, $1, $2) }),
        ]
        if cchecksum_has_crc32c_instructions() {
            all.append(("instructions", { cchecksum_crc32c_instructions($0, $1, $2) }))
        }
        return all
    }()

    /// RFC 3720, appendix B.4, and the check value of the CRC catalogue.
    static let vectors: [(bytes: [UInt8], crc: UInt32)] = [
        ([], 0),
        (Array("123456789".utf8), 0xe306_9283),
        (Array(repeating: 0, count: 32), 0x8a91_36aa),
        (Array(repeating: 0xff, count: 32), 0x62a8_ab43),
        (Array(0..<32), 0x46dd_794e),
        (Array((0..<32).reversed()), 0x113f_db5c),
    ]

    @Test(arguments: vectors)
    func givesThePublishedValues(bytes: [UInt8], crc: UInt32) {
        for implementation in Self.implementations {
            let computed = bytes.withUnsafeBytes { implementation.crc(0, $0.baseAddress, $0.count) }
            #expect(computed == crc, "\(implementation.name)")
        }
    }

    @Test
    func implementationsAgreeAtEveryLengthAndAlignment() {
        let bytes = randomBytes(count: 1700, seed: 1)
        for offset in 0..<16 {
            for length in 0...1600 {
                expectAgreement(bytes[offset..<offset + length], start: UInt32(truncatingIfNeeded: length &* 77))
            }
        }
    }

    @Test(arguments: [4095, 4096, 65_537, 1_000_003])
    func implementationsAgreeOnMuchData(count: Int) {
        expectAgreement(randomBytes(count: count, seed: 2)[...], start: 0)
    }

    @Test
    func piecesGiveTheSameAsTheWhole() {
        let bytes = randomBytes(count: 2000, seed: 3)
        bytes.withUnsafeBytes { bytes in
            for implementation in Self.implementations {
                let whole = implementation.crc(0, bytes.baseAddress, bytes.count)
                for cut in 0...bytes.count {
                    let first = implementation.crc(0, bytes.baseAddress, cut)
                    let both = implementation.crc(first, bytes.baseAddress.map { $0 + cut }, bytes.count - cut)
                    if both != whole { Issue.record("\(implementation.name), cut at \(cut)") }
                }
            }
        }
    }

    private func expectAgreement(_ bytes: ArraySlice<UInt8>, start: UInt32) {
        bytes.withUnsafeBytes { bytes in
            let results = Self.implementations.map { $0.crc(start, bytes.baseAddress, bytes.count) }
            if Set(results).count != 1 { Issue.record("\(bytes.count) bytes: \(results)") }
        }
    }
}
