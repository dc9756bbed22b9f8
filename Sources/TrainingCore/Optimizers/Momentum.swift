/// Gradient descent that keeps going: each step follows a decaying sum of all gradients so far.
///
/// As TensorFlow's `MomentumOptimizer`: v ← momentum · v + gradient; variable ← variable − learning rate · v.
///
/// ```swift
/// let train = Momentum(learningRate: 0.01, momentum: 0.9).minimize(cost)
/// ```
public struct Momentum: Optimizer {
    /// The size of a step, greater than 0.
    public var learningRate: Float
    /// The share of the sum that each step keeps, from 0 up to but not including 1.
    public var momentum: Float

    /// Creates the optimizer.
    ///
    /// - Parameters:
    ///   - learningRate: The size of a step, greater than 0.
    ///   - momentum: The share of the sum that each step keeps, from 0 up to but not including 1.
    public init(learningRate: Float, momentum: Float = 0.9) {
        self.learningRate = learningRate
        self.momentum = momentum
    }

    /// Adds the operations that change variables along given gradients.
    public func apply(_ gradients: [(gradient: Tensor, variable: Tensor)], in graph: Graph, name: String?) -> Tensor {
        graph.trainingOperation(name ?? "Momentum", changing: gradients.map(\.variable)) {
            let rate = graph.learningRate(learningRate, of: "Momentum")
            let momentum = graph.hyperparameter("momentum", momentum, in: 0..<1, of: "Momentum")
            return gradients.map { gradient, variable in
                let sum = graph.slot("Momentum", of: variable)
                return graph.update(variable, ApplyMomentum(), [variable, sum, rate, gradient, momentum])
            }
        }
    }
}

private struct ApplyMomentum: UpdateOperation {
    let kind = "ApplyMomentum"
    let variableCount = 2
    let valueInput = 3

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (variable, sum, rate, gradient, momentum) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4])
        let count = operands.output.count
        return {
            let (rate, momentum) = (rate.pointee, momentum.pointee)
            for index in 0..<count {
                sum[index] = momentum * sum[index] + gradient[index]
                variable[index] -= rate * sum[index]
            }
        }
    }
}
