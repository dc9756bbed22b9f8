struct Softmax: Operation {
    let kind = "Softmax"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank > 0 else { throw Mismatch("it needs an axis of classes") }
        return inputs[0]
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        (outer - sum(outer * node.output, axes: [-1], keepDimensions: true)) * node.output
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output) = (ClassRows(operands.inputs[0]), ClassRows(operands.output))
        return {
            for row in 0..<input.count {
                let (maximum, total) = input.maximumAndTotal(row)
                let (x, probabilities) = (input[row], output[row])
                for index in 0..<input.classes {
                    probabilities[index] = Float(exponential(Double(x[index]) - maximum) / total)
                }
            }
        }
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
