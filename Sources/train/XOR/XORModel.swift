import ArgumentParser
import TensorBoard
import TrainingCore

/// A model that is to learn XOR, and how it is to be trained.
struct XORModel: Sendable {
    /// What to train.
    enum Kind: String, Sendable, CaseIterable, ExpressibleByArgument {
        /// One sigmoid unit. A line cannot part the classes, so its cost stays at ln 2.
        case logistic
        /// Layers of sigmoid units.
        case network

        static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
    }

    /// With this seed the network learns at the learning rates 0.1 and 1 in 10,001 steps; not every seed does.
    static let defaultSeed: UInt64 = 1

    static let defaultLearningRate: Float = 0.1
    static let defaultHiddenUnits = 2
    static let defaultDepth = 2
    static let defaultSteps = 10_001

    static let inputs: TensorValue = [[0, 0], [0, 1], [1, 0], [1, 1]]
    static let labels: TensorValue = [[0], [1], [1], [0]]

    var kind: Kind
    var hiddenUnits: Int
    var depth: Int
    var activation = ActivationKind.sigmoid
    var initializer = InitializerKind.normal
    var optimizer: OptimizerKind
    var learningRate: Float
    /// Whether histograms of the gradients are logged.
    var logsGradients = false

    /// What is worth comparing in the HParams dashboard.
    ///
    /// A logistic unit has no hidden units and one layer. It says so: the dashboard's Parallel Coordinates leave out a run
    /// that lacks a value.
    var hyperparameters: [String: HyperparameterValue] {
        let isNetwork = kind == .network
        return [
            "model": .string(kind.rawValue),
            "optimizer": .string(optimizer.rawValue),
            "learning_rate": HyperparameterValue(learningRate),
            "hidden_units": HyperparameterValue(isNetwork ? hiddenUnits : 0),
            "depth": HyperparameterValue(isNetwork ? depth : 1),
            "activation": .string(isNetwork ? activation.rawValue : ActivationKind.sigmoid.rawValue),
            "initializer": .string(initializer.rawValue),
        ]
    }

    /// The graph of a model and what a training needs of it.
    struct Built {
        let graph: Graph
        let x: Tensor
        let y: Tensor
        let weights1: Tensor
        let hypothesis: Tensor
        let cost: Tensor
        let predicted: Tensor
        let accuracy: Tensor
        let train: Tensor
        let merged: Tensor
    }

    /// Builds the graph with the lecture's names: scopes `layer1`, `layer2`, …, and a summary of every tensor of a layer.
    func build() -> Built {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 2])
        let y = graph.placeholder("Y", shape: [nil, 1])

        let depth = kind == .logistic ? 1 : depth
        var output = x
        var weights1: Tensor?
        var variables: [(tag: String, tensor: Tensor)] = []
        for layer in 1...depth {
            let shape = [layer == 1 ? 2 : hiddenUnits, layer == depth ? 1 : hiddenUnits]
            let input = output
            graph.nameScope("layer\(layer)") {
                let weights = graph.variable("weight\(layer)", initializer.weights(shape))
                let biases = graph.variable("bias\(layer)", initializer.biases(shape[1]))
                let sums = matmul(input, weights) + biases
                output = layer == depth ? sigmoid(sums) : activation(sums)
                graph.histogram("weights\(layer)", weights)
                graph.histogram("biases\(layer)", biases)
                graph.histogram(layer == depth ? "hypothesis" : "layer\(layer)", output)
                weights1 = weights1 ?? weights
                variables += [("layer\(layer)/weights\(layer)", weights), ("layer\(layer)/biases\(layer)", biases)]
            }
        }
        let hypothesis = output

        let cost = graph.nameScope("cost") {
            -mean(y * log(hypothesis) + (1 - y) * log(1 - hypothesis))
        }
        graph.scalar("cost", cost)
        let train = minimize(cost, loggingGradientsOf: logsGradients ? variables : [])
        let (predicted, accuracy) = graph.nameScope("accuracy") {
            let predicted = cast(greater(hypothesis, 0.5), to: .float)
            return (predicted, mean(cast(equal(predicted, y), to: .float)))
        }
        graph.scalar("accuracy", accuracy)
        return Built(
            graph: graph,
            x: x,
            y: y,
            weights1: weights1 ?? hypothesis,
            hypothesis: hypothesis,
            cost: cost,
            predicted: predicted,
            accuracy: accuracy,
            train: train,
            merged: graph.mergeSummaries()
        )
    }

    /// Adds what changes the variables, and the histograms of what changes them.
    private func minimize(_ cost: Tensor, loggingGradientsOf variables: [(tag: String, tensor: Tensor)]) -> Tensor {
        guard !variables.isEmpty else { return rule.minimize(cost, name: "train") }
        let gradients = gradients(of: cost, withRespectTo: variables.map(\.tensor))
        let pairs = zip(variables, gradients).compactMap { variable, gradient in
            gradient.map { (tag: variable.tag, gradient: $0, variable: variable.tensor) }
        }
        for pair in pairs { cost.graph.histogram("\(pair.tag)_gradients", pair.gradient) }
        return rule.apply(pairs.map { ($0.gradient, $0.variable) }, in: cost.graph, name: "train")
    }

    private var rule: any Optimizer { optimizer.optimizer(learningRate: learningRate) }
}
