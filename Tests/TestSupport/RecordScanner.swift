/// Takes an event file apart record by record, as a judge of what our writer writes.
///
/// The checksum is computed bit by bit from its definition and shares nothing with the library's.
package enum RecordScanner {
    package struct Damaged: Error {
        package let offset: Int
        package let reason: String
    }

    /// The payloads of all records; throws at the first byte that is not as it should be.
    package static func payloads(_ file: [UInt8]) throws -> [[UInt8]] {
        let (payloads, damage) = wholePayloads(file)
        if let damage { throw damage }
        return payloads
    }

    /// The payloads of the records before the first byte that is not as it should be, and what is wrong there.
    package static func wholePayloads(_ file: [UInt8]) -> (payloads: [[UInt8]], damage: Damaged?) {
        var payloads: [[UInt8]] = []
        var offset = 0
        while offset < file.count {
            guard file.count - offset >= 16 else {
                return (payloads, Damaged(offset: offset, reason: "torn header"))
            }
            let header = file[offset..<offset + 8]
            guard maskedChecksum(header) == number(file[(offset + 8)..<(offset + 12)]) else {
                return (payloads, Damaged(offset: offset, reason: "checksum of the length"))
            }
            guard number(header) <= file.count - offset - 16 else {
                return (payloads, Damaged(offset: offset, reason: "torn record"))
            }
            let length = Int(number(header))
            let payload = file[(offset + 12)..<(offset + 12 + length)]
            guard maskedChecksum(payload) == number(file[(offset + 12 + length)..<(offset + 16 + length)]) else {
                return (payloads, Damaged(offset: offset, reason: "checksum of the payload"))
            }
            payloads.append(Array(payload))
            offset += 16 + length
        }
        return (payloads, nil)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// For each byte, what eight steps of the reflected polynomial 0x82F63B78 make of it.
    private static let steps: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }

    private static func maskedChecksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        let crc = ~bytes.reduce(~UInt32(0)) { crc, byte in crc >> 8 ^ steps[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
        }
        return UInt64((crc >> 15 | crc << 17) &+ 0xA282_EAD8)
    }
}
