import CEventProtos
import CProtobufC
import Summaries
import TestSupport
import Testing

@testable import EventCoding

struct EventEncoderTests {
    /// Encodes an event with an encoder that has been used before, as the writer's has.
    private func encode(_ event: Event) -> [UInt8] {
        var encoder = EventEncoder()
        for _ in 0..<2 { _ = encoder.prepare(Event(wallTime: 1, step: 9, what: .summary([.scalar("other", 3)]))) }
        let byteCount = encoder.prepare(event)
        return Array(unsafeUninitializedCapacity: byteCount) { buffer, count in
            encoder.pack(into: UnsafeMutableRawBufferPointer(buffer))
            count = byteCount
        }
    }

    private func values(_ summaries: [SummaryValue]) throws -> [WireMessage] {
        let event = try WireMessage(encode(Event(wallTime: 1, what: .summary(summaries))))
        return try #require(try event.message(5)).messages(1)
    }

    // The dumps of Appendix A of the format notes, made without a protobuf library and read by both loaders.
    @Test func aFileVersionHasTheBytesThatTensorBoardReads() {
        let event = Event(wallTime: 1_700_000_000.5, what: .fileVersion("brain.Event:2"))
        #expect(
            encode(event) == [
                0x09, 0x00, 0x00, 0x20, 0x40, 0xFC, 0x54, 0xD9, 0x41, 0x1A, 0x0D, 0x62, 0x72, 0x61, 0x69, 0x6E, 0x2E,
                0x45,
                0x76, 0x65, 0x6E, 0x74, 0x3A, 0x32,
            ]
        )
    }

    @Test func aScalarHasTheBytesThatTensorBoardReads() {
        let event = Event(wallTime: 1_700_000_001.5, step: 7, what: .summary([.scalar("loss", 0.25)]))
        #expect(
            encode(event) == [
                0x09, 0x00, 0x00, 0x60, 0x40, 0xFC, 0x54, 0xD9, 0x41, 0x10, 0x07, 0x2A, 0x0D, 0x0A, 0x0B, 0x0A, 0x04,
                0x6C,
                0x6F, 0x73, 0x73, 0x15, 0x00, 0x00, 0x80, 0x3E,
            ]
        )
    }

    @Test(arguments: [0, 1, 64, 1000])
    func aHistogramHasTheBytesThatProtobufCPacks(count: Int) throws {
        let histogram = Histogram((0..<count).map { Float($0) - 10 })
        let metadata = SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
        let summaries = [
            SummaryValue(tag: "weights", payload: .histogram(histogram), metadata: metadata),
            .scalar("cost", 0.5),
            SummaryValue(tag: "", payload: .histogram(histogram), metadata: nil),
        ]
        for (step, wallTime) in [(0, 0.0), (-1, 1), (300, 1_700_000_000.5)] {
            let bytes = encode(Event(wallTime: wallTime, step: step, what: .summary(summaries)))
            let event = try #require(tensorboard__event__unpack(nil, bytes.count, bytes))
            defer { tensorboard__event__free_unpacked(event, nil) }
            var packed = [UInt8](repeating: 0, count: tensorboard__event__get_packed_size(event))
            tensorboard__event__pack(event, &packed)
            #expect(bytes == packed)
        }
    }

    @Test func aTensorHistogramHasTheBytesThatTensorBoardReads() throws {
        let tensor = TensorValue(shape: [2, 3], elements: .double([-1, 0.5, 2, 0.5, 2, 2]))
        let metadata = SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
        let summary = SummaryValue(tag: "w2", payload: .tensor(tensor), metadata: metadata)
        let bytes = encode(Event(wallTime: 1_700_000_003.5, step: 7, what: .summary([summary])))
        #expect(bytes.count == 101)
        #expect(
            Array(bytes[9..<37]) == [
                0x10, 0x07, 0x2A, 0x58, 0x0A, 0x56, 0x0A, 0x02, 0x77, 0x32, 0x42, 0x3E, 0x08, 0x02, 0x12, 0x08, 0x12,
                0x02,
                0x08, 0x02, 0x12, 0x02, 0x08, 0x03, 0x22, 0x30, 0x00, 0x00,
            ]
        )
        #expect(
            Array(bytes.suffix(18)) == [0x4A, 0x10, 0x0A, 0x0C, 0x0A, 0x0A] + Array("histograms".utf8) + [0x20, 0x02]
        )
    }

    @Test func aSessionStartCarriesItsStep() throws {
        let event = try WireMessage(encode(Event(wallTime: 2, step: 30, what: .sessionStart)))
        #expect(event.double(1) == 2)
        #expect(event.int(2) == 30)
        #expect(event.bytes(7) == [[0x08, 0x01]])
    }

    @Test(arguments: [0, 1, 127, 128, 1 << 31, .max, -1, .min])
    func everyStepSurvives(_ step: Int) throws {
        let event = try WireMessage(encode(Event(wallTime: 1, step: step, what: .summary([.scalar("x", 1)]))))
        #expect(event.int(2) == step)
    }

    @Test(
        arguments: [0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude] as [Float]
    )
    func everyScalarSurvives(_ value: Float) throws {
        let message = try #require(try values([.scalar("x", value)]).first)
        #expect(message.float(2)?.bitPattern == value.bitPattern)
        #expect(!message.has(9))
    }

    @Test(arguments: ["", "a\u{0}b", "🙂/é", String(repeating: "long/", count: 2000)])
    func everyTagSurvives(_ tag: String) throws {
        #expect(try values([.scalar(tag, 1)])[0].text(1) == tag)
    }

    @Test func aHistogramIsATensorOfItsRows() throws {
        let histogram = Histogram([-1, 0.5, 2, 2])
        let value = try values([.histogram("h", histogram)])[0]
        let tensor = try #require(try value.message(8))
        #expect(tensor.int(1) == 2)
        #expect(try #require(try tensor.message(2)).messages(2).map { $0.int(1) } == [histogram.bucketCount, 3])
        let rows = histogram.buckets.flatMap { [$0.lowerBound, $0.upperBound, Double($0.count)] }
        #expect(tensor.bytes(4) == [rows.withUnsafeBytes { Array($0) }])
        let metadata = try #require(try value.message(9))
        #expect(try #require(try metadata.message(1)).text(1) == "histograms")
        #expect(metadata.int(4) == 2)
    }

    @Test func anEmptyHistogramHasNoRows() throws {
        let tensor = try #require(try values([.histogram("h", Histogram())])[0].message(8))
        #expect(try #require(try tensor.message(2)).messages(2).map { $0.int(1) } == [0, 3])
        #expect(tensor.bytes(4).allSatisfy { $0.isEmpty })
    }

    @Test(
        arguments: [
            (TensorValue.Elements.float([1.5, -2]), 1, [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0]),
            (.double([1]), 2, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]),
            (.int32([1, -1]), 3, [1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]),
            (.uint8([7, 255]), 4, [7, 255]),
            (.int64([258]), 9, [2, 1, 0, 0, 0, 0, 0, 0]),
            (.bool([true, false]), 10, [1, 0]),
        ] as [(TensorValue.Elements, Int, [UInt8])]
    )
    func tensorsAreRawLittleEndianBytes(_ elements: TensorValue.Elements, _ type: Int, _ bytes: [UInt8]) throws {
        let tensor = TensorValue(shape: [elements.count], elements: elements)
        let message = try #require(try values([SummaryValue(tag: "t", payload: .tensor(tensor))])[0].message(8))
        #expect(message.int(1) == type)
        #expect(message.bytes(4) == [bytes])
    }

    @Test func textTensorsHaveOneEntryAnElement() throws {
        let tensor = TensorValue(shape: [3], elements: .string([[1, 0, 2], [], Array("x".utf8)]))
        let message = try #require(try values([SummaryValue(tag: "t", payload: .tensor(tensor))])[0].message(8))
        #expect(message.int(1) == 7)
        #expect(message.bytes(8) == [[1, 0, 2], [], [0x78]])
        #expect(!message.has(4))
    }

    @Test func metadataIsWrittenOnlyWhenAsked() throws {
        let metadata = SummaryMetadata(
            pluginName: "scalars",
            pluginContent: [1, 2],
            displayName: "Cost",
            summaryDescription: "of *all*",
            dataClass: .scalar
        )
        var encoder = EventEncoder()
        encoder.beginSummary()
        let summary = SummaryValue(tag: "a", payload: .scalar(1), metadata: metadata)
        encoder.add(summary, summary.storedMetadata.map { PackedMetadata($0) })
        encoder.add(summary, nil)
        let byteCount = encoder.prepareSummary(step: 0, wallTime: 1)
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            encoder.pack(into: UnsafeMutableRawBufferPointer(buffer))
            count = byteCount
        }
        let values = try #require(try WireMessage(bytes).message(5)).messages(1)
        let written = try #require(try values[0].message(9))
        #expect(try #require(try written.message(1)).bytes(2) == [[1, 2]])
        #expect(written.text(2) == "Cost")
        #expect(written.text(3) == "of *all*")
        #expect(written.int(4) == 1)
        #expect(!values[1].has(9))
    }

    @Test func anEventMayHoldThousandsOfValues() throws {
        let summaries = (0..<5000).map { SummaryValue.scalar("scalar/\($0)", Float($0)) }
        let written = try values(summaries)
        #expect(written.map { $0.text(1) } == summaries.map(\.tag))
        #expect(written.map { $0.float(2) } == (0..<5000).map { Float($0) })
    }
}
