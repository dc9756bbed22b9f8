#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "elementary.h"

/// A matrix whose elements are found by strides, so that a transposed matrix needs no copy.
typedef struct {
    const float *_Nonnull elements;
    /// How far apart, in elements, neighbours in a column are.
    size_t row_stride;
    /// How far apart neighbours in a row are.
    size_t column_stride;
} ckernels_matrix;

/// The instructions that a kernel uses. All give the same bits.
typedef enum {
    /// What every processor of the architecture has: SSE2 on x86-64, NEON on 64-bit Arm.
    ckernels_portable = 0,
    /// AVX2 on x86-64.
    ckernels_avx2 = 1,
} ckernels_instructions;

/// Whether this build and this processor have the instructions.
bool ckernels_has(ckernels_instructions instructions);

/// The fastest instructions that this processor has.
ckernels_instructions ckernels_best(void);

/// How many floats `ckernels_multiply` needs for itself.
size_t ckernels_multiply_scratch(size_t rows, size_t columns, size_t depth);

/// Multiplies matrices: `out`, row-major, becomes `a` times `b`.
///
/// Every element is summed in single precision in the order of the depth, with one rounding a multiplication and one an
/// addition, in blocks of 256: each block is summed from zero, then added to the element. This order is the same for all
/// sizes and instructions, and so are the bits.
void ckernels_multiply(
    ckernels_instructions instructions, ckernels_matrix a, ckernels_matrix b, float *_Nonnull out, size_t rows,
    size_t columns, size_t depth, float *_Nonnull scratch
);

/// A function of one number.
typedef enum {
    ckernels_exp,
    ckernels_log,
    ckernels_tanh,
    ckernels_sigmoid,
} ckernels_function;

/// Applies a function to each element. Computed in double precision and rounded once.
void ckernels_map(
    ckernels_instructions instructions, ckernels_function function, const float *_Nonnull in, float *_Nonnull out,
    size_t count
);

/// Sums elements that lie side by side, in double precision.
///
/// The elements of each whole group of eight go to eight sums, which are added as ((0+4)+(2+6))+((1+5)+(3+7)); what is
/// left over is added one by one.
double ckernels_sum(ckernels_instructions instructions, const float *_Nonnull in, size_t count);

/// Adds each of `rows` rows of `columns` elements, `row_stride` apart, to one sum for each column, in the order of the
/// rows, and writes the sums divided by `divisor`.
void ckernels_sum_columns(
    ckernels_instructions instructions, const float *_Nonnull in, float *_Nonnull out, size_t rows, size_t columns,
    size_t row_stride, double divisor
);

/// How many doubles the functions of classes need for themselves.
size_t ckernels_classes_scratch(size_t rows, size_t classes);

/// Writes e^x / sum of e^x for each row.
void ckernels_softmax(
    ckernels_instructions instructions, const float *_Nonnull in, float *_Nonnull out, size_t rows, size_t classes,
    double *_Nonnull scratch
);

/// Writes x - log(sum of e^x) for each row.
void ckernels_log_softmax(
    ckernels_instructions instructions, const float *_Nonnull in, float *_Nonnull out, size_t rows, size_t classes,
    double *_Nonnull scratch
);

#endif
