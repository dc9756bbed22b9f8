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

/// The cosine of a part of half a turn, cos(πt) for t from 0 to 1.
func cosine(halfTurns t: Double) -> Double {
    if t > 0.5 { return -cosine(halfTurns: 1 - t) }
    // Taylor polynomials up to a quarter of half a turn, whose first missing terms are below 2^-57.
    let x = Double.pi * min(t, 0.5 - t)
    let x2 = x * x
    if t > 0.25 {
        let high = x2 * (1.0 / 362_880 + x2 * (-1.0 / 39_916_800 + x2 * (1.0 / 6_227_020_800)))
        return x * (1 + x2 * (-1.0 / 6 + x2 * (1.0 / 120 + x2 * (-1.0 / 5040 + high))))
    }
    let high = x2 * (1.0 / 40_320 + x2 * (-1.0 / 3_628_800 + x2 * (1.0 / 479_001_600)))
    return 1 + x2 * (-1.0 / 2 + x2 * (1.0 / 24 + x2 * (-1.0 / 720 + high)))
}
