import Foundation
import TensorBoard
import Testing
import TrainingCore

extension HardCases {
    /// Text in every place where a graph has some, to break a browser that reads it line by line.
    static let hardText = "a {\n}\nnode { \"b\" \\ 'c' ü \u{0}\t"

    static func writeGraphs(in directory: URL) throws {
        try write("graphs", in: directory) { writer in
            writer.graph(builtGraph)
            writer.runMetadata("step5", measured, step: 5)
            writer.runMetadata("step5", measured, step: 6)
            writer.graph("evaluation", builtGraph, step: 0)
            writer.graph("timed", builtGraph, runMetadata: measured, step: 0)
            writer.model("model", model, step: 0)
        }
        try write("traced", in: directory) { writer in
            let (graph, metadata) = try tracedTraining()
            writer.graph(graph.definition)
            writer.runMetadata("step0", metadata, step: 0)
        }
    }

    static var builtGraph: GraphDefinition {
        var builder = GraphBuilder()
        let x = builder.node("x", "Placeholder", shape: [nil, 4], attributes: ["hard": .string(hardText)])
        builder.scope("layer[1]") { layer in
            let weights = layer.node(
                "weights",
                "VariableV2",
                shape: [4, 3],
                attributes: ["initial": .tensor(TensorValue(shape: [400], Array(repeating: 1, count: 400)))]
            )
            layer.device("/device:GPU:0") { gpu in
                let product = gpu.node("MatMul", "MatMul", inputs: [x, weights], shape: [nil, 3])
                gpu.node("both", "Pack", inputs: [product, product.output(1)], after: [x])
            }
        }
        return builder.definition
    }

    static let measured = RunMetadata(devices: [
        .init(
            name: "/device:GPU:0",
            nodes: [
                .init(
                    name: "layer_1_/MatMul",
                    start: .microseconds(10),
                    duration: .microseconds(70),
                    memoryByteCount: 1 << 40,
                    outputShapes: [[8, 3], []]
                ),
                .init(name: "layer_1_/both", start: .microseconds(80), duration: .nanoseconds(30), thread: 1),
            ]
        ),
        .init(name: "/device:CPU:0", nodes: [.init(name: "x", memoryByteCount: 128, outputShapes: [[8, 4]])]),
    ])

    static let model = LayerDiagram(
        "residual",
        layers: [
            .init("input", "InputLayer"),
            .init("hidden \"ü\"", "Dense", dataType: .double),
            .init("block/norm", "LayerNormalization"),
            .init("sum", "Add", inputs: ["input", "block/norm"]),
        ]
    )

    /// A training of which one step was measured.
    private static func tracedTraining() throws -> (Graph, RunMetadata) {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 64])
        let cost = graph.nameScope("layer1") {
            mean(sigmoid(matmul(x, graph.variable("weights", .randomNormal([64, 64])))))
        }
        let train = GradientDescent(learningRate: 0.1).minimize(cost)
        let result = try Session(graph).run(
            train,
            feeding: [x: TensorValue(shape: [32, 64], Array(repeating: 1, count: 32 * 64))],
            options: .init(traceLevel: .full)
        )
        return (graph, try #require(result.runMetadata))
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available)
    func aBuiltGraphIsServedAsItWasBuilt(loader: Loader) async throws {
        let server = try Served.by(loader)
        for graph in [
            try await server.graph(run: "graphs"),
            try await server.graph(run: "graphs", tag: "evaluation"),
            try await server.graph(run: "graphs", tag: "timed"),
        ] {
            let built = HardCases.builtGraph.nodes.map(ServedGraph.Node.init)
            expectSame(graph.nodes.values.sorted { $0.name < $1.name }, built.sorted { $0.name < $1.name }, "nodes")
        }
    }

    /// The browser takes a line that ends with a bracket for the beginning or the end of a message.
    @Test(arguments: Loader.available)
    func textInAGraphNeverEndsALine(loader: Loader) async throws {
        let text = try await Served.by(loader).graphText(run: "graphs")
        let lines = text.split(separator: "\n").filter { $0.contains("node { ") }
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.hasSuffix("\"") })
        #expect(text.contains("_too_large_attrs"))
        #expect(!text.contains("key: \"initial\""))
    }

    @Test(arguments: Loader.available)
    func everyTagOffersWhatItHas(loader: Loader) async throws {
        let tags = try await Served.by(loader).graphTags(run: "graphs")
        #expect(
            tags == [
                "step5": .init(op_graph: false, profile: true, conceptual_graph: false),
                "evaluation": .init(op_graph: true, profile: false, conceptual_graph: false),
                "timed": .init(op_graph: true, profile: true, conceptual_graph: false),
                "model": .init(op_graph: false, profile: false, conceptual_graph: true),
            ]
        )
    }

    @Test(arguments: Loader.available, ["step5", "timed"])
    func timesMemoryAndShapesAreServedAsTheyWereMeasured(loader: Loader, tag: String) async throws {
        let text = try await Served.by(loader).runMetadataText(run: "graphs", tag: tag)
        #expect(
            try await ServedExecution.read(text: text) == [
                .init(
                    device: "/device:GPU:0",
                    name: "layer_1_/MatMul",
                    startMicroseconds: 10,
                    microseconds: 70,
                    bytes: 1 << 40,
                    outputShapes: [[8, 3], []]
                ),
                .init(
                    device: "/device:GPU:0",
                    name: "layer_1_/both",
                    startMicroseconds: 80,
                    microseconds: 1,
                    bytes: 0,
                    outputShapes: []
                ),
                .init(
                    device: "/device:CPU:0",
                    name: "x",
                    startMicroseconds: 1,
                    microseconds: 0,
                    bytes: 128,
                    outputShapes: [[8, 4]]
                ),
            ]
        )
    }

    @Test func bothLoadersServeTheSameRunMetadata() async throws {
        var texts: Set<Data> = []
        for loader in Loader.available {
            texts.insert(try await Served.by(loader).runMetadataText(run: "graphs", tag: "step5"))
        }
        #expect(texts.count == 1)
    }

    @Test(arguments: Loader.available)
    func aMeasuredStepNamesNodesOfTheGraph(loader: Loader) async throws {
        let server = try Served.by(loader)
        let nodes = try await server.graph(run: "traced").nodes
        let text = try await server.runMetadataText(run: "traced", tag: "step0")
        let executions = try await ServedExecution.read(text: text)
        #expect(executions.filter { nodes[$0.name] == nil } == [])
        let product = try #require(executions.first { $0.name == "layer1/MatMul" })
        #expect(product.microseconds >= 1)
        #expect(product.bytes >= 32 * 64 * 4)
        #expect(product.outputShapes == [[32, 64]])
        #expect(product.device == "/device:CPU:0")
        let weights = try #require(executions.first { $0.name == "layer1/weights" })
        #expect(weights.bytes >= 64 * 64 * 4)
        #expect(weights.microseconds == 0)
    }

    @Test(arguments: Loader.available)
    func theLayersOfAModelAreServedWithTheirLines(loader: Loader) async throws {
        let graph = try await Served.by(loader).graph(run: "graphs", tag: "model", isConceptual: true)
        #expect(
            graph.nodes.mapValues(\.inputs) == [
                "residual/input": [],
                "residual/hidden \"ü\"": ["residual/input"],
                "residual/block/norm": ["residual/hidden \"ü\""],
                "residual/sum": ["residual/input", "residual/block/norm"],
            ]
        )
    }
}
