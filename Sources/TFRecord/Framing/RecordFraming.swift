/// The frame around each payload of a TFRecord file.
///
/// The length of the payload as 64 bits, the masked CRC-32C of those 8 bytes, the payload, the masked CRC-32C of the
/// payload; all numbers are little-endian.
package enum RecordFraming {
    /// The number of bytes before a payload.
    package static let headerByteCount = lengthByteCount + checksumByteCount
    /// The number of bytes behind a payload.
    package static let footerByteCount = checksumByteCount
    /// The number of bytes around a payload.
    package static let overhead = headerByteCount + footerByteCount

    private static let lengthByteCount = 8
    private static let checksumByteCount = 4

    /// Completes a record whose payload is in place.
    ///
    /// - Parameter record: The bytes of the record, ``overhead`` more than those of the payload.
    package static func seal(_ record: UnsafeMutableRawBufferPointer) {
        let payload = headerByteCount..<record.count - footerByteCount
        writeHeader(payloadByteCount: payload.count, to: record)
        writeFooter(
            of: UnsafeRawBufferPointer(rebasing: record[payload]),
            to: UnsafeMutableRawBufferPointer(rebasing: record[payload.upperBound...])
        )
    }

    /// Writes what stands before a payload.
    static func writeHeader(payloadByteCount: Int, to header: UnsafeMutableRawBufferPointer) {
        header.storeBytes(of: UInt64(payloadByteCount).littleEndian, as: UInt64.self)
        let crc = MaskedCRC32C(of: UnsafeRawBufferPointer(rebasing: header[..<lengthByteCount]))
        header.storeBytes(of: crc.rawValue.littleEndian, toByteOffset: lengthByteCount, as: UInt32.self)
    }

    /// Writes what stands behind a payload.
    static func writeFooter(of payload: UnsafeRawBufferPointer, to footer: UnsafeMutableRawBufferPointer) {
        footer.storeBytes(of: MaskedCRC32C(of: payload).rawValue.littleEndian, as: UInt32.self)
    }

    /// Reads the length in a header and checks it.
    ///
    /// - Returns: The number of bytes that the payload is said to have, or nil when the checksum of the length is
    ///   wrong.
    package static func payloadByteCount(inHeader header: UnsafeRawBufferPointer) -> UInt64? {
        let length = UnsafeRawBufferPointer(rebasing: header[..<lengthByteCount])
        guard MaskedCRC32C(of: length) == checksum(header, at: lengthByteCount) else { return nil }
        return UInt64(littleEndian: length.loadUnaligned(as: UInt64.self))
    }

    /// Reads a checksum.
    static func checksum(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> MaskedCRC32C {
        MaskedCRC32C(
            rawValue: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        )
    }
}
