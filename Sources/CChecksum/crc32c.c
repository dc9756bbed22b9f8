#include <stdatomic.h>

#include "CChecksum.h"

typedef uint32_t (*crc32c_function)(uint32_t crc, const void *data, size_t length);

uint32_t cchecksum_crc32c(uint32_t crc, const void *data, size_t length) {
    // Threads that meet here before the choice is stored all make the same one, so no order is needed between them.
    static _Atomic(crc32c_function) chosen = NULL;
    crc32c_function function = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (function == NULL) {
        function = cchecksum_has_crc32c_instructions() ? cchecksum_crc32c_instructions : cchecksum_crc32c_table;
        atomic_store_explicit(&chosen, function, memory_order_relaxed);
    }
    return function(crc, data, length);
}
