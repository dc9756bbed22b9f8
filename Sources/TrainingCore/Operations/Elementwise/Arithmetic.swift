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
