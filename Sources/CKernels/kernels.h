// The kernels for one set of instructions. A file that includes this defines
//
// KERNEL(name)   the name of a function for its instructions;
// INSTRUCTIONS   the attribute that allows the compiler to use them.
//
// Every path is this same code, so all of them give the same bits as long as the compiler neither reorders sums, which it
// may not without -ffast-math, nor fuses a multiplication with an addition:
#pragma STDC FP_CONTRACT OFF

#include <string.h>
#include "CKernels.h"
#include "sizes.h"

// Eight numbers, wherever they lie in an array of numbers.
typedef float floats __attribute__((vector_size(32), aligned(4), may_alias));
typedef double doubles __attribute__((vector_size(64), aligned(8), may_alias));
typedef int32_t masks __attribute__((vector_size(32), aligned(4), may_alias));

#define INLINE INSTRUCTIONS static inline __attribute__((always_inline))

// MARK: Matrix products

// Turns eight columns of eight elements into eight rows.
INLINE void transpose_in_place(floats *a) {
    floats b[8];
    for (size_t i = 0; i < 4; i++) {
        b[2 * i] = __builtin_shufflevector(a[2 * i], a[2 * i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        b[2 * i + 1] = __builtin_shufflevector(a[2 * i], a[2 * i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    floats c[8];
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++) {
            floats left = b[4 * i + j], right = b[4 * i + 2 + j];
            c[4 * i + 2 * j] = __builtin_shufflevector(left, right, 0, 1, 8, 9, 4, 5, 12, 13);
            c[4 * i + 2 * j + 1] = __builtin_shufflevector(left, right, 2, 3, 10, 11, 6, 7, 14, 15);
        }
    for (size_t i = 0; i < 4; i++) {
        a[i] = __builtin_shufflevector(c[i], c[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        a[i + 4] = __builtin_shufflevector(c[i], c[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

// Writes eight columns of eight elements as eight rows, `stride` apart.
INLINE void transpose(const float *in, size_t in_stride, float *out, size_t out_stride) {
    floats a[8];
    for (size_t i = 0; i < 8; i++) a[i] = *(const floats *)(in + i * in_stride);
    transpose_in_place(a);
    for (size_t i = 0; i < 8; i++) *(floats *)(out + i * out_stride) = a[i];
}

// Copies a block of b into panels of COLUMNS columns, one row of a panel after the other, zeros where b has ended.
INLINE void pack_columns(ckernels_matrix b, float *out, size_t columns, size_t depth) {
    for (size_t first = 0; first < columns; first += COLUMNS) {
        size_t width = columns - first < COLUMNS ? columns - first : COLUMNS;
        const float *source = b.elements + first * b.column_stride;
        if (width == COLUMNS && b.column_stride == 1) {
            for (size_t k = 0; k < depth; k++) memcpy(out + k * COLUMNS, source + k * b.row_stride, COLUMNS * sizeof(float));
        } else {
            if (width < COLUMNS) memset(out, 0, depth * COLUMNS * sizeof(float));
            if (b.row_stride == 1) {
                size_t j = 0;
                for (; j + 8 <= width; j += 8) {
                    const float *column = source + j * b.column_stride;
                    size_t k = 0;
                    for (; k + 8 <= depth; k += 8) transpose(column + k, b.column_stride, out + k * COLUMNS + j, COLUMNS);
                    for (; k < depth; k++)
                        for (size_t i = 0; i < 8; i++) out[k * COLUMNS + j + i] = column[i * b.column_stride + k];
                }
                for (; j < width; j++)
                    for (size_t k = 0; k < depth; k++) out[k * COLUMNS + j] = source[j * b.column_stride + k];
            } else {
                for (size_t k = 0; k < depth; k++)
                    for (size_t j = 0; j < width; j++)
                        out[k * COLUMNS + j] = source[k * b.row_stride + j * b.column_stride];
            }
        }
        out += depth * COLUMNS;
    }
}

// Copies a block of a into panels of ROWS rows, one column of a panel after the other; the last may have fewer rows.
INLINE void pack_rows(ckernels_matrix a, float *out, size_t rows, size_t depth) {
    for (size_t first = 0; first < rows; first += ROWS) {
        size_t height = rows - first < ROWS ? rows - first : ROWS;
        const float *source = a.elements + first * a.row_stride;
        if (height == ROWS) {
            for (size_t k = 0; k < depth; k++)
                for (size_t i = 0; i < ROWS; i++) out[k * ROWS + i] = source[i * a.row_stride + k * a.column_stride];
        } else {
            for (size_t k = 0; k < depth; k++)
                for (size_t i = 0; i < height; i++) out[k * height + i] = source[i * a.row_stride + k * a.column_stride];
        }
        out += depth * height;
    }
}

// Where a tile of the product goes.
typedef struct {
    float *elements;
    size_t row_stride;
    size_t column_stride;
    size_t width;
    // Whether this is not the first block of the depth.
    bool adds;
} target;

// A tile of `rows` rows by COLUMNS columns, in registers.
INLINE void multiply_tile(const float *a, const float *b, size_t b_stride, size_t depth, target out, const size_t rows) {
    floats sums[ROWS][2];
    for (size_t i = 0; i < rows; i++) sums[i][0] = sums[i][1] = (floats){0};
    for (size_t k = 0; k < depth; k++) {
        floats left = *(const floats *)(b + k * b_stride), right = *(const floats *)(b + k * b_stride + 8);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < rows; i++) {
            float factor = a[k * rows + i];
            sums[i][0] = sums[i][0] + factor * left;
            sums[i][1] = sums[i][1] + factor * right;
        }
    }
    for (size_t i = 0; i < rows; i++) {
        float *row = out.elements + i * out.row_stride;
        if (out.width == COLUMNS && out.column_stride == 1) {
            floats *halves[2] = {(floats *)row, (floats *)(row + 8)};
            *halves[0] = out.adds ? *halves[0] + sums[i][0] : sums[i][0];
            *halves[1] = out.adds ? *halves[1] + sums[i][1] : sums[i][1];
        } else {
            float values[COLUMNS];
            memcpy(values, sums[i], sizeof values);
            for (size_t j = 0; j < out.width; j++) {
                float *element = row + j * out.column_stride;
                *element = out.adds ? *element + values[j] : values[j];
            }
        }
    }
}

#define TILE(n) \
    INSTRUCTIONS static void KERNEL(multiply_tile_##n)( \
        const float *a, const float *b, size_t b_stride, size_t depth, target out \
    ) { \
        multiply_tile(a, b, b_stride, depth, out, n); \
    }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#undef TILE

INSTRUCTIONS
void KERNEL(multiply)(
    ckernels_matrix a, ckernels_matrix b, float *out, size_t row_stride, size_t column_stride, size_t rows, size_t columns,
    size_t depth, float *scratch
) {
    void (*const tiles[])(const float *, const float *, size_t, size_t, target) = {
        KERNEL(multiply_tile_1), KERNEL(multiply_tile_2), KERNEL(multiply_tile_3),
        KERNEL(multiply_tile_4), KERNEL(multiply_tile_5), KERNEL(multiply_tile_6),
    };
    float *packed_a = scratch, *packed_b = scratch + BLOCK_ROWS * BLOCK_DEPTH;
    for (size_t column = 0; column < columns; column += BLOCK_COLUMNS) {
        size_t block_columns = columns - column < BLOCK_COLUMNS ? columns - column : BLOCK_COLUMNS;
        for (size_t k = 0; k < depth; k += BLOCK_DEPTH) {
            size_t block_depth = depth - k < BLOCK_DEPTH ? depth - k : BLOCK_DEPTH;
            ckernels_matrix part_b = b;
            part_b.elements += k * b.row_stride + column * b.column_stride;
            // A panel that is read only once is read where it lies.
            size_t unpacked = rows <= ROWS && b.column_stride == 1 ? block_columns / COLUMNS * COLUMNS : 0;
            ckernels_matrix rest_b = part_b;
            rest_b.elements += unpacked * b.column_stride;
            pack_columns(rest_b, packed_b, block_columns - unpacked, block_depth);
            for (size_t row = 0; row < rows; row += BLOCK_ROWS) {
                size_t block_rows = rows - row < BLOCK_ROWS ? rows - row : BLOCK_ROWS;
                ckernels_matrix part_a = a;
                part_a.elements += row * a.row_stride + k * a.column_stride;
                pack_rows(part_a, packed_a, block_rows, block_depth);
                for (size_t j = 0; j < block_columns; j += COLUMNS) {
                    for (size_t i = 0; i < block_rows; i += ROWS) {
                        size_t height = block_rows - i < ROWS ? block_rows - i : ROWS;
                        target tile = {
                            out + (row + i) * row_stride + (column + j) * column_stride, row_stride, column_stride,
                            block_columns - j < COLUMNS ? block_columns - j : COLUMNS, k > 0,
                        };
                        bool is_packed = j >= unpacked;
                        tiles[height - 1](
                            packed_a + i * block_depth,
                            is_packed ? packed_b + (j - unpacked) * block_depth : part_b.elements + j,
                            is_packed ? COLUMNS : b.row_stride, block_depth, tile
                        );
                    }
                }
            }
        }
    }
}

// A block of the depth of `groups` times eight rows, each times the same vector.
INLINE void multiply_rows(
    const float *a, size_t a_stride, const float *b, size_t b_stride, float *out, size_t depth, bool adds,
    const size_t groups
) {
    // The sums of several groups side by side, so that an addition need not wait for the one before it.
    floats sums[4];
    for (size_t group = 0; group < groups; group++) sums[group] = (floats){0};
    size_t k = 0;
    for (; k + 8 <= depth; k += 8)
#pragma clang loop unroll(full)
        for (size_t group = 0; group < groups; group++) {
            floats columns[8];
            for (size_t i = 0; i < 8; i++) columns[i] = *(const floats *)(a + (8 * group + i) * a_stride + k);
            transpose_in_place(columns);
            for (size_t i = 0; i < 8; i++) sums[group] = sums[group] + b[(k + i) * b_stride] * columns[i];
        }
    for (; k < depth; k++)
        for (size_t group = 0; group < groups; group++)
            for (size_t i = 0; i < 8; i++)
                sums[group][i] = sums[group][i] + b[k * b_stride] * a[(8 * group + i) * a_stride + k];
    for (size_t group = 0; group < groups; group++) {
        floats *target = (floats *)(out + 8 * group);
        *target = adds ? *target + sums[group] : sums[group];
    }
}

INSTRUCTIONS
void KERNEL(multiply_vector)(
    const float *a, size_t a_stride, const float *b, size_t b_stride, float *out, size_t rows, size_t depth
) {
    for (size_t k = 0; k < depth; k += BLOCK_DEPTH) {
        size_t block = depth - k < BLOCK_DEPTH ? depth - k : BLOCK_DEPTH;
        size_t row = 0;
        for (; row + 32 <= rows; row += 32)
            multiply_rows(a + row * a_stride + k, a_stride, b + k * b_stride, b_stride, out + row, block, k > 0, 4);
        for (; row + 8 <= rows; row += 8)
            multiply_rows(a + row * a_stride + k, a_stride, b + k * b_stride, b_stride, out + row, block, k > 0, 1);
        for (; row < rows; row++) {
            float sum = 0;
            for (size_t i = 0; i < block; i++) sum = sum + a[row * a_stride + k + i] * b[(k + i) * b_stride];
            out[row] = k > 0 ? out[row] + sum : sum;
        }
    }
}

// MARK: Elementary functions

INSTRUCTIONS
void KERNEL(map)(ckernels_function function, const float *restrict in, float *restrict out, size_t count) {
    switch (function) {
    case ckernels_exp:
        for (size_t i = 0; i < count; i++) out[i] = (float)ckernels_exponential(in[i]);
        break;
    case ckernels_log:
        for (size_t i = 0; i < count; i++) out[i] = (float)ckernels_logarithm(in[i]);
        break;
    case ckernels_tanh:
        for (size_t i = 0; i < count; i++) out[i] = (float)ckernels_hyperbolic_tangent(in[i]);
        break;
    case ckernels_sigmoid:
        for (size_t i = 0; i < count; i++) out[i] = (float)ckernels_logistic(in[i]);
        break;
    }
}

// MARK: Sums

INLINE double sum_of_lanes(const doubles *sums) {
    doubles s = *sums;
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

INSTRUCTIONS
double KERNEL(sum)(const float *in, size_t count) {
    doubles sums = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) sums += __builtin_convertvector(*(const floats *)(in + i), doubles);
    double sum = sum_of_lanes(&sums);
    for (; i < count; i++) sum += (double)in[i];
    return sum;
}

INSTRUCTIONS
void KERNEL(sum_columns)(
    const float *in, float *out, size_t rows, size_t columns, size_t row_stride, double divisor
) {
    size_t column = 0;
    for (; column + 32 <= columns; column += 32) {
        doubles sums[4] = {{0}, {0}, {0}, {0}};
        const float *next = in + column;
        for (size_t row = 0; row < rows; row++, next += row_stride)
            for (size_t i = 0; i < 4; i++) sums[i] += __builtin_convertvector(*(const floats *)(next + 8 * i), doubles);
        for (size_t i = 0; i < 32; i++) out[column + i] = (float)(sums[i / 8][i % 8] / divisor);
    }
    for (; column + 8 <= columns; column += 8) {
        doubles sums = {0};
        const float *next = in + column;
        for (size_t row = 0; row < rows; row++, next += row_stride)
            sums += __builtin_convertvector(*(const floats *)next, doubles);
        for (size_t i = 0; i < 8; i++) out[column + i] = (float)(sums[i] / divisor);
    }
    if (column == columns) return;
    // The last columns side by side, so that memory is read once.
    double sums[8] = {0};
    size_t rest = columns - column;
    const float *next = in + column;
    for (size_t row = 0; row < rows; row++, next += row_stride)
        for (size_t i = 0; i < rest; i++) sums[i] += (double)next[i];
    for (size_t i = 0; i < rest; i++) out[column + i] = (float)(sums[i] / divisor);
}

// MARK: Classes

INLINE float maximum(const float *in, size_t count) {
    // NaN is passed over here and reaches the result through the sum.
    float result = -__builtin_inff();
    size_t i = 0;
    if (count >= 8) {
        floats largest = result - (floats){0};
        for (; i + 8 <= count; i += 8) {
            floats next = *(const floats *)(in + i);
            masks is_larger = next > largest;
            largest = (floats)((is_larger & (masks)next) | (~is_larger & (masks)largest));
        }
        for (size_t lane = 0; lane < 8; lane++) result = largest[lane] > result ? largest[lane] : result;
    }
    for (; i < count; i++) result = in[i] > result ? in[i] : result;
    return result;
}

INLINE double sum_of_doubles(const double *in, size_t count) {
    doubles sums = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) sums += *(const doubles *)(in + i);
    double sum = sum_of_lanes(&sums);
    for (; i < count; i++) sum += in[i];
    return sum;
}

INSTRUCTIONS
void KERNEL(softmax)(const float *in, float *out, size_t rows, size_t classes, double *scratch) {
    size_t step = ROWS_OF_CLASSES(classes);
    for (size_t first = 0; first < rows; first += step) {
        size_t count = rows - first < step ? rows - first : step;
        for (size_t row = 0; row < count; row++) {
            const float *x = in + (first + row) * classes;
            double largest = (double)maximum(x, classes);
            for (size_t i = 0; i < classes; i++) scratch[row * classes + i] = (double)x[i] - largest;
        }
        for (size_t i = 0; i < count * classes; i++) scratch[i] = ckernels_exponential(scratch[i]);
        for (size_t row = 0; row < count; row++) {
            double total = sum_of_doubles(scratch + row * classes, classes);
            float *result = out + (first + row) * classes;
            for (size_t i = 0; i < classes; i++) result[i] = (float)(scratch[row * classes + i] / total);
        }
    }
}

INSTRUCTIONS
void KERNEL(log_softmax)(const float *in, float *out, size_t rows, size_t classes, double *scratch) {
    for (size_t row = 0; row < rows; row++) {
        const float *x = in + row * classes;
        double largest = (double)maximum(x, classes);
        for (size_t i = 0; i < classes; i++) scratch[i] = ckernels_exponential((double)x[i] - largest);
        double total = ckernels_logarithm(sum_of_doubles(scratch, classes));
        for (size_t i = 0; i < classes; i++) out[row * classes + i] = (float)((double)x[i] - largest - total);
    }
}
