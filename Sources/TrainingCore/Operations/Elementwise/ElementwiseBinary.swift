/// An operation that makes each element of its output from one element of each of its two inputs.
///
/// Shapes are aligned at their last axes; an axis that is missing or of size 1 is repeated (broadcast).
protocol ElementwiseBinary: Operation {
    /// One element of the output.
    static func value(_ a: Float, _ b: Float) -> Float
}

extension ElementwiseBinary {
    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        try inputs[0].broadcast(with: inputs[1])
    }

    func kernel(_ operands: Operands) -> Kernel? {
        Self.kernel(operands.inputs[0], operands.inputs[1], operands.output)
    }

    static func kernel(_ a: Operands.Buffer, _ b: Operands.Buffer, _ output: Operands.Buffer) -> Kernel {
        let loops = LoopAxis.loops(over: output.shape, a.shape, b.shape)
        let (a, b, out) = (a.pointer, b.pointer, output.pointer)
        if loops.count == 1 {
            let loop = loops[0]
            return { innermost(loop, a, b, out) }
        }
        return { nested(loops, 0, a, b, out) }
    }

    private static func nested(
        _ loops: [LoopAxis],
        _ depth: Int,
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>
    ) {
        let loop = loops[depth]
        guard depth < loops.count - 1 else { return innermost(loop, a, b, out) }
        for index in 0..<loop.count {
            nested(loops, depth + 1, a + index * loop.a, b + index * loop.b, out + index * loop.out)
        }
    }

    /// Strides that are known to be 0 or 1 let the compiler use vector instructions.
    @inline(__always)
    private static func innermost(
        _ loop: LoopAxis,
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>
    ) {
        switch (loop.a, loop.b) {
        case (1, 1): for index in 0..<loop.count { out[index] = value(a[index], b[index]) }
        case (1, 0): for index in 0..<loop.count { out[index] = value(a[index], b[0]) }
        case (0, 1): for index in 0..<loop.count { out[index] = value(a[0], b[index]) }
        default: for index in 0..<loop.count { out[index] = value(a[index * loop.a], b[index * loop.b]) }
        }
    }
}
