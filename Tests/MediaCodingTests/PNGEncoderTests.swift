import MediaCoding
import Testing

struct PNGEncoderTests {
    static let compressions: [PNGEncoder.Compression] = [.automatic, .level(0), .level(1), .level(6), .level(9)]

    @Test(arguments: 1...4)
    func everySizeRoundTrips(channels: Int) throws {
        var generator = SeededGenerator(seed: UInt64(channels))
        let sides = [1, 2, 3, 7, 16, 33]
        for width in sides {
            for height in sides {
                let shape = try ImageShape(width: width, height: height, channels: channels)
                let samples = (0..<shape.sampleCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
                for compression in Self.compressions {
                    let decoder = try PNGDecoder(PNGEncoder(compression: compression).encode(samples, shape))
                    #expect(decoder.shape == shape)
                    #expect(try decoder.samples() == samples, "\(width)×\(height), \(compression)")
                }
            }
        }
    }

    @Test(arguments: try (1...4).flatMap { try Picture.kinds(width: 150, height: 120, channels: $0) })
    func everyKindOfPictureRoundTrips(picture: Picture) throws {
        for compression in Self.compressions {
            let file = try PNGEncoder(compression: compression).encode(picture.samples, picture.shape)
            #expect(try PNGDecoder(file).samples() == picture.samples, "\(compression)")
        }
    }

    @Test
    func picturesOfManyBatchesAndPiecesRoundTrip() throws {
        var generator = SeededGenerator(seed: 3)
        for (width, height) in [(40_000, 3), (3, 40_000), (700, 300)] {
            let picture = try Picture("noise", width: width, height: height, channels: 3) { x, y, _ in
                x < width / 4 ? 9 : UInt8.random(in: 0...255, using: &generator)
            }
            let decoder = try PNGDecoder(PNGEncoder().encode(picture.samples, picture.shape))
            #expect(decoder.chunks.count { $0.type == "IDAT" } > 1)
            #expect(try decoder.samples() == picture.samples)
        }
    }

    /// Level 6 with filters is what most encoders do, and most often takes more than twice as long.
    @Test(arguments: try Picture.kinds(width: 256, height: 256, channels: 3))
    func automaticIsNotMuchLargerThanLevel6(picture: Picture) throws {
        let automatic = try PNGEncoder().encode(picture.samples, picture.shape).count
        let level6 = try PNGEncoder(compression: .level(6)).encode(picture.samples, picture.shape).count
        #expect(automatic <= level6 + level6 / 4)
    }

    @Test
    func aHigherLevelIsSmaller() throws {
        let picture = try Picture.kinds(width: 128, height: 128, channels: 3)[3]
        let sizes = try [0, 1, 6, 9].map { level in
            try PNGEncoder(compression: .level(level)).encode(picture.samples, picture.shape).count
        }
        #expect(sizes == sizes.sorted(by: >))
        #expect(sizes[0] > picture.samples.count)
    }

    @Test
    func theHeaderIsThatOfTheSpecification() throws {
        let file = try PNGEncoder().encode([1, 2, 3, 4, 5, 6, 7, 8], ImageShape(width: 1, height: 2, channels: 4))
        let header: [UInt8] = [
            0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
            0, 0, 0, 1, 0, 0, 0, 2, 8, 6, 0, 0, 0,
        ]
        #expect(Array(file.prefix(header.count)) == header)
    }

    @Test(arguments: [(0, 1, 1), (1, 0, 1), (-1, 5, 1), (1, 1, 0), (1, 1, 5)])
    func shapesWithoutContentAreRefused(width: Int, height: Int, channels: Int) {
        #expect(throws: MediaCodingError.self) { try ImageShape(width: width, height: height, channels: channels) }
    }

    @Test(arguments: [(1 << 31, 1), (1, 1 << 31), (.max, .max), (Int(Int32.max), Int(Int32.max))])
    func sidesAndSampleCountsThatAreTooLargeAreRefused(width: Int, height: Int) {
        let error = #expect(throws: MediaCodingError.self) { try ImageShape(width: width, height: height, channels: 4) }
        #expect(error?.code == .tooLarge)
    }

    @Test(arguments: [0, 5, 7])
    func aWrongNumberOfSamplesIsRefused(count: Int) throws {
        let shape = try ImageShape(width: 2, height: 1, channels: 3)
        let error = #expect(throws: MediaCodingError.self) {
            try PNGEncoder().encode([UInt8](repeating: 0, count: count), shape)
        }
        #expect(error?.code == .wrongSampleCount)
        #expect(error?.description.contains("6 samples, not \(count)") == true)
    }

    @Test(arguments: [-1, 10])
    func levelsThatThereAreNotAreRefused(level: Int) {
        let error = #expect(throws: MediaCodingError.self) { try PNGEncoder(compression: .level(level)) }
        #expect(error?.code == .invalidOption)
    }
}
