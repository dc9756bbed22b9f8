#pragma once

#include <stddef.h>
#include <stdint.h>

// The interface of libFuzzer, which comes with the compiler.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*check)(const uint8_t *, size_t));
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t largest_size);

// Begins to count the bytes that are allocated and not freed; more than the limit at any time end the program.
void memory_limit_start(size_t limit);

// Ends the counting.
//
// Returns the most bytes that there were at any time.
size_t memory_limit_stop(void);
