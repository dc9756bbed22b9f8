/// A value that is given with each run.
struct Placeholder: Operation {
    let kind = "Placeholder"
    let shape: TensorShape

    func shape(of inputs: [TensorShape]) -> TensorShape { shape }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["dtype": .type(.float), "shape": .shape(shape)]
    }
}

extension Graph {
    /// Adds a value that is given with each run.
    ///
    /// ```swift
    /// let x = graph.placeholder("X", shape: [nil, 2])
    /// try session.run(hypothesis, feeding: [x: [[0, 1], [1, 1]]])
    /// ```
    ///
    /// - Parameters:
    ///   - name: The name of the node; `Placeholder` by default.
    ///   - shape: The size of each axis, `nil` where any size may be given.
    /// - Returns: The value that a run is given.
    public func placeholder(_ name: String? = nil, shape: TensorShape) -> Tensor {
        let tensor = add(Placeholder(shape: shape), [], name: name)
        if shape.dimensions.contains(where: { $0 ?? 0 < 0 }) {
            record(
                TrainingError(
                    .invalidArgument,
                    node: tensor.name,
                    "placeholder '\(tensor.name)' cannot have the shape \(shape)"
                ),
                at: tensor
            )
        }
        return tensor
    }
}

/// A value that never changes.
struct Constant: Operation {
    let kind = "Const"
    let value: TensorValue

    /// The most elements that a graph definition shows, because TensorBoard sends them all to the browser.
    ///
    /// TensorFlow does not import a graph with a constant that lacks its value.
    static let drawnElements = 16

    func type(of inputs: [DataType]) -> DataType? { value.dataType }

    func shape(of inputs: [TensorShape]) -> TensorShape { TensorShape(value.shape) }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output.elements
        let values = value.floats ?? []
        return { _ = output.update(fromContentsOf: values) }
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        Self.attributes(of: value)
    }

    static func attributes(of value: TensorValue) -> [String: GraphDefinition.AttributeValue] {
        var attributes: [String: GraphDefinition.AttributeValue] = ["dtype": .type(value.dataType)]
        if value.count <= drawnElements { attributes["value"] = .tensor(value) }
        return attributes
    }
}

extension Graph {
    /// Adds a value that never changes.
    ///
    /// - Parameters:
    ///   - value: Elements of type `Float`.
    ///   - name: The name of the node; `Const` by default.
    /// - Returns: The value.
    public func constant(_ value: TensorValue, name: String? = nil) -> Tensor {
        constant(value, name: .scoped(name ?? "Const"))
    }

    func constant(_ value: TensorValue, name: NodeName) -> Tensor {
        let tensor = add(Constant(value: value), [], name: name)
        if value.floats == nil {
            record(
                TrainingError(
                    .typeMismatch,
                    node: tensor.name,
                    "constant '\(tensor.name)' must have elements of type float, not \(value.dataType)"
                ),
                at: tensor
            )
        }
        return tensor
    }
}

/// Ones in the shape of a tensor: the derivative of the final result by itself.
struct Ones: Operation {
    let kind = "OnesLike"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func readsValue(ofInput index: Int) -> Bool { false }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output.elements
        return { output.update(repeating: 1) }
    }

    /// Drawn as TensorFlow draws it where the shape is known: a `Fill` that reads nothing of the tensor.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let sizes = drawing.shape?.dimensions.compactMap(\.self) ?? []
        guard let shape = drawing.shape, sizes.count == shape.rank else {
            return [drawing.node(kind, drawing.values, ["T": .type(.float)])]
        }
        let dims = drawing.constant(
            "dims",
            TensorValue(shape: [sizes.count], elements: .int32(sizes.map { Int32(clamping: $0) }))
        )
        let value = drawing.constant("value", 1)
        return [
            dims, value,
            drawing.node(
                "Fill",
                [dims.name, value.name],
                ["T": .type(.float), "index_type": .type(.int32)]
            ),
        ]
    }
}

/// Zeros in the shape of a tensor: the derivative of what does not change with it.
struct Zeros: Operation {
    let kind = "ZerosLike"
    let defaultName = "zeros_like"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(Zeros(), [node.inputs[0]], name: nil)
    }

    func readsValue(ofInput index: Int) -> Bool { false }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output.elements
        return { output.update(repeating: 0) }
    }
}

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
