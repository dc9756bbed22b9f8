/// An operation that changes a variable, its first input.
///
/// Updates run after everything else in a run has read the variables, in the order in which they were made. They have no
/// value: what reads a variable in the same run sees what it was before.
protocol UpdateOperation: Operation {
    /// How many inputs, the first ones, are variables that the operation writes to.
    var variableCount: Int { get }
    /// The input that has an element for each element of the variable, such as its gradient.
    var valueInput: Int { get }
    /// The attributes in a graph definition that not all updates have.
    var extraAttributes: [String: GraphDefinition.AttributeValue] { get }
}

extension UpdateOperation {
    var extraAttributes: [String: GraphDefinition.AttributeValue] { [:] }

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat(inputs)
        return nil
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        _ = try inputs[0].merged(with: inputs[valueInput])
        return inputs[0]
    }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let inputs = drawing.inputs.enumerated().map { $0 < variableCount ? $1.name : $1.output }
        return [draw(drawing, inputs)]
    }

    /// Draws the operation's own node, whose output is the variable.
    func draw(_ drawing: Drawing, _ inputs: [String]) -> GraphDefinition.Node {
        let variable = drawing.inputs[0]
        var attributes: [String: GraphDefinition.AttributeValue] = [
            "T": .type(.float), "_class": .colocated(with: variable.name), "use_locking": .bool(false),
        ]
        attributes["_output_shapes"] = variable.shape.map { .shapes([$0]) }
        return drawing.node(kind, inputs, attributes.merging(extraAttributes) { $1 })
    }
}

/// Gives a variable a new value.
struct Assign: UpdateOperation {
    let kind = "Assign"
    let variableCount = 1
    let valueInput = 1

    func kernel(_ operands: Operands) -> Kernel? {
        let (variable, value, count) = (operands.inputs[0].pointer, operands.inputs[1].pointer, operands.output.count)
        return { variable.update(from: value, count: count) }
    }
}

/// Adds to a variable.
struct AssignAdd: UpdateOperation {
    let kind = "AssignAdd"
    let variableCount = 1
    let valueInput = 1

    func kernel(_ operands: Operands) -> Kernel? {
        let (variable, value, count) = (operands.inputs[0].pointer, operands.inputs[1].pointer, operands.output.count)
        return { for index in 0..<count { variable[index] += value[index] } }
    }
}

/// Gives a variable a new value when the result is run.
///
/// In one run, everything that reads the variable sees what it was before; several assignments happen in the order in
/// which they were made, each with the values from before the run.
///
/// ```swift
/// let best = graph.variable("best", .zeros([2]), isTrainable: false)
/// let keep = assign(best, to: weights)
/// try session.run(keep)
/// ```
///
/// - Parameters:
///   - variable: What ``Graph/variable(_:_:isTrainable:)`` returned.
///   - value: The new value, in the variable's shape.
///   - name: The name of the node; `Assign` by default.
/// - Returns: An operation without a value.
public func assign(_ variable: Tensor, to value: Tensor, name: String? = nil) -> Tensor {
    variable.graph.assign(Assign(), variable, value, name)
}

/// Adds a value to a variable when the result is run, as ``assign(_:to:name:)`` does.
///
/// - Parameters:
///   - variable: What ``Graph/variable(_:_:isTrainable:)`` returned.
///   - value: What to add, in the variable's shape.
///   - name: The name of the node; `AssignAdd` by default.
/// - Returns: An operation without a value.
public func assignAdd(_ variable: Tensor, _ value: Tensor, name: String? = nil) -> Tensor {
    variable.graph.assign(AssignAdd(), variable, value, name)
}

extension Graph {
    func assign(_ operation: some UpdateOperation, _ variable: Tensor, _ value: Tensor, _ name: String?) -> Tensor {
        let assignment = add(operation, [variable, value], name: name)
        if !(variable.node.operation is Variable) {
            record(
                TrainingError(
                    .invalidArgument,
                    node: assignment.name,
                    "\(operation.kind) '\(assignment.name)' cannot change '\(variable.name)', which is not a variable"
                ),
                at: assignment
            )
        }
        return assignment
    }

    /// The operations that layers added for a training to run with each step, such as those of running means.
    ///
    /// ``Optimizer/minimize(_:variables:clippingNorm:globalStep:name:)`` runs those that are there when it is called, as
    /// a user of TensorFlow runs `tf.GraphKeys.UPDATE_OPS`.
    public var updateOperations: [Tensor] {
        let nodes = nodes
        return nodes.indices.filter { (nodes[$0].operation as? MovingAverage) != nil }
            .map { Tensor(graph: self, index: $0) }
    }
}
