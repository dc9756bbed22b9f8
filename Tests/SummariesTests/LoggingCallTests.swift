import Summaries
import Testing

/// Every kind reaches every sort of sink, whatever it went through.
struct LoggingCallTests {
    private struct Tee: SummarySink {
        let sink: any SummarySink

        func add(_ event: SummaryEvent) { sink.add(event) }
        func flush() throws { try sink.flush() }
    }

    private enum Optimizer: String, HyperparameterConvertible { case adam }

    private let metadata = RunMetadata(devices: [.init(name: "cpu", nodes: [.init(name: "x")])])

    @Test func aUsersSinkOfTwoMethodsLosesNoKind() {
        let memory = InMemorySummarySink()
        let sink: any SummarySink = Tee(sink: memory).scope("s")
        sink.scalar("a", true, step: 1)
        sink.scalarSeries("a").record(2, step: 2)
        sink.scalars("loss", ["train": 0.5], step: 1)
        sink.histogram("h", [[1, 2], [3]], step: 1)
        sink.runMetadata("run", metadata, step: 1)
        sink.embedding("e", [[1, 2], [3, 4]], labels: ["x", "y"], step: 1)
        sink.describe("a", description: "text")
        sink.graph(GraphDefinition(nodes: []))
        sink.layout { ChartCategory("c") { MultilineChart("m", ["a"]) } }
        sink.hyperparameters(["lr": Float(0.1), "o": Optimizer.adam, "none": String?.none, "n": UInt8(3), "b": false])
        #expect(memory.scalars("s/a").map(\.value) == [1, 2])
        #expect(memory.entries[2].values.map(\.tag) == ["s/loss", "s/loss/train"])
        #expect(memory.histograms("s/h").map(\.value.count) == [3])
        #expect(memory.runMetadata("s/run").map(\.value) == [metadata])
        #expect(memory.embeddings("s/e").map(\.value.vectors) == [[[1, 2], [3, 4]]])
        #expect(memory.description(of: "s/a") == "text")
        #expect(memory.graphs.count == 1 && memory.layouts.count == 1)
        #expect(memory.hyperparameters == ["lr": 0.1, "o": "adam", "n": 3, "b": false])
    }

    @Test func aStepKeepsWhatComesLateAndWhatHasATimeOfItsOwn() {
        let memory = InMemorySummarySink()
        var escaped: SummaryStep?
        memory.step(7, wallTime: 5) { step in
            escaped = step
            step.scalar("a", 1)
            step.scalar("b", 2, wallTime: 3)
            step.graph(GraphDefinition(nodes: []))
        }
        escaped?.scalar("c", 3)
        #expect(
            memory.entries.map { "\($0.step) \($0.wallTime ?? 0) \($0.values.map(\.tag))" } == [
                #"7 3.0 ["b"]"#, #"7 5.0 ["a", "__run_graph__"]"#, #"7 5.0 ["c"]"#,
            ]
        )
    }

    @Test func aDisabledSinkMakesNoValue() {
        var count = 0
        let values = (0..<3).lazy.map { value -> Double in
            count += 1
            return Double(value)
        }
        let sink: any SummarySink = NullSummarySink().scope("s")
        sink.histogram("h", values, step: 0)
        sink.step(1) { $0.histogram("h", values) }
        #expect(count == 0)
        InMemorySummarySink().histogram("h", values, step: 0)
        #expect(count == 3)
    }

    @Test func aTeeFlushesEverySinkAlsoAfterAFailure() {
        struct Failing: SummarySink {
            struct Failure: Error {}
            let flushed: InMemorySummarySink
            func add(_ event: SummaryEvent) {}
            func flush() throws {
                flushed.scalar("flushed", 1, step: 0)
                throw Failure()
            }
        }
        let memory = InMemorySummarySink()
        #expect(throws: Failing.Failure.self) {
            try TeeSummarySink(Failing(flushed: memory), Failing(flushed: memory)).flush()
        }
        #expect(memory.entries.count == 2)
    }
}
