struct Square: ElementwiseUnary {
    let kind = "Square"

    static func value(_ x: Float) -> Float { x * x }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { outer * (2 * node.inputs[0]) }
}

/// Squares each element.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Square` by default.
/// - Returns: The result, in the shape of `x`.
public func square(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Square(), [x], name: name)
}
