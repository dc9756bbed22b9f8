import TensorBoard
import TrainingCore

/// A network of two hidden layers that tells the arms of a spiral apart.
struct SpiralClassifier {
    /// What can be chosen, as it is logged for the HParams dashboard.
    struct Hyperparameters: Encodable {
        var learningRate: Float = 0.01
        var hiddenUnits = 24
        var activation = "tanh"
        var optimizer = "adam"

        private enum CodingKeys: String, CodingKey {
            case learningRate = "learning_rate"
            case hiddenUnits = "hidden_units"
            case activation
            case optimizer
        }
    }

    static let layerNames = ["hidden1", "hidden2", "output"]

    let graph = Graph()
    /// The points, of shape [n, 2].
    let x: Tensor
    /// One row a point, 1 at its arm.
    let y: Tensor
    /// What the last hidden layer makes of the points, of shape [n, hiddenUnits].
    let features: Tensor
    /// How likely each arm is, of shape [n, 3].
    let probabilities: Tensor
    /// The kernels of the layers.
    let weights: [Tensor]
    let loss: Tensor
    let accuracy: Tensor
    let train: Tensor

    init(_ hyperparameters: Hyperparameters) {
        let graph = graph
        let classCount = SpiralData.classNames.count
        let x = graph.placeholder("points", shape: [nil, 2])
        let y = graph.placeholder("labels", shape: [nil, classCount])

        var weights: [Tensor] = []
        func dense(_ name: String, _ input: Tensor, _ shape: [Int], _ activation: (Tensor) -> Tensor) -> Tensor {
            graph.nameScope(name) {
                let kernel = graph.variable("kernel", .xavier(shape))
                let bias = graph.variable("bias", .zeros([shape[1]]))
                weights.append(kernel)
                let output = activation(matmul(input, kernel) + bias)
                graph.histogram("kernel", kernel)
                graph.histogram("bias", bias)
                graph.histogram("activations", output)
                return output
            }
        }
        let units = hyperparameters.hiddenUnits
        let hidden1 = dense(Self.layerNames[0], x, [2, units]) { tanh($0) }
        let hidden2 = dense(Self.layerNames[1], hidden1, [units, units]) { tanh($0) }
        let logits = dense(Self.layerNames[2], hidden2, [units, classCount]) { identity($0, name: "logits") }
        let probabilities = softmax(logits, name: "probabilities")

        let loss = graph.nameScope("loss") { mean(softmaxCrossEntropy(labels: y, logits: logits)) }
        let accuracy = graph.nameScope("accuracy") {
            mean(cast(equal(argMax(logits, axis: 1), argMax(y, axis: 1)), to: .float))
        }
        self.x = x
        self.y = y
        self.features = hidden2
        self.probabilities = probabilities
        self.weights = weights
        self.loss = loss
        self.accuracy = accuracy
        train = Adam(learningRate: hyperparameters.learningRate).minimize(loss, name: "train")
    }
}

extension SpiralClassifier {
    /// The layers, for the conceptual view of the Graphs dashboard.
    var diagram: LayerDiagram {
        LayerDiagram(
            "classifier",
            layers: [.init("points", "InputLayer")] + Self.layerNames.map { .init($0, "Dense") }
                + [.init("probabilities", "Softmax")]
        )
    }

    /// The network in a few lines, for the Text dashboard.
    static let sketch = """
        let hidden1 = tanh(matmul(x, kernel1) + bias1)
        let hidden2 = tanh(matmul(hidden1, kernel2) + bias2)
        let logits = matmul(hidden2, kernel3) + bias3
        let loss = mean(softmaxCrossEntropy(labels: y, logits: logits))
        let train = Adam(learningRate: 0.01).minimize(loss)
        """
}
