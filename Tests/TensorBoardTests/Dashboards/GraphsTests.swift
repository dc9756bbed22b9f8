import TensorBoard
import TestSupport
import Testing

struct GraphsTests {
    let directory: TemporaryDirectory
    let issues = IssueCollector()

    init() throws { directory = try TemporaryDirectory() }

    private static let metadata = RunMetadata(devices: [.init(name: "cpu", nodes: [.init(name: "x")])])
    private static let graph = GraphDefinition(nodes: [.init(name: "x", operation: "Placeholder")])
    private static let twins = GraphDefinition(nodes: graph.nodes + graph.nodes)

    /// Logs, and returns the events behind those that begin a file.
    private func events(
        _ options: SummaryWriter.Options = .init(),
        _ log: (SummaryWriter) -> Void
    ) throws -> [WrittenEvent] {
        var options = options
        options.onIssue = issues.collect
        let writer = try SummaryWriter(logDirectory: directory.appending("run"), options: options)
        log(writer)
        try writer.close()
        return try directory.appending("run").eventFiles().flatMap { try $0.events() }
            .filter { !$0.isSessionStart && $0.fileVersion.isEmpty }
    }

    @Test func runMetadataIsAnEventOfItsOwn() throws {
        let events = try events { $0.scope("eval").runMetadata("step3", Self.metadata, step: 3) }
        #expect(events.map(\.step) == [3])
        #expect(try events[0].message.message(8)?.text(1) == "eval/step3")
        #expect(issues.all.isEmpty)
    }

    @Test func runMetadataAndSummariesNeverShareATag() throws {
        let events = try events { writer in
            writer.scalar("a", 1, step: 0)
            writer.runMetadata("a", Self.metadata, step: 1)
            writer.runMetadata("b", Self.metadata, step: 2)
            writer.scalar("b", 1, step: 3)
            writer.scalarSeries("b").record(1, step: 4)
            writer.add([.histogram("b", Histogram([1.0])), .scalar("c", 2)], step: 5)
            writer.runMetadata("__run_graph__", Self.metadata, step: 6)
            writer.runMetadata("b", Self.metadata, step: 7)
        }
        #expect(events.map(\.step) == [0, 2, 5, 7])
        #expect(try events[2].scalars == ["c": 2])
        // The last says how many more of "b" there were.
        #expect(issues.all.map(\.code) == [.tagConflict, .tagConflict, .tagConflict, .tagConflict])
        #expect(issues.all.map(\.tag) == ["a", "b", "__run_graph__", "b"])
        #expect(issues.all.map(\.step) == [1, 3, 6, nil])
        #expect(issues.all[1].message.contains("holds run metadata"))
    }

    @Test func theTagStaysReservedInTheNextFile() throws {
        let events = try events(.init(maximumFileSize: 1)) { writer in
            for step in 0..<3 {
                writer.runMetadata("b", Self.metadata, step: step)
                try? writer.flush()
                writer.scalar("b", 1, step: step)
            }
        }
        #expect(events.map { $0.message.has(8) } == [true, true, true])
        #expect(issues.all.map(\.code) == [.tagConflict, .tagConflict])
        #expect(issues.all.last?.message.hasPrefix("and 2 more of tag \"b\"") == true)
    }

    @Test(arguments: [
        ("", RunMetadata(devices: [])),
        ("bad", RunMetadata(devices: [.init(name: "cpu", nodes: [.init(name: "x", memoryByteCount: -1)])])),
    ])
    func wrongRunMetadataIsRefused(tag: String, metadata: RunMetadata) throws {
        let events = try events { writer in
            writer.runMetadata(tag, metadata, step: 3)
            writer.scalar("fine", 1, step: 4)
        }
        #expect(events.map(\.step) == [4])
        #expect(issues.all.map(\.code) == [.invalidSummary])
        #expect(issues.all.map(\.tag) == [tag])
        #expect(issues.all.map(\.step) == [3])
    }

    @Test func aGraphThatCannotBeDrawnAsItIsMeantIsRefused() throws {
        let events = try events { writer in
            writer.graph(Self.twins)
            writer.graph("tagged", Self.twins, step: 1)
            writer.graph(Self.graph)
        }
        #expect(events.map { $0.message.has(4) } == [true])
        #expect(issues.all.map(\.code) == [.invalidSummary, .invalidSummary])
        #expect(issues.all.map(\.tag) == ["__run_graph__", "tagged"])
        #expect(issues.all.allSatisfy { $0.message.contains("\"x\" is the name of two nodes") })
    }

    @Test func aTaggedGraphIsAValueOfItsPlugin() throws {
        let events = try events { writer in
            writer.graph("plain", Self.graph, step: 0)
            writer.step(1) { $0.graph("timed", Self.graph, runMetadata: Self.metadata) }
            writer.graph("plain", Self.graph, step: 2)
        }
        let values = try events.map { try #require(try $0.values.first) }
        let plugins = try values.map { try $0.message(9)?.message(1) }
        #expect(
            plugins.map { $0?.text(1) } == [
                "graph_run_metadata_graph", "graph_run_metadata", "graph_run_metadata_graph",
            ]
        )
        #expect(plugins.map { $0?.text(2) } == ["1", "1", "1"])
        #expect(try values.map { try $0.message(9)?.int(4) } == [3, 3, 3])
    }

    @Test func largeConstantsAreLeftOutOfGraphs() throws {
        let large = GraphDefinition.AttributeValue.tensor(TensorValue(shape: [1000], Array(repeating: 0, count: 1000)))
        let graph = GraphDefinition(nodes: [.init(name: "x", operation: "Const", attributes: ["value": large])])
        let events = try events { writer in
            writer.graph(graph)
            writer.graph("tagged", graph, step: 0)
        }
        #expect(events.count == 2)
        let size = try directory.appending("run").eventFiles().map { try $0.contents().count }
        #expect(size.allSatisfy { $0 < 1000 })
        #expect(issues.all.isEmpty)
    }

    @Test(arguments: [
        (LayerDiagram("", layers: [.init("a", "Dense")]), "name"),
        (LayerDiagram("m", layers: []), "no layers"),
        (LayerDiagram("m", layers: [.init("", "Dense")]), "no name"),
        (LayerDiagram("m", layers: [.init("a", "Dense"), .init("a", "Dense")]), "two layers"),
        (LayerDiagram("m", layers: [.init("a", "Dichté")]), "ASCII"),
        (LayerDiagram("m", layers: [.init("a", "Dense", inputs: ["b"])]), "\"b\""),
    ])
    func aWrongModelIsRefused(model: LayerDiagram, reason: String) throws {
        let events = try events { writer in
            writer.step(3) { step in
                step.model("m", model)
                step.scalar("fine", 1)
            }
        }
        #expect(try events.map { try $0.scalars } == [["fine": 1]])
        #expect(issues.all.map(\.code) == [.invalidSummary])
        #expect(issues.all.first?.message.contains(reason) == true)
        #expect(issues.all.first?.step == 3)
    }
}
