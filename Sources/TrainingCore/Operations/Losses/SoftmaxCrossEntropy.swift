struct SoftmaxCrossEntropy: Operation {
    let kind = "SoftmaxCrossEntropyWithLogits"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank > 0 else { throw Mismatch("they need an axis of classes") }
        return TensorShape(try inputs[0].merged(with: inputs[1]).dimensions.dropLast())
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (logits, labels) = (node.inputs[0], node.inputs[1])
        let outer = expandDimensions(outer, axis: -1)
        guard index == 0 else { return -outer * logSoftmax(logits) }
        // The sum is 1 for labels that are probabilities; the derivative is right for others too.
        return outer * (softmax(logits) * sum(labels, axes: [-1], keepDimensions: true) - labels)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (logits, labels) = (ClassRows(operands.inputs[0]), ClassRows(operands.inputs[1]))
        let output = operands.output.pointer
        return {
            for row in 0..<logits.count {
                let (maximum, total) = logits.maximumAndTotal(row)
                let logarithmOfTotal = logarithm(total)
                let (x, z) = (logits[row], labels[row])
                var loss = 0.0
                // A class that is ruled out adds nothing, even where its logit is infinite.
                for index in 0..<logits.classes where z[index] != 0 {
                    loss += Double(z[index]) * (maximum - Double(x[index]) + logarithmOfTotal)
                }
                output[row] = Float(loss)
            }
        }
    }
}

extension SoftmaxCrossEntropy {
    /// TensorFlow's operation takes matrices only; other ranks are drawn as the formula.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (logits, labels) = (drawing.inputs[0], drawing.inputs[1])
        if let shape = logits.shape, shape.rank == 2 {
            var node = drawing.node(kind, drawing.values, ["T": .type(.float)])
            // Its second output is the gradient by the logits.
            node.attributes["_output_shapes"] = drawing.shape.map { .shapes([$0, shape]) }
            return [node]
        }
        let logarithms = drawing.part(
            "LogSoftmax",
            "LogSoftmax",
            [logits.output],
            ["T": .type(.float)],
            shape: logits.shape
        )
        let product = drawing.part(
            "mul",
            "Mul",
            [labels.output, logarithms.name],
            ["T": .type(.float)],
            shape: logits.shape
        )
        let axis = drawing.constant("Sum/reduction_indices", .int32(-1))
        let sum = drawing.part(
            "Sum",
            "Sum",
            [product.name, axis.name],
            ["T": .type(.float), "Tidx": .type(.int32), "keep_dims": .bool(false)],
            shape: drawing.shape
        )
        return [logarithms, product, axis, sum, drawing.node("Neg", [sum.name], ["T": .type(.float)])]
    }
}

/// The cross entropy of label distributions with softmax(logits), without the overflow of doing it in steps.
///
/// - Parameters:
///   - labels: Probabilities of the classes, on the last axis.
///   - logits: As many numbers of any size, before the softmax.
///   - name: The name of the node; `SoftmaxCrossEntropyWithLogits` by default.
/// - Returns: A loss for each row: the shape without its last axis.
public func softmaxCrossEntropy(labels: Tensor, logits: Tensor, name: String? = nil) -> Tensor {
    logits.graph.add(SoftmaxCrossEntropy(), [logits, labels], name: name)
}
