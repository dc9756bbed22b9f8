struct Gather: Operation {
    let kind = "GatherV2"
    let axis: Int

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireElements(inputs)
        try requireIndices(inputs[1], "indices")
        return inputs[0]
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        let axis = try axisIndex(axis, rank: inputs[0].rank)
        var dimensions = inputs[0].dimensions
        dimensions.replaceSubrange(axis...axis, with: inputs[1].dimensions)
        return TensorShape(dimensions)
    }

    /// Adds up what all uses of a slice contribute, after the axes of the indices have been moved to the front.
    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (x, indices) = (node.inputs[0], node.inputs[1])
        guard index == 0, let rank = x.shape?.rank, let count = indices.shape?.rank else { return nil }
        let axis = axis < 0 ? axis + rank : axis
        let front = Array(axis..<axis + count) + Array(0..<axis) + Array((axis + count)..<(rank - 1 + count))
        let back = Array(1..<(axis + 1)) + [0] + Array((axis + 1)..<rank)
        let data = axis == 0 ? outer : transpose(outer, permutation: front)
        let sums = outer.graph.add(SegmentSum(axis: axis), [data, indices, x], name: nil)
        return axis == 0 ? sums : transpose(sums, permutation: back)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, indices, output) = (operands.inputs[0], operands.inputs[1], operands.output.pointer)
        let axis = axis < 0 ? axis + input.shape.count : axis
        let outer = input.shape[..<axis].reduce(1, *)
        let (size, inner) = (input.shape[axis], input.shape[(axis + 1)...].reduce(1, *))
        let (source, places, count) = (input.pointer, indices.pointer, indices.count)
        return {
            var target = output
            for block in 0..<outer {
                let first = source + block * size * inner
                for place in 0..<count {
                    let index = places[place]
                    if index >= 0, index < Float(size) {
                        target.update(from: first + Int(index) * inner, count: inner)
                    } else {
                        target.update(repeating: .nan, count: inner)
                    }
                    target += inner
                }
            }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let axis = drawing.constant("axis", .int32(axis))
        return [
            axis,
            drawing.node(
                kind,
                drawing.values + [axis.name],
                [
                    "Tparams": .type(drawing.inputs[0].type), "Tindices": .type(drawing.inputs[1].type),
                    "Taxis": .type(.int32), "batch_dims": .int(0),
                ]
            ),
        ]
    }
}

/// Adds up those slices of the first input that have the same number in the second.
///
/// There are as many numbers as the third input is long on an axis. What has a number that does not exist is left out.
struct SegmentSum: Operation {
    let kind = "UnsortedSegmentSum"
    let axis: Int

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat([inputs[0]])
        return .float
    }

    func shape(of inputs: [TensorShape]) -> TensorShape {
        TensorShape([inputs[2].dimensions[axis]] + inputs[0].dimensions.dropFirst(inputs[1].rank))
    }

    func readsValue(ofInput index: Int) -> Bool { index < 2 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 0 ? gather(outer, indices: node.inputs[1], axis: 0) : nil
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (data, numbers, count) = (operands.inputs[0].pointer, operands.inputs[1].pointer, operands.inputs[1].count)
        let output = operands.output
        let (segments, length) = (Float(output.shape[0]), output.shape.dropFirst().reduce(1, *))
        return {
            output.elements.update(repeating: 0)
            for place in 0..<count {
                let number = numbers[place]
                guard number >= 0, number < segments else { continue }
                let (slice, sum) = (data + place * length, output.pointer + Int(number) * length)
                for index in 0..<length { sum[index] += slice[index] }
            }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (shape, parts) = drawing.sizeParts(of: drawing.inputs[2], axis: axis)
        return parts + [
            drawing.node(
                kind,
                [drawing.inputs[0].output, drawing.inputs[1].output, shape],
                [
                    "T": .type(.float), "Tindices": .type(drawing.inputs[1].type), "Tnumsegments": .type(.int32),
                ]
            )
        ]
    }
}

/// Takes slices of a tensor by their indices on an axis: a look-up of rows in a table, with `axis` 0.
///
/// A slice whose index does not exist is NaN: TensorFlow refuses such an index where it can, and
/// ``RunOptions/nanCheck`` names the node. Its gradient goes nowhere.
///
/// - Parameters:
///   - x: Rank 1 or more, any type.
///   - indices: Indices on the axis, of type `int32` or `int64`; any shape.
///   - axis: The axis to choose on, counted from the last one where negative; the first by default.
///   - name: The name of the node; `GatherV2` by default.
/// - Returns: The slices, in the shape of `x` with the shape of `indices` in place of the axis.
public func gather(_ x: Tensor, indices: Tensor, axis: Int = 0, name: String? = nil) -> Tensor {
    x.graph.add(Gather(axis: axis), [x, indices], name: name)
}
