import Summaries
import Testing

struct SummarySinkTests {
    struct Stop: Error {}

    @Test func aStepGathersItsSummariesUnderTheirScopes() {
        let sink = InMemorySummarySink()
        sink.step(42) { step in
            step.scalar("cost", 0.5)
            step.scope("layer1") { layer in
                layer.histogram("weights1", [1, 2] as [Float])
                layer.scope("inner") { $0.scalar("loss", 3) }
            }
            step.scalar("last", 1)
        }
        #expect(sink.entries.count == 1)
        #expect(sink.entries[0].step == 42)
        #expect(sink.entries[0].values.map(\.tag) == ["cost", "layer1/weights1", "layer1/inner/loss", "last"])
    }

    @Test func whatAStepHeldBeforeItThrewIsKept() {
        let sink = InMemorySummarySink()
        #expect(throws: Stop.self) {
            try sink.step(1) { step in
                step.scalar("a", 1)
                try step.scope("s") { _ throws(Stop) in throw Stop() }
            }
        }
        #expect(sink.scalars("a").map(\.value) == [1])
    }

    @Test func aScopeThatThrewIsLeft() throws {
        let sink = InMemorySummarySink()
        sink.step(1) { step in
            try? step.scope("s") { _ throws(Stop) in throw Stop() }
            step.scalar("a", 1)
        }
        #expect(sink.scalars("a").count == 1)
    }

    @Test func anEmptyStepIsNothing() {
        let sink = InMemorySummarySink()
        sink.step(1) { _ in }
        #expect(sink.entries.isEmpty)
    }

    @Test func scopesNestAndKeepEveryKind() {
        let sink = InMemorySummarySink()
        let inner = sink.scope("outer").scope("inner")
        inner.scalar("x", 1, step: 3)
        inner.histogram("h", [1.0], step: 4)
        inner.add([.scalar("y", 2)], step: 5)
        inner.step(6) { $0.scalar("z", 3) }
        #expect(
            sink.entries.map { "\($0.step) \($0.values[0].tag)" } == [
                "3 outer/inner/x", "4 outer/inner/h", "5 outer/inner/y", "6 outer/inner/z",
            ]
        )
    }

    @Test func runMetadataKeepsItsTagInsideTheScope() {
        let sink = InMemorySummarySink()
        let metadata = RunMetadata(devices: [.init(name: "cpu", nodes: [.init(name: "x")])])
        sink.scope("eval").runMetadata("step3", metadata, step: 3)
        #expect(sink.runMetadata("eval/step3").map(\.value) == [metadata])
    }

    @Test func everyNumberTypeBecomesAScalar() {
        let sink = InMemorySummarySink()
        sink.scalar("a", 1, step: 0)
        sink.scalar("a", 1.5, step: 0)
        sink.scalar("a", Float(2), step: 0)
        sink.scalar("a", UInt8(3), step: 0)
        #expect(sink.scalars("a").map(\.value) == [1, 1.5, 2, 3])
    }

    @Test func aNullSinkTakesEverything() {
        let sink: any SummarySink = NullSummarySink()
        sink.scalar("a", 1, step: 0)
        sink.histogram("h", [1.0], step: 0)
        sink.graph(GraphDefinition(nodes: []))
        sink.runMetadata("step0", RunMetadata(devices: []), step: 0)
        #expect(throws: Never.self) { try sink.flush() }
    }
}
