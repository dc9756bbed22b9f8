/// The format and the size in the header of an image file.
package struct EncodedImage: Sendable, Hashable {
    /// The formats that TensorBoard shows.
    package enum Format: Sendable, Hashable, CaseIterable {
        case png
        case jpeg
        case gif
        case bmp
    }

    /// The format.
    package let format: Format
    /// The number of pixels in a row.
    package let width: Int
    /// The number of rows.
    package let height: Int

    /// Reads the header of a file; what follows it is not looked at.
    ///
    /// - Parameter bytes: The file.
    /// - Throws: ``MediaCodingError/Code/unsupportedFormat`` for any other format,
    ///   ``MediaCodingError/Code/damagedHeader`` for a header that is cut short, makes no sense or names a size of zero.
    package init(probing bytes: [UInt8]) throws(MediaCodingError) {
        let reader = HeaderReader(bytes: bytes)
        guard let format = reader.format else {
            let name = reader.unsupportedFormatName.map { "a \($0) image" } ?? "no image that is known here"
            let message = "the bytes are \(name); TensorBoard shows PNG, JPEG, GIF and BMP, so convert them"
            throw MediaCodingError(.unsupportedFormat, message)
        }
        guard let size = reader.size(in: format), size.width > 0, size.height > 0 else {
            let message = """
                the bytes begin like a \(format.name) image, but their header is damaged or cut short; check where they \
                come from
                """
            throw MediaCodingError(.damagedHeader, message)
        }
        self.format = format
        width = size.width
        height = size.height
    }
}

extension EncodedImage.Format {
    /// The format's usual name.
    var name: String {
        switch self {
        case .png: "PNG"
        case .jpeg: "JPEG"
        case .gif: "GIF"
        case .bmp: "BMP"
        }
    }
}

/// Finds format and size in the first bytes of an image file, which may be cut short or damaged anywhere.
struct HeaderReader {
    /// The file.
    let bytes: [UInt8]

    /// The format that the first bytes announce.
    var format: EncodedImage.Format? {
        if hasBytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], at: 0) { return .png }
        if hasBytes([0xff, 0xd8, 0xff], at: 0) { return .jpeg }
        if hasBytes("GIF87a".utf8, at: 0) || hasBytes("GIF89a".utf8, at: 0) { return .gif }
        if hasBytes("BM".utf8, at: 0) { return .bmp }
        return nil
    }

    /// The name of a format that is known, but not shown by TensorBoard.
    var unsupportedFormatName: String? {
        if hasBytes("RIFF".utf8, at: 0), hasBytes("WEBP".utf8, at: 8) { return "WebP" }
        if hasBytes("ftypavif".utf8, at: 4) { return "AVIF" }
        if hasBytes("ftyphei".utf8, at: 4) { return "HEIC" }
        if hasBytes([0x49, 0x49, 0x2a, 0], at: 0) || hasBytes([0x4d, 0x4d, 0, 0x2a], at: 0) { return "TIFF" }
        if hasBytes("<svg".utf8, at: 0) || hasBytes("<?xml".utf8, at: 0) { return "SVG" }
        return nil
    }

    /// Reads the size.
    ///
    /// - Parameter format: The format that the file has.
    /// - Returns: The numbers as they are in the header, or nil when they are not there.
    func size(in format: EncodedImage.Format) -> (width: Int, height: Int)? {
        switch format {
        case .png: pngSize
        case .jpeg: jpegSize
        case .gif: gifSize
        case .bmp: bmpSize
        }
    }

    private var pngSize: (width: Int, height: Int)? {
        guard hasBytes("IHDR".utf8, at: 12), let width = bigEndian(UInt32.self, at: 16),
            let height = bigEndian(UInt32.self, at: 20), max(width, height) <= Int32.max
        else { return nil }
        return (Int(width), Int(height))
    }

    private var gifSize: (width: Int, height: Int)? {
        guard let width = littleEndian(UInt16.self, at: 6), let height = littleEndian(UInt16.self, at: 8) else {
            return nil
        }
        return (Int(width), Int(height))
    }

    private var bmpSize: (width: Int, height: Int)? {
        guard let headerByteCount = littleEndian(UInt32.self, at: 14) else { return nil }
        if headerByteCount == 12 {
            guard let width = littleEndian(UInt16.self, at: 18), let height = littleEndian(UInt16.self, at: 20) else {
                return nil
            }
            return (Int(width), Int(height))
        }
        // A negative height means that the rows go from top to bottom.
        guard headerByteCount >= 16, let width = littleEndian(Int32.self, at: 18),
            let height = littleEndian(Int32.self, at: 22)
        else { return nil }
        return (Int(width), Int(height.magnitude))
    }

    /// Walks over the segments of a JPEG file to the one that begins a frame; see ITU-T T.81, B.1.1 and B.2.2.
    private var jpegSize: (width: Int, height: Int)? {
        var offset = 2
        while offset < bytes.count, bytes[offset] == 0xff {
            // Any number of fill bytes may precede a marker.
            while offset < bytes.count, bytes[offset] == 0xff { offset += 1 }
            guard offset < bytes.count else { return nil }
            let marker = bytes[offset]
            offset += 1
            switch marker {
            case 0xc0...0xcf where ![0xc4, 0xc8, 0xcc].contains(marker):
                guard let height = bigEndian(UInt16.self, at: offset + 3),
                    let width = bigEndian(UInt16.self, at: offset + 5)
                else { return nil }
                return (Int(width), Int(height))
            case 0x01, 0xd0...0xd7:
                continue  // markers without a segment
            case 0xd9, 0xda:
                return nil  // the image data or the end, before any frame
            default:
                guard let byteCount = bigEndian(UInt16.self, at: offset), byteCount >= 2 else { return nil }
                offset += Int(byteCount)
            }
        }
        return nil
    }

    private func hasBytes(_ expected: some Collection<UInt8>, at offset: Int) -> Bool {
        bytes.dropFirst(offset).starts(with: expected)
    }

    private func bigEndian<Integer: FixedWidthInteger>(_: Integer.Type, at offset: Int) -> Integer? {
        load(at: offset).map(Integer.init(bigEndian:))
    }

    private func littleEndian<Integer: FixedWidthInteger>(_: Integer.Type, at offset: Int) -> Integer? {
        load(at: offset).map(Integer.init(littleEndian:))
    }

    private func load<Integer: FixedWidthInteger>(at offset: Int) -> Integer? {
        guard bytes.count >= MemoryLayout<Integer>.size, offset <= bytes.count - MemoryLayout<Integer>.size else {
            return nil
        }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Integer.self) }
    }
}
