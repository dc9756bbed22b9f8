/// Sums over the axes that broadcasting repeated, so that a gradient gets the shape of the operand it is for.
///
/// Drawn with TensorFlow's nodes for it: `Shape`, `BroadcastGradientArgs`, `Sum` and `Reshape`.
struct SumLike: Operation {
    let kind = "Reshape"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? {
        inputs[0] == output ? 0 : nil
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 0 else { return nil }
        return outer.graph.add(BroadcastLike(), [outer, node.inputs[0]], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        reducingKernel(operands.inputs[0], to: operands.output.shape, operands.output.pointer)
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let wanted = drawing.shapePart("Shape", of: drawing.inputs[1])
        let given = drawing.shapePart("Shape_1", of: drawing.inputs[0])
        let axes = drawing.part(
            "BroadcastGradientArgs",
            "BroadcastGradientArgs",
            [wanted.name, given.name],
            ["T": .type(.int32), "_output_shapes": .shapes([[nil], [nil]])]
        )
        let sum = drawing.part(
            "Sum",
            "Sum",
            [drawing.inputs[0].output, axes.name],
            ["T": .type(.float), "Tidx": .type(.int32), "keep_dims": .bool(false)]
        )
        let reshaped = drawing.node(
            kind,
            [sum.name, wanted.name],
            ["T": .type(.float), "Tshape": .type(.int32)]
        )
        return [wanted, given, axes, sum, reshaped]
    }
}

/// Repeats a tensor along axes so that it gets the shape of another one.
struct BroadcastLike: Operation {
    let kind = "BroadcastTo"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? {
        inputs[0] == output ? 0 : nil
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 0 ? outer.summed(like: node.inputs[0]) : nil
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int { 1 }

    func kernel(_ operands: Operands) -> Kernel? {
        let one = operands.scratch
        let multiply = Multiply.kernel(operands.inputs[0], .init(pointer: one, shape: []), operands.output)
        return {
            one.pointee = 1
            multiply()
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let shape = drawing.shapePart("Shape", of: drawing.inputs[1])
        let attributes: [String: GraphDefinition.AttributeValue] = ["T": .type(.float), "Tidx": .type(.int32)]
        return [shape, drawing.node(kind, [drawing.inputs[0].output, shape.name], attributes)]
    }
}

extension Tensor {
    /// The tensor summed to the shape of an operand that was broadcast to it, without a node where that is no change.
    func summed(like operand: Tensor) -> Tensor {
        if let shape, shape.isFullyDefined, shape == operand.shape { return self }
        return graph.add(SumLike(), [self, operand], name: nil)
    }
}
