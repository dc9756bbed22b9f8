struct StopGradient: Operation {
    let kind = "StopGradient"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? { try Identity().type(of: inputs) }

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }
}

/// Passes a tensor on as something that does not change with what it was made from.
///
/// - Parameters:
///   - x: Any shape and type.
///   - name: The name of the node; `StopGradient` by default.
/// - Returns: The same value, through which ``gradients(of:withRespectTo:)`` does not look.
public func stopGradient(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(StopGradient(), [x], name: name)
}
