struct LogSoftmax: Operation {
    let kind = "LogSoftmax"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        try Softmax().shape(of: inputs)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer - exp(node.output) * sum(outer, axes: [-1], keepDimensions: true)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output) = (ClassRows(operands.inputs[0]), ClassRows(operands.output))
        return {
            for row in 0..<input.count {
                let (maximum, total) = input.maximumAndTotal(row)
                let logarithmOfTotal = logarithm(total)
                let (x, result) = (input[row], output[row])
                for index in 0..<input.classes { result[index] = Float(Double(x[index]) - maximum - logarithmOfTotal) }
            }
        }
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
