struct Relu: ElementwiseUnary {
    let kind = "Relu"

    // Not max(0, x), so that NaN stays NaN.
    static func value(_ x: Float) -> Float { x < 0 ? 0 : x }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(ReluGrad(), [outer, node.output], name: nil)
    }
}

/// Lets the gradient through where the output is positive; at 0 the derivative is taken to be 0.
struct ReluGrad: ElementwiseBinary {
    let kind = "ReluGrad"

    static func value(_ outer: Float, _ output: Float) -> Float { output > 0 ? outer : 0 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 0 ? outer.graph.add(self, [outer, node.inputs[1]], name: nil) : nil
    }
}

/// Replaces negative elements by 0.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Relu` by default.
/// - Returns: The result, in the shape of `x`.
public func relu(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Relu(), [x], name: name)
}
