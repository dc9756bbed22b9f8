struct SigmoidCrossEntropy: ElementwiseBinary {
    let kind = "SigmoidCrossEntropyWithLogits"
    let defaultName = "logistic_loss"

    /// Large logits of either sign lose nothing in max(x, 0) - x z + log(1 + e^-|x|), which TensorFlow uses too.
    static func value(_ logit: Float, _ label: Float) -> Float {
        let (x, z) = (Double(logit), Double(label))
        return Float((x < 0 ? 0 : x) - x * z + logarithm1p(exponential(-x.magnitude)))
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        try inputs[0].merged(with: inputs[1])
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (logits, labels) = (node.inputs[0], node.inputs[1])
        return outer * (index == 0 ? sigmoid(logits) - labels : -logits)
    }
}

/// The cross entropy of each label with the probability sigmoid(logit), without the overflow of doing it in steps.
///
/// - Parameters:
///   - labels: Numbers from 0 to 1.
///   - logits: As many numbers of any size, before the sigmoid.
///   - name: The name of the node; `logistic_loss` by default.
/// - Returns: A loss for each label, in the same shape.
public func sigmoidCrossEntropy(labels: Tensor, logits: Tensor, name: String? = nil) -> Tensor {
    logits.graph.add(SigmoidCrossEntropy(), [logits, labels], name: name)
}

extension TensorShape {
    /// What is known about a shape of which two descriptions exist.
    func merged(with other: TensorShape) throws(Mismatch) -> TensorShape {
        guard rank == other.rank, zip(dimensions, other.dimensions).allSatisfy({ $0 == nil || $1 == nil || $0 == $1 })
        else { throw Mismatch("both must have the same shape") }
        return TensorShape(zip(dimensions, other.dimensions).map { $0 ?? $1 })
    }
}
