/// Does nothing itself, but makes other operations run.
struct NoOperation: Operation {
    let kind = "NoOp"

    func type(of inputs: [DataType]) -> DataType? { nil }

    func shape(of inputs: [TensorShape]) -> TensorShape { [] }
}

struct Identity: Operation {
    let kind = "Identity"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireElements(inputs)
        return inputs[0]
    }

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { outer }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }
}

/// Gives a tensor a name, without changing it.
///
/// - Parameters:
///   - x: Any shape and type.
///   - name: The name of the node; `Identity` by default.
/// - Returns: The same value under another name.
public func identity(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Identity(), [x], name: name)
}

/// An operation that changes a variable, its first input.
///
/// Updates run after everything else in a run has read the variables.
protocol UpdateOperation: Operation {
    /// How many inputs, the first ones, are variables that the operation writes to.
    var variableCount: Int { get }
    /// The input that has an element for each element of the variable, such as its gradient.
    var valueInput: Int { get }
}

extension UpdateOperation {
    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        _ = try inputs[0].merged(with: inputs[valueInput])
        return inputs[0]
    }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let inputs = drawing.inputs.enumerated().map { $0 < variableCount ? $1.name : $1.output }
        let attributes: [String: GraphDefinition.AttributeValue] = [
            "T": .type(.float), "_class": .colocated(with: drawing.inputs[0].name), "use_locking": .bool(false),
        ]
        return [drawing.node(kind, inputs, attributes)]
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
