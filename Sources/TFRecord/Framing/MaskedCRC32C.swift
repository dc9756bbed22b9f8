import CChecksum

/// A CRC-32C in the form that TFRecord files store: rotated and shifted by a constant.
///
/// The mask keeps the checksum apart from the data it protects: the CRC of data that holds its own CRC is a constant,
/// and records often hold records.
///
/// ```swift
/// MaskedCRC32C(of: payload) == MaskedCRC32C(rawValue: stored)
/// ```
public struct MaskedCRC32C: RawRepresentable, Hashable, Sendable {
    /// The masked checksum, as stored in little-endian order behind a length or a payload.
    public let rawValue: UInt32

    private static let maskDelta: UInt32 = 0xa282_ead8

    /// Takes a stored checksum.
    ///
    /// - Parameter rawValue: The masked checksum.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Masks a plain CRC-32C: rotated right by 15 bits, plus 0xA282EAD8.
    ///
    /// - Parameter crc: The checksum without a mask.
    public init(masking crc: UInt32) {
        rawValue = (crc >> 15 | crc << 17) &+ Self.maskDelta
    }

    /// Computes the checksum of bytes in memory.
    ///
    /// - Parameter bytes: Any number of bytes.
    public init(of bytes: UnsafeRawBufferPointer) {
        self.init(masking: cchecksum_crc32c(0, bytes.baseAddress, bytes.count))
    }

    /// Computes the checksum of bytes in memory.
    ///
    /// - Parameter bytes: Any number of bytes.
    public init(of bytes: RawSpan) {
        self = bytes.withUnsafeBytes { MaskedCRC32C(of: $0) }
    }

    /// Computes the checksum of an array.
    ///
    /// - Parameter bytes: Any number of bytes.
    public init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { MaskedCRC32C(of: $0) }
    }

    /// The plain CRC-32C.
    public var unmasked: UInt32 {
        let rotated = rawValue &- Self.maskDelta
        return rotated >> 17 | rotated << 15
    }
}
