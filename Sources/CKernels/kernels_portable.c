// The kernels for what every processor of the architecture has.
#define KERNEL(name) ckernels_portable_##name
#define INSTRUCTIONS
#include "paths.h"
#include "kernels.h"
