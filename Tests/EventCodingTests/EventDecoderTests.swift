import Summaries
import TestSupport
import Testing

@testable import EventCoding

struct EventDecoderTests {
    private func decode(_ build: (inout WireBytes) -> Void) throws -> LoggedEvent {
        try #require(try decode(bytes: WireBytes(build).bytes))
    }

    private func decode(bytes: [UInt8], where includesTag: (String) -> Bool = { _ in true }) throws -> LoggedEvent? {
        var decoder = EventDecoder()
        return try bytes.withUnsafeBytes { payload in
            guard let packed = PackedEvent(payload) else { throw MalformedMessage() }
            return try decoder.decode(packed) { includesTag(String(decoding: $0, as: UTF8.self)) }
        }
    }

    private func value(_ build: (inout WireBytes) -> Void) throws -> LoggedValue {
        let event = try decode { $0.message(5) { $0.message(1, build) } }
        guard case .summary(let values) = event.content else { throw MalformedMessage() }
        return try #require(values.first)
    }

    @Test func timeStepAndWriterAreThoseOfTheEvent() throws {
        let event = try decode {
            $0.double(1, 1700.5)
            $0.varint(2, -7)
            $0.text(3, "brain.Event:2")
            $0.message(10) { $0.text(1, "a writer") }
        }
        #expect(
            event == LoggedEvent(wallTime: 1700.5, step: -7, content: .fileVersion("brain.Event:2"), writer: "a writer")
        )
    }

    @Test func everyKindOfEventIsRead() throws {
        #expect(try decode { _ in }.content == .other)
        #expect(try decode { $0.bytes(4, [1, 2]) }.content == .graph([1, 2]))
        #expect(try decode { $0.bytes(9, [3]) }.content == .metaGraph([3]))
        #expect(try decode { $0.bytes(5, []) }.content == .summary([]))
        let message = try decode {
            $0.message(6) {
                $0.varint(1, 40)
                $0.text(2, "oh")
            }
        }
        #expect(message.content == .message(level: 40, "oh"))
        let run = try decode {
            $0.message(8) {
                $0.text(1, "step1")
                $0.bytes(2, [9])
            }
        }
        #expect(run.content == .runMetadata(tag: "step1", [9]))
    }

    @Test(arguments: [LoggedEvent.SessionLog.Status.unspecified, .start, .stop, .checkpoint])
    func everyStatusOfASessionIsRead(status: LoggedEvent.SessionLog.Status) throws {
        let event = try decode {
            $0.message(7) {
                $0.varint(1, status.rawValue)
                $0.text(2, "path")
                $0.text(3, "said")
            }
        }
        #expect(event.content == .session(.init(status, checkpointPath: "path", message: "said")))
    }

    @Test func unknownFieldsArePassedOver() throws {
        let event = try decode {
            $0.varint(77, 5)
            $0.bytes(78, [1])
            $0.double(79, 1)
            $0.float(80, 1)
            $0.message(5) {
                $0.varint(9, 1)
                $0.message(1) {
                    $0.text(7, "node")
                    $0.text(1, "a")
                    $0.float(2, 0.5)
                    $0.varint(99, 3)
                }
            }
        }
        #expect(event.content == .summary([LoggedValue(tag: "a", payload: .scalar(0.5))]))
    }

    @Test func whatSaysTwoThingsIsRefused() {
        #expect(throws: MalformedMessage.self) {
            try decode {
                $0.bytes(5, [])
                $0.bytes(4, [])
            }
        }
        #expect(throws: MalformedMessage.self) {
            try value {
                $0.float(2, 1)
                $0.message(8) { $0.varint(1, 1) }
            }
        }
        #expect(throws: MalformedMessage.self) {
            try value {
                $0.message(9) { $0.text(2, "a") }
                $0.message(9) { $0.text(3, "b") }
            }
        }
    }

    @Test func valuesOfTheOlderFormsAreRead() throws {
        let histogram = try value {
            $0.text(1, "h")
            $0.message(5) {
                for (number, statistic) in [-1.0, 2, 4, 3, 6].enumerated() { $0.double(number + 1, statistic) }
                for limit in [0.5, 2] { $0.double(6, limit) }
                for count in [1.0, 3] { $0.double(7, count) }
            }
        }
        let record = LoggedValue.HistogramRecord(
            minimum: -1,
            maximum: 2,
            count: 4,
            sum: 3,
            sumOfSquares: 6,
            bucketLimits: [0.5, 2],
            bucketCounts: [1, 3]
        )
        #expect(histogram.payload == .histogram(record))
        let image = try value {
            $0.message(4) {
                $0.varint(1, 2)
                $0.varint(2, 3)
                $0.varint(3, 4)
                $0.bytes(4, [5])
            }
        }
        #expect(image.payload == .image(.init(width: 3, height: 2, channels: 4, file: [5])))
        let audio = try value {
            $0.message(6) {
                $0.float(1, 8000)
                $0.varint(2, 2)
                $0.varint(3, 100)
                $0.bytes(4, [6])
                $0.text(5, "audio/wav")
            }
        }
        let clip = LoggedValue.AudioRecord(
            sampleRate: 8000,
            channels: 2,
            frameCount: 100,
            file: [6],
            contentType: "audio/wav"
        )
        #expect(audio.payload == .audio(clip))
    }

    @Test func aValueMayBeMetadataAlone() throws {
        let value = try value {
            $0.text(1, "t")
            $0.message(9) {
                $0.message(1) {
                    $0.text(1, "hparams")
                    $0.bytes(2, [1, 2])
                }
                $0.text(2, "title")
                $0.text(3, "words")
                $0.varint(4, 2)
            }
        }
        let metadata = SummaryMetadata(
            pluginName: "hparams",
            pluginContent: [1, 2],
            displayName: "title",
            summaryDescription: "words",
            dataClass: .tensor
        )
        #expect(value == LoggedValue(tag: "t", payload: .none, metadata: metadata))
    }

    @Test func aTensorWithoutATagHasTheNameOfItsNode() throws {
        func tag(_ build: (inout WireBytes) -> Void) throws -> String {
            try value {
                $0.text(7, "node")
                build(&$0)
            }.tag
        }
        #expect(try tag { $0.bytes(8, []) } == "node")
        #expect(
            try tag {
                $0.bytes(8, [])
                $0.text(1, "tag")
            } == "tag"
        )
        // TensorBoard does so with tensors alone.
        #expect(try tag { $0.float(2, 1) } == "")
    }

    @Test func textThatIsNotUTF8IsKeptAndReported() throws {
        let event = try decode { $0.message(5) { $0.message(1) { $0.bytes(1, [0x61, 0xFF]) } } }
        #expect(event.hasInvalidText)
        #expect(event.content == .summary([LoggedValue(tag: "a\u{FFFD}", payload: .none)]))
        #expect(try !decode { $0.message(5) { $0.message(1) { $0.text(1, "ä") } } }.hasInvalidText)
    }

    @Test func aFilterLeavesOutValuesAndEventsWithoutAny() throws {
        let bytes = WireBytes { event in
            event.message(5) { summary in
                for tag in ["a", "b"] { summary.message(1) { $0.text(1, tag) } }
            }
        }
        let kept = LoggedEvent.Content.summary([LoggedValue(tag: "b", payload: .none)])
        #expect(try decode(bytes: bytes.bytes) { $0 == "b" }?.content == kept)
        #expect(try decode(bytes: bytes.bytes) { _ in false } == nil)
    }

    @Test(arguments: [
        [0x0A], [0x09, 1, 2], [0x2A, 5, 1], [0x10, 0xFF], [0x00, 0x00], [0x0B], [0x08, 0x01], [0x28, 1],
    ])
    func bytesThatAreNoEventAreRefused(bytes: [UInt8]) {
        #expect(throws: MalformedMessage.self) { try decode(bytes: bytes) }
    }

    @Test(arguments: [4, 5, 6, 8, 9])
    func bytesThatAreNoValueAreRefused(field: Int) {
        // A length of which nothing follows.
        let event = WireBytes { $0.message(5) { $0.message(1) { $0.bytes(field, [0x22, 0x7F]) } } }
        #expect(throws: MalformedMessage.self) { try decode(bytes: event.bytes) }
    }
}
