import TFRecord
import Testing

struct MaskedCRC32CTests {
    @Test
    func givesTheValueThatTensorBoardStores() {
        let payload: [UInt8] = [0x1a, 0x11] + "CRC test, one two".utf8
        #expect(MaskedCRC32C(of: payload).rawValue == 0x5794_d08a)
        #expect(MaskedCRC32C(of: [24, 0, 0, 0, 0, 0, 0, 0]).rawValue == 0x224b_7fa3)
    }

    @Test
    func allWaysOfGivingBytesAgree() {
        let bytes = Array("TensorBoard".utf8)
        let expected = MaskedCRC32C(of: bytes)
        #expect(MaskedCRC32C(of: bytes.span.bytes) == expected)
        #expect(bytes.withUnsafeBytes { MaskedCRC32C(of: $0) } == expected)
    }

    @Test(arguments: [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xe306_9283])
    func unmaskingUndoesMasking(crc: UInt32) {
        #expect(MaskedCRC32C(masking: crc).unmasked == crc)
        #expect(MaskedCRC32C(rawValue: MaskedCRC32C(masking: crc).rawValue) == MaskedCRC32C(masking: crc))
    }

    @Test
    func masksZeroToTheConstant() {
        #expect(MaskedCRC32C(masking: 0).rawValue == 0xa282_ead8)
        #expect(MaskedCRC32C(of: []).rawValue == 0xa282_ead8)
    }
}
