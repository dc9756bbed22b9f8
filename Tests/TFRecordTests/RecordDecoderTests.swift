import SystemPackage
import TFRecord
import Testing

struct RecordDecoderTests {
    static let payloads = ReferenceRecord.all.map(\.payload)
    static let file = ReferenceRecord.all.flatMap(\.onDisk)
    /// Where the records begin, and the end of the last.
    static let boundaries = ReferenceRecord.all.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.onDisk.count) }

    @Test(arguments: [1, 2, 3, 7, 12, 13, 40, 41, .max])
    func readsRecordsInPiecesOfAnyLength(pieceLength: Int) {
        let outcome = decode(ScriptedSource(Self.file, pieceLength: pieceLength))
        #expect(outcome == Outcome(payloads: Self.payloads))
    }

    @Test
    func tellsWhereRecordsBegin() throws {
        var decoder = RecordDecoder(ScriptedSource(Self.file), path: "scripted", options: .init())
        for boundary in Self.boundaries.dropLast() {
            #expect(decoder.offset == boundary)
            #expect(try decoder.next()?.offset == boundary)
        }
        #expect(try decoder.next() == nil)
        #expect(decoder.offset == Self.file.count)
    }

    @Test
    func readsAnEmptyFileAndEmptyPayloads() throws {
        #expect(decode(ScriptedSource([])) == Outcome())
        #expect(decode(ScriptedSource(try encode([[], [], [1]]))) == Outcome(payloads: [[], [], [1]]))
    }

    @Test
    func goesOnAfterAnInterruptedCall() {
        let steps = Self.file.pieces(of: 10).flatMap { [.failure(.interrupted), .bytes($0)] as [ScriptedSource.Step] }
        #expect(decode(ScriptedSource(steps)) == Outcome(payloads: Self.payloads))
    }

    @Test
    func reportsAFailureOfTheSystemAndCanTryAgain() throws {
        let (front, back) = (Array(Self.file.prefix(50)), Array(Self.file.dropFirst(50)))
        let source = ScriptedSource([.bytes(front), .failure(.ioError), .bytes(back)])
        var decoder = RecordDecoder(source, path: "scripted", options: .init())
        _ = try decoder.next()
        do {
            _ = try decoder.next()
            Issue.record("The error was lost.")
        } catch {
            #expect(error.code == .inputOutput)
            #expect(error.errno == .ioError)
            #expect(error.path == "scripted")
            #expect(error.offset == 40)
        }
        #expect(decodeRest(of: &decoder) == Outcome(payloads: Array(Self.payloads.dropFirst())))
    }

    @Test
    func aFileCutAnywhereIsTruncatedAndGoesOnWhenItGrows() {
        for cut in 0...Self.file.count {
            let (front, back) = (Array(Self.file.prefix(cut)), Array(Self.file.dropFirst(cut)))
            var steps: [ScriptedSource.Step] = [.endForNow, .endForNow]
            if !front.isEmpty { steps.insert(.bytes(front), at: 0) }
            if !back.isEmpty { steps.append(.bytes(back)) }
            let source = ScriptedSource(steps)
            var decoder = RecordDecoder(source, path: "scripted", options: .init())
            let whole = Self.boundaries.lastIndex { $0 <= cut } ?? 0
            let rest = cut - Self.boundaries[whole]

            let first = decodeRest(of: &decoder)
            let missing = rest > 0 ? rest : nil
            let expected = Outcome(payloads: Array(Self.payloads.prefix(whole)), truncatedByteCount: missing)
            #expect(first == expected, "cut at \(cut)")

            let stillNothing = decodeRest(of: &decoder)
            #expect(stillNothing == Outcome(truncatedByteCount: missing), "cut at \(cut)")

            let second = decodeRest(of: &decoder)
            #expect(second == Outcome(payloads: Array(Self.payloads.dropFirst(whole))), "cut at \(cut)")
        }
    }

    @Test
    func aFlippedBitAnywhereIsFoundInItsRecord() {
        for bit in 0..<Self.file.count * 8 {
            var damaged = Self.file
            damaged[bit / 8] ^= 1 << (bit % 8)
            let record = (Self.boundaries.lastIndex { $0 <= bit / 8 }) ?? 0
            let start = Self.boundaries[record]
            let isInHeader = bit / 8 - start < 12

            var expected = Outcome(payloads: Self.payloads, errorOffsets: [start])
            if isInHeader {
                expected.payloads.removeSubrange(record...)
                expected.errors = [.corruptLength]
            } else {
                expected.payloads.remove(at: record)
                expected.errors = [.corruptPayload]
            }
            #expect(decode(ScriptedSource(damaged)) == expected, "bit \(bit)")
        }
    }

    @Test
    func acceptsDamagedPayloadsWhenToldSo() {
        var damaged = Self.file
        damaged[20] ^= 1
        var options = TFRecordReader.Options()
        options.checksums = .skip
        var expected = Self.payloads
        expected[0][8] ^= 1
        #expect(decode(ScriptedSource(damaged), options: options) == Outcome(payloads: expected))

        damaged[3] ^= 1
        #expect(decode(ScriptedSource(damaged), options: options).errors == [.corruptLength])
    }

    @Test
    func aDamagedLengthStandsForGood() throws {
        var damaged = Self.file
        damaged[40] ^= 1
        var decoder = RecordDecoder(ScriptedSource(damaged), path: "scripted", options: .init())
        _ = try decoder.next()
        for _ in 0..<3 {
            #expect(throws: TFRecordError.self) { _ = try decoder.next() }
        }
        #expect(decoder.offset == 40)
    }

    @Test(arguments: [1 << 30 + 1, 1 << 60, UInt64(Int.max), 1 << 63, .max])
    func refusesAnAbsurdLength(length: UInt64) {
        let file = Self.file + header(claiming: length)
        let outcome = decode(ScriptedSource(file))
        #expect(outcome.payloads == Self.payloads)
        #expect(outcome.errors == [.tooLarge])
        #expect(outcome.errorOffsets == [Self.file.count])
    }

    @Test
    func refusesALengthBeyondIntegersWhateverTheLimit() {
        var options = TFRecordReader.Options()
        options.maximumPayloadByteCount = .max
        for length in [UInt64(Int.max), UInt64(Int.max) - 15, .max] {
            #expect(decode(ScriptedSource(header(claiming: length)), options: options).errors == [.tooLarge])
        }
    }

    /// A machine that could set aside so much does not exist, so this would fail if the length were believed.
    @Test
    func allocatesNothingForALengthThatIsOnlyClaimed() {
        var options = TFRecordReader.Options()
        options.maximumPayloadByteCount = .max
        let file = header(claiming: 1 << 60) + randomBytes(count: 200_000, seed: 5)
        let outcome = decode(ScriptedSource(file), options: options)
        #expect(outcome == Outcome(truncatedByteCount: 200_012))
    }

    /// Each header costs the checksum of all that it claims, so one by one they take the square of the file's size.
    @Test
    func aFileOfNothingButHeadersTakesNoTimeOutOfProportion() throws {
        let headers = Array(repeating: header(claiming: 1 << 17), count: 20_000).flatMap(\.self)
        var decoder = RecordDecoder(ScriptedSource(headers + Self.file), path: "scripted", options: .init())
        var largeCount = 0
        var payloads: [[UInt8]] = []
        search: while true {
            do {
                while let frame = try decoder.next() { payloads.append(Array(frame.payload)) }
                // A payload that ends behind the file.
                guard decoder.isTruncated else { break search }
            } catch {
                #expect(error.code == .corruptPayload)
                largeCount += 1
            }
            guard try decoder.skipDamage() != nil else { break search }
        }
        #expect((1...1000).contains(largeCount))
        #expect(payloads == Self.payloads)
    }

    @Test
    func readsRecordsLargerThanItsBuffer() throws {
        let payloads = [3, 65_520, 1_000_000, 65_536, 0, 300_000].map { randomBytes(count: $0, seed: UInt64($0)) }
        let file = try encode(payloads)
        for pieceLength in [1000, 4096, 65_536, .max] {
            #expect(decode(ScriptedSource(file, pieceLength: pieceLength)) == Outcome(payloads: payloads))
        }
    }

    private func header(claiming length: UInt64) -> [UInt8] {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
        let crc = MaskedCRC32C(of: bytes).rawValue
        return bytes + (0..<4).map { UInt8(truncatingIfNeeded: crc >> ($0 * 8)) }
    }
}
