import CKernels

struct Sigmoid: ElementwiseUnary {
    let kind = "Sigmoid"

    func kernel(_ operands: Operands) -> Kernel? { Self.kernel(ckernels_sigmoid, operands) }

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

struct HyperbolicTangent: ElementwiseUnary {
    let kind = "Tanh"

    func kernel(_ operands: Operands) -> Kernel? { Self.kernel(ckernels_tanh, operands) }

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

struct Relu: ElementwiseFormula {
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
        guard index == 1 else { return outer.graph.add(self, [outer, node.inputs[1]], name: nil) }
        // The slope is constant on either side of 0, so its own derivative is 0, not absent.
        return outer.graph.add(Zeros(), [node.inputs[1]], name: nil)
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
