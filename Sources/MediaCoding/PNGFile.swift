import CZlib

/// The bytes of a PNG file, put together chunk by chunk.
struct PNGFile {
    /// The bytes so far.
    private var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    /// The number of the animation's next chunk.
    var sequenceNumber: UInt32 = 0

    /// Begins a file with its signature and header.
    init(_ shape: ImageShape) {
        let colorTypes: [UInt8] = [0, 4, 2, 6]
        var header: [UInt8] = []
        header.append(bigEndian: UInt32(shape.width))
        header.append(bigEndian: UInt32(shape.height))
        // 8 bits a sample, deflate, the five filters, not interlaced.
        header += [8, colorTypes[shape.channels - 1], 0, 0, 0]
        append("IHDR", header)
    }

    /// Appends a chunk.
    ///
    /// - Parameters:
    ///   - type: Its four letters.
    ///   - prefix: What its data begins with.
    ///   - data: The rest of its data.
    mutating func append(_ type: StaticString, prefix: [UInt8] = [], _ data: UnsafeRawBufferPointer) {
        bytes.append(bigEndian: UInt32(prefix.count + data.count))
        let start = bytes.count
        bytes.append(contentsOf: UnsafeBufferPointer(start: type.utf8Start, count: type.utf8CodeUnitCount))
        bytes += prefix
        bytes.append(contentsOf: data)
        let checksum = bytes[start...].withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: checksum))
    }

    /// Appends a chunk.
    ///
    /// - Parameters:
    ///   - type: Its four letters.
    ///   - data: Its data.
    mutating func append(_ type: StaticString, _ data: [UInt8]) {
        data.withUnsafeBytes { append(type, $0) }
    }

    /// Ends the file.
    ///
    /// - Returns: All its bytes.
    consuming func finish() -> [UInt8] {
        append("IEND", [])
        return bytes
    }
}
