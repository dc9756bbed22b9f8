// The kernels for x86-64 with AVX2.
#if defined(__x86_64__)
#define KERNEL(name) ckernels_avx2_##name
#define INSTRUCTIONS __attribute__((target("avx2")))
#include "paths.h"
#include "kernels.h"
#endif
