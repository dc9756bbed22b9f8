struct ArgMax: Operation {
    let kind = "ArgMax"
    let axis: Int

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat(inputs)
        return .int64
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        var dimensions = inputs[0].dimensions
        let removed = dimensions.remove(at: try axisIndex(axis, rank: inputs[0].rank))
        guard removed != 0 else { throw Mismatch("axis \(axis) has no element to choose") }
        return TensorShape(dimensions)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let shape = operands.inputs[0].shape
        let index = axis < 0 ? axis + shape.count : axis
        let (count, stride) = (shape[index], shape[(index + 1)...].reduce(1, *))
        let outerCount = shape[..<index].reduce(1, *)
        let (input, output) = (operands.inputs[0].pointer, operands.output.pointer)
        return {
            for outer in 0..<outerCount {
                for inner in 0..<stride {
                    let first = input + outer * count * stride + inner
                    // From below every number, so that NaN is passed over wherever it stands.
                    var (best, largest) = (0, -Float.infinity)
                    for index in 0..<count where first[index * stride] > largest {
                        (best, largest) = (index, first[index * stride])
                    }
                    output[outer * stride + inner] = Float(best)
                }
            }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let dimension = drawing.constant("dimension", .int32(axis))
        return [
            dimension,
            drawing.node(
                kind,
                drawing.values + [dimension.name],
                ["T": .type(.float), "Tidx": .type(.int32), "output_type": .type(.int64)]
            ),
        ]
    }
}

/// Finds the index of the largest element along an axis, the first one among equals.
///
/// NaN is passed over, as in TensorFlow; the index is 0 where there is nothing else.
///
/// - Parameters:
///   - x: Rank 1 or more, up to 2^24 elements on the axis.
///   - axis: The axis to search along, counted from the last one where negative.
///   - name: The name of the node; `ArgMax` by default.
/// - Returns: Indices, in the shape without the axis.
public func argMax(_ x: Tensor, axis: Int, name: String? = nil) -> Tensor {
    x.graph.add(ArgMax(axis: axis), [x], name: name)
}
