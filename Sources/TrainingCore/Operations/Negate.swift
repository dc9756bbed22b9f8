struct Negate: ElementwiseUnary {
    let kind = "Neg"

    static func value(_ x: Float) -> Float { -x }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { -outer }
}

/// Negates each element.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Neg` by default.
/// - Returns: The result, in the shape of `x`.
public func neg(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Negate(), [x], name: name)
}
