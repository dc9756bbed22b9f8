/// Plain gradient descent: each step subtracts the learning rate times the gradient.
///
/// ```swift
/// let train = GradientDescent(learningRate: 0.1).minimize(cost)
/// ```
public struct GradientDescent: Optimizer {
    /// The size of a step: a number greater than 0, or a tensor.
    public var learningRate: any LearningRate

    /// Creates the optimizer.
    ///
    /// - Parameter learningRate: The size of a step: a number greater than 0, or a tensor.
    public init(learningRate: any LearningRate) {
        self.learningRate = learningRate
    }

    /// Adds the operations that change variables along given gradients.
    public func apply(
        _ gradients: [(gradient: Tensor, variable: Tensor)],
        in graph: Graph,
        globalStep: Tensor?,
        name: String?
    ) -> Tensor {
        graph.trainingOperation(name ?? "GradientDescent", changing: gradients.map(\.variable), counting: globalStep) {
            let rate = learningRate.learningRate(in: graph, of: "GradientDescent")
            return gradients.map { gradient, variable in
                graph.update(variable, ApplyGradientDescent(), [variable, rate, gradient])
            }
        }
    }
}

private struct ApplyGradientDescent: UpdateOperation {
    let kind = "ApplyGradientDescent"
    let variableCount = 1
    let valueInput = 2

    func kernel(_ operands: Operands) -> Kernel? {
        let (variable, rate, gradient) = (
            operands.inputs[0].pointer, operands.inputs[1].pointer, operands.inputs[2].pointer
        )
        let count = operands.output.count
        return {
            let rate = rate.pointee
            for index in 0..<count { variable[index] -= rate * gradient[index] }
        }
    }
}
