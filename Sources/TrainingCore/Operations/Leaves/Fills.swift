/// Ones in the shape of a tensor: the derivative of the final result by itself.
struct Ones: Operation {
    let kind = "OnesLike"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func readsValue(ofInput index: Int) -> Bool { false }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output.elements
        return { output.update(repeating: 1) }
    }

    /// Drawn as TensorFlow draws it where the shape is known: a `Fill` that reads nothing of the tensor.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let sizes = drawing.shape?.dimensions.compactMap(\.self) ?? []
        guard let shape = drawing.shape, sizes.count == shape.rank else {
            return [drawing.node(kind, drawing.values, ["T": .type(.float)])]
        }
        let dims = drawing.constant(
            "dims",
            .int32(sizes)
        )
        let value = drawing.constant("value", 1)
        return [
            dims, value,
            drawing.node(
                "Fill",
                [dims.name, value.name],
                ["T": .type(.float), "index_type": .type(.int32)]
            ),
        ]
    }
}

/// Zeros in the shape of a tensor: the derivative of what does not change with it.
struct Zeros: Operation {
    let kind = "ZerosLike"
    let defaultName = "zeros_like"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(Zeros(), [node.inputs[0]], name: nil)
    }

    func readsValue(ofInput index: Int) -> Bool { false }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output.elements
        return { output.update(repeating: 0) }
    }
}
