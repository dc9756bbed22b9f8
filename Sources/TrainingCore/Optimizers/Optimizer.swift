/// A way to change variables so that a cost becomes smaller.
///
/// ```swift
/// let train = GradientDescent(learningRate: 0.1).minimize(cost)
/// for _ in 0..<1000 { try session.run(train, feeding: [x: inputs, y: labels]) }
/// ```
public protocol Optimizer: Sendable {
    /// Adds the operations that change variables along given gradients.
    ///
    /// - Parameters:
    ///   - gradients: The variables, each with the derivative of the cost by it.
    ///   - graph: The graph that they belong to.
    ///   - name: The name of the node; by default that of the optimizer.
    /// - Returns: An operation without a value, which makes one step each time it is run.
    func apply(_ gradients: [(gradient: Tensor, variable: Tensor)], in graph: Graph, name: String?) -> Tensor
}

extension Optimizer {
    /// Adds the gradients of a cost and the operations that change variables along them.
    ///
    /// - Parameters:
    ///   - cost: What is to become small. If it is not a scalar, the sum of its elements is.
    ///   - variables: What to change; by default, all trainable variables. Those that the cost does not depend on stay
    ///     as they are.
    ///   - name: The name of the node; by default that of the optimizer.
    /// - Returns: An operation without a value, which makes one step each time it is run.
    public func minimize(_ cost: Tensor, variables: [Tensor]? = nil, name: String? = nil) -> Tensor {
        let graph = cost.graph
        let variables = variables ?? graph.trainableVariables
        let pairs = zip(gradients(of: cost, withRespectTo: variables), variables)
            .compactMap { gradient, variable in gradient.map { (gradient: $0, variable: variable) } }
        let training = apply(pairs, in: graph, name: name)
        if let mistake = cost.node.error {
            graph.poison(training, mistake)
        } else if pairs.isEmpty {
            graph.record(
                TrainingError(
                    .noTrainableVariable,
                    node: training.name,
                    "\(training.name) cannot minimize '\(cost.name)': no trainable variable has a differentiable path to it"
                ),
                at: training
            )
        }
        return training
    }
}

extension Graph {
    /// Adds the operation that makes one step of training by running others.
    ///
    /// - Parameters:
    ///   - name: The name of the operation, which is also the scope of its parts.
    ///   - variables: What is to be changed.
    ///   - parts: Adds the operations that change the variables and returns them.
    /// - Returns: The operation, which has no value.
    func trainingOperation(_ name: String, changing variables: [Tensor], _ parts: () -> [Tensor]) -> Tensor {
        let training = nameScope(name) {
            add(NoOperation(), [], after: parts(), name: .claimed(scopePath))
        }
        for variable in variables where !(variable.node.operation is Variable) {
            record(
                TrainingError(
                    .invalidArgument,
                    node: training.name,
                    "\(training.name) cannot change '\(variable.name)', which is not a variable"
                ),
                at: training
            )
        }
        return training
    }

    /// Adds the operation that changes one variable.
    func update(_ variable: Tensor, _ operation: some UpdateOperation, _ inputs: [Tensor]) -> Tensor {
        add(operation, inputs, name: "update_\(variable.name)/\(operation.kind)")
    }

    /// Adds a learning rate as a constant in the current scope.
    func learningRate(_ value: Float, of optimizer: String) -> Tensor {
        hyperparameter("learning_rate", value, in: Float.leastNonzeroMagnitude..<(.infinity), of: optimizer)
    }

    /// Adds a setting of an optimizer as a constant in the current scope.
    func hyperparameter(_ name: String, _ value: Float, in range: Range<Float>, of optimizer: String) -> Tensor {
        let setting = constant(TensorValue(value), name: name)
        if !range.contains(value) {
            let lower = range.lowerBound > 0 ? "greater than 0" : "at least 0"
            let upper = range.upperBound.isFinite ? "less than \(range.upperBound)" : "finite"
            record(
                TrainingError(
                    .invalidArgument,
                    node: setting.name,
                    "the \(name) of \(optimizer) is \(value), but it must be \(lower) and \(upper)"
                ),
                at: setting
            )
        }
        return setting
    }

    /// Adds a variable in which an optimizer keeps something about another variable, such as `weights/Momentum`.
    func slot(_ name: String, of variable: Tensor) -> Tensor {
        let shape = variable.shape?.dimensions.compactMap(\.self) ?? []
        let slot = Variable(initializer: .zeros(shape), isTrainable: false)
        return self.variable(slot, name: .absolute("\(variable.name)/\(name)"))
    }
}
