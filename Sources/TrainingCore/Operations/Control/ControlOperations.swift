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

extension Graph {
    /// Adds an operation that runs others.
    ///
    /// ```swift
    /// let reset = graph.group([assign(mean, to: zero), assign(count, to: zero)], name: "reset")
    /// try session.run(reset)
    /// ```
    ///
    /// - Parameters:
    ///   - operations: What to run, such as assignments and training operations.
    ///   - name: The name of the node; `group_deps` by default.
    /// - Returns: An operation without a value.
    public func group(_ operations: [Tensor], name: String? = nil) -> Tensor {
        add(NoOperation(), [], after: operations, name: .scoped(name ?? "group_deps"))
    }
}
