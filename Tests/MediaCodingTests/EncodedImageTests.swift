import MediaCoding
import Testing

struct EncodedImageTests {
    /// The beginning of a JPEG file: JFIF and Exif segments, a quantization and a Huffman table, the frame.
    static func jpeg(frame marker: UInt8) -> [UInt8] {
        let start: [UInt8] = [0xff, 0xd8, 0xff, 0xe0, 0, 16] + "JFIF".utf8 + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
        let exif: [UInt8] = [0xff, 0xe1, 0, 34] + "Exif".utf8 + [UInt8](repeating: 0xff, count: 28)
        let tables: [UInt8] =
            [0xff, 0xff, 0xff, 0xdb, 0, 67] + [UInt8](repeating: 8, count: 65) + [0xff, 0xc4, 0, 4, 1, 2]
        return start + exif + tables + [0xff, marker, 0, 17, 8, 0, 123, 1, 65, 3]
    }

    static let bmpFileHeader: [UInt8] = [0x42, 0x4d] + [UInt8](repeating: 0, count: 12)

    /// Those of PNG, GIF and BMP are what Pillow 13 wrote; all of 321 by 123 pixels.
    static let headers: [(format: EncodedImage.Format, bytes: [UInt8])] = [
        (
            .png,
            [
                0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
                0x00, 0x00, 0x01, 0x41, 0x00, 0x00, 0x00, 0x7b,
            ]
        ),
        (.jpeg, jpeg(frame: 0xc0)),
        (.jpeg, jpeg(frame: 0xc2)),
        (.gif, [0x47, 0x49, 0x46, 0x38, 0x37, 0x61, 0x41, 0x01, 0x7b, 0x00]),
        (.gif, [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x41, 0x01, 0x7b, 0x00]),
        (
            .bmp,
            [
                0x42, 0x4d, 0x62, 0xcf, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x36, 0x00, 0x00, 0x00, 0x28, 0x00,
                0x00, 0x00, 0x41, 0x01, 0x00, 0x00, 0x7b, 0x00, 0x00, 0x00,
            ]
        ),
        // Rows from top to bottom, and the short header of OS/2.
        (.bmp, bmpFileHeader + [40, 0, 0, 0, 0x41, 1, 0, 0, 0x85, 0xff, 0xff, 0xff]),
        (.bmp, bmpFileHeader + [12, 0, 0, 0, 0x41, 1, 0x7b, 0]),
    ]

    @Test(arguments: headers)
    func formatAndSizeAreRead(format: EncodedImage.Format, bytes: [UInt8]) throws {
        for file in [bytes, bytes + [UInt8](repeating: 0xff, count: 100)] {
            let image = try EncodedImage(probing: file)
            #expect(image.format == format)
            #expect(image.width == 321)
            #expect(image.height == 123)
        }
    }

    @Test
    func aPictureThatWasEncodedHereIsRecognized() throws {
        let shape = try ImageShape(width: 70_000, height: 2, channels: 1)
        let image = try EncodedImage(
            probing: PNGEncoder().encode([UInt8](repeating: 1, count: shape.sampleCount), shape)
        )
        #expect(image.format == .png)
        #expect(image.width == 70_000)
        #expect(image.height == 2)
    }

    @Test(arguments: headers)
    func headersThatAreCutShortAreRefused(format: EncodedImage.Format, bytes: [UInt8]) throws {
        // The last byte of a JPEG header is not of the size.
        let sizeEnd = format == .jpeg ? bytes.count - 1 : bytes.count
        for count in 0..<sizeEnd {
            let prefix = Array(bytes.prefix(count))
            #expect(throws: MediaCodingError.self, "\(count) bytes") { try EncodedImage(probing: prefix) }
        }
    }

    @Test(arguments: headers)
    func damagedHeadersNeverTrap(format: EncodedImage.Format, bytes: [UInt8]) {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5000 {
            var damaged = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
            for _ in 0..<Int.random(in: 0...4, using: &generator) where damaged.count > 3 {
                let index = Int.random(in: 3..<damaged.count, using: &generator)
                damaged[index] = Bool.random(using: &generator) ? 0xff : UInt8.random(in: 0...255, using: &generator)
            }
            guard let image = try? EncodedImage(probing: damaged) else { continue }
            #expect(image.width > 0 && image.height > 0)
        }
    }

    @Test
    func aSizeOfZeroIsRefused() {
        let error = #expect(throws: MediaCodingError.self) {
            try EncodedImage(probing: [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0, 0, 0x7b, 0])
        }
        #expect(error?.code == .damagedHeader)
    }

    static let others: [(bytes: [UInt8], reason: String)] = [
        ([], "no image"),
        (Array("a letter".utf8), "no image"),
        (Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8 ".utf8), "WebP"),
        (Array("<svg xmlns=".utf8), "SVG"),
        ([0x49, 0x49, 0x2a, 0, 8, 0], "TIFF"),
        ([0, 0, 0, 32] + Array("ftypavif".utf8), "AVIF"),
        ([0, 0, 0, 32] + Array("ftypheic".utf8), "HEIC"),
    ]

    @Test(arguments: others)
    func otherFormatsAreRefusedByName(bytes: [UInt8], reason: String) {
        let error = #expect(throws: MediaCodingError.self) { try EncodedImage(probing: bytes) }
        #expect(error?.code == .unsupportedFormat)
        #expect(error?.message.contains(reason) == true)
    }
}
