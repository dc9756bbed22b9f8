/// Sums over the axes that broadcasting repeated, so that a gradient gets the shape of the operand it is for.
///
/// TensorFlow draws `Shape`, `BroadcastGradientArgs`, `Sum` and `Reshape` nodes for it.
struct SumLike: Operation {
    let kind = "SumLike"
    let defaultName = "Sum"

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
}

/// Repeats a tensor along axes so that it gets the shape of another one.
struct BroadcastLike: Operation {
    let kind = "BroadcastLike"
    let defaultName = "BroadcastTo"

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
        operands.scratch.pointee = 1
        return Multiply.kernel(operands.inputs[0], .init(pointer: operands.scratch, shape: []), operands.output)
    }
}

extension Tensor {
    /// The tensor summed to the shape of an operand that was broadcast to it, without a node where that is no change.
    func summed(like operand: Tensor) -> Tensor {
        if let shape, shape.isFullyDefined, shape == operand.shape { return self }
        return graph.add(SumLike(), [self, operand], name: nil)
    }
}
