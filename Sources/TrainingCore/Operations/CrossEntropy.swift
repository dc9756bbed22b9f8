import CKernels

/// The rows of a tensor whose last axis counts classes.
struct ClassRows {
    let pointer: UnsafeMutablePointer<Float>
    let count: Int
    let classes: Int

    init(_ buffer: Operands.Buffer) {
        pointer = buffer.pointer
        count = buffer.shape.dropLast().reduce(1, *)
        classes = buffer.shape.last ?? 1
    }

    /// How much scratch memory, in floats, the kernels of classes need.
    static func scratchCount(_ shape: [Int]) -> Int {
        2 * ckernels_classes_scratch(shape.dropLast().reduce(1, *), shape.last ?? 1)
    }

    /// The first element of a row.
    subscript(row: Int) -> UnsafeMutablePointer<Float> { pointer + row * classes }

    /// The largest number of a row, and the sum of e^(x - maximum), in which nothing can overflow.
    func maximumAndTotal(_ row: Int) -> (maximum: Double, total: Double) {
        let row = self[row]
        var maximum = -Float.infinity
        for index in 0..<classes where row[index] > maximum { maximum = row[index] }
        var total = 0.0
        for index in 0..<classes { total += exponential(Double(row[index]) - Double(maximum)) }
        return (Double(maximum), total)
    }
}

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

extension TensorShape {
    /// What is known about a shape of which two descriptions exist.
    func merged(with other: TensorShape) throws(Mismatch) -> TensorShape {
        guard rank == other.rank, zip(dimensions, other.dimensions).allSatisfy({ $0 == nil || $1 == nil || $0 == $1 })
        else { throw Mismatch("both must have the same shape") }
        return TensorShape(zip(dimensions, other.dimensions).map { $0 ?? $1 })
    }
}

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
