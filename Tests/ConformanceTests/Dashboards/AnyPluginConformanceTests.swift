import Foundation
import TensorBoard
import TensorBoardLogs
import Testing

extension HardCases {
    /// Elements of each type, with NumPy's name and bytes for them.
    static let tensors: [(name: String, elements: TensorValue.Elements, bytes: [String])] = [
        ("float32", .float([1, -0.5]), ["0000803f", "000000bf"]),
        ("float64", .double([1, -.infinity]), ["000000000000f03f", "000000000000f0ff"]),
        ("float16", .half(bits: [0x3C00, 0xC000]), ["003c", "00c0"]),
        ("int8", .int8([-1, .min]), ["ff", "80"]),
        ("int16", .int16([-2, .max]), ["feff", "ff7f"]),
        ("int32", .int32([.min, 7]), ["00000080", "07000000"]),
        ("int64", .int64([.max, -1]), ["ffffffffffffff7f", "ffffffffffffffff"]),
        ("uint8", .uint8([0, .max]), ["00", "ff"]),
        ("uint16", .uint16([1, .max]), ["0100", "ffff"]),
        ("uint32", .uint32([2, .max]), ["02000000", "ffffffff"]),
        ("uint64", .uint64([3, .max]), ["0300000000000000", "ffffffffffffffff"]),
        ("complex64", .complex64([[1, -0.5], [0, 2]]), ["0000803f000000bf", "0000000000000040"]),
        (
            "complex128", .complex128([[1, 0], [0, -.infinity]]),
            ["000000000000f03f0000000000000000", "0000000000000000000000000000f0ff"]
        ),
        // NumPy has no name for quantized numbers.
        ("void8", .qint8([-1, .min]), ["ff", "80"]),
        ("void16", .quint16([1, .max]), ["0100", "ffff"]),
        ("void32", .qint32([.min, 7]), ["00000080", "07000000"]),
        ("bool", .bool([true, false]), ["01", "00"]),
        ("object", .string([Array("é".utf8), [0, 255]]), ["c3a9", "00ff"]),
    ]

    static func writeTensors(in directory: URL) throws {
        try write("tensors", in: directory) { writer in
            for (name, elements, _) in tensors {
                let metadata = SummaryMetadata(pluginName: "my-plugin", pluginContent: [8, 0, 255], dataClass: .tensor)
                for shape in [[2], [1, 2, 1]] {
                    let tensor = TensorValue(shape: shape, elements: elements)
                    let tag = "\(name)/\(shape.count)"
                    writer.add(SummaryValue(tag: tag, payload: .tensor(tensor), metadata: metadata), step: 9)
                }
            }
            let empty = TensorValue(shape: [0, 3], elements: .half(bits: []))
            let metadata = SummaryMetadata(pluginName: "my-plugin", dataClass: .tensor)
            writer.add(SummaryValue(tag: "empty", payload: .tensor(empty), metadata: metadata), step: 9)
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test func anyPluginGetsTensorsOfEveryTypeAsTheyWereLogged() async throws {
        let run = try #require(Served.current?.logDirectory).appendingPathComponent("tensors")
        let series = try await TensorSeries.read(run)
        for (name, _, bytes) in HardCases.tensors {
            for shape in [[2], [1, 2, 1]] {
                let found = try #require(series["\(name)/\(shape.count)"])
                #expect(found.plugin == "my-plugin")
                #expect(found.content == "0800ff")
                #expect(found.dataClass == 2)
                #expect(found.tensors == [.init(step: 9, type: name, shape: shape, elements: bytes)])
            }
        }
        #expect(series["empty"]?.tensors == [.init(step: 9, type: "float16", shape: [0, 3], elements: [])])
    }
}
