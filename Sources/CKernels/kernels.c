#include "CKernels.h"
#include "paths.h"
#include "sizes.h"

bool ckernels_has(ckernels_instructions instructions) {
    if (instructions == ckernels_portable) return true;
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

ckernels_instructions ckernels_best(void) {
    return ckernels_has(ckernels_avx2) ? ckernels_avx2 : ckernels_portable;
}

// A build for another architecture has one path only.
#if defined(__x86_64__)
#define CALL(name, ...) \
    (instructions == ckernels_avx2 ? ckernels_avx2_##name(__VA_ARGS__) : ckernels_portable_##name(__VA_ARGS__))
#else
#define CALL(name, ...) ((void)instructions, ckernels_portable_##name(__VA_ARGS__))
#endif

size_t ckernels_multiply_scratch(size_t rows, size_t columns, size_t depth) {
    // Either matrix may be the one that is packed by columns.
    size_t longer = rows > columns ? rows : columns;
    size_t block_columns = longer < BLOCK_COLUMNS ? (longer + COLUMNS - 1) / COLUMNS * COLUMNS : BLOCK_COLUMNS;
    size_t block_depth = depth < BLOCK_DEPTH ? depth : BLOCK_DEPTH;
    return BLOCK_ROWS * BLOCK_DEPTH + block_columns * block_depth;
}

void ckernels_multiply(
    ckernels_instructions instructions, ckernels_matrix a, ckernels_matrix b, float *out, size_t rows, size_t columns,
    size_t depth, float *scratch
) {
    if (depth == 0) {
        for (size_t i = 0; i < rows * columns; i++) out[i] = 0;
        return;
    }
    // One column needs no copy of the matrix.
    if (columns == 1 && a.column_stride == 1 && rows >= 8) {
        CALL(multiply_vector, a.elements, a.row_stride, b.elements, b.row_stride, out, rows, depth);
        return;
    }
    // A narrow product is computed transposed, so that the long side fills the vectors.
    if (columns < COLUMNS && rows > columns) {
        ckernels_matrix left = {b.elements, b.column_stride, b.row_stride};
        ckernels_matrix right = {a.elements, a.column_stride, a.row_stride};
        CALL(multiply, left, right, out, 1, columns, columns, rows, depth, scratch);
    } else {
        CALL(multiply, a, b, out, columns, 1, rows, columns, depth, scratch);
    }
}

void ckernels_map(
    ckernels_instructions instructions, ckernels_function function, const float *in, float *out, size_t count
) {
    CALL(map, function, in, out, count);
}

double ckernels_sum(ckernels_instructions instructions, const float *in, size_t count) {
    return CALL(sum, in, count);
}

void ckernels_sum_columns(
    ckernels_instructions instructions, const float *in, float *out, size_t rows, size_t columns, size_t row_stride,
    double divisor
) {
    CALL(sum_columns, in, out, rows, columns, row_stride, divisor);
}

size_t ckernels_classes_scratch(size_t rows, size_t classes) {
    size_t step = ROWS_OF_CLASSES(classes);
    return (rows < step ? rows : step) * classes;
}

void ckernels_softmax(
    ckernels_instructions instructions, const float *in, float *out, size_t rows, size_t classes, double *scratch
) {
    CALL(softmax, in, out, rows, classes, scratch);
}

void ckernels_log_softmax(
    ckernels_instructions instructions, const float *in, float *out, size_t rows, size_t classes, double *scratch
) {
    CALL(log_softmax, in, out, rows, classes, scratch);
}
