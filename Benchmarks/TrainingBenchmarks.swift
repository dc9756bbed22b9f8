import Summaries
import TrainingCore

/// Steps of training, and the operations that take most of their time, beside NumPy and torch on one thread each.
enum TrainingBenchmarks {
    private struct Row: Decodable {
        let library: String
        let work: String
        let seconds: Double
    }

    private struct Work {
        let name: String
        let unit: String
        let sample: Sample
    }

    /// Measures our part and, in the same run, theirs.
    ///
    /// - Parameter python: A Python that has NumPy or torch; without one there are no ratios.
    /// - Returns: Our times, and their ratios to those of the others.
    /// - Throws: When the script fails.
    static func run(python: String?) throws -> [Measurement] {
        let group = "training"
        let works = try trainings() + operations()
        let ours = works.map { work in
            let scale = work.unit == "ms" ? 1e3 : 1e6
            return Measurement(group, work.name, work.sample, unit: work.unit) { $0 * scale }
        }
        guard let python else { return ours }
        let rows = try PythonScript("training.py", python: python).rows(Row.self)
        return ours
            + rows.flatMap { row in
                works.filter { $0.name == row.work }.map { work in
                    Measurement(
                        "\(group): \(row.library)",
                        "\(work.name), ours : \(row.library)",
                        work.sample.median / row.seconds,
                        unit: "ratio",
                        budget: budget(row)
                    )
                }
            }
    }

    /// The goals; those of products are rates, 0.7 of OpenBLAS.
    private static func budget(_ row: Row) -> Measurement.Budget? {
        switch (row.library, row.work) {
        case ("torch", "784-256-10, batch 128"): .atMost(1)
        case ("torch", "64-128-64-10, batch 32"): .atMost(0.15)
        case ("torch", "XOR, 2-2-1"): .atMost(0.0015)
        case ("NumPy", "product 256x256x256"), ("NumPy", "product 512x512x512"): .atMost(1 / 0.7)
        default: nil
        }
    }

    // MARK: Trainings

    private static func trainings() throws -> [Work] {
        [
            Work(
                name: "784-256-10, batch 128",
                unit: "ms",
                sample: try measure(network([784, 256, 10], batch: 128))
            ),
            Work(
                name: "64-128-64-10, batch 32",
                unit: "µs",
                sample: try measure(network([64, 128, 64, 10], batch: 32))
            ),
            Work(name: "XOR, 2-2-1", unit: "µs", sample: try measure(xor())),
        ]
    }

    private static func network(_ sizes: [Int], batch: Int) throws -> Callable {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [batch, sizes[0]])
        let y = graph.placeholder("y", shape: [batch, sizes[sizes.count - 1]])
        var output = x
        for (layer, (inputs, units)) in zip(sizes, sizes.dropFirst()).enumerated() {
            let weights = graph.variable("weights\(layer)", .he([inputs, units]))
            output = matmul(output, weights) + graph.variable("biases\(layer)", .zeros([units]))
            if layer < sizes.count - 2 { output = relu(output) }
        }
        let loss = mean(softmaxCrossEntropy(labels: y, logits: output))
        let train = GradientDescent(learningRate: 0.01).minimize(loss)
        let classes = sizes[sizes.count - 1]
        let labels = (0..<batch * classes).map { Float($0 / classes % classes == $0 % classes ? 1 : 0) }
        return try Session(graph, seed: 1).makeCallable(
            train,
            loss,
            feeding: [
                x: TensorValue(shape: [batch, sizes[0]], numbers(batch * sizes[0])),
                y: TensorValue(shape: [batch, classes], labels),
            ]
        )
    }

    private static func xor() throws -> Callable {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [4, 2])
        let y = graph.placeholder("y", shape: [4, 1])
        let hidden = sigmoid(
            matmul(x, graph.variable("weights1", .randomNormal([2, 2]))) + graph.variable("b1", .zeros([2]))
        )
        let output = sigmoid(
            matmul(hidden, graph.variable("weights2", .randomNormal([2, 1]))) + graph.variable("b2", .zeros([1]))
        )
        let loss = -mean(y * log(output) + (1 - y) * log(1 - output))
        let train = GradientDescent(learningRate: 0.1).minimize(loss)
        return try Session(graph, seed: 1).makeCallable(
            train,
            loss,
            feeding: [x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]]]
        )
    }

    // MARK: Operations

    private static func operations() throws -> [Work] {
        let products = [(64, 64, 64), (256, 256, 256), (512, 512, 512), (128, 256, 10), (1024, 256, 1)]
        return try products.map { m, k, n in
            Work(
                name: "product \(m)x\(k)x\(n)",
                unit: "µs",
                sample: try measure(operation([m, k], [k, n]) { matmul($0[0], $0[1]) })
            )
        }
            + [
                unary("column sums of 1,000x1,000") { sum($0, axes: [0]) },
                unary("tanh of 1,000,000") { tanh($0) },
                unary("exp of 1,000,000") { exp($0) },
                unary("log of 1,000,000") { log($0) },
                unary("softmax of 1,000x1,000") { softmax($0) },
            ]
    }

    private static func unary(_ name: String, _ make: (Tensor) -> Tensor) throws -> Work {
        Work(name: name, unit: "µs", sample: try measure(operation([1000, 1000]) { make($0[0]) }))
    }

    private static func operation(_ shapes: [Int]..., make: ([Tensor]) -> Tensor) throws -> Callable {
        let graph = Graph()
        let inputs = shapes.enumerated().map { graph.placeholder("x\($0)", shape: TensorShape($1)) }
        let output = make(inputs)
        var feeds: [Tensor: TensorValue] = [:]
        for (input, shape) in zip(inputs, shapes) {
            feeds[input] = TensorValue(shape: shape, numbers(shape.reduce(1, *)))
        }
        return try Session(graph).makeCallable(output, feeding: feeds)
    }

    /// Numbers from 0 to 1, none of which is 0.
    private static func numbers(_ count: Int) -> [Float] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return (Float(state >> 8) + 0.5) / 16_777_216
        }
    }

    /// Times about 20 ms of calls, eleven times, as the script does.
    private static func measure(_ callable: Callable) -> Sample {
        callable()
        let calls = max(1, Int(0.02 / max(elapsedSeconds { callable() }, 1e-7)))
        return Sample(repetitions: 11) {
            elapsedSeconds { for _ in 0..<calls { callable() } } / Double(calls)
        }
    }
}
