struct Select: Operation {
    let kind = "SelectV2"
    let defaultName = "Select"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireElements(inputs)
        guard inputs[0] == .bool else {
            throw Mismatch(.typeMismatch, "the condition must be truth values; compare it with something")
        }
        try requireOneType(Array(inputs.dropFirst()))
        return inputs[1]
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        try inputs[0].broadcast(with: inputs[1]).broadcast(with: inputs[2])
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index > 0 else { return nil }
        let (condition, zeros) = (node.inputs[0], outer.graph.add(Zeros(), [outer], name: nil))
        let chosen = index == 1 ? select(condition, outer, zeros) : select(condition, zeros, outer)
        return chosen.summed(like: node.inputs[index])
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let loops = StridedLoops(
            operands.output.shape,
            arrays: operands.inputs.map(\.shape) + [operands.output.shape]
        )
        let (condition, a, b) = (operands.inputs[0].pointer, operands.inputs[1].pointer, operands.inputs[2].pointer)
        let output = operands.output.pointer
        return {
            loops.run { places, count, strides in
                let (condition, a, b, out) = (
                    condition + places[0], a + places[1], b + places[2], output + places[3]
                )
                if strides == SIMD4(repeating: 1) {
                    for index in 0..<count { out[index] = condition[index] != 0 ? a[index] : b[index] }
                    return
                }
                for index in 0..<count {
                    let isTrue = condition[index * strides[0]] != 0
                    out[index * strides[3]] = isTrue ? a[index * strides[1]] : b[index * strides[2]]
                }
            }
        }
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["T": .type(drawing.inputs[1].type)]
    }
}

/// Takes each element from one of two tensors, repeating axes of size 1 (TensorFlow's `tf.where` with three arguments).
///
/// A NaN in the elements that are not taken does not reach the result, but their gradient is 0 times what comes before
/// them: keep the argument of `log` or `sqrt` in range before, not after.
///
/// - Parameters:
///   - condition: Truth values, for example `x > 0`.
///   - a: What is taken where the condition is true; any type.
///   - b: What is taken elsewhere; the same type.
///   - name: The name of the node; `Select` by default.
/// - Returns: The chosen elements, in the shape that all three have after repeating.
public func select(_ condition: Tensor, _ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Select(), [condition, a, b], name: name)
}
