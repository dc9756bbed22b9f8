import TrainingCore

/// Something that the training core computes over and over: a step of a training, or one operation.
struct TrainingWork {
    /// The name by which `training.py` does the same.
    let name: String
    /// How many calls take long enough for the clock.
    let calls: Int
    let step: Callable

    /// Everything that is measured.
    static func all() throws -> [TrainingWork] {
        try [
            network("784-256-10, batch 128", [784, 256, 10], batch: 128, calls: 10),
            network("64-128-64-10, batch 32", [64, 128, 64, 10], batch: 32, calls: 100),
            xor(),
        ]
            + [64, 256, 512].map { size in
                try operation(
                    "product of \(size) x \(size)",
                    [[size, size], [size, size]],
                    calls: size < 256 ? 500 : 10
                ) {
                    matmul($0[0], $0[1])
                }
            }
            + [10, 1].map { columns in
                try operation("product with \(columns) columns", [[1000, 1000], [1000, columns]], calls: 20) {
                    matmul($0[0], $0[1])
                }
            }
            + [
                operation("column sums", [[1000, 1000]], calls: 20) { sum($0[0], axes: [0]) },
                operation("softmax", [[10_000, 100]], calls: 5) { softmax($0[0]) },
                operation("tanh", [[1_000_000]], calls: 5) { tanh($0[0]) },
                operation("exp", [[1_000_000]], calls: 5) { exp($0[0]) },
                operation("log", [[1_000_000]], calls: 5, isPositive: true) { log($0[0]) },
            ]
    }

    /// ReLU layers, softmax cross entropy, gradient descent.
    private static func network(_ name: String, _ sizes: [Int], batch: Int, calls: Int) throws -> TrainingWork {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, sizes[0]])
        let classes = sizes[sizes.count - 1]
        let y = graph.placeholder("Y", shape: [nil, classes])
        var output = x
        for units in sizes.dropFirst().dropLast() { output = dense(output, units: units, activation: .relu) }
        let cost = mean(softmaxCrossEntropy(labels: y, logits: dense(output, units: classes)))
        let train = GradientDescent(learningRate: 0.01).minimize(cost)
        let inputs = (0..<batch * sizes[0]).map { Float($0 * 7 % 31) / 31 }
        let labels = (0..<batch * classes).map { $0 % classes == $0 / classes % classes ? Float(1) : 0 }
        let feeds = [
            x: TensorValue(shape: [batch, sizes[0]], inputs), y: TensorValue(shape: [batch, classes], labels),
        ]
        return TrainingWork(
            name: name,
            calls: calls,
            step: try Session(graph).makeCallable(train, cost, feeding: feeds, summaries: false)
        )
    }

    private static func xor() throws -> TrainingWork {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 2])
        let y = graph.placeholder("Y", shape: [nil, 1])
        let hypothesis = dense(dense(x, units: 2, activation: .sigmoid), units: 1, activation: .sigmoid)
        let cost = -mean(y * log(hypothesis) + (1 - y) * log(1 - hypothesis))
        let train = GradientDescent(learningRate: 0.1).minimize(cost)
        let feeds: [Tensor: TensorValue] = [x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]]]
        return TrainingWork(
            name: "XOR, 2-2-1",
            calls: 20_000,
            step: try Session(graph).makeCallable(train, cost, feeding: feeds, summaries: false)
        )
    }

    private static func operation(
        _ name: String,
        _ shapes: [[Int]],
        calls: Int,
        isPositive: Bool = false,
        _ build: ([Tensor]) -> Tensor
    ) throws -> TrainingWork {
        let graph = Graph()
        let result = build(
            shapes.map {
                graph.variable(nil, isPositive ? .uniform($0, lowerBound: 0.01, upperBound: 4) : .randomNormal($0))
            }
        )
        return TrainingWork(name: name, calls: calls, step: try Session(graph).makeCallable(result, summaries: false))
    }
}
