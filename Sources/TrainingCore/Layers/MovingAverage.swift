/// Moves a variable towards a value: variable ← variable − (variable − value) · share · flag.
///
/// Drawn as TensorFlow draws `assign_moving_average`.
struct MovingAverage: UpdateOperation {
    let kind = "AssignSub"
    let defaultName = "AssignMovingAvg"
    let variableCount = 1
    let valueInput = 1

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (variable, value, share, flag, count) = (inputs[0], inputs[1], inputs[2], inputs[3], operands.output.count)
        return {
            // Not a product with 0, which would let a NaN in.
            if flag.pointee == 0 { return }
            let share = share.pointee * flag.pointee
            for index in 0..<count { variable[index] -= (variable[index] - value[index]) * share }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (variable, value) = (drawing.inputs[0], drawing.inputs[1])
        let float: [String: GraphDefinition.AttributeValue] = ["T": .type(.float)]
        let difference = drawing.part("sub", "Sub", [variable.output, value.output], float, shape: variable.shape)
        let share = drawing.part("mul", "Mul", [drawing.inputs[2].output, drawing.inputs[3].output], float, shape: [])
        let step = drawing.part("mul_1", "Mul", [difference.name, share.name], float, shape: variable.shape)
        return [difference, share, step, draw(drawing, [variable.name, step.name])]
    }
}

/// One of two values of the same shape, by a flag: the first where it is not 0.
struct TrainingChoice: Operation {
    let kind = "SelectV2"
    let defaultName = "Select"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank == 0 else { throw Mismatch("the training flag must be a scalar") }
        return try inputs[1].merged(with: inputs[2])
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index > 0 else { return nil }
        let zero = outer.graph.add(Zeros(), [outer], name: nil)
        let inputs = index == 1 ? [node.inputs[0], outer, zero] : [node.inputs[0], zero, outer]
        return outer.graph.add(self, inputs, name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (flag, a, b, output, count) = (
            inputs[0], inputs[1], inputs[2], operands.output.pointer, operands.output.count
        )
        return { output.update(from: flag.pointee != 0 ? a : b, count: count) }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let float: [String: GraphDefinition.AttributeValue] = ["T": .type(.float)]
        let zero = drawing.constant("NotEqual/y", 0)
        let isTraining = drawing.part("NotEqual", "NotEqual", [drawing.inputs[0].output, zero.name], float, shape: [])
        return [zero, isTraining, drawing.node(kind, [isTraining.name] + drawing.values.dropFirst(), float)]
    }
}
