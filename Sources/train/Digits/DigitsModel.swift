import TensorBoard
import TrainingCore

/// A network that reads digits, and how it is to be trained.
struct DigitsModel: Sendable {
    var hiddenUnits = [128]
    var activation = ActivationKind.relu
    var optimizer = OptimizerKind.adam
    var learningRate = defaultLearningRate(of: .adam)
    var initializer = InitializerKind.he
    /// The share of the hidden units that a training step leaves out.
    var dropout: Float = 0
    var schedule = ScheduleKind.constant

    /// The learning rate that suits a method where none is given.
    static func defaultLearningRate(of optimizer: OptimizerKind) -> Float {
        switch optimizer {
        case .gradientDescent: 0.1
        case .momentum: 0.02
        case .adam: 0.002
        }
    }

    /// What is worth comparing in the HParams dashboard.
    var hyperparameters: [String: HyperparameterValue] {
        [
            "hidden_units": .string(hiddenUnits.map { "\($0)" }.joined(separator: ",")),
            "activation": .string(activation.rawValue),
            "optimizer": .string(optimizer.rawValue),
            "learning_rate": HyperparameterValue(learningRate),
            "initializer": .string(initializer.rawValue),
            "dropout": HyperparameterValue(dropout),
            "schedule": .string(schedule.rawValue),
        ]
    }

    /// The name of each layer, the output layer last.
    var layerNames: [String] { hiddenUnits.indices.map { "layer\($0 + 1)" } + ["output"] }

    /// One layer of a network.
    struct Layer {
        let name: String
        let weights: Tensor
        /// The answers of the units to each image, of shape [n, units].
        let activations: Tensor
    }

    /// The graph of a model and what a training needs of it.
    struct Built {
        let graph: Graph
        /// Images, of shape [n, 64].
        let x: Tensor
        /// Labels, of shape [n, 10].
        let y: Tensor
        let layers: [Layer]
        /// How likely each digit is, of shape [n, 10].
        let probabilities: Tensor
        let loss: Tensor
        let accuracy: Tensor
        /// The rate of the next step.
        let learningRate: Tensor
        /// A scalar, 1 in training and 0 otherwise.
        let isTraining: Tensor
        /// The length of the gradient by all variables together.
        let gradientNorm: Tensor
        /// Makes one step.
        let train: Tensor
        /// The histograms of all layers.
        let histograms: Tensor
    }

    /// Builds the graph: scopes `layer1`, `layer2`, … and `output`, with histograms of what each has.
    ///
    /// - Parameter steps: How many steps are to be made, for the schedule.
    /// - Returns: The graph.
    func build(steps: Int) -> Built {
        let graph = Graph()
        let x = graph.placeholder("images", shape: [nil, DigitsData.pixelCount])
        let y = graph.placeholder("labels", shape: [nil, DigitsData.classCount])

        let isTraining = graph.placeholder("is_training", shape: [])

        var layers: [Layer] = []
        var inputCount = DigitsData.pixelCount
        for (name, units) in zip(layerNames, hiddenUnits + [DigitsData.classCount]) {
            let below = layers.last?.activations
            graph.nameScope(name) {
                let input =
                    below.map { dropout > 0 ? TrainingCore.dropout($0, rate: dropout, training: isTraining) : $0 } ?? x
                let weights = graph.variable("weights", initializer.weights([inputCount, units]))
                let biases = graph.variable("biases", initializer.biases(units))
                let sums = matmul(input, weights) + biases
                let isOutput = layers.count == hiddenUnits.count
                let layer = Layer(name: name, weights: weights, activations: isOutput ? sums : activation(sums))
                graph.histogram("weights", weights)
                graph.histogram("biases", biases)
                graph.histogram("activations", layer.activations)
                layers.append(layer)
            }
            inputCount = units
        }
        let logits = layers[layers.count - 1].activations

        let loss = graph.nameScope("loss") { mean(softmaxCrossEntropy(labels: y, logits: logits)) }
        let accuracy = graph.nameScope("accuracy") {
            mean(cast(equal(argMax(logits, axis: 1), argMax(y, axis: 1)), to: .float))
        }
        let variables = graph.trainableVariables
        let pairs = zip(gradients(of: loss, withRespectTo: variables), variables)
            .compactMap { gradient, variable in gradient.map { (gradient: $0, variable: variable) } }
        let gradientNorm = graph.nameScope("gradient_norm") {
            sqrt(pairs.map { sum(square($0.gradient)) }.reduce(graph.constant(0), +))
        }
        for (gradient, variable) in pairs { graph.histogram("\(variable.name)_gradient", gradient) }
        let globalStep = graph.globalStep()
        let rate = graph.learningRate(schedule.schedule(from: learningRate, steps: steps), step: globalStep)
        return Built(
            graph: graph,
            x: x,
            y: y,
            layers: layers,
            probabilities: softmax(logits, name: "probabilities"),
            loss: loss,
            accuracy: accuracy,
            learningRate: rate,
            isTraining: isTraining,
            gradientNorm: gradientNorm,
            train: optimizer.optimizer(learningRate: rate)
                .apply(pairs, in: graph, globalStep: globalStep, name: "train"),
            histograms: graph.mergeSummaries()
        )
    }
}
