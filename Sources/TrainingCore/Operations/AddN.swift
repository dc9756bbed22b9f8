/// The sum of tensors of one shape: the gradients of all the uses of a value.
struct AddN: Operation {
    let kind = "AddN"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        var shape = inputs[0]
        for other in inputs.dropFirst() { shape = try shape.merged(with: other) }
        return shape
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { outer }

    func kernel(_ operands: Operands) -> Kernel? {
        let inputs = operands.inputs.map(\.pointer)
        let (output, count) = (operands.output.pointer, operands.output.count)
        if inputs.count == 2 {
            let (a, b) = (inputs[0], inputs[1])
            return { for index in 0..<count { output[index] = a[index] + b[index] } }
        }
        return {
            for index in 0..<count {
                var sum: Float = 0
                for input in inputs { sum += input[index] }
                output[index] = sum
            }
        }
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["N": .int(drawing.inputs.count), "T": .type(.float)]
    }
}
