/// Gradient descent whose steps are divided by the root of a running mean of the squares of the gradients.
///
/// Tieleman and Hinton's lecture 6.5 (2012), in the form of TensorFlow's `RMSPropOptimizer`, whose mean begins at 1:
///
/// - mean ← decay · mean + (1 − decay) · gradient²
/// - sum ← momentum · sum + learning rate · gradient / √(mean + epsilon)
/// - variable ← variable − sum
///
/// ```swift
/// let train = RMSProp(learningRate: 0.001).minimize(cost)
/// ```
public struct RMSProp: Optimizer {
    /// The size of a step: a number greater than 0, or a tensor.
    public var learningRate: any LearningRate
    /// The share of the mean of the squares that each step keeps, from 0 up to but not including 1.
    public var decay: Float
    /// The share of the sum of the steps that each step keeps, from 0 up to but not including 1.
    public var momentum: Float
    /// What keeps the division from growing without bound, 0 or more.
    public var epsilon: Float

    /// Creates the optimizer.
    ///
    /// - Parameters:
    ///   - learningRate: The size of a step: a number greater than 0, or a tensor.
    ///   - decay: The share of the mean of the squares that each step keeps, from 0 up to but not including 1.
    ///   - momentum: The share of the sum of the steps that each step keeps, from 0 up to but not including 1.
    ///   - epsilon: What keeps the division from growing without bound, 0 or more.
    public init(
        learningRate: any LearningRate,
        decay: Float = 0.9,
        momentum: Float = 0,
        epsilon: Float = 1e-10
    ) {
        self.learningRate = learningRate
        self.decay = decay
        self.momentum = momentum
        self.epsilon = epsilon
    }

    /// Adds the operations that change variables along given gradients.
    public func apply(
        _ gradients: [(gradient: Tensor, variable: Tensor)],
        in graph: Graph,
        globalStep: Tensor?,
        name: String?
    ) -> Tensor {
        graph.trainingOperation(name ?? "RMSProp", changing: gradients.map(\.variable), counting: globalStep) {
            let rate = learningRate.learningRate(in: graph, of: "RMSProp")
            let decay = graph.hyperparameter("decay", decay, in: 0..<1, of: "RMSProp")
            let momentum = graph.hyperparameter("momentum", momentum, in: 0..<1, of: "RMSProp")
            let epsilon = graph.hyperparameter("epsilon", epsilon, in: 0..<(.infinity), of: "RMSProp")
            return gradients.map { gradient, variable in
                let mean = graph.slot("RMSProp", of: variable, initially: 1)
                let sum = graph.slot("RMSProp_1", of: variable)
                let inputs = [variable, mean, sum, rate, decay, momentum, epsilon, gradient]
                return graph.update(variable, ApplyRMSProp(), inputs)
            }
        }
    }
}

private struct ApplyRMSProp: UpdateOperation {
    let kind = "ApplyRMSProp"
    let variableCount = 3
    let valueInput = 7

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (variable, mean, sum, rate) = (inputs[0], inputs[1], inputs[2], inputs[3])
        let (decay, momentum, epsilon, gradient) = (inputs[4], inputs[5], inputs[6], inputs[7])
        let count = operands.output.count
        return {
            let (rate, decay, momentum, epsilon) = (rate.pointee, decay.pointee, momentum.pointee, epsilon.pointee)
            for index in 0..<count {
                mean[index] += (gradient[index] * gradient[index] - mean[index]) * (1 - decay)
                sum[index] = momentum * sum[index] + rate * gradient[index] / (mean[index] + epsilon).squareRoot()
                variable[index] -= sum[index]
            }
        }
    }
}
