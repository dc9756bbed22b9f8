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
    ///   - globalStep: A variable to which each step adds 1, such as ``Graph/globalStep()``.
    ///   - name: The name of the node; by default that of the optimizer.
    /// - Returns: An operation without a value, which makes one step each time it is run.
    func apply(
        _ gradients: [(gradient: Tensor, variable: Tensor)],
        in graph: Graph,
        globalStep: Tensor?,
        name: String?
    ) -> Tensor
}

extension Optimizer {
    /// Adds the operations that change variables along given gradients, without counting steps.
    public func apply(_ gradients: [(gradient: Tensor, variable: Tensor)], in graph: Graph, name: String?) -> Tensor {
        apply(gradients, in: graph, globalStep: nil, name: name)
    }

    /// Adds the gradients of a cost and the operations that change variables along them.
    ///
    /// Each step also runs ``Graph/updateOperations``, those that layers have added so far, such as the running means of
    /// ``batchNormalization(_:training:momentum:epsilon:name:)``.
    ///
    /// - Parameters:
    ///   - cost: What is to become small. If it is not a scalar, the sum of its elements is.
    ///   - variables: What to change; by default, all trainable variables. Those that the cost does not depend on stay
    ///     as they are.
    ///   - clippingNorm: What the norm of all gradients together is cut to, see ``Graph/clipByGlobalNorm(_:_:name:)``.
    ///   - globalStep: A variable to which each step adds 1, such as ``Graph/globalStep()``.
    ///   - name: The name of the node; by default that of the optimizer.
    /// - Returns: An operation without a value, which makes one step each time it is run.
    public func minimize(
        _ cost: Tensor,
        variables: [Tensor]? = nil,
        clippingNorm: Float? = nil,
        globalStep: Tensor? = nil,
        name: String? = nil
    ) -> Tensor {
        let graph = cost.graph
        let variables = variables ?? graph.trainableVariables
        var pairs = zip(gradients(of: cost, withRespectTo: variables), variables)
            .compactMap { gradient, variable in gradient.map { (gradient: $0, variable: variable) } }
        if let clippingNorm, !pairs.isEmpty {
            let clipped = graph.clipByGlobalNorm(pairs.map(\.gradient), clippingNorm).clipped
            pairs = zip(clipped, pairs).map { (gradient: $0, variable: $1.variable) }
        }
        let training = apply(pairs, in: graph, globalStep: globalStep, name: name)
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
    ///   - globalStep: The variable that counts the steps.
    ///   - parts: Adds the operations that change the variables and returns them.
    /// - Returns: The operation, which has no value.
    func trainingOperation(
        _ name: String,
        changing variables: [Tensor],
        counting globalStep: Tensor?,
        _ parts: () -> [Tensor]
    ) -> Tensor {
        let updates = updateOperations
        let training = nameScope(name) {
            let parts = parts() + updates
            guard let globalStep else { return add(NoOperation(), [], after: parts, name: .claimed(scopePath)) }
            // As TensorFlow draws it: the step is counted when all else is done.
            let finish = add(NoOperation(), [], after: parts, name: .scoped("update"))
            let one = constant(1, name: "value")
            return add(AssignAdd(), [globalStep, one], after: [finish], name: .claimed(scopePath))
        }
        for variable in variables + [globalStep].compactMap(\.self) where !(variable.node.operation is Variable) {
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
    func update(
        _ variable: Tensor,
        _ operation: some UpdateOperation,
        _ inputs: [Tensor],
        after controls: [Tensor] = []
    ) -> Tensor {
        add(operation, inputs, after: controls, name: .scoped("update_\(variable.name)/\(operation.kind)"))
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
    func slot(_ name: String, of variable: Tensor, initially value: Float = 0) -> Tensor {
        let shape = variable.shape?.dimensions.compactMap(\.self) ?? []
        let initializer: Initializer = value == 0 ? .zeros(shape) : .constant(value, shape: shape)
        let slot = Variable(initializer: initializer, isTrainable: false)
        return self.variable(slot, name: .absolute("\(variable.name)/\(name)"))
    }
}
