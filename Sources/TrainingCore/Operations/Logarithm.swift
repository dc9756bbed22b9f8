struct Logarithm: ElementwiseUnary {
    let kind = "Log"

    static func value(_ x: Float) -> Float { Float(logarithm(Double(x))) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { outer / node.inputs[0] }
}

/// Takes the natural logarithm of each element: negative infinity of 0, NaN of negative numbers.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Log` by default.
/// - Returns: The result, in the shape of `x`.
public func log(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Logarithm(), [x], name: name)
}
