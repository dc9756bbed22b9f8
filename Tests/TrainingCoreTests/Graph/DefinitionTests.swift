import Testing
import TrainingCore

struct DefinitionTests {
    typealias Node = GraphDefinition.Node

    /// The graph of FORMAT's classic example: a scope with a variable, a product, a sigmoid and a histogram.
    private func classicGraph() -> Graph {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 4])
        graph.nameScope("layer1") {
            let w = graph.variable("W", .zeros([4, 3]))
            let y = sigmoid(matmul(x, w), name: "y")
            graph.histogram("act", y)
        }
        _ = graph.mergeSummaries()
        return graph
    }

    @Test func nodesAreThoseThatTensorFlowDraws() {
        let nodes = classicGraph().definition.nodes
        let lines = nodes.map { "\($0.name) \($0.operation)(\($0.inputs.joined(separator: ", ")))" }
        #expect(
            lines == [
                "x Placeholder()",
                "layer1/W/Initializer/zeros Const()",
                "layer1/W VariableV2()",
                "layer1/W/Assign Assign(layer1/W, layer1/W/Initializer/zeros)",
                "layer1/W/read Identity(layer1/W)",
                "layer1/MatMul MatMul(x, layer1/W/read)",
                "layer1/y Sigmoid(layer1/MatMul)",
                "layer1/act/tag Const()",
                "layer1/act HistogramSummary(layer1/act/tag, layer1/y)",
                "Merge/MergeSummary MergeSummary(layer1/act)",
                "init NoOp(^layer1/W/Assign)",
            ]
        )
    }

    @Test func attributesAreThoseThatTensorFlowWrites() throws {
        let nodes = Dictionary(uniqueKeysWithValues: classicGraph().definition.nodes.map { ($0.name, $0.attributes) })
        let here = GraphDefinition.AttributeValue.strings(["loc:@layer1/W"])
        #expect(
            nodes["x"] == [
                "dtype": .type(.float), "shape": .shape([nil, 4]), "_output_shapes": .shapes([[nil, 4]]),
            ]
        )
        #expect(
            nodes["layer1/W"] == [
                "dtype": .type(.float), "shape": .shape([4, 3]), "container": .string(""), "shared_name": .string(""),
                "_output_shapes": .shapes([[4, 3]]),
            ]
        )
        #expect(
            nodes["layer1/W/Assign"] == [
                "T": .type(.float), "use_locking": .bool(true), "validate_shape": .bool(true), "_class": here,
                "_output_shapes": .shapes([[4, 3]]),
            ]
        )
        #expect(
            nodes["layer1/W/read"] == ["T": .type(.float), "_class": here, "_output_shapes": .shapes([[4, 3]])]
        )
        #expect(
            nodes["layer1/MatMul"] == [
                "T": .type(.float), "transpose_a": .bool(false), "transpose_b": .bool(false),
                "_output_shapes": .shapes([[nil, 3]]),
            ]
        )
        let tag = TensorValue(shape: [], elements: .string([Array("layer1/act".utf8)]))
        #expect(
            nodes["layer1/act/tag"] == [
                "dtype": .type(.string), "value": .tensor(tag), "_output_shapes": .shapes([[]]),
            ]
        )
        #expect(nodes["layer1/act"] == ["T": .type(.float), "_output_shapes": .shapes([[]])])
        #expect(nodes["Merge/MergeSummary"] == ["N": .int(1), "_output_shapes": .shapes([[]])])
        #expect(nodes["init"] == [:])
    }

    @Test func typesOfComparisonsAndConversionsAreDeclared() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [2])
        _ = argMax(cast(greater(x, 0.5), to: .float), axis: 0)
        let nodes = Dictionary(uniqueKeysWithValues: graph.definition.nodes.map { ($0.name, $0) })
        #expect(nodes["Greater"]?.inputs == ["x", "Greater/y"])
        #expect(nodes["Greater"]?.attributes["T"] == .type(.float))
        #expect(nodes["Cast"]?.attributes["SrcT"] == .type(.bool))
        #expect(nodes["Cast"]?.attributes["DstT"] == .type(.float))
        #expect(nodes["ArgMax"]?.inputs == ["Cast", "ArgMax/dimension"])
        #expect(nodes["ArgMax"]?.attributes["output_type"] == .type(.int64))
    }

    @Test func gradientsStandInAScopeForEachNode() throws {
        let lab = Lab()
        let nodes = Dictionary(uniqueKeysWithValues: lab.graph.definition.nodes.map { ($0.name, $0) })
        let expected = [
            "gradients/grad_ys_0": "Fill",
            "gradients/layer2/Sigmoid_grad/SigmoidGrad": "SigmoidGrad",
            "gradients/layer2/MatMul_grad/MatMul": "MatMul",
            "gradients/layer2/MatMul_grad/MatMul_1": "MatMul",
            "gradients/layer2/add_grad/Reshape": "Reshape",
            "gradients/layer1/MatMul_grad/MatMul": "MatMul",
            "gradients/AddN": "AddN",
            "GradientDescent/learning_rate": "Const",
            "GradientDescent/update_layer1/weight1/ApplyGradientDescent": "ApplyGradientDescent",
            "GradientDescent": "NoOp",
        ]
        for (name, operation) in expected { #expect(nodes[name]?.operation == operation, "\(name)") }
        let update = try #require(nodes["GradientDescent/update_layer1/weight1/ApplyGradientDescent"])
        #expect(
            update.inputs == [
                "layer1/weight1", "GradientDescent/learning_rate", "gradients/layer1/MatMul_grad/MatMul",
            ]
        )
        #expect(update.attributes["_class"] == .strings(["loc:@layer1/weight1"]))
        #expect(
            nodes["GradientDescent"]?.inputs == [
                "^GradientDescent/update_layer1/bias1/ApplyGradientDescent",
                "^GradientDescent/update_layer1/weight1/ApplyGradientDescent",
                "^GradientDescent/update_layer2/bias2/ApplyGradientDescent",
                "^GradientDescent/update_layer2/weight2/ApplyGradientDescent",
            ]
        )
    }

    @Test func aSecondDerivationHasAScopeOfItsOwn() {
        let graph = Graph()
        let x = graph.variable("x", .zeros([]))
        let y = square(x)
        #expect(gradients(of: y, withRespectTo: [x])[0]?.name == "gradients/Square_grad/mul_1")
        #expect(gradients(of: y, withRespectTo: [x])[0]?.name == "gradients_1/Square_grad/mul_1")
    }

    @Test func optimizersStandInTheScopeTheyAreMadeIn() throws {
        let graph = Graph()
        let x = graph.nameScope("layer1") { graph.variable("weight1", .ones([2])) }
        let cost = sum(x)
        let train = graph.nameScope("train") { Adam().minimize(cost) }
        #expect(train.name == "train/Adam")
        let names = Set(graph.definition.nodes.map(\.name))
        for name in [
            "train/gradients/Sum_grad/BroadcastTo", "train/beta1_power", "train/beta2_power/read", "train/Adam/beta1",
            "layer1/weight1/Adam", "layer1/weight1/Adam_1/Assign", "train/Adam/update_layer1/weight1/ApplyAdam",
            "train/Adam/mul", "train/Adam/Assign", "train/Adam/Assign_1",
        ] {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test func momentumHasASlotForEachVariable() throws {
        let graph = Graph()
        let x = graph.variable("x", .ones([2]))
        let train = Momentum(learningRate: 1).minimize(sum(x))
        let nodes = Dictionary(uniqueKeysWithValues: graph.definition.nodes.map { ($0.name, $0) })
        #expect(
            nodes["Momentum/update_x/ApplyMomentum"]?.inputs == [
                "x", "x/Momentum", "Momentum/learning_rate", "gradients/Sum_grad/BroadcastTo", "Momentum/momentum",
            ]
        )
        #expect(train.name == "Momentum")
        #expect(graph.trainableVariables == [x])
        #expect(graph.variables.map(\.name) == ["x", "x/Momentum"])
    }

    @Test func initialValuesAreDrawnAsTheFormulaThatMakesThem() throws {
        let graph = Graph()
        _ = graph.variable("n", .randomNormal([2, 2], standardDeviation: 0.5))
        _ = graph.variable("t", .truncatedNormal([2]))
        _ = graph.variable("u", .uniform([2], lowerBound: -3, upperBound: 1))
        let nodes = Dictionary(uniqueKeysWithValues: graph.definition.nodes.map { ($0.name, $0) })
        func expectNode(_ name: String, _ operation: String, _ inputs: [String]) {
            #expect(nodes[name]?.operation == operation, "\(name)")
            #expect(nodes[name]?.inputs == inputs, "\(name)")
        }
        let n = "n/Initializer/random_normal"
        expectNode("n/Assign", "Assign", ["n", n])
        expectNode(n, "AddV2", ["\(n)/mul", "\(n)/mean"])
        expectNode("\(n)/mul", "Mul", ["\(n)/RandomStandardNormal", "\(n)/stddev"])
        expectNode("\(n)/RandomStandardNormal", "RandomStandardNormal", ["\(n)/shape"])
        #expect(nodes["\(n)/stddev"]?.attributes["value"] == .tensor(0.5))
        let t = "t/Initializer/truncated_normal"
        expectNode("\(t)/TruncatedNormal", "TruncatedNormal", ["\(t)/shape"])
        let u = "u/Initializer/random_uniform"
        expectNode("\(u)/sub", "Sub", ["\(u)/max", "\(u)/min"])
        expectNode("\(u)/mul", "Mul", ["\(u)/RandomUniform", "\(u)/sub"])
        expectNode(u, "AddV2", ["\(u)/mul", "\(u)/min"])
        #expect(nodes["\(u)/min"]?.attributes["value"] == .tensor(-3))
    }

    @Test func largeConstantsAreDrawnInAFormThatTensorFlowImports() throws {
        let graph = Graph()
        let counting = (0..<1025).map(Float.init)
        _ = graph.constant(TensorValue(shape: [16], Array(repeating: 1, count: 16)), name: "small")
        _ = graph.constant(TensorValue(shape: [17], Array(repeating: 1, count: 17)), name: "equal")
        _ = graph.constant(TensorValue(shape: [1024], Array(counting.dropLast())), name: "full")
        _ = graph.constant(TensorValue(shape: [1025], counting), name: "large")
        _ = graph.variable("v", .constant(TensorValue(shape: [4, 5], Array(repeating: 1, count: 20))))
        _ = graph.variable("w", .constant(TensorValue(shape: [5, 205], counting)))
        _ = graph.variable("z", .zeros([1000, 1000]))
        let nodes = Dictionary(uniqueKeysWithValues: graph.definition.nodes.map { ($0.name, $0) })
        for name in ["small", "full"] { #expect(nodes[name]?.attributes["value"] != nil) }
        for name in ["equal", "v/Initializer/Const"] {
            #expect(nodes[name]?.operation == "Fill")
            #expect(nodes[name]?.inputs == ["\(name)/dims", "\(name)/value"])
            #expect(nodes["\(name)/value"]?.attributes["value"] == .tensor(1))
        }
        for name in ["large", "w/Initializer/Const"] {
            #expect(nodes[name]?.operation == "Placeholder")
            #expect(nodes[name]?.attributes["value"] == nil)
            #expect(nodes[name]?.attributes["_output_shapes"] != nil)
        }
        #expect(nodes["z/Initializer/zeros"]?.operation == "Fill")
        #expect(nodes["z/Initializer/zeros"]?.inputs.count == 2)
    }

    @Test(arguments: [[-2, -3], [-1], [Int.max, 4]])
    func aMistakenVariableIsNotDrawn(shape: [Int]) {
        let graph = Graph()
        _ = graph.variable("w", .zeros(shape))
        _ = graph.variable("v", .constant(TensorValue(shape: [2], elements: .int32([1, 2]))))
        #expect(graph.errors.count == 2)
        #expect(graph.definition.nodes.isEmpty)
    }

    @Test(arguments: [GradientDescent(learningRate: 1) as any Optimizer, Momentum(learningRate: 1), Adam()])
    func everyInputExistsAndNamesAreUnique(optimizer: any Optimizer) throws {
        let lab = Lab(layers: [3, 2, 1], optimizer: optimizer)
        let graph = lab.graph
        graph.nameScope("more") {
            let logits = graph.placeholder(shape: [nil, 3])
            let labels = softmax(logits)
            let loss = mean(softmaxCrossEntropy(labels: labels, logits: logits), axes: [0])
            _ = gradients(of: loss, withRespectTo: [logits])
            _ = gradients(of: sum(logits, axes: [-1]), withRespectTo: [logits])
            _ = graph.mergeSummaries()
        }
        #expect(graph.firstError == nil)
        let nodes = graph.definition.nodes
        var seen: Set<String> = []
        for node in nodes {
            let data = node.inputs.prefix { !$0.hasPrefix("^") }
            let controls = node.inputs.dropFirst(data.count)
            #expect(controls.allSatisfy { $0.hasPrefix("^") }, "control inputs come last: \(node.name)")
            #expect(Array(controls) == controls.sorted())
            for input in data + controls.map({ String($0.dropFirst()) }) {
                #expect(seen.contains(input), "\(node.name) reads \(input), which is not drawn before it")
            }
            #expect(seen.insert(node.name).inserted, "\(node.name) is drawn twice")
            // Of a sum over axes that only a run knows, not even the rank is known.
            let hasUnknownRank = node.operation == "Sum" && node.inputs[1].hasSuffix("BroadcastGradientArgs")
            let hasShape = node.attributes["_output_shapes"] != nil
            #expect(hasShape == (node.operation != "NoOp" && !hasUnknownRank), "\(node.name)")
        }
        #expect(Set(nodes.map { $0.name.lowercased() }).count == nodes.count)
    }

    @Test func theInitialisationDoesNotTakeAUsersName() {
        let graph = Graph()
        _ = graph.variable("init", .zeros([1]))
        #expect(graph.definition.nodes.last?.name == "init_1")
        #expect(graph.definition.nodes.last?.name == "init_1")
        #expect(graph.placeholder("init_1", shape: []).name == "init_1")
    }

    @Test func aGraphWithAMistakeIsDrawnWithoutIt() throws {
        let graph = Graph()
        _ = sigmoid(graph.placeholder("a", shape: [2]) + graph.placeholder("b", shape: [3]))
        #expect(graph.definition.nodes.map(\.name) == ["a", "b"])
    }
}
