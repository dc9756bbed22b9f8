struct OneHot: Operation {
    let kind = "OneHot"
    let defaultName = "one_hot"
    let depth: Int
    let onValue: Float
    let offValue: Float

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireIndices(inputs[0], "indices")
        return .float
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard depth >= 0 else { throw Mismatch(.invalidArgument, "its depth \(depth) must not be negative") }
        return TensorShape(inputs[0].dimensions + [depth])
    }

    func kernel(_ operands: Operands) -> Kernel? {
        oneHotKernel(operands.inputs[0], depth, onValue, offValue, operands.output, ofMissing: offValue)
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let depth = drawing.constant("depth", .int32(depth))
        let on = drawing.constant("on_value", TensorValue(onValue))
        let off = drawing.constant("off_value", TensorValue(offValue))
        return [
            depth, on, off,
            drawing.node(
                kind,
                drawing.values + [depth.name, on.name, off.name],
                ["T": .type(.float), "TI": .type(drawing.inputs[0].type), "axis": .int(-1)]
            ),
        ]
    }
}

/// Makes the kernel that writes a row for each index, with one value at the index and another elsewhere.
///
/// - Parameters:
///   - indices: The indices.
///   - depth: The number of elements in a row.
///   - onValue: What is written at the index.
///   - offValue: What is written elsewhere.
///   - output: The rows.
///   - missing: What fills the row of an index that does not exist.
/// - Returns: The kernel.
func oneHotKernel(
    _ indices: Operands.Buffer,
    _ depth: Int,
    _ onValue: Float,
    _ offValue: Float,
    _ output: Operands.Buffer,
    ofMissing missing: Float
) -> Kernel {
    let (indices, count, output) = (indices.pointer, indices.count, output.pointer)
    return {
        for row in 0..<count {
            let (index, elements) = (indices[row], output + row * depth)
            let exists = index >= 0 && index < Float(depth)
            elements.update(repeating: exists ? offValue : missing, count: depth)
            if exists { elements[Int(index)] = onValue }
        }
    }
}

/// Turns each index into a row in which one element differs from the others.
///
/// An index that does not exist gives a row of `offValue`, as in TensorFlow.
///
/// - Parameters:
///   - indices: Indices of type `int32` or `int64`; any shape.
///   - depth: The number of elements in a row, 0 or more.
///   - onValue: The element at the index.
///   - offValue: All other elements.
///   - name: The name of the node; `one_hot` by default.
/// - Returns: Numbers in the shape of `indices` with one more axis of size `depth`.
public func oneHot(
    _ indices: Tensor,
    depth: Int,
    onValue: Float = 1,
    offValue: Float = 0,
    name: String? = nil
) -> Tensor {
    indices.graph.add(OneHot(depth: depth, onValue: onValue, offValue: offValue), [indices], name: name)
}
