/// An operation that makes each element of its output from one element of each of its two inputs.
///
/// Shapes are aligned at their last axes; an axis that is missing or of size 1 is repeated (broadcast).
protocol ElementwiseBinary: Operation {
    /// One element of the output.
    static func value(_ a: Float, _ b: Float) -> Float
}

extension ElementwiseBinary {
    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        try inputs[0].broadcast(with: inputs[1])
    }

    func kernel(_ operands: Operands) -> Kernel? {
        Self.kernel(operands.inputs[0], operands.inputs[1], operands.output)
    }

    static func kernel(_ a: Operands.Buffer, _ b: Operands.Buffer, _ output: Operands.Buffer) -> Kernel {
        let loops = LoopAxis.loops(over: output.shape, a.shape, b.shape)
        let (a, b, out) = (a.pointer, b.pointer, output.pointer)
        if loops.count == 1 {
            let loop = loops[0]
            return { innermost(loop, a, b, out) }
        }
        return { nested(loops, 0, a, b, out) }
    }

    private static func nested(
        _ loops: [LoopAxis],
        _ depth: Int,
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>
    ) {
        let loop = loops[depth]
        guard depth < loops.count - 1 else { return innermost(loop, a, b, out) }
        for index in 0..<loop.count {
            nested(loops, depth + 1, a + index * loop.a, b + index * loop.b, out + index * loop.out)
        }
    }

    /// Strides that are known to be 0 or 1 let the compiler use vector instructions.
    @inline(__always)
    private static func innermost(
        _ loop: LoopAxis,
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>
    ) {
        switch (loop.a, loop.b) {
        case (1, 1): for index in 0..<loop.count { out[index] = value(a[index], b[index]) }
        case (1, 0): for index in 0..<loop.count { out[index] = value(a[index], b[0]) }
        case (0, 1): for index in 0..<loop.count { out[index] = value(a[0], b[index]) }
        default: for index in 0..<loop.count { out[index] = value(a[index * loop.a], b[index * loop.b]) }
        }
    }
}

extension TensorShape {
    /// The shape of an operation on two tensors that are repeated along axes of size 1.
    func broadcast(with other: TensorShape) throws(Mismatch) -> TensorShape {
        var dimensions: [Int?] = []
        for axis in 0..<max(rank, other.rank) {
            let a = axis < rank ? self.dimensions[rank - 1 - axis] : 1
            let b = axis < other.rank ? other.dimensions[other.rank - 1 - axis] : 1
            switch (a, b) {
            case (1, let size), (let size, 1): dimensions.append(size)
            case (nil, let size), (let size, nil): dimensions.append(size)
            case (let a, let b) where a == b: dimensions.append(a)
            default: throw Mismatch("sizes must be equal or 1, counted from the last axis")
            }
        }
        return TensorShape(dimensions.reversed())
    }
}

struct Add: ElementwiseBinary {
    let kind = "AddV2"
    let defaultName = "add"

    static func value(_ a: Float, _ b: Float) -> Float { a + b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.summed(like: node.inputs[index])
    }
}

/// Adds two tensors element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The first summand.
///   - b: The second summand.
///   - name: The name of the node; `add` by default.
/// - Returns: The sums, in the shape that both have after repeating.
public func add(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Add(), [a, b], name: name)
}

struct Subtract: ElementwiseBinary {
    let kind = "Sub"
    let defaultName = "sub"

    static func value(_ a: Float, _ b: Float) -> Float { a - b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        (index == 0 ? outer : -outer).summed(like: node.inputs[index])
    }
}

/// Subtracts the second tensor from the first, element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The minuend.
///   - b: The subtrahend.
///   - name: The name of the node; `sub` by default.
/// - Returns: The differences, in the shape that both have after repeating.
public func subtract(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Subtract(), [a, b], name: name)
}

struct Multiply: ElementwiseBinary {
    let kind = "Mul"
    let defaultName = "mul"

    static func value(_ a: Float, _ b: Float) -> Float { a * b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        (outer * node.inputs[1 - index]).summed(like: node.inputs[index])
    }
}

/// Multiplies two tensors element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The first factor.
///   - b: The second factor.
///   - name: The name of the node; `mul` by default.
/// - Returns: The products, in the shape that both have after repeating.
public func multiply(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Multiply(), [a, b], name: name)
}

struct Divide: ElementwiseBinary {
    let kind = "RealDiv"
    let defaultName = "truediv"

    static func value(_ a: Float, _ b: Float) -> Float { a / b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let quotient = outer / node.inputs[1]
        return (index == 0 ? quotient : -quotient * node.output).summed(like: node.inputs[index])
    }
}

/// Divides the first tensor by the second, element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The dividend.
///   - b: The divisor.
///   - name: The name of the node; `truediv` by default.
/// - Returns: The quotients, in the shape that both have after repeating.
public func divide(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Divide(), [a, b], name: name)
}

/// The sum of tensors of one shape: the gradients of all the uses of a value.
struct AddN: Operation {
    let kind = "AddN"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        var shape = inputs[0]
        for other in inputs.dropFirst() { shape = try shape.merged(with: other) }
        return shape
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { outer }

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (output, count) = (operands.output.pointer, operands.output.count)
        if inputs.count == 2 {
            let (a, b) = (inputs[0], inputs[1])
            return { for index in 0..<count { output[index] = a[index] + b[index] } }
        }
        return {
            for index in 0..<count {
                var sum: Float = 0
                for input in inputs { sum += input[index] }
                output[index] = sum
            }
        }
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["N": .int(drawing.inputs.count), "T": .type(.float)]
    }
}
