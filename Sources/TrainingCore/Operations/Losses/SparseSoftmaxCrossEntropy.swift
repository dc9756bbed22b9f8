struct SparseSoftmaxCrossEntropy: Operation {
    let kind = "SparseSoftmaxCrossEntropyWithLogits"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat([inputs[0]])
        try requireIndices(inputs[1], "labels")
        return .float
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank > 0 else { throw Mismatch("the logits need an axis of classes") }
        do throws(Mismatch) {
            return try TensorShape(inputs[0].dimensions.dropLast()).merged(with: inputs[1])
        } catch {
            throw Mismatch("the labels must have the shape of the logits without the last axis")
        }
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 0 else { return nil }
        let (logits, labels) = (node.inputs[0], node.inputs[1])
        let expected = outer.graph.add(OneHotLabels(), [labels, logits], name: nil)
        return expandDimensions(outer, axis: -1) * (softmax(logits) - expected)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (logits, labels, output) = (
            ClassRows(operands.inputs[0]), operands.inputs[1].pointer, operands.output.pointer
        )
        return {
            for row in 0..<logits.count {
                let label = labels[row]
                guard label >= 0, label < Float(logits.classes) else {
                    output[row] = .nan
                    continue
                }
                let (maximum, total) = logits.maximumAndTotal(row)
                output[row] = Float(maximum - Double(logits[row][Int(label)]) + logarithm(total))
            }
        }
    }

    /// TensorFlow's operation takes a matrix and a vector only; other ranks are drawn as the formula.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (logits, labels) = (drawing.inputs[0], drawing.inputs[1])
        if let shape = logits.shape, shape.rank == 2 {
            var node = drawing.node(kind, drawing.values, ["T": .type(.float), "Tlabels": .type(labels.type)])
            // Its second output is the gradient by the logits.
            node.attributes["_output_shapes"] = drawing.shape.map { .shapes([$0, shape]) }
            return [node]
        }
        let float: [String: GraphDefinition.AttributeValue] = ["T": .type(.float)]
        let batch = labels.shape?.rank ?? 0
        let logarithms = drawing.part("LogSoftmax", "LogSoftmax", [logits.output], float, shape: logits.shape)
        let axis = drawing.constant("GatherV2/axis", .int32(batch))
        let chosen = drawing.part(
            "GatherV2",
            "GatherV2",
            [logarithms.name, labels.output, axis.name],
            [
                "Tparams": .type(.float), "Tindices": .type(labels.type), "Taxis": .type(.int32),
                "batch_dims": .int(batch),
            ],
            shape: drawing.shape
        )
        return [logarithms, axis, chosen, drawing.node("Neg", [chosen.name], float)]
    }
}

/// Labels as rows in which one element is 1, as long as the rows of logits; rows of NaN for labels that do not exist.
struct OneHotLabels: Operation {
    let kind = "OneHot"
    let defaultName = "one_hot"

    func type(of inputs: [DataType]) -> DataType? { .float }

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func kernel(_ operands: Operands) -> Kernel? {
        oneHotKernel(operands.inputs[0], operands.output.shape.last ?? 1, 1, 0, operands.output, ofMissing: .nan)
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (labels, logits) = (drawing.inputs[0], drawing.inputs[1])
        let (depth, parts) = drawing.sizeParts(of: logits, axis: (logits.shape?.rank ?? 1) - 1)
        let on = drawing.constant("on_value", 1)
        let off = drawing.constant("off_value", 0)
        return parts + [
            on, off,
            drawing.node(
                kind,
                [labels.output, depth, on.name, off.name],
                ["T": .type(.float), "TI": .type(labels.type), "axis": .int(-1)]
            ),
        ]
    }
}

/// The cross entropy of the labels' classes with softmax(logits), without the overflow of doing it in steps.
///
/// A label that is no class gives NaN, and so does its row of the gradient. That is what TensorFlow documents for its
/// kernel on GPUs; the one for CPUs ends the run instead. ``RunOptions/nanCheck`` does that and names the node.
///
/// - Parameters:
///   - labels: The index of the class of each row, of type `int32` or `int64`.
///   - logits: Numbers of any size, before the softmax: the shape of `labels` with an axis of classes behind it.
///   - name: The name of the node; `SparseSoftmaxCrossEntropyWithLogits` by default.
/// - Returns: A loss for each label, in the shape of `labels`.
public func sparseSoftmaxCrossEntropy(labels: Tensor, logits: Tensor, name: String? = nil) -> Tensor {
    logits.graph.add(SparseSoftmaxCrossEntropy(), [logits, labels], name: name)
}
