#include "CFuzzing.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// The Address Sanitizer tells of each allocation. libFuzzer's own limit is for the whole process with all that it keeps,
// or for a single allocation.
extern int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void *, size_t), void (*)(const volatile void *));
extern size_t __sanitizer_get_allocated_size(const volatile void *);

static size_t limit, allocated, most;
static bool counting;

static void count_allocation(const volatile void *pointer, size_t size) {
    if (!counting) return;
    allocated += size;
    if (allocated > most) most = allocated;
    if (allocated <= limit) return;
    counting = false;
    fprintf(stderr, "An input of a few bytes takes more than %zu bytes of memory.\n", limit);
    abort();
}

static void count_release(const volatile void *pointer) {
    if (!counting || !pointer) return;
    size_t size = __sanitizer_get_allocated_size(pointer);
    // What was allocated before the counting began counts as given back, which makes the limit a little lax.
    allocated -= size < allocated ? size : allocated;
}

void memory_limit_start(size_t new_limit) {
    static bool installed;
    if (!installed) __sanitizer_install_malloc_and_free_hooks(count_allocation, count_release);
    installed = true;
    limit = new_limit;
    allocated = most = 0;
    counting = true;
}

size_t memory_limit_stop(void) {
    counting = false;
    return most;
}
