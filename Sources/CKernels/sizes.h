// What the kernels and those who set memory aside for them agree on.

// A tile of the product: twelve of AVX2's sixteen registers hold its sums.
#define ROWS 6
#define COLUMNS 16
// Blocks that stay in the second and first level of cache. The depth of a block decides the order of sums: changing it
// changes bits.
#define BLOCK_ROWS 96
#define BLOCK_COLUMNS 512
#define BLOCK_DEPTH 256

// How many rows of classes are worked on at once.
#define ROWS_OF_CLASSES(classes) ((classes) == 0 || (classes) > 1024 ? 1 : 1024 / (classes))
