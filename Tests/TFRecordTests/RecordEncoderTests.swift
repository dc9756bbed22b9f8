import SystemPackage
import TFRecord
import Testing

struct RecordEncoderTests {
    static let compressions: [TFRecordWriter.Compression] = [.none, .gzip, .zlib]
    static let payloads = ReferenceRecord.all.map(\.payload) + [randomBytes(count: 150_000, seed: 8), []]

    @Test
    func writesTheBytesThatTensorFlowWrites() throws {
        #expect(try encode(ReferenceRecord.all.map(\.payload)) == ReferenceRecord.all.flatMap(\.onDisk))
    }

    @Test(arguments: compressions)
    func shortWritesAndInterruptionsChangeNothing(compression: TFRecordWriter.Compression) throws {
        let sink = ScriptedSink(largestWrite: 11)
        sink.failures = (0..<1000).map { $0 % 3 == 0 ? .interrupted : nil }
        try write(Self.payloads, to: sink, compression: compression)
        #expect(sink.bytes == (try encode(Self.payloads, compression: compression)))
        #expect(sink.isClosed)
    }

    @Test(arguments: compressions)
    func losesNothingWhenTheDiskIsFullForAWhile(compression: TFRecordWriter.Compression) throws {
        let sink = ScriptedSink(largestWrite: 50_000)
        let encoder = try RecordEncoder(sink, path: "scripted", compression: compression)
        for (index, payload) in Self.payloads.enumerated() {
            sink.failures = index.isMultiple(of: 2) ? [nil, .noSpace] : [.noSpace, .noSpace]
            try appendTryingAgain(payload, to: encoder)
            try flushTryingAgain(encoder)
        }
        sink.failures = []
        try encoder.close()
        #expect(decode(ScriptedSource(sink.bytes)) == Outcome(payloads: Self.payloads))
    }

    @Test
    func aRecordIsNotTakenWhenAppendingThrows() throws {
        let sink = ScriptedSink()
        let encoder = try RecordEncoder(sink, path: "scripted", compression: .none)
        let payload = randomBytes(count: 60_000, seed: 9)
        try payload.withUnsafeBytes { try encoder.append($0) }
        sink.failures = [.noSpace]
        #expect(throws: TFRecordError.self) { try payload.withUnsafeBytes { try encoder.append($0) } }
        try encoder.close()
        #expect(decode(ScriptedSource(sink.bytes)) == Outcome(payloads: [payload]))
    }

    @Test
    func namesThePathAndTheCause() throws {
        let sink = ScriptedSink()
        sink.failures = [.noSpace]
        let encoder = try RecordEncoder(sink, path: "some/file", compression: .none)
        try encoder.append(UnsafeRawBufferPointer(start: nil, count: 0))
        let error = #expect(throws: TFRecordError.self) { try encoder.close() }
        #expect(error?.code == .inputOutput)
        #expect(error?.errno == .noSpace)
        #expect(error?.description.contains("some/file") == true)
        #expect(error?.description.contains("no space") == true)
    }

    @Test
    func saysWhetherRecordsAreLost() throws {
        let sink = ScriptedSink()
        let encoder = try RecordEncoder(sink, path: "scripted", compression: .none)
        try encoder.append(UnsafeRawBufferPointer(start: nil, count: 0))
        sink.failures = [.noSpace, .noSpace]
        let first = #expect(throws: TFRecordError.self) { try encoder.flush() }
        #expect(first?.message.contains("nothing is lost yet") == true)
        let last = #expect(throws: TFRecordError.self) { try encoder.close() }
        #expect(last?.message.contains("are lost") == true)
    }

    @Test
    func givesUpOnASinkThatTakesNothing() throws {
        let sink = ScriptedSink()
        sink.isStuck = true
        let encoder = try RecordEncoder(sink, path: "scripted", compression: .none)
        try encoder.append(UnsafeRawBufferPointer(start: nil, count: 0))
        let error = #expect(throws: TFRecordError.self) { try encoder.flush() }
        #expect(error?.errno == .ioError)
        sink.isStuck = false
    }

    @Test
    func reportsThatClosingFailed() throws {
        let sink = ScriptedSink()
        sink.closeFailure = .ioError
        let encoder = try RecordEncoder(sink, path: "scripted", compression: .none)
        let error = #expect(throws: TFRecordError.self) { try encoder.close() }
        #expect(error?.errno == .ioError)
    }

    @Test(arguments: compressions)
    func endsTheFileWhenItIsForgotten(compression: TFRecordWriter.Compression) throws {
        let sink = ScriptedSink()
        do {
            let encoder = try RecordEncoder(sink, path: "scripted", compression: compression)
            for payload in Self.payloads { try payload.withUnsafeBytes { try encoder.append($0) } }
        }
        #expect(sink.isClosed)
        #expect(decode(ScriptedSource(sink.bytes)) == Outcome(payloads: Self.payloads))
    }

    @Test
    func gathersSmallRecords() throws {
        let sink = ScriptedSink()
        let encoder = try RecordEncoder(sink, path: "scripted", compression: .none)
        var largest = 0
        for _ in 0..<10_000 {
            let before = sink.bytes.count
            try ReferenceRecord.all[1].payload.withUnsafeBytes { try encoder.append($0) }
            largest = max(largest, sink.bytes.count - before)
        }
        #expect(largest > 60_000)
        #expect(largest <= 65_536)
    }

    private func write(
        _ payloads: [[UInt8]],
        to sink: ScriptedSink,
        compression: TFRecordWriter.Compression
    ) throws {
        let encoder = try RecordEncoder(sink, path: "scripted", compression: compression)
        for payload in payloads { try payload.withUnsafeBytes { try encoder.append($0) } }
        try encoder.close()
    }

    private func appendTryingAgain(_ payload: [UInt8], to encoder: RecordEncoder<ScriptedSink>) throws {
        for _ in 0..<10 {
            do {
                return try payload.withUnsafeBytes { try encoder.append($0) }
            } catch let error as TFRecordError {
                #expect(error.errno == .noSpace)
            }
        }
        Issue.record("The record was not taken.")
    }

    private func flushTryingAgain(_ encoder: RecordEncoder<ScriptedSink>) throws {
        for _ in 0..<10 {
            do {
                return try encoder.flush()
            } catch {
                #expect(error.errno == .noSpace)
            }
        }
        Issue.record("The records were not written.")
    }
}
