import TensorBoardLogs
import Testing

/// TensorFlow wrote tensors of every type: as a list, as one element for all, and as raw bytes.
struct PeerTensorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let elements: TensorValue.Elements
        /// The first element six times; `nil` for types that TensorFlow lists no elements of.
        var filled: TensorValue.Elements?
    }

    private static func six<Element>(_ element: Element) -> [Element] { Array(repeating: element, count: 6) }

    static let types = [
        Case(testDescription: "float32", elements: .float([1.5, -2]), filled: .float(six(1.5))),
        Case(testDescription: "float64", elements: .double([0.1, -2]), filled: .double(six(0.1))),
        Case(testDescription: "float16", elements: .half(bits: [0x3C00, 0xC000]), filled: .half(bits: six(0x3C00))),
        Case(
            testDescription: "bfloat16",
            elements: .bfloat16(bits: [0x3F80, 0xC000]),
            filled: .bfloat16(bits: six(0x3F80))
        ),
        Case(testDescription: "int8", elements: .int8([-1, 2]), filled: .int8(six(-1))),
        Case(testDescription: "int16", elements: .int16([-1, 2]), filled: .int16(six(-1))),
        Case(testDescription: "int32", elements: .int32([-1, 2]), filled: .int32(six(-1))),
        Case(testDescription: "int64", elements: .int64([-1, 2]), filled: .int64(six(-1))),
        Case(testDescription: "uint8", elements: .uint8([255, 2]), filled: .uint8(six(255))),
        Case(testDescription: "uint16", elements: .uint16([65535, 2]), filled: .uint16(six(65535))),
        Case(testDescription: "uint32", elements: .uint32([.max, 2]), filled: .uint32(six(.max))),
        Case(testDescription: "uint64", elements: .uint64([.max, 2]), filled: .uint64(six(.max))),
        Case(
            testDescription: "complex64",
            elements: .complex64([[1, 2], [0, -0.5]]),
            filled: .complex64(six([1, 2]))
        ),
        Case(
            testDescription: "complex128",
            elements: .complex128([[1, 2], [0, -0.5]]),
            filled: .complex128(six([1, 2]))
        ),
        Case(testDescription: "bool", elements: .bool([true, false]), filled: .bool(six(true))),
        Case(
            testDescription: "string",
            elements: .string([Array("a".utf8), Array("é".utf8)]),
            filled: .string(six(Array("a".utf8)))
        ),
        Case(testDescription: "qint8", elements: .qint8([-1, 2])),
        Case(testDescription: "qint16", elements: .qint16([-1, 2])),
        Case(testDescription: "qint32", elements: .qint32([-1, 2])),
        Case(testDescription: "quint8", elements: .quint8([255, 2])),
        Case(testDescription: "quint16", elements: .quint16([65535, 2])),
    ]

    @Test(arguments: types)
    func elementsAreReadInEveryForm(type: Case) throws {
        let name = type.testDescription
        let raw = try Peer.load("tensorflow2-tensors")
        let listed = try Peer.load("tensorflow1-tensors")
        let pair = LoggedContent.tensor(TensorValue(shape: [2], elements: type.elements))
        #expect(raw.contents["\(name)/raw"]?.values == [pair])
        #expect(raw.contents["\(name)/raw"]?.steps == [1])
        guard let filled = type.filled else { return }
        #expect(listed.contents["\(name)/listed"]?.values == [pair])
        #expect(listed.contents["\(name)/filled"]?.values == [.tensor(TensorValue(shape: [2, 3], elements: filled))])
    }

    @Test func aTensorMayHaveNoAxisOrNoElement() throws {
        let data = try Peer.load("tensorflow2-tensors")
        #expect(data.contents["scalar/raw"]?.values == [.tensor(TensorValue(shape: [], [7]))])
        #expect(data.contents["empty/raw"]?.values == [.tensor(TensorValue(shape: [0, 3], []))])
    }

    @Test(arguments: ["tensorflow1-tensors", "tensorflow2-tensors"])
    func thePluginAndItsContentAreKept(run: String) throws {
        let metadata = SummaryMetadata(pluginName: "peer", pluginContent: [8, 1], dataClass: .tensor)
        let tags = try Peer.load(run).tags.filter { $0.key != "unshown" }
        #expect(tags.count == (run == "tensorflow1-tensors" ? 32 : 23))
        #expect(tags.values.allSatisfy { $0.kind == .plugin("peer") && $0.metadata == metadata })
    }
}
