/// An operation that makes each element of its output from the same element of its one input.
protocol ElementwiseUnary: Operation {
    /// One element of the output.
    static func value(_ x: Float) -> Float
}

extension ElementwiseUnary {
    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output, count) = (operands.inputs[0].pointer, operands.output.pointer, operands.output.count)
        return { for index in 0..<count { output[index] = Self.value(input[index]) } }
    }
}
