import Testing
import TrainingCore

/// Computes one tensor of a graph.
func evaluate(
    _ tensor: Tensor,
    feeding feeds: [Tensor: TensorValue] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> TensorValue {
    let session = try Session(tensor.graph)
    return try #require(try session.run(tensor, feeding: feeds)[tensor], sourceLocation: sourceLocation)
}

extension TensorValue {
    /// A vector of integers of type `Int32`.
    static func integers(_ values: [Int32]) -> TensorValue {
        TensorValue(shape: [values.count], elements: .int32(values))
    }

    /// A vector of truth values.
    static func truths(_ values: [Bool]) -> TensorValue {
        TensorValue(shape: [values.count], elements: .bool(values))
    }
}

/// Builds something from one constant and computes it.
func evaluate(_ x: TensorValue, _ build: (Tensor) -> Tensor) throws -> TensorValue {
    try evaluate(build(Graph().constant(x)))
}

/// The gradients of a tensor by others, each of which it depends on.
func requiredGradients(
    of y: Tensor,
    withRespectTo xs: [Tensor],
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> [Tensor] {
    try gradients(of: y, withRespectTo: xs).map { try #require($0, sourceLocation: sourceLocation) }
}

/// Expects that a graph knows its mistake, and that a run which needs the mistaken node throws it.
@discardableResult
func expectMistake(
    _ code: TrainingError.Code,
    in graph: Graph,
    sourceLocation: SourceLocation = #_sourceLocation
) -> String {
    let error = graph.firstError
    #expect(error?.code == code, sourceLocation: sourceLocation)
    let node = error?.node.flatMap(graph.tensor)
    #expect(node != nil, "the mistake must name a node", sourceLocation: sourceLocation)
    let thrown = #expect(throws: TrainingError.self, sourceLocation: sourceLocation) {
        try Session(graph).run(node.map { [$0] } ?? [])
    }
    #expect(thrown == error, sourceLocation: sourceLocation)
    return error?.message ?? ""
}

/// The lecture's data: the truth table of the exclusive or.
enum XOR {
    static let inputs: TensorValue = [[0, 0], [0, 1], [1, 0], [1, 1]]
    static let labels: TensorValue = [[0], [1], [1], [0]]
}

/// The lecture's models with their cost, training operation, accuracy and summaries.
struct Lab {
    let graph = Graph()
    let x: Tensor
    let y: Tensor
    let hypothesis: Tensor
    let cost: Tensor
    let train: Tensor
    let accuracy: Tensor

    /// Builds sigmoid layers with the given numbers of units, the last of which must be 1.
    init(layers: [Int] = [2, 1], optimizer: any Optimizer = GradientDescent(learningRate: 0.1)) {
        let graph = graph
        let x = graph.placeholder("X", shape: [nil, 2])
        let y = graph.placeholder("Y", shape: [nil, 1])
        var output = x
        var inputs = 2
        for (index, units) in layers.enumerated() {
            let number = index + 1
            output = graph.nameScope("layer\(number)") {
                let weights = graph.variable("weight\(number)", .randomNormal([inputs, units]))
                let biases = graph.variable("bias\(number)", .randomNormal([units]))
                let result = sigmoid(matmul(output, weights) + biases)
                graph.histogram("weights\(number)", weights)
                graph.histogram("biases\(number)", biases)
                graph.histogram(number == layers.count ? "hypothesis" : "layer\(number)", result)
                return result
            }
            inputs = units
        }
        cost = -mean(y * log(output) + (1 - y) * log(1 - output))
        graph.scalar("cost", cost)
        train = optimizer.minimize(cost)
        let predicted = cast(greater(output, 0.5), to: .float)
        accuracy = mean(cast(equal(predicted, y), to: .float))
        (self.x, self.y, hypothesis) = (x, y, output)
    }

    var feeds: [Tensor: TensorValue] { [x: XOR.inputs, y: XOR.labels] }
}
