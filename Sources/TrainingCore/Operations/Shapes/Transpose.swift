struct Transpose: Operation {
    let kind = "Transpose"
    let defaultName = "transpose"
    /// For each axis of the output, the axis of the input that it is; `nil` for the reverse order.
    let permutation: [Int]?

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? { try Identity().type(of: inputs) }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        let axes = try axes(rank: inputs[0].rank)
        return TensorShape(axes.map { inputs[0].dimensions[$0] })
    }

    private func axes(rank: Int) throws(Mismatch) -> [Int] {
        guard let permutation else { return (0..<rank).reversed() }
        guard permutation.sorted() == Array(0..<rank) else {
            throw Mismatch(
                .invalidArgument,
                "its permutation \(permutation) must name each of its \(rank) axes once, counted from 0"
            )
        }
        return permutation
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let inverse = permutation.map { permutation in
            permutation.indices.sorted { permutation[$0] < permutation[$1] }
        }
        return transpose(outer, permutation: inverse)
    }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? {
        // Moving axes of size 1 moves no element.
        let axes = permutation ?? inputs[0].indices.reversed()
        let moved = axes.filter { inputs[0][$0] != 1 }
        return moved == moved.sorted() ? 0 : nil
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output) = (operands.inputs[0], operands.output)
        let strides = StridedLoops.rowMajor(input.shape)
        let axes = permutation ?? strides.indices.reversed()
        return copyingKernel(
            output.shape,
            from: input.pointer,
            axes.map { strides[$0] },
            to: output.pointer,
            StridedLoops.rowMajor(output.shape)
        )
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let axes = permutation ?? (0..<(drawing.inputs[0].shape?.rank ?? 0)).reversed()
        let perm = drawing.constant("perm", .int32(axes))
        return [
            perm,
            drawing.node(
                kind,
                drawing.values + [perm.name],
                ["T": .type(drawing.inputs[0].type), "Tperm": .type(.int32)]
            ),
        ]
    }
}

/// Puts the axes into another order.
///
/// - Parameters:
///   - x: Any shape and type.
///   - permutation: For each axis of the result, the axis of `x` that it is; by default the axes are reversed, which
///     transposes a matrix.
///   - name: The name of the node; `transpose` by default.
/// - Returns: The same elements with `shape[i] = x.shape[permutation[i]]`.
public func transpose(_ x: Tensor, permutation: [Int]? = nil, name: String? = nil) -> Tensor {
    x.graph.add(Transpose(permutation: permutation), [x], name: name)
}
