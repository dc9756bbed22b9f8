import SystemPackage
import TFRecord

/// What came of reading a file to its end.
struct Outcome: Equatable {
    var payloads: [[UInt8]] = []
    var errors: [TFRecordError.Code] = []
    var errorOffsets: [Int?] = []
    var truncatedByteCount: Int?
}

/// Reads until the end or until an error stands for good.
func decode(_ source: ScriptedSource, options: TFRecordReader.Options = .init()) -> Outcome {
    var decoder = RecordDecoder(source, path: "scripted", options: options)
    return decodeRest(of: &decoder)
}

func decodeRest(of decoder: inout RecordDecoder<ScriptedSource>) -> Outcome {
    var outcome = Outcome()
    while true {
        do {
            guard let frame = try decoder.next() else { break }
            outcome.payloads.append(Array(frame.payload))
        } catch {
            outcome.errors.append(error.code)
            outcome.errorOffsets.append(error.offset)
            guard error.code == .corruptPayload else { return outcome }
        }
    }
    if decoder.isTruncated { outcome.truncatedByteCount = decoder.truncatedByteCount }
    return outcome
}

/// The bytes of a file with these payloads.
func encode(_ payloads: [[UInt8]], compression: TFRecordWriter.Compression = .none) throws -> [UInt8] {
    let sink = ScriptedSink()
    let encoder = try RecordEncoder(sink, path: "scripted", compression: compression)
    for payload in payloads { try payload.withUnsafeBytes { try encoder.append($0) } }
    try encoder.close()
    return sink.bytes
}

extension TFRecordReader.Options {
    init(_ compression: TFRecordReader.Compression) {
        self.init()
        self.compression = compression
    }
}
