struct HyperbolicTangent: ElementwiseUnary {
    let kind = "Tanh"

    static func value(_ x: Float) -> Float { Float(hyperbolicTangent(Double(x))) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(TanhGrad(), [node.output, outer], name: nil)
    }
}

/// The gradient of the hyperbolic tangent, from its output.
struct TanhGrad: ElementwiseBinary {
    let kind = "TanhGrad"

    static func value(_ output: Float, _ outer: Float) -> Float { outer * (1 - output * output) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (output, inner) = (node.inputs[0], node.inputs[1])
        return index == 0 ? -2 * outer * inner * output : outer.graph.add(self, [output, outer], name: nil)
    }
}

/// Applies the hyperbolic tangent to each element.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Tanh` by default.
/// - Returns: The result, in the shape of `x`.
public func tanh(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(HyperbolicTangent(), [x], name: name)
}
