#ifndef CKERNELS_ELEMENTARY_H
#define CKERNELS_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

// exp, log and tanh in double precision with + - * / and bit operations only, for arguments that came from a float: the C
// library's functions differ from system to system in the last bit, and a training run multiplies such differences until
// two machines disagree. Their errors are below 2^-46 of the result, so rounding to float gives the nearest value but for
// about one argument in a million. They have no branches, so that loops over them become vector instructions.
#pragma STDC FP_CONTRACT OFF

#define CKERNELS_INLINE static inline __attribute__((always_inline))

CKERNELS_INLINE double ckernels_from_bits(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

CKERNELS_INLINE uint64_t ckernels_bits(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/// e raised to a power, for arguments that came from a float.
CKERNELS_INLINE double ckernels_exponential(double x) {
    // Beyond these the result rounds to 0 or infinity as a float.
    x = x > 120 ? 120 : x;
    x = x < -120 ? -120 : x;
    // x = k ln 2 + r with |r| <= ln(2)/2. Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits.
    double shifted = x * 1.4426950408889634 + 0x1.8p52;
    double k = shifted - 0x1.8p52;
    // ln 2 in two parts, the first short enough for its product with k to be exact.
    double r = (x - k * 0x1.62e42fefa38p-1) - k * 0x1.ef35793c7673p-45;
    // The Taylor polynomial of degree 11, whose first missing term is below 2^-47.
    double r2 = r * r, r4 = r2 * r2;
    double low = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
    double middle = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
    double high = (1.0 / 40320 + r * (1.0 / 362880)) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800));
    double power = ckernels_from_bits((ckernels_bits(shifted) + 1023) << 52);
    return (low + r4 * (middle + r4 * high)) * power;
}

/// The natural logarithm, for arguments that came from a float or are normal numbers.
CKERNELS_INLINE double ckernels_logarithm(double x) {
    // x = m 2^k with m from sqrt(1/2) to sqrt(2).
    uint64_t biased = (ckernels_bits(x) + (0x3FF0000000000000 - 0x3FE6A09E667F3BCD)) >> 52;
    double m = ckernels_from_bits(ckernels_bits(x) - ((biased - 1023) << 52));
    double k = ckernels_from_bits(0x4330000000000000 | biased) - (0x1p52 + 1023);
    // log m = 2 artanh s with s = (m - 1) / (m + 1), |s| <= 0.172; the first missing term is below 2^-50 of it.
    double s = (m - 1) / (m + 1);
    double s2 = s * s, s4 = s2 * s2;
    double low = (2.0 / 3 + s2 * (2.0 / 5)) + s4 * (2.0 / 7 + s2 * (2.0 / 9));
    double high = (2.0 / 11 + s2 * (2.0 / 13)) + s4 * (2.0 / 15 + s2 * (2.0 / 17));
    double fraction = 2 * s + s * s2 * (low + s4 * s4 * (high + s4 * s4 * (2.0 / 19)));
    double result = k * 0.6931471805599453 + fraction;
    result = x < __builtin_inf() ? result : x;
    double other = x == 0 ? -__builtin_inf() : __builtin_nan("");
    return x > 0 ? result : other;
}

/// The natural logarithm of 1 + x, for x from 0 to 1, exact to the last bits even where x is tiny.
CKERNELS_INLINE double ckernels_logarithm1p(double x) {
    double sum = 1 + x;
    return ckernels_logarithm(sum) + (x - (sum - 1)) / sum;
}

/// The hyperbolic tangent, for arguments that came from a float.
CKERNELS_INLINE double ckernels_hyperbolic_tangent(double x) {
    double magnitude = __builtin_fabs(x);
    double power = ckernels_exponential(2 * magnitude);
    double large = 1 - 2 / (power + 1);
    // Near zero the difference above cancels; there the Taylor polynomial of degree 13 is off by less than 2^-51.
    double x2 = x * x;
    double tail = x2 * (62.0 / 2835 + x2 * (-1382.0 / 155925 + x2 * (21844.0 / 6081075)));
    // A product with x keeps the sign of zero.
    double small = x * (1 + x2 * (-1.0 / 3 + x2 * (2.0 / 15 + x2 * (-17.0 / 315 + tail))));
    // Choices by bits: as a branch, this one would be mispredicted at every other element.
    double with_sign = ckernels_from_bits(ckernels_bits(large) | (ckernels_bits(x) & 0x8000000000000000));
    uint64_t is_small = -(uint64_t)(magnitude < 0.125);
    return ckernels_from_bits((ckernels_bits(small) & is_small) | (ckernels_bits(with_sign) & ~is_small));
}

/// The logistic function 1 / (1 + e^-x), for arguments that came from a float.
CKERNELS_INLINE double ckernels_logistic(double x) { return 1 / (1 + ckernels_exponential(-x)); }

#endif
