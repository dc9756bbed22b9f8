import CKernels

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
