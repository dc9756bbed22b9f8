import SystemPackage
import TFRecord
import Testing

struct CompressionTests {
    static let payloads = ReferenceRecord.all.map(\.payload)

    static let formats: [(writer: TFRecordWriter.Compression, reader: TFRecordReader.Compression)] = [
        (.none, .none), (.gzip, .gzip), (.zlib, .zlib),
    ]

    static let levels: [TFRecordWriter.Compression] = (0...9).flatMap { [.gzip(level: $0), .zlib(level: $0)] }

    @Test(arguments: formats)
    func readsWhatItWroteWithAndWithoutBeingTold(
        writer: TFRecordWriter.Compression,
        reader: TFRecordReader.Compression
    ) throws {
        let large = Self.payloads + [randomBytes(count: 300_000, seed: 6), Array(repeating: 7, count: 1_000_000), []]
        for payloads in [[], [[]], Self.payloads, large] {
            let file = try encode(payloads, compression: writer)
            for pieceLength in [777, .max] {
                let source = ScriptedSource(file, pieceLength: pieceLength)
                #expect(decode(source, options: .init(reader)) == Outcome(payloads: payloads))
                #expect(decode(source, options: .init(.automatic)) == Outcome(payloads: payloads))
            }
        }
    }

    @Test(arguments: levels)
    func everyLevelRoundTrips(compression: TFRecordWriter.Compression) throws {
        for payloads in [[], Self.payloads] {
            let file = try encode(payloads, compression: compression)
            #expect(decode(ScriptedSource(file)) == Outcome(payloads: payloads))
        }
    }

    @Test
    func compressesWithTheWrapperAskedFor() throws {
        let zeros = [[UInt8](repeating: 0, count: 100_000)]
        #expect(try encode(zeros, compression: .gzip).prefix(3) == [0x1f, 0x8b, 8])
        #expect(try encode(zeros, compression: .zlib).prefix(2) == [0x78, 0x9c])
        #expect(try encode(zeros, compression: .gzip).count < 1000)
        #expect(try encode(zeros, compression: .gzip(level: 0)).count > 100_000)
    }

    /// gzip.compress(records, mtime=0) of Python 3.11, where the records are the first two reference records.
    @Test
    func readsAFileThatPythonCompressed() {
        let file: [UInt8] = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x93, 0x60, 0x80, 0x80, 0xc5, 0xf5,
            0xde, 0x4a, 0x9c, 0x0c, 0x0c, 0x0a, 0x0e, 0x7f, 0x42, 0x6e, 0x3a, 0x4a, 0xf1, 0x26, 0x15, 0x25,
            0x66, 0xe6, 0xe9, 0xb9, 0x96, 0xa5, 0xe6, 0x95, 0x58, 0x19, 0x69, 0x9b, 0x1a, 0x0a, 0x48, 0x41,
            0xd5, 0x09, 0xcd, 0xbe, 0xa1, 0x0b, 0x54, 0x97, 0x00, 0x56, 0x27, 0xc0, 0xae, 0xc5, 0xcb, 0xc5,
            0xcd, 0xc5, 0x92, 0x93, 0x5f, 0x5c, 0x2c, 0xca, 0xc0, 0xd0, 0x60, 0xb7, 0x7f, 0x82, 0xf8, 0x7e,
            0x00, 0xc0, 0xd3, 0x2e, 0x95, 0x52, 0x00, 0x00, 0x00,
        ]
        #expect(decode(ScriptedSource(file)) == Outcome(payloads: Array(Self.payloads.prefix(2))))
    }

    /// The lengths are 0x8b1f and 0x9c78: as little-endian bytes, the magic numbers of gzip and zlib.
    @Test(arguments: [0x8b1f, 0x9c78])
    func takesNoLengthForAMagicNumber(length: Int) throws {
        let payload = randomBytes(count: length, seed: 7)
        let file = try encode([payload])
        #expect(decode(ScriptedSource(file, pieceLength: 3)) == Outcome(payloads: [payload]))

        var decoder = RecordDecoder(
            ScriptedSource([.bytes(Array(file.prefix(8))), .endForNow, .bytes(Array(file.dropFirst(8)))]),
            path: "scripted",
            options: .init()
        )
        #expect(decodeRest(of: &decoder) == Outcome(truncatedByteCount: 8))
        #expect(decodeRest(of: &decoder) == Outcome(payloads: [payload]))
    }

    @Test
    func readsConcatenatedMembers() throws {
        let file = try Self.payloads.flatMap { try encode([$0], compression: .gzip) }
        for pieceLength in [1, 5, 64, .max] {
            #expect(decode(ScriptedSource(file, pieceLength: pieceLength)) == Outcome(payloads: Self.payloads))
        }
    }

    @Test(arguments: [TFRecordWriter.Compression.gzip, .zlib])
    func aStreamCutAnywhereIsTruncatedAndGoesOnWhenItGrows(compression: TFRecordWriter.Compression) throws {
        let file = try encode(Self.payloads, compression: compression)
        for cut in 1..<file.count {
            let source = ScriptedSource([
                .bytes(Array(file.prefix(cut))), .endForNow, .endForNow, .bytes(Array(file.dropFirst(cut))),
            ])
            var decoder = RecordDecoder(source, path: "scripted", options: .init())
            let first = decodeRest(of: &decoder)
            #expect(first.errors == [], "cut at \(cut)")
            #expect(decoder.isTruncated == true, "cut at \(cut)")
            let second = decodeRest(of: &decoder)
            #expect(second.payloads == [], "cut at \(cut)")
            let third = decodeRest(of: &decoder)
            #expect(first.payloads + third.payloads == Self.payloads, "cut at \(cut)")
            #expect(third.errors == [], "cut at \(cut)")
            #expect(decoder.isTruncated == false, "cut at \(cut)")
        }
    }

    @Test(arguments: [TFRecordWriter.Compression.gzip, .zlib])
    func aFlippedBitNeverYieldsAWrongPayload(compression: TFRecordWriter.Compression) throws {
        let file = try encode(Self.payloads, compression: compression)
        for bit in 0..<file.count * 8 {
            var damaged = file
            damaged[bit / 8] ^= 1 << (bit % 8)
            let outcome = decode(ScriptedSource(damaged))
            for payload in outcome.payloads where !Self.payloads.contains(payload) {
                Issue.record("bit \(bit): \(payload)")
            }
        }
    }

    @Test
    func reportsDamageBehindTheRecordsThatAreWhole() throws {
        var file = try encode(Self.payloads, compression: .gzip)
        file[file.count - 6] ^= 1
        let outcome = decode(ScriptedSource(file))
        #expect(outcome.payloads == Self.payloads)
        #expect(outcome.errors == [.corruptCompression])
    }

    @Test(arguments: [TFRecordReader.Compression.gzip, .zlib])
    func reportsAFileThatIsNotCompressedAsSaid(compression: TFRecordReader.Compression) throws {
        let outcome = decode(ScriptedSource(try encode(Self.payloads)), options: .init(compression))
        #expect(outcome.errors == [.corruptCompression])
    }

    @Test
    func reportsACompressedFileThatIsSaidToBePlain() throws {
        let file = try encode(Self.payloads, compression: .gzip)
        #expect(decode(ScriptedSource(file), options: .init(.none)).errors == [.corruptLength])
    }

    @Test(arguments: formats)
    func recordsAreReadableAfterAFlush(
        writer: TFRecordWriter.Compression,
        reader: TFRecordReader.Compression
    ) throws {
        let sink = ScriptedSink()
        let encoder = try RecordEncoder(sink, path: "scripted", compression: writer)
        var steps: [ScriptedSource.Step] = []
        for payload in Self.payloads {
            let written = sink.bytes.count
            try payload.withUnsafeBytes { try encoder.append($0) }
            try encoder.flush()
            steps += [.bytes(Array(sink.bytes[written...])), .endForNow]
        }
        let written = sink.bytes.count
        try encoder.close()
        if sink.bytes.count > written { steps.append(.bytes(Array(sink.bytes[written...]))) }

        var decoder = RecordDecoder(ScriptedSource(steps), path: "scripted", options: .init(reader))
        for payload in Self.payloads {
            #expect(decodeRest(of: &decoder).payloads == [payload])
        }
        #expect(decodeRest(of: &decoder) == Outcome())
        #expect(decoder.isTruncated == false)
    }
}
