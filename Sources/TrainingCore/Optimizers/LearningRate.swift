/// What an optimizer takes as its learning rate: a number, or a tensor that has another value in each run.
///
/// ```swift
/// let step = graph.globalStep()
/// let rate = graph.learningRate(.cosine(from: 0.1, steps: 10_000), step: step)
/// let train = GradientDescent(learningRate: rate).minimize(cost, globalStep: step)
/// graph.scalar("learning_rate", rate)
/// ```
public protocol LearningRate: Sendable {
    /// Adds the rate to a graph, in the current scope.
    ///
    /// - Parameters:
    ///   - graph: The graph of the variables that are to change.
    ///   - optimizer: Who asks, for messages.
    /// - Returns: A scalar.
    func learningRate(in graph: Graph, of optimizer: String) -> Tensor
}

extension Float: LearningRate {
    /// The number as a constant, which must be greater than 0.
    public func learningRate(in graph: Graph, of optimizer: String) -> Tensor {
        graph.hyperparameter("learning_rate", self, in: Float.leastNonzeroMagnitude..<(.infinity), of: optimizer)
    }
}

extension Double: LearningRate {
    /// The number as a constant of type `Float`, which must be greater than 0.
    public func learningRate(in graph: Graph, of optimizer: String) -> Tensor {
        Float(self).learningRate(in: graph, of: optimizer)
    }
}

extension Int: LearningRate {
    /// The number as a constant of type `Float`, which must be greater than 0.
    public func learningRate(in graph: Graph, of optimizer: String) -> Tensor {
        Float(self).learningRate(in: graph, of: optimizer)
    }
}

extension Tensor: LearningRate {
    /// The tensor itself, which must be a scalar.
    public func learningRate(in graph: Graph, of optimizer: String) -> Tensor {
        guard let shape, shape.rank > 0 else { return self }
        let rate = identity(self, name: "learning_rate")
        rate.graph.record(
            TrainingError(
                .shapeMismatch,
                node: rate.name,
                "the learning rate of \(optimizer) is '\(name)' of shape \(shape), but it must be a scalar"
            ),
            at: rate
        )
        return rate
    }
}

extension Graph {
    /// The variable `global_step`, which counts the steps of a training; made by the first call.
    ///
    /// Optimizers add 1 to it when it is given to
    /// ``Optimizer/minimize(_:variables:clippingNorm:globalStep:name:)``. It is a `Float`, which counts to 16,777,216.
    ///
    /// - Returns: A scalar, 0 when a session begins.
    public func globalStep() -> Tensor {
        tensor(named: "global_step")
            ?? variable(Variable(initializer: .zeros([]), isTrainable: false), name: .absolute("global_step"))
    }
}
