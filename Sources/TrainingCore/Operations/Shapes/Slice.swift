struct Slice: Operation {
    let kind = "Slice"
    /// The index of the first element on each axis.
    let begin: [Int]
    /// The number of elements on each axis; `nil` for all that follow.
    let size: [Int?]

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? { try Identity().type(of: inputs) }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        let rank = inputs[0].rank
        guard begin.count == rank, size.count == rank else {
            throw Mismatch(
                .invalidArgument,
                "its begin \(begin) and size must have an entry for each of its \(rank) axes"
            )
        }
        guard begin.allSatisfy({ $0 >= 0 }), size.allSatisfy({ ($0 ?? 0) >= 0 }) else {
            throw Mismatch(
                .invalidArgument,
                "its begin \(begin) and size must not be negative; a size of nil is the rest"
            )
        }
        var dimensions: [Int?] = []
        for (axis, whole) in inputs[0].dimensions.enumerated() {
            guard let whole else {
                dimensions.append(size[axis])
                continue
            }
            let rest = whole - begin[axis]
            guard rest >= 0, size[axis] ?? 0 <= rest else {
                let count = size[axis].map { "\($0) elements" } ?? "the elements"
                throw Mismatch(
                    .invalidArgument,
                    "its axis \(axis) of size \(whole) lacks \(count) from \(begin[axis]) on"
                )
            }
            dimensions.append(size[axis] ?? rest)
        }
        return TensorShape(dimensions)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(SliceGradient(forward: self), [outer, node.inputs[0]], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output) = (operands.inputs[0], operands.output)
        let strides = StridedLoops.rowMajor(input.shape)
        return copyingKernel(
            output.shape,
            from: input.pointer + offset(strides),
            strides,
            to: output.pointer,
            StridedLoops.rowMajor(output.shape)
        )
    }

    /// How far the first element is behind the first of the whole.
    fileprivate func offset(_ strides: [Int]) -> Int {
        zip(begin, strides).reduce(0) { $0 + $1.0 * $1.1 }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let begin = drawing.constant("begin", .int32(begin))
        let size = drawing.constant("size", .int32(size.map { $0 ?? -1 }))
        return [
            begin, size,
            drawing.node(
                kind,
                drawing.values + [begin.name, size.name],
                ["T": .type(drawing.inputs[0].type), "Index": .type(.int32)]
            ),
        ]
    }
}

/// Puts the first input where a slice was taken from the second, between zeros.
struct SliceGradient: Operation {
    let kind = "Pad"
    let forward: Slice

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 0 ? outer.graph.add(forward, [outer], name: nil) : nil
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (part, output) = (operands.inputs[0], operands.output)
        let strides = StridedLoops.rowMajor(output.shape)
        let copy = copyingKernel(
            part.shape,
            from: part.pointer,
            StridedLoops.rowMajor(part.shape),
            to: output.pointer + forward.offset(strides),
            strides
        )
        let elements = output.elements
        return {
            elements.update(repeating: 0)
            copy()
        }
    }

    /// Drawn with what TensorFlow computes the widths from: the two shapes.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let rank = forward.begin.count
        let begin = drawing.constant("begin", .int32(forward.begin))
        let part = drawing.shapePart("Shape", of: drawing.inputs[0])
        let whole = drawing.shapePart("Shape_1", of: drawing.inputs[1])
        let integer: [String: GraphDefinition.AttributeValue] = ["T": .type(.int32)]
        let rest = drawing.part("sub", "Sub", [whole.name, part.name], integer, shape: [rank])
        let after = drawing.part("sub_1", "Sub", [rest.name, begin.name], integer, shape: [rank])
        let paddings = drawing.part(
            "paddings",
            "Pack",
            [begin.name, after.name],
            ["N": .int(2), "T": .type(.int32), "axis": .int(1)],
            shape: [rank, 2]
        )
        return [
            begin, part, whole, rest, after, paddings,
            drawing.node(
                kind,
                [drawing.inputs[0].output, paddings.name],
                ["T": .type(.float), "Tpaddings": .type(.int32)]
            ),
        ]
    }
}

/// Cuts a block out of a tensor.
///
/// ```swift
/// let head = slice(x, begin: [0, 0], size: [nil, 3])   // the first three columns
/// ```
///
/// - Parameters:
///   - x: Any shape and type.
///   - begin: The index of the first element on each axis, from 0 on.
///   - size: The number of elements on each axis; `nil` (or -1, as in TensorFlow) for all that follow.
///   - name: The name of the node; `Slice` by default.
/// - Returns: The block, of shape `size`.
public func slice(_ x: Tensor, begin: [Int], size: [Int?], name: String? = nil) -> Tensor {
    x.graph.add(Slice(begin: begin, size: size.map { $0 == -1 ? nil : $0 }), [x], name: name)
}
