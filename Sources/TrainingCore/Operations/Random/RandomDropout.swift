/// Zeros with the probability of a rate, and 1 / (1 - rate) elsewhere, in the shape of a tensor.
struct DropoutMask: RandomOperation {
    let kind = "RealDiv"
    let defaultName = "mask"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[1].rank == 0 else { throw Mismatch("the rate must be a scalar") }
        return inputs[0]
    }

    func readsValue(ofInput index: Int) -> Bool { index == 1 }

    func kernel(_ operands: Operands, _ source: RandomSource) -> Kernel {
        let (rate, output) = (operands.inputs[1].pointer, operands.output.elements)
        return {
            let rate = rate.pointee
            // Where nothing is dropped nothing is drawn, so that a validation does not change the training.
            if rate <= 0 { return output.update(repeating: 1) }
            let kept = rate >= 1 ? 0 : 1 / (1 - rate)
            var stream = source.nextStream()
            for index in output.indices { output[index] = stream.nextFloat() < rate ? 0 : kept }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (x, rate) = (drawing.inputs[0], drawing.inputs[1])
        let shape = drawing.shapePart("Shape", of: x)
        let float: [String: GraphDefinition.AttributeValue] = ["T": .type(.float)]
        let random = drawing.part(
            "random_uniform/RandomUniform",
            "RandomUniform",
            [shape.name],
            ["T": .type(.int32), "dtype": .type(.float), "seed": .int(0), "seed2": .int(0)],
            shape: x.shape
        )
        let isKept = drawing.part("GreaterEqual", "GreaterEqual", [random.name, rate.output], float, shape: x.shape)
        let cast = drawing.part(
            "Cast",
            "Cast",
            [isKept.name],
            ["SrcT": .type(.bool), "DstT": .type(.float), "Truncate": .bool(false)],
            shape: x.shape
        )
        let one = drawing.constant("sub/x", 1)
        let keepRate = drawing.part("sub", "Sub", [one.name, rate.output], float, shape: [])
        return [shape, random, isKept, cast, one, keepRate, drawing.node(kind, [cast.name, keepRate.name], float)]
    }
}

/// Whether a graph trains: a `Bool` where that never changes, or a tensor that says so in each run.
///
/// A tensor is a scalar, 1 in training and 0 otherwise, or a truth value. A constant that is fed in the runs that differ
/// makes the rest short:
///
/// ```swift
/// let training = graph.constant(1, name: "training")
/// let hidden = dropout(x, rate: 0.5, training: training)
/// try session.run(train, feeding: [x: inputs, y: labels])
/// try session.run(accuracy, feeding: [x: others, y: theirs, training: 0])
/// ```
public protocol TrainingFlag: Sendable {
    /// The flag in a graph: a scalar, 1 in training and 0 otherwise.
    ///
    /// - Parameter graph: The graph that asks for it.
    /// - Returns: The scalar; `nil` if the graph always trains.
    func trainingFlag(in graph: Graph) -> Tensor?
}

extension Bool: TrainingFlag {
    /// The constant 0, or nothing.
    public func trainingFlag(in graph: Graph) -> Tensor? { self ? nil : graph.constant(0, name: "training") }
}

extension Tensor: TrainingFlag {
    /// The tensor itself, as a number.
    public func trainingFlag(in graph: Graph) -> Tensor? { dataType == .bool ? cast(self, to: .float) : self }
}

/// Sets elements to zero at random, and scales the others so that their mean stays the same (inverted dropout).
///
/// "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (Srivastava and others, 2014), with the scale
/// 1 / (1 − rate) in training, as TensorFlow does it, instead of a scale afterwards. Each run of a session drops others;
/// they depend on its seed, the node's name and how often it dropped there.
///
/// - Parameters:
///   - x: Any shape.
///   - rate: The probability with which an element is dropped, from 0 up to but not including 1.
///   - training: Whether to drop anything; otherwise the result is `x`.
///   - name: The name of the scope; `dropout` by default.
/// - Returns: The elements, in the shape of `x`.
public func dropout(_ x: Tensor, rate: Float, training: some TrainingFlag = true, name: String? = nil) -> Tensor {
    x.graph.nameScope(name ?? "dropout") {
        let tensor = x.graph.constant(TensorValue(rate), name: "rate")
        if !(rate >= 0 && rate < 1) {
            x.graph.record(
                TrainingError(
                    .invalidArgument,
                    node: tensor.name,
                    "the rate of a dropout is \(rate), but it must be at least 0 and less than 1"
                ),
                at: tensor
            )
        }
        guard let training = training.trainingFlag(in: x.graph) else { return dropped(x, tensor) }
        return dropped(x, tensor * training)
    }
}

/// Sets elements to zero at random, with a rate that each run knows, as ``dropout(_:rate:training:name:)`` does.
///
/// - Parameters:
///   - x: Any shape.
///   - rate: A scalar. At 0 and below the result is `x`, at 1 and above all zeros.
///   - name: The name of the scope; `dropout` by default.
/// - Returns: The elements, in the shape of `x`.
public func dropout(_ x: Tensor, rate: Tensor, name: String? = nil) -> Tensor {
    x.graph.nameScope(name ?? "dropout") { dropped(x, rate) }
}

private func dropped(_ x: Tensor, _ rate: Tensor) -> Tensor {
    x * x.graph.add(DropoutMask(), [x, rate], name: nil)
}
