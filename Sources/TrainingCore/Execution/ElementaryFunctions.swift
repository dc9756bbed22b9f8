// exp, log, log1p and tanh for `Float` arguments, computed in double precision with + - * / and bit operations only.
//
// The C library's functions differ from system to system in the last bit, and a training run multiplies such
// differences until two machines disagree. These give the same bits everywhere, because IEEE 754 defines every
// operation in them and Swift never fuses a multiplication with an addition. Their errors are below 2^-46 of the
// result, so rounding to `Float` gives the nearest value but for about one argument in a million.
//
// They have no branches, so that loops over them become vector instructions.

/// e raised to a power, for arguments that came from a `Float` (beyond ±120 the result rounds to 0 or infinity there).
@inline(__always)
func exponential(_ x: Double) -> Double {
    var x = x > 120 ? 120 : x
    x = x < -120 ? -120 : x
    // x = k ln 2 + r with |r| <= ln(2)/2. Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits.
    let shifted = x * 1.4426950408889634 + 0x1.8p52
    let k = shifted - 0x1.8p52
    // ln 2 in two parts, the first short enough for its product with k to be exact.
    let r = (x - k * 0x1.62e42fefa38p-1) - k * 0x1.ef35793c7673p-45
    // The Taylor polynomial of degree 11, whose first missing term is below 2^-47.
    let r2 = r * r
    let r4 = r2 * r2
    let low = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6))
    let middle = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040))
    let high = (1.0 / 40_320 + r * (1.0 / 362_880)) + r2 * (1.0 / 3_628_800 + r * (1.0 / 39_916_800))
    let power = Double(bitPattern: (shifted.bitPattern &+ 1023) &<< 52)
    return (low + r4 * (middle + r4 * high)) * power
}

/// The natural logarithm, for arguments that came from a `Float` or are normal numbers.
@inline(__always)
func logarithm(_ x: Double) -> Double {
    // x = m 2^k with m from sqrt(1/2) to sqrt(2).
    let biased = (x.bitPattern &+ (0x3FF0_0000_0000_0000 &- 0x3FE6_A09E_667F_3BCD)) &>> 52
    let m = Double(bitPattern: x.bitPattern &- ((biased &- 1023) &<< 52))
    let k = Double(bitPattern: 0x4330_0000_0000_0000 | biased) - (0x1p52 + 1023)
    // log m = 2 artanh s with s = (m - 1) / (m + 1), |s| <= 0.172; the first missing term is below 2^-50 of it.
    let s = (m - 1) / (m + 1)
    let s2 = s * s
    let s4 = s2 * s2
    let low = (2.0 / 3 + s2 * (2.0 / 5)) + s4 * (2.0 / 7 + s2 * (2.0 / 9))
    let high = (2.0 / 11 + s2 * (2.0 / 13)) + s4 * (2.0 / 15 + s2 * (2.0 / 17))
    let fraction = 2 * s + s * s2 * (low + s4 * s4 * (high + s4 * s4 * (2.0 / 19)))
    let result = k * 0.6931471805599453 + fraction
    if x > 0 { return x < .infinity ? result : x }
    return x == 0 ? -.infinity : .nan
}

/// The natural logarithm of 1 + x, for x from 0 to 1, exact to the last bits even where x is tiny.
@inline(__always)
func logarithm1p(_ x: Double) -> Double {
    let sum = 1 + x
    return logarithm(sum) + (x - (sum - 1)) / sum
}

/// The hyperbolic tangent, for arguments that came from a `Float`.
@inline(__always)
func hyperbolicTangent(_ x: Double) -> Double {
    let power = exponential(2 * x.magnitude)
    let large = 1 - 2 / (power + 1)
    // Near zero the difference above cancels; there the Taylor polynomial of degree 13 is off by less than 2^-51.
    let x2 = x * x
    let tail = x2 * (62.0 / 2835 + x2 * (-1382.0 / 155_925 + x2 * (21_844.0 / 6_081_075)))
    // A product with x keeps the sign of zero.
    let small = x * (1 + x2 * (-1.0 / 3 + x2 * (2.0 / 15 + x2 * (-17.0 / 315 + tail))))
    let signed = x < 0 ? -large : large
    return x.magnitude < 0.125 ? small : signed
}

/// The logistic function 1 / (1 + e^-x), for arguments that came from a `Float`.
@inline(__always)
func logistic(_ x: Double) -> Double {
    1 / (1 + exponential(-x))
}
