import CKernels

/// An operation that makes each element of its output from the same element of its one input.
protocol ElementwiseUnary: Operation {}

/// One whose formula is so short that a loop over it becomes vector instructions by itself.
protocol ElementwiseFormula: ElementwiseUnary {
    /// One element of the output.
    static func value(_ x: Float) -> Float
}

extension ElementwiseUnary {
    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }
}

extension ElementwiseFormula {
    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output, count) = (operands.inputs[0].pointer, operands.output.pointer, operands.output.count)
        return { for index in 0..<count { output[index] = Self.value(input[index]) } }
    }
}

struct Negate: ElementwiseFormula {
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

struct Square: ElementwiseFormula {
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

struct SquareRoot: ElementwiseFormula {
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

struct Exponential: ElementwiseUnary {
    let kind = "Exp"

    func kernel(_ operands: Operands) -> Kernel? { Self.kernel(ckernels_exp, operands) }

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

struct Logarithm: ElementwiseUnary {
    let kind = "Log"

    func kernel(_ operands: Operands) -> Kernel? { Self.kernel(ckernels_log, operands) }

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
