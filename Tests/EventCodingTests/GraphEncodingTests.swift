import Summaries
import TestSupport
import Testing

@testable import EventCoding

struct GraphEncodingTests {
    private func encode(_ graph: GraphDefinition) throws -> WireMessage {
        var encoder = EventEncoder()
        let byteCount = encoder.prepare(Event(wallTime: 1, what: .graph(graph)))
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            encoder.pack(into: UnsafeMutableRawBufferPointer(buffer))
            count = byteCount
        }
        return try #require(try WireMessage(bytes).message(4))
    }

    private func attribute(_ value: GraphDefinition.AttributeValue) throws -> WireMessage {
        let graph = GraphDefinition(nodes: [.init(name: "n", operation: "Op", attributes: ["a": value])])
        let entry = try #require(try encode(graph).messages(1)[0].message(5))
        #expect(entry.text(1) == "a")
        return try #require(try entry.message(2))
    }

    @Test func nodesKeepNamesInputsAndDevice() throws {
        let graph = try encode(
            GraphDefinition(nodes: [
                .init(name: "x", operation: "Placeholder"),
                .init(name: "l/y", operation: "Add", inputs: ["x", "x:1", "^init"], device: "/device:CPU:0"),
            ])
        )
        let nodes = try graph.messages(1)
        #expect(nodes.map { $0.text(1) } == ["x", "l/y"])
        #expect(nodes.map { $0.text(2) } == ["Placeholder", "Add"])
        #expect(nodes[1].texts(3) == ["x", "x:1", "^init"])
        #expect(nodes[1].text(4) == "/device:CPU:0")
        #expect(try #require(try graph.message(4)).int(1) > 0)
    }

    @Test func attributesAreInTheOrderOfTheirNames() throws {
        let attributes: [String: GraphDefinition.AttributeValue] = ["b": .int(1), "a": .int(2), "c": .int(3)]
        let graph = GraphDefinition(nodes: [.init(name: "n", operation: "Op", attributes: attributes)])
        #expect(try encode(graph).messages(1)[0].messages(5).map { $0.text(1) } == ["a", "b", "c"])
    }

    @Test func attributesOfEveryKindSurvive() throws {
        #expect(try attribute(.string("s")).text(2) == "s")
        #expect(try attribute(.int(-3)).int(3) == -3)
        #expect(try attribute(.float(0.5)).float(4) == 0.5)
        #expect(try attribute(.bool(true)).int(5) == 1)
        #expect(try attribute(.type(.int64)).int(6) == 9)
        #expect(try #require(try attribute(.shape([nil, 2])).message(7)).messages(2).map { $0.int(1) } == [-1, 2])
        #expect(try #require(try attribute(.tensor(2)).message(8)).bytes(4) == [[0, 0, 0, 0x40]])
        #expect(try #require(try attribute(.ints([1, 2, 300])).message(1)).bytes(3) == [[1, 2, 0xAC, 0x02]])
        #expect(try #require(try attribute(.strings(["x", "yz"])).message(1)).texts(2) == ["x", "yz"])
    }

    @Test func valuesThatAreTheDefaultAreWrittenAllTheSame() throws {
        #expect(try attribute(.bool(false)).has(5))
        #expect(try attribute(.int(0)).has(3))
        #expect(try attribute(.float(0)).has(4))
        #expect(try attribute(.string("")).has(2))
    }

    @Test func theShapeOfAScalarIsTheBytesThatTheBrowserExpects() throws {
        // `0a 02 3a 00`: a list with one shape that has no axes.
        let value = try attribute(.shapes([[]]))
        #expect(value.bytes(1) == [[0x3A, 0x00]])
    }
}
