struct Exponential: ElementwiseUnary {
    let kind = "Exp"

    static func value(_ x: Float) -> Float { Float(exponential(Double(x))) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { outer * node.output }
}

/// Raises e to the power of each element.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Exp` by default.
/// - Returns: The result, in the shape of `x`.
public func exp(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Exponential(), [x], name: name)
}
