import Testing
import TrainingCore

struct ShapeTests {
    @Test func shapesAreKnownAsFarAsTheyCanBe() {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 2])
        let w = graph.variable("W", .zeros([2, 3]))
        #expect(matmul(x, w).shape == [nil, 3])
        #expect(matmul(w, x, transposeA: true, transposeB: true).shape == [3, nil])
        #expect((matmul(x, w) + graph.variable("b", .zeros([3]))).shape == [nil, 3])
        #expect((x * graph.placeholder(shape: [nil, 1])).shape == [nil, 2])
        #expect((x * graph.placeholder(shape: [4, 1])).shape == [4, 2])
        #expect(sum(x, axes: [0]).shape == [2])
        #expect(mean(x, axes: [-1], keepDimensions: true).shape == [nil, 1])
        #expect(argMax(x, axis: 1).shape == [nil])
        #expect(softmaxCrossEntropy(labels: x, logits: graph.placeholder(shape: [5, nil])).shape == [5])
        #expect(graph.firstError == nil)
    }

    @Test func typesAreKnown() {
        let graph = Graph()
        let x = graph.placeholder(shape: [2])
        #expect(x.dataType == .float)
        #expect(greater(x, 1).dataType == .bool)
        #expect(argMax(x, axis: 0).dataType == .int64)
        #expect(cast(greater(x, 1), to: .int32).dataType == .int32)
        #expect(graph.histogram("x", x).dataType == .string)
    }

    @Test func aMistakeNamesTheNodesAndTheirShapes() throws {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 2])
        let weights = graph.nameScope("layer1") { graph.variable("weight1", .zeros([3, 2])) }
        let product = graph.nameScope("layer1/") { matmul(x, weights) }
        #expect(product.shape == nil)
        let message = expectMistake(.shapeMismatch, in: graph)
        #expect(
            message == "MatMul 'layer1/MatMul' cannot take 'X' of shape [?, 2] and 'layer1/weight1' of shape [3, 2]: "
                + "the columns of the first must be as many as the rows of the second"
        )
        #expect(graph.firstError?.node == "layer1/MatMul")
    }

    @Test func aMistakeIsReportedOnce() {
        let graph = Graph()
        let bad = graph.constant([1, 2]) + graph.constant([1, 2, 3])
        _ = matmul(bad, bad)
        _ = GradientDescent(learningRate: Float.nan).minimize(sigmoid(bad))
        #expect(expectMistake(.shapeMismatch, in: graph).contains("'add'"))
        #expect(graph.errors.map(\.code) == [.shapeMismatch, .invalidArgument])
    }

    @Test(
        arguments: [
            { $0 + $1 }, { matmul($0, $1) }, { sum($0, axes: [2]) + $1 }, { mean($0, axes: [-3]) + $1 },
            { sum($0, axes: [0, -2]) + $1 }, { argMax($0, axis: 2) + $1 },
            { sigmoidCrossEntropy(labels: $0, logits: $1) },
            { softmaxCrossEntropy(labels: $0, logits: $1) }, { matmul($0, sum($1)) },
            { expandDimensions($0, axis: 4) + $1 },
            { softmax(sum($0 * sum($1))) },
        ] as [@Sendable (Tensor, Tensor) -> Tensor]
    )
    func unsuitableShapesAreMistakes(build: @Sendable (Tensor, Tensor) -> Tensor) {
        let graph = Graph()
        let result = build(graph.placeholder(shape: [2, 3]), graph.placeholder(shape: [4, 5]))
        #expect(result.shape == nil)
        let error = #expect(throws: TrainingError.self) { try Session(graph).run(result) }
        #expect(error != nil && error == graph.firstError)
    }

    @Test(
        arguments: [
            { greater($0, 1) + $0 }, { matmul(greater($0, 1), $0) }, { equal($0, argMax($0, axis: 0)) },
            { mean(greater($0, 1)) }, { cast($0.graph.histogram("x", $0), to: .float) }, { cast($0, to: .string) },
            { $0.graph.scalar("x", greater(sum($0), 1)) }, { $0.graph.mergeSummaries([$0]) },
            { identity($0.graph.histogram("x", $0)) },
            { equal($0.graph.histogram("x", $0), $0.graph.histogram("y", $0)) },

            { GradientDescent(learningRate: 1).minimize(sum($0 * $0.graph.variable("v", .ones([1])))) + $0 },
        ] as [@Sendable (Tensor) -> Tensor]
    )
    func unsuitableTypesAreMistakes(build: @Sendable (Tensor) -> Tensor) {
        let graph = Graph()
        _ = build(graph.placeholder(shape: [2, 2]))
        expectMistake(.typeMismatch, in: graph)
    }

    @Test func tensorsOfTwoGraphsDoNotMix() {
        let (graph, other) = (Graph(), Graph())
        let x = graph.placeholder("mine", shape: [])
        let y = other.placeholder("yours", shape: [])
        _ = sigmoid(x * y)
        let message = expectMistake(.unrelatedGraphs, in: graph)
        #expect(message.contains("'mine'") && message.contains("'yours'"))
        #expect(other.firstError == nil)
        let third = Graph()
        _ = third.mergeSummaries([y])
        expectMistake(.unrelatedGraphs, in: third)
    }

    @Test func variablesNeedASensibleShapeAndStart() {
        let initializers: [Initializer] = [
            .zeros([2, -1]), .zeros([1 << 20, 1 << 20]), .randomNormal([2], standardDeviation: -1),
            .randomNormal([2], mean: .nan), .uniform([2], lowerBound: 1, upperBound: 0),
            .truncatedNormal([2], standardDeviation: .infinity), .xavier([-3, 3]), .he([.max, .max]),
            .constant(TensorValue(shape: [1], elements: .int32([1]))), .constant(2, shape: [-1]),
        ]
        for initializer in initializers {
            let graph = Graph()
            _ = graph.variable("w", initializer)
            #expect(expectMistake(.invalidArgument, in: graph).contains("'w'"))
        }
    }

    @Test func aPlaceholderCannotHaveANegativeSize() {
        let graph = Graph()
        _ = graph.placeholder("X", shape: [nil, -1])
        expectMistake(.invalidArgument, in: graph)
    }

    @Test func aConstantMustBeOfTypeFloat() {
        let graph = Graph()
        _ = graph.constant(TensorValue(shape: [1], elements: .double([1])))
        expectMistake(.typeMismatch, in: graph)
    }
}
