import Testing

@testable import Summaries

struct GraphCheckingTests {
    private func graph(_ nodes: (name: String, inputs: [String])...) -> GraphDefinition {
        GraphDefinition(nodes: nodes.map { .init(name: $0.name, operation: "Op", inputs: $0.inputs) })
    }

    @Test(arguments: ["a", "a:0", "a:12", "a:output:0", "^a", "^a:0", "b::c"])
    func everyFormInWhichAnInputNamesItsNodeIsKnown(input: String) {
        #expect(graph(("a", []), ("b::c", []), ("y", [input])).problem == nil)
    }

    @Test func aLoopIsLawful() {
        #expect(graph(("a", ["b"]), ("b", ["a", "b"])).problem == nil)
    }

    @Test(arguments: ["missing", "^missing", "missing:1", "b::c:1", "a:", ":0", "A", ""])
    func anInputThatIsNoNodeIsNamed(input: String) throws {
        let problem = try #require(graph(("a", []), ("b::c", []), ("y", ["a", input])).problem)
        #expect(problem.contains("\"y\" reads \"\(input)\""))
    }

    @Test func nodesThatTheDashboardCannotTellApartAreNamed() throws {
        #expect(try #require(graph(("a/b", []), ("a/b", [])).problem).contains("\"a/b\""))
        #expect(graph().problem != nil)
        for name in ["", "/a", "a/", "a//b"] { #expect(graph((name, [])).problem?.contains("empty part") == true) }
    }

    @Test func onlyAttributesThatFitIntoABrowserStay() throws {
        let graph = GraphDefinition(nodes: [
            .init(
                name: "small",
                operation: "Const",
                attributes: ["value": .tensor(.init(shape: [256], Array(repeating: 1, count: 256)))]
            ),
            .init(
                name: "large",
                operation: "Const",
                attributes: [
                    "value": .tensor(.init(shape: [257], Array(repeating: 1, count: 257))),
                    "text": .string(String(repeating: "ü", count: 513)),
                    "list": .strings(Array(repeating: "12345678", count: 129)),
                    "dtype": .type(.float),
                    "_output_shapes": .shapes([[257]]),
                ]
            ),
        ])
        let checked = graph.withoutLargeAttributes
        #expect(checked.nodes[0] == graph.nodes[0])
        #expect(
            checked.nodes[1].attributes == [
                "dtype": .type(.float), "_output_shapes": .shapes([[257]]),
                "_too_large_attrs": .strings(["list", "text", "value"]),
            ]
        )
    }
}

struct RunMetadataCheckingTests {
    private func problem(_ node: RunMetadata.NodeExecution) -> String? {
        RunMetadata(devices: [.init(name: "", nodes: [.init(name: "good"), node])]).problem
    }

    @Test func whatTheDashboardCanShowIsNoProblem() {
        #expect(RunMetadata(devices: []).problem == nil)
        let node = RunMetadata.NodeExecution(
            name: "x",
            start: .seconds(1_800_000_000),
            duration: .nanoseconds(1),
            memoryByteCount: .max,
            outputShapes: [[], [0, 2]],
            thread: Int(UInt32.max)
        )
        #expect(problem(node) == nil)
    }

    @Test(arguments: [
        RunMetadata.NodeExecution(name: ""),
        .init(name: "x", start: .nanoseconds(-1)),
        .init(name: "x", duration: .nanoseconds(-1)),
        .init(name: "x", duration: .seconds(Int64.max)),
        .init(name: "x", memoryByteCount: -1),
        .init(name: "x", outputShapes: [[2], [-1]]),
        .init(name: "x", thread: -1),
        .init(name: "x", thread: .max),
    ])
    func whatMakesNoSenseIsNamed(node: RunMetadata.NodeExecution) {
        #expect(problem(node)?.contains("node \"\(node.name)\"") == true)
    }
}
