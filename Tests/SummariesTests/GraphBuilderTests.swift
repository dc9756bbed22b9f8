import Summaries
import Testing

struct GraphBuilderTests {
    private var builder = GraphBuilder()

    @Test mutating func nodesKeepInputsShapesAndDevices() {
        let x = builder.node("x", "Placeholder", shape: [nil, 4])
        let parts = builder.device("/device:GPU:0") {
            $0.node("split", "Split", inputs: [x], attributes: ["n": .int(2)])
        }
        builder.node("y", "Add", inputs: [parts, parts.output(1)], after: [x], shape: [nil, 2])
        #expect(
            builder.definition.nodes == [
                .init(name: "x", operation: "Placeholder", attributes: ["_output_shapes": .shapes([[nil, 4]])]),
                .init(
                    name: "split",
                    operation: "Split",
                    inputs: ["x"],
                    device: "/device:GPU:0",
                    attributes: ["n": .int(2)]
                ),
                .init(
                    name: "y",
                    operation: "Add",
                    inputs: ["split", "split:1", "^x"],
                    attributes: ["_output_shapes": .shapes([[nil, 2]])]
                ),
            ]
        )
        #expect(builder.definition.problem == nil)
    }

    @Test mutating func namesAreMadeUniqueAsInTensorFlow() {
        builder.node("a", "NoOp")
        builder.node("A", "NoOp")
        builder.scope("a") { $0.node("b", "NoOp") }
        builder.scope("a_1/") { inner in
            inner.node("b", "NoOp")
            inner.scope("") { $0.node("top", "NoOp") }
            inner.scope("c") { $0.scope("d") { $0.node("e", "NoOp") } }
        }
        #expect(builder.definition.nodes.map(\.name) == ["a", "A_1", "a_2/b", "a_1/b", "top", "a_1/c/d/e"])
    }

    @Test(arguments: [
        ("Layer[fc 1]", "Layer_fc_1_"), ("", "."), ("/a//b/", "a/b"), ("^x:0", "._x_0"), ("quote\"\n{", "quote___"),
    ])
    mutating func aNameThatNoNodeCanHaveIsMended(name: String, mended: String) {
        #expect(builder.node(name, "NoOp").node == mended)
        builder.scope("s") { $0.node(name, "NoOp") }
        #expect(builder.definition.problem == nil)
    }

    @Test mutating func aScopeWithoutALawfulNameIsMended() {
        builder.scope("Layer[1]") { $0.node("x", "NoOp") }
        builder.scope("a b/") { $0.node("x", "NoOp") }
        builder.scope("/") { $0.node("x", "NoOp") }
        #expect(builder.definition.nodes.map(\.name) == ["Layer_1_/x", "a_b/x", "x"])
    }

    @Test mutating func whatWasAddedBeforeAnErrorStays() {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try builder.scope("s") { (inner: inout GraphBuilder) throws(Failure) in
                inner.node("a", "NoOp")
                throw Failure()
            }
        }
        builder.node("b", "NoOp")
        #expect(builder.definition.nodes.map(\.name) == ["s/a", "b"])
    }

    @Test(arguments: ["length", "constructor", "toString", "valueOf", "hasOwnProperty"])
    mutating func aNameThatTheDashboardUsesItselfIsChanged(name: String) {
        builder.node(name, "NoOp")
        builder.scope(name) { $0.node(name, name) }
        let names = builder.definition.nodes.map(\.name)
        #expect(names == ["\(name)_1", "\(name)_2/\(name)"])
        #expect(builder.definition.nodes[1].operation == "\(name)_1")
        #expect(GraphNames.hazard(in: builder.definition) == nil)
    }

    @Test func whatTheDashboardDoesNotDrawIsFound() {
        func hazard(_ name: String, _ operation: String = "NoOp") -> String? {
            GraphNames.hazard(in: GraphDefinition(nodes: [.init(name: name, operation: operation)]))
        }
        #expect(hazard("a/length") == nil)
        #expect(hazard("length/a")?.contains("\"length\", the first part of the name of node \"length/a\"") == true)
        #expect(hazard("a", "__proto__")?.contains("the operation of node \"a\"") == true)
        #expect(hazard(Array(repeating: "s", count: 1001).joined(separator: "/"))?.contains("1000 scopes") == true)
        #expect(hazard(Array(repeating: "s", count: 1000).joined(separator: "/")) == nil)
    }
}
