struct SquareRoot: ElementwiseUnary {
    let kind = "Sqrt"

    static func value(_ x: Float) -> Float { x.squareRoot() }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { outer * 0.5 / node.output }
}

/// Takes the square root of each element: NaN of negative numbers.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Sqrt` by default.
/// - Returns: The result, in the shape of `x`.
public func sqrt(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(SquareRoot(), [x], name: name)
}
