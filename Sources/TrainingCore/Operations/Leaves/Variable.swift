/// A value that a session keeps from one run to the next.
struct Variable: Operation {
    let kind = "VariableV2"
    let defaultName = "Variable"
    let initializer: Initializer
    let isTrainable: Bool

    func shape(of inputs: [TensorShape]) -> TensorShape { TensorShape(initializer.shape) }

    func outputName(ofNode name: String) -> String { "\(name)/read" }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let name = drawing.name
        let here = GraphDefinition.AttributeValue.colocated(with: name)
        let initial = initializer.draw(drawing)
        let read = drawing.node(
            named: outputName(ofNode: name),
            "Identity",
            [name],
            shape: drawing.shape,
            ["T": .type(.float), "_class": here]
        )
        let assign = drawing.node(
            named: "\(name)/Assign",
            "Assign",
            [name] + initial.suffix(1).map(\.name),
            shape: drawing.shape,
            ["T": .type(.float), "_class": here, "use_locking": .bool(true), "validate_shape": .bool(true)]
        )
        let variable = drawing.node(
            kind,
            [],
            [
                "dtype": .type(.float), "shape": .shape(TensorShape(initializer.shape)), "container": .string(""),
                "shared_name": .string(""),
            ]
        )
        return initial + [variable, assign, read]
    }
}

extension Graph {
    /// Adds a value that a session keeps from one run to the next and that optimizers change.
    ///
    /// - Parameters:
    ///   - name: The name of the node; `Variable` by default. The initial values of random initializers depend on it
    ///     and on the session's seed, so that adding a variable does not change those of the others.
    ///   - initializer: The shape and the initial values.
    ///   - isTrainable: Whether optimizers change it unless told otherwise.
    /// - Returns: The value as a run finds it.
    public func variable(_ name: String? = nil, _ initializer: Initializer, isTrainable: Bool = true) -> Tensor {
        let variable = Variable(initializer: initializer, isTrainable: isTrainable)
        return self.variable(variable, name: .scoped(name ?? variable.defaultName))
    }

    func variable(_ variable: Variable, name: NodeName) -> Tensor {
        let tensor = add(variable, [], name: name)
        if let problem = variable.initializer.problem {
            record(
                TrainingError(
                    .invalidArgument,
                    node: tensor.name,
                    "variable '\(tensor.name)' cannot start: \(problem)"
                ),
                at: tensor
            )
        }
        return tensor
    }
}
