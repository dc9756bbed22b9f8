struct Concatenation: Operation {
    let kind = "ConcatV2"
    let defaultName = "concat"
    let axis: Int

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireElements(inputs)
        try requireOneType(inputs)
        return inputs[0]
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        let axis = try axisIndex(axis, rank: inputs[0].rank)
        var shape = inputs[0]
        var total = shape.dimensions[axis]
        for input in inputs.dropFirst() {
            var other = input
            guard other.rank == shape.rank else { throw Mismatch("all must have the same number of axes") }
            total = total.flatMap { total in other.dimensions[axis].map { total + $0 } }
            other.dimensions[axis] = shape.dimensions[axis]
            do throws(Mismatch) {
                shape = try shape.merged(with: other)
            } catch {
                throw Mismatch("all must have the same sizes but on axis \(axis)")
            }
        }
        shape.dimensions[axis] = total
        return shape
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(ConcatenationGradient(axis: axis, part: index), [outer] + node.inputs, name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output
        let axis = axis < 0 ? axis + output.shape.count : axis
        let strides = StridedLoops.rowMajor(output.shape)
        var start = output.pointer
        var kernels: [Kernel] = []
        for input in operands.inputs {
            let own = StridedLoops.rowMajor(input.shape)
            kernels.append(copyingKernel(input.shape, from: input.pointer, own, to: start, strides))
            start += input.shape[axis] * strides[axis]
        }
        return sequence(kernels[...])
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let axis = drawing.constant("axis", .int32(axis))
        let attributes: [String: GraphDefinition.AttributeValue] = [
            "N": .int(drawing.inputs.count), "T": .type(drawing.inputs[0].type), "Tidx": .type(.int32),
        ]
        return [axis, drawing.node(kind, drawing.values + [axis.name], attributes)]
    }
}

/// The part of a tensor that one of several concatenated tensors became; the first input is the tensor, the others are
/// what was concatenated.
struct ConcatenationGradient: Operation {
    let kind = "Slice"
    let axis: Int
    /// The number of the concatenated tensor.
    let part: Int

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[part + 1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 0 else { return nil }
        let parts = node.inputs.dropFirst().enumerated().map { number, input in
            number == part ? outer : outer.graph.add(Zeros(), [input], name: nil)
        }
        return concat(parts, axis: axis)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (whole, output) = (operands.inputs[0], operands.output)
        let axis = axis < 0 ? axis + output.shape.count : axis
        let strides = StridedLoops.rowMajor(whole.shape)
        let offset = operands.inputs.dropFirst().prefix(part).reduce(0) { $0 + $1.shape[axis] }
        return copyingKernel(
            output.shape,
            from: whole.pointer + offset * strides[axis],
            strides,
            to: output.pointer,
            StridedLoops.rowMajor(output.shape)
        )
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let parts = drawing.inputs.dropFirst()
        let rank = parts.first?.shape?.rank ?? 0
        let dimension = drawing.constant("concat_dim", .int32(axis < 0 ? axis + rank : axis))
        let shapes = parts.enumerated().map { drawing.shapePart($0 == 0 ? "Shape" : "Shape_\($0)", of: $1) }
        let offsets = drawing.part(
            "ConcatOffset",
            "ConcatOffset",
            [dimension.name] + shapes.map(\.name),
            [
                "N": .int(parts.count),
                "_output_shapes": .shapes(Array(repeating: [rank], count: parts.count)),
            ]
        )
        let offset = part == 0 ? offsets.name : "\(offsets.name):\(part)"
        return [dimension] + shapes + [
            offsets,
            drawing.node(
                kind,
                [drawing.inputs[0].output, offset, shapes[part].name],
                ["T": .type(.float), "Index": .type(.int32)]
            ),
        ]
    }
}

/// Puts tensors one behind the other along an axis.
///
/// - Parameters:
///   - tensors: One or more of one type, whose shapes differ on the axis at most.
///   - axis: The axis along which they follow each other, counted from the last one where negative.
///   - name: The name of the node; `concat` by default.
/// - Returns: All elements, in a shape whose size on the axis is the sum of theirs.
public func concat(_ tensors: [Tensor], axis: Int, name: String? = nil) -> Tensor {
    let operation = Concatenation(axis: axis)
    if let graph = tensors.first?.graph { return graph.add(operation, tensors, name: name) }
    // Without a tensor there is no graph to tell; the mistake goes along to the graph in which the result is used.
    let nowhere = Graph().add(NoOperation(), [], name: name ?? operation.defaultName)
    nowhere.graph.record(
        TrainingError(
            .invalidArgument,
            node: nowhere.name,
            "concat '\(nowhere.name)' has nothing to put together: give one tensor at least"
        ),
        at: nowhere
    )
    return nowhere
}
