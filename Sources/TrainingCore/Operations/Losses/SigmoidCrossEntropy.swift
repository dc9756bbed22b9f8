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

    /// Drawn as the formula that TensorFlow makes of it.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (x, z) = (drawing.inputs[0].output, drawing.inputs[1].output)
        func part(_ name: String, _ operation: String, _ inputs: [String]) -> GraphDefinition.Node {
            drawing.part(name, operation, inputs, ["T": .type(.float)], shape: drawing.shape)
        }
        let zeros = part("zeros_like", "ZerosLike", [x])
        let isPositive = part("GreaterEqual", "GreaterEqual", [x, zeros.name])
        let positive = part("Select", "Select", [isPositive.name, x, zeros.name])
        let negated = part("Neg", "Neg", [x])
        let magnitude = part("Select_1", "Select", [isPositive.name, negated.name, x])
        let product = part("mul", "Mul", [x, z])
        let difference = part("sub", "Sub", [positive.name, product.name])
        let power = part("Exp", "Exp", [magnitude.name])
        let logarithm = part("Log1p", "Log1p", [power.name])
        return [
            zeros, isPositive, positive, negated, magnitude, product, difference, power, logarithm,
            drawing.node("AddV2", [difference.name, logarithm.name], ["T": .type(.float)]),
        ]
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
