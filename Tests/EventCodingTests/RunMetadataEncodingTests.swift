import Summaries
import TestSupport
import Testing

@testable import EventCoding

struct RunMetadataEncodingTests {
    private func encode(_ metadata: RunMetadata, tag: String = "step1") throws -> WireMessage {
        var encoder = EventEncoder()
        let byteCount = encoder.prepare(Event(wallTime: 1, step: 7, what: .runMetadata(tag: tag, metadata)))
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            encoder.pack(into: UnsafeMutableRawBufferPointer(buffer))
            count = byteCount
        }
        return try #require(try WireMessage(bytes).message(8))
    }

    private func encode(_ node: RunMetadata.NodeExecution) throws -> WireMessage {
        let tagged = try encode(RunMetadata(devices: [.init(name: "/device:CPU:0", nodes: [node])]))
        let device = try #require(try tagged.message(2)?.message(1)?.message(1))
        #expect(device.text(1) == "/device:CPU:0")
        return try #require(try device.message(2))
    }

    @Test func nodesKeepWhatTheyTook() throws {
        let node = try encode(
            RunMetadata.NodeExecution(
                name: "layer1/MatMul",
                start: .seconds(3) + .nanoseconds(1999),
                duration: .microseconds(12),
                memoryByteCount: 4096,
                outputShapes: [[2, 3], []],
                thread: 5
            )
        )
        #expect(node.text(1) == "layer1/MatMul")
        #expect(node.int(2) == 3_000_001)
        #expect(node.int(5) == 12)
        #expect(node.int(13) == 3_000_001_999)
        #expect(node.int(16) == 12_000)
        #expect(node.int(10) == 5)
        #expect(try node.messages(6).map { $0.int(2) } == [4096])
        let outputs = try node.messages(7)
        #expect(outputs.map { $0.int(1) } == [0, 1])
        let shapes = try outputs.map { try #require(try $0.message(3)?.message(2)) }
        #expect(try shapes.map { try $0.messages(2).map { $0.int(1) } } == [[2, 3], []])
    }

    @Test(arguments: [
        (0, 0), (1, 1), (999, 1), (1000, 1), (1001, 2), (9_000_000_000_000_000_000, 9_000_000_000_000_000),
    ])
    func aPartOfAMicrosecondCountsAsOne(nanoseconds: Int, microseconds: Int) throws {
        let node = try encode(RunMetadata.NodeExecution(name: "x", duration: .nanoseconds(nanoseconds)))
        #expect(node.int(5) == microseconds)
        #expect(node.int(16) == nanoseconds)
    }

    @Test func aStartIsNeverZeroWhichTheBrowserTakesForMissing() throws {
        #expect(try encode(RunMetadata.NodeExecution(name: "x", start: .zero)).int(2) == 1)
    }

    @Test func whatIsNotThereTakesNoField() throws {
        let node = try encode(RunMetadata.NodeExecution(name: "x"))
        #expect(!node.has(6))
        #expect(!node.has(7))
        let empty = try encode(RunMetadata(devices: []), tag: "naïve")
        #expect(empty.text(1) == "naïve")
        #expect(try empty.message(2)?.message(1)?.has(1) == false)
    }

    @Test func aTaggedGraphHoldsNodesAndTimes() throws {
        let graph = GraphDefinition(nodes: [.init(name: "x", operation: "Placeholder")])
        let metadata = RunMetadata(devices: [.init(name: "cpu", nodes: [.init(name: "x")])])
        let alone = try WireMessage(PluginContent.taggedGraph(graph, runMetadata: nil))
        #expect(try alone.message(4)?.message(2)?.messages(1).map { $0.text(1) } == ["x"])
        #expect(!alone.has(1))
        let timed = try WireMessage(PluginContent.taggedGraph(graph, runMetadata: metadata))
        #expect(try timed.message(1)?.message(1)?.message(2)?.text(1) == "x")
        #expect(timed.bytes(4) == alone.bytes(4))
    }
}
