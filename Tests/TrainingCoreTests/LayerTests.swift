import Testing
import TrainingCore

struct LayerTests {
    @Test func namesAreTensorFlows() throws {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 3])
        let hidden = dense(x, units: 4, activation: .relu)
        let logits = dense(batchNormalization(hidden, training: true), units: 2)
        #expect([hidden.name, logits.name] == ["dense/Relu", "dense_1/BiasAdd"])
        #expect(logits.shape == [nil, 2])
        #expect(
            graph.variables.map(\.name) == [
                "dense/kernel", "dense/bias", "batch_normalization/gamma", "batch_normalization/beta",
                "batch_normalization/moving_mean", "batch_normalization/moving_variance", "dense_1/kernel",
                "dense_1/bias",
            ]
        )
        #expect(graph.trainableVariables.count == 6)
    }

    @Test func denseIsAProductAndABias() throws {
        let graph = Graph()
        let x = graph.constant([[1, 2]])
        let kernel: TensorValue = [[1, 10, 100], [2, 20, 200]]
        let y = dense(x, units: 3, activation: Activation { -$0 }, initializer: { _ in .constant(kernel) })
        let session = try Session(graph)
        let bias = try #require(graph.tensor(named: "dense/bias"))
        try session.assign(bias, to: [1, 2, 3])
        #expect(try session.run(y)[y] == [[-6, -52, -503]])
        let bare = dense(x, units: 3, usesBias: false, initializer: { _ in .constant(kernel) })
        #expect(try session.run(bare)[bare] == [[5, 50, 500]])
    }

    @Test func flattenKeepsTheExamples() throws {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 2, 3])
        let y = flatten(x)
        #expect(y.shape == [nil, 6])
        let gradient = try requiredGradients(of: sum(square(y)), withRespectTo: [x])[0]
        let value = [[[1, 2, 3], [4, 5, 6]]] as TensorValue
        let result = try Session(graph).run(y, gradient, feeding: [x: value])
        #expect(result[y] == [[1, 2, 3, 4, 5, 6]])
        #expect(result[gradient] == [[[2, 4, 6], [8, 10, 12]]])
    }

    @Test func layersNameWhatTheyCannotTake() {
        for build in [
            { _ = dense($0.placeholder("X", shape: [nil, nil]), units: 3) },
            { _ = dense($0.placeholder("X", shape: [nil, 2, 2]), units: 3) },
            { _ = flatten($0.placeholder("X", shape: [nil, nil])) },
            { _ = flatten($0.placeholder("X", shape: [])) },
            { _ = batchNormalization($0.placeholder("X", shape: [2, nil]), training: true) },
        ] as [(Graph) -> Void] {
            let graph = Graph()
            build(graph)
            #expect(expectMistake(.shapeMismatch, in: graph).contains("'X'"))
        }
        let graph = Graph()
        _ = dense(graph.placeholder("X", shape: [nil, 2]), units: 0)
        expectMistake(.invalidArgument, in: graph)
    }

    // MARK: Batch normalization

    /// Two channels with means 2 and 20 and variances 1 and 100.
    private static let batch: TensorValue = [[1, 10], [3, 30]]

    @Test func aBatchIsNormalized() throws {
        let graph = Graph()
        let y = batchNormalization(graph.constant(Self.batch), training: true, epsilon: 1e-8)
        let values = try #require(try evaluate(y).floats)
        for (value, expected) in zip(values, [-1, -1, 1, 1] as [Float]) { #expect(abs(value - expected) < 1e-5) }
    }

    @Test func runningMeansMoveInTrainingOnly() throws {
        let graph = Graph()
        let training = graph.constant(1, name: "training")
        let x = graph.placeholder("X", shape: [nil, 2])
        let y = batchNormalization(x, training: training, momentum: 0.5, epsilon: 1e-8)
        let train = GradientDescent(learningRate: 1e-6).minimize(mean(square(y)))
        let update = graph.group(graph.updateOperations)
        #expect(graph.updateOperations.count == 2)
        let session = try Session(graph)
        func running() throws -> [TensorValue] {
            try ["moving_mean", "moving_variance"].map {
                try session.value(of: #require(graph.tensor(named: "batch_normalization/\($0)")))
            }
        }
        try session.run(y, feeding: [x: Self.batch])
        try session.run(update, feeding: [x: Self.batch, training: 0])
        #expect(try running() == [[0, 0], [1, 1]])
        try session.run(train, feeding: [x: Self.batch])
        #expect(try running() == [[1, 10], [1, 50.5]])
        try session.run(update, feeding: [x: Self.batch])
        #expect(try running() == [[1.5, 15], [1, 75.25]])
        // A single example is normalized with what was learned.
        let values = try #require(try session.run(y, feeding: [x: [[2.5, 15]], training: 0])[y]?.floats)
        #expect(abs(values[0] - 1) < 1e-4 && values[1] == 0)
    }

    @Test(arguments: [0, 1] as [Float])
    func gradientsEqualCentralDifferences(flag: Float) throws {
        try GradientTests().expectCentralDifferences(
            .init("batchNormalization \(flag)", [[5, 3]]) {
                batchNormalization($0[0], training: $0[0].graph.constant(TensorValue(flag)))
            },
            knownShapes: [true]
        )
    }
}
