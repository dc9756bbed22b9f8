/// ``Adam`` with weights that decay in each step, apart from their gradients.
///
/// "Decoupled Weight Decay Regularization" (Loshchilov and Hutter, 2019), in the form of torch's `AdamW`: variable ←
/// variable − learning rate · decay · variable, and then Adam's step.
///
/// ```swift
/// let train = AdamW(learningRate: 0.001, weightDecay: 0.01).minimize(cost)
/// ```
public struct AdamW: Optimizer {
    /// The step that follows the decay.
    public var adam: Adam
    /// The share of a weight that it loses in each step, times the learning rate; 0 or more.
    public var weightDecay: Float
    /// Which variables decay; by default those of rank 2 or more, which leaves out biases and scales.
    public var decays: @Sendable (Tensor) -> Bool

    /// Creates the optimizer.
    ///
    /// - Parameters:
    ///   - learningRate: The size of a step: a number greater than 0, or a tensor.
    ///   - weightDecay: The share of a weight that it loses in each step, times the learning rate; 0 or more.
    ///   - beta1: The share of the mean of the gradients that each step keeps, from 0 up to but not including 1.
    ///   - beta2: The share of the mean of the squares that each step keeps, from 0 up to but not including 1.
    ///   - epsilon: What keeps the division from growing without bound, 0 or more.
    ///   - decays: Which variables decay; by default those of rank 2 or more.
    public init(
        learningRate: any LearningRate = 0.001,
        weightDecay: Float = 0.01,
        beta1: Float = 0.9,
        beta2: Float = 0.999,
        epsilon: Float = 1e-8,
        decays: @escaping @Sendable (Tensor) -> Bool = { $0.shape.map { $0.rank >= 2 } ?? false }
    ) {
        adam = Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
        self.weightDecay = weightDecay
        self.decays = decays
    }

    /// Adds the operations that change variables along given gradients.
    public func apply(
        _ gradients: [(gradient: Tensor, variable: Tensor)],
        in graph: Graph,
        globalStep: Tensor?,
        name: String?
    ) -> Tensor {
        var weightDecay: Tensor?
        return adam.apply(gradients, in: graph, globalStep: globalStep, name: name ?? "AdamW") { variable, rate in
            guard decays(variable) else { return [] }
            let decay =
                weightDecay
                ?? graph.hyperparameter("weight_decay", self.weightDecay, in: 0..<(.infinity), of: "AdamW")
            weightDecay = decay
            return [graph.update(variable, DecayWeights(), [variable, rate, decay])]
        }
    }
}

/// Takes a share of a variable away: variable ← variable − rate · decay · variable.
private struct DecayWeights: UpdateOperation {
    let kind = "AssignSub"
    let variableCount = 1
    let valueInput = 0

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (variable, rate, decay, count) = (inputs[0], inputs[1], inputs[2], operands.output.count)
        return {
            let share = rate.pointee * decay.pointee
            for index in 0..<count { variable[index] -= share * variable[index] }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (variable, rate, decay) = (drawing.inputs[0], drawing.inputs[1], drawing.inputs[2])
        let float: [String: GraphDefinition.AttributeValue] = ["T": .type(.float)]
        let share = drawing.part("mul", "Mul", [rate.output, decay.output], float, shape: [])
        let loss = drawing.part("mul_1", "Mul", [share.name, variable.output], float, shape: variable.shape)
        return [share, loss, draw(drawing, [variable.name, loss.name])]
    }
}
