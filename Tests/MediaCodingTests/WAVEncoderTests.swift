import MediaCoding
import Testing

struct WAVEncoderTests {
    @Test
    func monoIntegersAreExactlyThis() throws {
        let file = try WAVEncoder(sampleRate: 8000, channels: 1).encode([0, 1, -1, 1, -1, 0.5, 3, -7] as [Float])
        let header: [UInt8] = [
            0x52, 0x49, 0x46, 0x46, 52, 0, 0, 0, 0x57, 0x41, 0x56, 0x45,  // RIFF, 52 bytes follow, WAVE
            0x66, 0x6d, 0x74, 0x20, 16, 0, 0, 0, 1, 0, 1, 0,  // "fmt ", PCM, one channel
            0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0,  // 8000 Hz, 16000 bytes a second, 2 bytes, 16 bits
            0x64, 0x61, 0x74, 0x61, 16, 0, 0, 0,  // data, 16 bytes
        ]
        let samples: [UInt8] = [
            0, 0, 0xff, 0x7f, 0x01, 0x80, 0xff, 0x7f, 0x01, 0x80, 0x00, 0x40, 0xff, 0x7f, 0x01, 0x80,
        ]
        #expect(file == header + samples)
    }

    @Test
    func stereoFloatsAreExactlyThis() throws {
        let file = try WAVEncoder(sampleRate: 44_100, channels: 2).encode([0.5, -0.25, 2, -2], as: .float32)
        let header: [UInt8] = [
            0x52, 0x49, 0x46, 0x46, 66, 0, 0, 0, 0x57, 0x41, 0x56, 0x45,
            0x66, 0x6d, 0x74, 0x20, 18, 0, 0, 0, 3, 0, 2, 0,  // IEEE float, two channels
            0x44, 0xac, 0, 0, 0x20, 0x62, 0x05, 0, 8, 0, 32, 0, 0, 0,
            0x66, 0x61, 0x63, 0x74, 4, 0, 0, 0, 2, 0, 0, 0,  // fact: two samples a channel
            0x64, 0x61, 0x74, 0x61, 16, 0, 0, 0,
        ]
        let samples: [UInt8] = [0, 0, 0, 0x3f, 0, 0, 0x80, 0xbe, 0, 0, 0x80, 0x3f, 0, 0, 0x80, 0xbf]
        #expect(file == header + samples)
    }

    @Test
    func sixChannelsHaveTheExtensibleHeader() throws {
        let file = try WAVEncoder(sampleRate: 48_000, channels: 6).encode([1, 2, 3, 4, 5, -6] as [Int16])
        let expected: [UInt8] = [
            0x52, 0x49, 0x46, 0x46, 72, 0, 0, 0, 0x57, 0x41, 0x56, 0x45,
            0x66, 0x6d, 0x74, 0x20, 40, 0, 0, 0, 0xfe, 0xff, 6, 0,
            0x80, 0xbb, 0, 0, 0x00, 0xca, 0x08, 0, 12, 0, 16, 0,
            22, 0, 16, 0, 0x3f, 0, 0, 0,  // 22 more bytes, 16 bits, front left, right, centre, low, back left, right
            1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71,  // the identifier of PCM
            0x64, 0x61, 0x74, 0x61, 12, 0, 0, 0,
            1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0xfa, 0xff,
        ]
        #expect(file == expected)
    }

    @Test(arguments: 1...8, [WAVEncoder.SampleFormat.int16, .float32])
    func sizesInTheHeaderAreThoseOfTheFile(channels: Int, format: WAVEncoder.SampleFormat) throws {
        let samples = [Float](repeating: 0.25, count: 5 * channels)
        let file = try WAVEncoder(sampleRate: 16_000, channels: channels).encode(samples, as: format)
        func number(at offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(file[offset + $1]) << (8 * $1) } }
        #expect(number(at: 4) == file.count - 8)
        var offset = 12
        var chunks: [String: Int] = [:]
        while offset < file.count {
            chunks[String(decoding: file[offset..<offset + 4], as: UTF8.self)] = number(at: offset + 4)
            offset += 8 + number(at: offset + 4)
        }
        #expect(offset == file.count)
        #expect(chunks["data"] == 5 * channels * (format == .int16 ? 2 : 4))
        #expect(chunks.keys.contains("fact") == (format == .float32))
        #expect(file[22] == UInt8(channels))
    }

    @Test
    func integersStayAsTheyAre() throws {
        let samples: [Int16] = [.min, -1, 0, 1, .max]
        let file = try WAVEncoder(sampleRate: 1, channels: 1).encode(samples)
        #expect(Array(file.suffix(10)) == [0, 0x80, 0xff, 0xff, 0, 0, 1, 0, 0xff, 0x7f])
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func samplesThatAreNoNumbersAreRefusedByTheirPlace(sample: Float) throws {
        for format in [WAVEncoder.SampleFormat.int16, .float32] {
            let error = #expect(throws: MediaCodingError.self) {
                try WAVEncoder(sampleRate: 8000, channels: 1).encode([0, 0, sample, 0], as: format)
            }
            #expect(error?.code == .notFinite)
            #expect(error?.message.hasPrefix("sample 2 ") == true)
        }
    }

    @Test(arguments: [(1, 0), (2, 3), (8, 4)])
    func unequalOrNoSamplesAreRefused(channels: Int, count: Int) throws {
        let encoder = try WAVEncoder(sampleRate: 8000, channels: channels)
        let floats = [Float](repeating: 0, count: count)
        let integers = [Int16](repeating: 0, count: count)
        let errors = [
            #expect(throws: MediaCodingError.self) { try encoder.encode(floats) },
            #expect(throws: MediaCodingError.self) { try encoder.encode(integers) },
        ]
        #expect(errors.map(\.?.code) == [.wrongSampleCount, .wrongSampleCount])
    }

    @Test(arguments: [(0, 1), (-5, 1), (.max, 1), (1 << 30, 1), (44_100, 0), (44_100, 9)])
    func ratesAndChannelsThatCannotBeWrittenAreRefused(sampleRate: Int, channels: Int) {
        #expect(throws: MediaCodingError.self) { try WAVEncoder(sampleRate: sampleRate, channels: channels) }
    }

    @Test
    func theHighestRateFits() throws {
        let file = try WAVEncoder(sampleRate: (1 << 32 - 1) / 32, channels: 8).encode([Float](repeating: 0, count: 8))
        #expect(file.count == 12 + 48 + 8 + 16)
    }
}
