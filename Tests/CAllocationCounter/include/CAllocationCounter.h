#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>

/// Whether allocations can be counted: on Linux with glibc, without a sanitizer that has its own allocator.
bool allocation_counter_is_available(void);

/// Begins to count the calling thread's allocations.
void allocation_counter_start(void);

/// Ends the counting and returns the number of allocations since it began.
long allocation_counter_stop(void);

#endif
