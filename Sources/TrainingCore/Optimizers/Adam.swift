/// Gradient descent with a step size for each element, from running means of its gradients and their squares.
///
/// "Adam: A Method for Stochastic Optimization" (Kingma and Ba, 2015) in the form before section 2.1, which TensorFlow
/// uses too. In step t:
///
/// - rate ← learning rate · √(1 − beta2^t) / (1 − beta1^t)
/// - m ← beta1 · m + (1 − beta1) · gradient
/// - v ← beta2 · v + (1 − beta2) · gradient²
/// - variable ← variable − rate · m / (√v + epsilon)
///
/// ```swift
/// let train = Adam(learningRate: 0.001).minimize(cost)
/// ```
public struct Adam: Optimizer {
    /// The size of a step: a number greater than 0, or a tensor.
    public var learningRate: any LearningRate
    /// The share of the mean of the gradients that each step keeps, from 0 up to but not including 1.
    public var beta1: Float
    /// The share of the mean of the squares that each step keeps, from 0 up to but not including 1.
    public var beta2: Float
    /// What keeps the division from growing without bound, 0 or more.
    public var epsilon: Float

    /// Creates the optimizer.
    ///
    /// - Parameters:
    ///   - learningRate: The size of a step: a number greater than 0, or a tensor.
    ///   - beta1: The share of the mean of the gradients that each step keeps, from 0 up to but not including 1.
    ///   - beta2: The share of the mean of the squares that each step keeps, from 0 up to but not including 1.
    ///   - epsilon: What keeps the division from growing without bound, 0 or more.
    public init(
        learningRate: any LearningRate = 0.001,
        beta1: Float = 0.9,
        beta2: Float = 0.999,
        epsilon: Float = 1e-8
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    /// Adds the operations that change variables along given gradients.
    public func apply(
        _ gradients: [(gradient: Tensor, variable: Tensor)],
        in graph: Graph,
        globalStep: Tensor?,
        name: String?
    ) -> Tensor {
        apply(gradients, in: graph, globalStep: globalStep, name: name ?? "Adam") { _, _ in [] }
    }

    /// Adds the operations, each variable's after others that are to change it first.
    func apply(
        _ gradients: [(gradient: Tensor, variable: Tensor)],
        in graph: Graph,
        globalStep: Tensor?,
        name: String,
        after earlier: (_ variable: Tensor, _ rate: Tensor) -> [Tensor]
    ) -> Tensor {
        let power1 = graph.variable("beta1_power", .constant(beta1, shape: []), isTrainable: false)
        let power2 = graph.variable("beta2_power", .constant(beta2, shape: []), isTrainable: false)
        return graph.trainingOperation(name, changing: gradients.map(\.variable), counting: globalStep) {
            let rate = learningRate.learningRate(in: graph, of: "Adam")
            let beta1 = graph.hyperparameter("beta1", beta1, in: 0..<1, of: "Adam")
            let beta2 = graph.hyperparameter("beta2", beta2, in: 0..<1, of: "Adam")
            let epsilon = graph.hyperparameter("epsilon", epsilon, in: 0..<(.infinity), of: "Adam")
            let updates = gradients.map { gradient, variable in
                let mean = graph.slot("Adam", of: variable)
                let square = graph.slot("Adam_1", of: variable)
                let inputs = [variable, mean, square, power1, power2, rate, beta1, beta2, epsilon, gradient]
                return graph.update(variable, ApplyAdam(), inputs, after: earlier(variable, rate))
            }
            // The powers change after the updates that read them.
            return updates
                + [(power1, beta1), (power2, beta2)].map { power, beta in
                    let next = graph.add(Multiply(), [power, beta], after: updates, name: .scoped("mul"))
                    return graph.add(Assign(), [power, next], name: nil)
                }
        }
    }
}

private struct ApplyAdam: UpdateOperation {
    let kind = "ApplyAdam"
    let variableCount = 3
    let valueInput = 9

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (variable, mean, square) = (inputs[0], inputs[1], inputs[2])
        let (power1, power2, rate) = (inputs[3], inputs[4], inputs[5])
        let (beta1, beta2, epsilon, gradient) = (inputs[6], inputs[7], inputs[8], inputs[9])
        let count = operands.output.count
        return {
            let rate = rate.pointee * (1 - power2.pointee).squareRoot() / (1 - power1.pointee)
            let (beta1, beta2, epsilon) = (beta1.pointee, beta2.pointee, epsilon.pointee)
            for index in 0..<count {
                mean[index] += (gradient[index] - mean[index]) * (1 - beta1)
                square[index] += (gradient[index] * gradient[index] - square[index]) * (1 - beta2)
                variable[index] -= rate * mean[index] / (square[index].squareRoot() + epsilon)
            }
        }
    }
}
