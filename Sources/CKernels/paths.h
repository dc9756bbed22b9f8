// The functions that each set of instructions has.
#ifndef CKERNELS_PATHS_H
#define CKERNELS_PATHS_H

#include "CKernels.h"

#define PATH(path) \
    void ckernels_##path##_multiply( \
        ckernels_matrix a, ckernels_matrix b, float *out, size_t row_stride, size_t column_stride, size_t rows, \
        size_t columns, size_t depth, float *scratch \
    ); \
    void ckernels_##path##_multiply_vector( \
        const float *a, size_t a_stride, const float *b, size_t b_stride, float *out, size_t rows, size_t depth \
    ); \
    void ckernels_##path##_map(ckernels_function function, const float *in, float *out, size_t count); \
    double ckernels_##path##_sum(const float *in, size_t count); \
    void ckernels_##path##_sum_columns( \
        const float *in, float *out, size_t rows, size_t columns, size_t row_stride, double divisor \
    ); \
    void ckernels_##path##_softmax(const float *in, float *out, size_t rows, size_t classes, double *scratch); \
    void ckernels_##path##_log_softmax(const float *in, float *out, size_t rows, size_t classes, double *scratch);

PATH(portable)
PATH(avx2)
#undef PATH

#endif
