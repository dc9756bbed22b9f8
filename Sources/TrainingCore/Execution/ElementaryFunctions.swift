import CKernels

// Shared with the kernels in C, so that one element and a million get the same bits; see elementary.h.

/// e raised to a power, for arguments that came from a `Float`.
@inline(__always)
func exponential(_ x: Double) -> Double { ckernels_exponential(x) }

/// The natural logarithm, for arguments that came from a `Float` or are normal numbers.
@inline(__always)
func logarithm(_ x: Double) -> Double { ckernels_logarithm(x) }

/// The natural logarithm of 1 + x, for x from 0 to 1, exact to the last bits even where x is tiny.
@inline(__always)
func logarithm1p(_ x: Double) -> Double { ckernels_logarithm1p(x) }

extension ElementwiseUnary {
    /// Makes the kernel of a function that is written in C.
    static func kernel(_ function: ckernels_function, _ operands: Operands) -> Kernel {
        let (input, output, count) = (operands.inputs[0].pointer, operands.output.pointer, operands.output.count)
        let instructions = ckernels_best()
        return { ckernels_map(instructions, function, input, output, count) }
    }
}
