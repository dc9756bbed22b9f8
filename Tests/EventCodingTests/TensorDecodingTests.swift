import Summaries
import TestSupport
import Testing

@testable import EventCoding

struct TensorDecodingTests {
    private func decode(_ build: (inout WireBytes) -> Void) throws -> LoggedValue.Payload {
        var decoder = EventDecoder()
        let bytes = WireBytes { $0.message(5) { $0.message(1) { $0.message(8, build) } } }.bytes
        let event = try bytes.withUnsafeBytes { payload in
            try PackedEvent(payload).flatMap { packed in try decoder.decode(packed) }
        }
        guard case .summary(let values) = event?.content, let value = values.first else { throw MalformedMessage() }
        return value.payload
    }

    private func shape(_ sizes: [Int], _ tensor: inout WireBytes) {
        tensor.message(2) { shape in
            for size in sizes { shape.message(2) { $0.varint(1, size) } }
        }
    }

    private func reason(_ payload: LoggedValue.Payload) -> String? {
        switch payload {
        case .unreadable(let reason), .tooLarge(let reason): reason
        default: nil
        }
    }

    /// One pair of elements for each type: the number of the list's field, the numbers in it, and what they are.
    static let lists: [(type: DataType, field: Int, values: [Int], elements: TensorValue.Elements)] = [
        (.int32, 7, [-1, 2], .int32([-1, 2])),
        (.int16, 7, [-1, 2], .int16([-1, 2])),
        (.int8, 7, [-1, 2], .int8([-1, 2])),
        (.uint8, 7, [255, 2], .uint8([255, 2])),
        (.uint16, 7, [65535, 2], .uint16([65535, 2])),
        (.int64, 10, [-1, 2], .int64([-1, 2])),
        (.bool, 11, [1, 0], .bool([true, false])),
        (.half, 13, [0x3C00, 0x4000], .half(bits: [0x3C00, 0x4000])),
        (.bfloat16, 13, [0x3F80, 0xC000], .bfloat16(bits: [0x3F80, 0xC000])),
        (.qint8, 7, [-1, 2], .qint8([-1, 2])),
        (.qint16, 7, [-1, 2], .qint16([-1, 2])),
        (.qint32, 7, [-1, 2], .qint32([-1, 2])),
        (.quint8, 7, [255, 2], .quint8([255, 2])),
        (.quint16, 7, [65535, 2], .quint16([65535, 2])),
        (.uint32, 16, [0xFFFF_FFFF, 2], .uint32([0xFFFF_FFFF, 2])),
        (.uint64, 17, [-1, 2], .uint64([.max, 2])),
    ]

    @Test(arguments: lists.indices, [false, true])
    func numbersMayBeListedPackedOrNot(index: Int, isPacked: Bool) throws {
        let list = Self.lists[index]
        let payload = try decode { tensor in
            tensor.varint(1, Int(list.type.rawValue))
            shape([2], &tensor)
            if isPacked {
                tensor.packed(list.field, list.values)
            } else {
                for value in list.values { tensor.varint(list.field, value) }
            }
        }
        #expect(payload == .tensor(TensorValue(shape: [2], elements: list.elements)))
    }

    @Test func floatingPointNumbersMayBeListed() throws {
        let floats = try decode { tensor in
            tensor.varint(1, 1)
            shape([1, 2], &tensor)
            for value in [Float(0.5), -2] { tensor.float(5, value) }
        }
        #expect(floats == .tensor(TensorValue(shape: [1, 2], [0.5, -2])))
        let double = try decode { tensor in
            tensor.varint(1, 2)
            tensor.double(6, 0.1)
        }
        #expect(double == .tensor(TensorValue(shape: [], elements: .double([0.1]))))
    }

    @Test func complexNumbersAreListedByTheirParts() throws {
        let single = try decode { tensor in
            tensor.varint(1, Int(DataType.complex64.rawValue))
            shape([2], &tensor)
            for value in [Float(0.5), -2, 3, 4] { tensor.float(9, value) }
        }
        #expect(single == .tensor(TensorValue(shape: [2], elements: .complex64([[0.5, -2], [3, 4]]))))
        let double = try decode { tensor in
            tensor.varint(1, Int(DataType.complex128.rawValue))
            shape([2], &tensor)
            for value in [0.1, -2] { tensor.double(12, value) }
        }
        // One number fills the shape.
        #expect(double == .tensor(TensorValue(shape: [2], elements: .complex128([[0.1, -2], [0.1, -2]]))))
        let odd = try decode { tensor in
            tensor.varint(1, Int(DataType.complex64.rawValue))
            tensor.float(9, 1)
        }
        #expect(reason(odd) != nil)
    }

    @Test func rawBytesWinOverAList() throws {
        let payload = try decode { tensor in
            tensor.varint(1, 1)
            tensor.float(5, 7)
            tensor.bytes(4, [0, 0, 0, 0x40])
        }
        #expect(payload == .tensor(2))
    }

    @Test func rawTruthValuesAreTrueUnlessZero() throws {
        let payload = try decode { tensor in
            tensor.varint(1, 10)
            shape([3], &tensor)
            tensor.bytes(4, [0, 1, 7])
        }
        #expect(payload == .tensor(TensorValue(shape: [3], elements: .bool([false, true, true]))))
    }

    @Test func textsAreListed() throws {
        let payload = try decode { tensor in
            tensor.varint(1, 7)
            shape([2], &tensor)
            tensor.text(8, "a")
            tensor.bytes(8, [])
        }
        #expect(payload == .tensor(TensorValue(shape: [2], elements: .string([[0x61], []]))))
        let raw = try decode { tensor in
            tensor.varint(1, 7)
            tensor.bytes(4, [1])
        }
        #expect(reason(raw) != nil)
    }

    @Test func oneNumberFillsAnyShape() throws {
        let payload = try decode { tensor in
            tensor.varint(1, 2)
            shape([2, 3], &tensor)
            tensor.double(6, 7)
        }
        #expect(payload == .tensor(TensorValue(shape: [2, 3], elements: .double([7, 7, 7, 7, 7, 7]))))
        let none = try decode { tensor in
            tensor.varint(1, 2)
            shape([0, 3], &tensor)
            tensor.double(6, 7)
        }
        #expect(none == .tensor(TensorValue(shape: [0, 3], elements: .double([]))))
    }

    @Test(arguments: [[1 << 40], [.max, 1], [.max, .max], [1 << 12, 1 << 11]])
    func aClaimThatOneNumberFillsAHugeShapeTakesNoMemory(sizes: [Int]) throws {
        let payload = try decode { tensor in
            tensor.varint(1, 1)
            shape(sizes, &tensor)
            tensor.float(5, 7)
        }
        #expect(reason(payload) != nil)
    }

    @Test func manyValuesShareOneLimitOfFilledElements() throws {
        var decoder = EventDecoder()
        let bytes = WireBytes { event in
            event.message(5) { summary in
                for _ in 0..<3 {
                    summary.message(1) {
                        $0.message(8) { tensor in
                            tensor.varint(1, 4)
                            shape([EventDecoder.filledElementLimit / 2], &tensor)
                            tensor.varint(7, 1)
                        }
                    }
                }
            }
        }.bytes
        let event = try bytes.withUnsafeBytes { try PackedEvent($0).flatMap { packed in try decoder.decode(packed) } }
        guard case .summary(let values) = event?.content else { throw MalformedMessage() }
        #expect(values.map { reason($0.payload) == nil } == [true, true, false])
    }

    @Test func whatTensorsAreFilledWithIsBoundedByTheBytesThatAreRead() throws {
        var decoder = EventDecoder()
        func isRead(_ count: Int, besides byteCount: Int = 0) throws -> Bool {
            let bytes = WireBytes { event in
                event.bytes(100, Array(repeating: 0, count: byteCount))
                event.message(5) { summary in
                    summary.message(1) {
                        $0.message(8) { tensor in
                            tensor.varint(1, 4)
                            shape([count], &tensor)
                            tensor.varint(7, 1)
                        }
                    }
                }
            }.bytes
            let event = try bytes.withUnsafeBytes { try PackedEvent($0).flatMap { try decoder.decode($0) } }
            guard case .summary(let values) = event?.content else { throw MalformedMessage() }
            return reason(values[0].payload) == nil
        }
        #expect(try isRead(EventDecoder.filledElementLimit))
        #expect(try !isRead(EventDecoder.filledElementLimit))
        #expect(try isRead(1000))
        #expect(try isRead(EventDecoder.filledElementLimit, besides: EventDecoder.filledElementLimit / 64))
    }

    @Test func aGraphIsFilledNoMoreThanItsBytesAllow() throws {
        func attributeCount(_ size: Int) throws -> Int? {
            let graph = WireBytes { graph in
                graph.message(1) { node in
                    for name in 0..<8 {
                        node.message(5) { entry in
                            entry.text(1, "\(name)")
                            entry.message(2) {
                                $0.message(8) { tensor in
                                    tensor.varint(1, 4)
                                    shape([size], &tensor)
                                    tensor.varint(7, 1)
                                }
                            }
                        }
                    }
                }
            }
            return PluginContent.decodeGraph(graph.bytes)?.nodes[0].attributes.count
        }
        #expect(try attributeCount(100) == 8)
        #expect(try attributeCount(EventDecoder.filledElementLimit) == 0)
    }

    @Test func moreAxesThanTensorsHaveAreRefused() throws {
        let payload = try decode { tensor in
            tensor.varint(1, 4)
            shape(Array(repeating: 1, count: 1000), &tensor)
            tensor.bytes(4, [1])
        }
        #expect(reason(payload) == "it has 1000 axes, more than the 254 allowed")
    }

    @Test func anAxisOfUnknownSizeIsWorkedOut() throws {
        let payload = try decode { tensor in
            tensor.varint(1, 4)
            shape([-1, 2], &tensor)
            tensor.bytes(4, [1, 2, 3, 4])
        }
        #expect(payload == .tensor(TensorValue(shape: [2, 2], elements: .uint8([1, 2, 3, 4]))))
    }

    @Test(arguments: [[3], [-1, 3], [-1, -1], [-2], [0], [-1, 0]])
    func aShapeThatDoesNotFitIsAReason(sizes: [Int]) throws {
        let payload = try decode { tensor in
            tensor.varint(1, 4)
            shape(sizes, &tensor)
            tensor.bytes(4, [1, 2, 3, 4])
        }
        #expect(reason(payload) != nil)
    }

    @Test func aTensorWithoutDataOrOfAnotherTypeIsAReason() throws {
        #expect(reason(try decode { $0.varint(1, 1) }) != nil)
        #expect(reason(try decode { $0.varint(1, 20) })?.contains("20") == true)
        #expect(reason(try decode { _ in }) != nil)
        let torn = try decode { tensor in
            tensor.varint(1, 1)
            tensor.bytes(4, [0, 0, 0])
        }
        #expect(reason(torn)?.contains("3 bytes") == true)
    }

    @Test func aTextFillsTheLessTheLongerItIs() throws {
        func isRead(_ count: Int, textByteCount: Int) throws -> Bool {
            let payload = try decode { tensor in
                tensor.varint(1, 7)
                shape([count], &tensor)
                tensor.bytes(8, Array(repeating: 120, count: textByteCount))
            }
            if case .tensor = payload { return true }
            return false
        }
        #expect(try isRead(1000, textByteCount: 1))
        #expect(try !isRead(1000, textByteCount: 1 << 16))
        #expect(try isRead(30, textByteCount: 1 << 16))
    }
}
