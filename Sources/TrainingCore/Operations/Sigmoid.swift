struct Sigmoid: ElementwiseUnary {
    let kind = "Sigmoid"

    static func value(_ x: Float) -> Float { Float(logistic(Double(x))) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(SigmoidGrad(), [node.output, outer], name: nil)
    }
}

/// The gradient of the logistic function, from its output.
struct SigmoidGrad: ElementwiseBinary {
    let kind = "SigmoidGrad"

    static func value(_ output: Float, _ outer: Float) -> Float { outer * output * (1 - output) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (output, inner) = (node.inputs[0], node.inputs[1])
        return index == 0 ? outer * inner * (1 - 2 * output) : outer.graph.add(self, [output, outer], name: nil)
    }
}

/// Applies the logistic function 1 / (1 + e^-x) to each element.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Sigmoid` by default.
/// - Returns: The result, in the shape of `x`.
public func sigmoid(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Sigmoid(), [x], name: name)
}
