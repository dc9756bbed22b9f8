/// Gradient descent that keeps going: each step follows a decaying sum of all gradients so far.
///
/// As TensorFlow's `MomentumOptimizer`: v ← momentum · v + gradient; variable ← variable − learning rate · v. With
/// Nesterov's correction: variable ← variable − learning rate · (gradient + momentum · v).
///
/// ```swift
/// let train = Momentum(learningRate: 0.01, momentum: 0.9).minimize(cost)
/// ```
public struct Momentum: Optimizer {
    /// The size of a step: a number greater than 0, or a tensor.
    public var learningRate: any LearningRate
    /// The share of the sum that each step keeps, from 0 up to but not including 1.
    public var momentum: Float
    /// Whether the step looks ahead along the sum, as Nesterov's method does.
    public var nesterov: Bool

    /// Creates the optimizer.
    ///
    /// - Parameters:
    ///   - learningRate: The size of a step: a number greater than 0, or a tensor.
    ///   - momentum: The share of the sum that each step keeps, from 0 up to but not including 1.
    ///   - nesterov: Whether the step looks ahead along the sum, as Nesterov's method does.
    public init(learningRate: any LearningRate, momentum: Float = 0.9, nesterov: Bool = false) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.nesterov = nesterov
    }

    /// Adds the operations that change variables along given gradients.
    public func apply(
        _ gradients: [(gradient: Tensor, variable: Tensor)],
        in graph: Graph,
        globalStep: Tensor?,
        name: String?
    ) -> Tensor {
        graph.trainingOperation(name ?? "Momentum", changing: gradients.map(\.variable), counting: globalStep) {
            let rate = learningRate.learningRate(in: graph, of: "Momentum")
            let momentum = graph.hyperparameter("momentum", momentum, in: 0..<1, of: "Momentum")
            return gradients.map { gradient, variable in
                let sum = graph.slot("Momentum", of: variable)
                return graph.update(
                    variable,
                    ApplyMomentum(nesterov: nesterov),
                    [variable, sum, rate, gradient, momentum]
                )
            }
        }
    }
}

private struct ApplyMomentum: UpdateOperation {
    let kind = "ApplyMomentum"
    let variableCount = 2
    let valueInput = 3
    let nesterov: Bool

    var extraAttributes: [String: GraphDefinition.AttributeValue] { nesterov ? ["use_nesterov": .bool(true)] : [:] }

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (variable, sum, rate, gradient, momentum) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4])
        let (count, nesterov) = (operands.output.count, nesterov)
        return {
            let (rate, momentum) = (rate.pointee, momentum.pointee)
            if nesterov {
                for index in 0..<count {
                    sum[index] = momentum * sum[index] + gradient[index]
                    variable[index] -= rate * (gradient[index] + momentum * sum[index])
                }
                return
            }
            for index in 0..<count {
                sum[index] = momentum * sum[index] + gradient[index]
                variable[index] -= rate * sum[index]
            }
        }
    }
}
