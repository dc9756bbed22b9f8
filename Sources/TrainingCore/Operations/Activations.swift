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

struct Softmax: Operation {
    let kind = "Softmax"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank > 0 else { throw Mismatch("it needs an axis of classes") }
        return inputs[0]
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        (outer - sum(outer * node.output, axes: [-1], keepDimensions: true)) * node.output
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int { ClassRows.scratchCount(output) }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output, scratch) = (ClassRows(operands.inputs[0]), operands.output.pointer, operands.doubles)
        let instructions = ckernels_best()
        return { ckernels_softmax(instructions, input.pointer, output, input.count, input.classes, scratch) }
    }
}

/// Turns numbers along the last axis into probabilities: e^x divided by the sum of e^x.
///
/// - Parameters:
///   - x: Rank 1 or more, classes on the last axis.
///   - name: The name of the node; `Softmax` by default.
/// - Returns: Probabilities, in the shape of `x`.
public func softmax(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Softmax(), [x], name: name)
}

struct LogSoftmax: Operation {
    let kind = "LogSoftmax"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        try Softmax().shape(of: inputs)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer - exp(node.output) * sum(outer, axes: [-1], keepDimensions: true)
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int { ClassRows.scratchCount(output) }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output, scratch) = (ClassRows(operands.inputs[0]), operands.output.pointer, operands.doubles)
        let instructions = ckernels_best()
        return { ckernels_log_softmax(instructions, input.pointer, output, input.count, input.classes, scratch) }
    }
}

/// Takes the logarithm of ``softmax(_:name:)`` without the loss of precision that two steps would have.
///
/// - Parameters:
///   - x: Rank 1 or more, classes on the last axis.
///   - name: The name of the node; `LogSoftmax` by default.
/// - Returns: Logarithms of probabilities, in the shape of `x`.
public func logSoftmax(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(LogSoftmax(), [x], name: name)
}
