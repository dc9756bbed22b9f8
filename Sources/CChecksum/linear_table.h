#ifndef LINEAR_TABLE_H
#define LINEAR_TABLE_H

// A CRC without its start value and final xor is linear over GF(2), so a table of what it does to the 256 values of a
// byte is spanned by what it does to the eight powers of two. Writing down only those lets the compiler build the
// tables as constants: nothing to generate, to initialise at run time, or to guard against races.

#define LINEAR_TABLE_ENTRY(i, b0, b1, b2, b3, b4, b5, b6, b7) \
    (((i) & 0x01 ? b0 : 0u) ^ ((i) & 0x02 ? b1 : 0u) ^ ((i) & 0x04 ? b2 : 0u) ^ ((i) & 0x08 ? b3 : 0u) \
     ^ ((i) & 0x10 ? b4 : 0u) ^ ((i) & 0x20 ? b5 : 0u) ^ ((i) & 0x40 ? b6 : 0u) ^ ((i) & 0x80 ? b7 : 0u))

#define LINEAR_TABLE_4(i, ...) \
    LINEAR_TABLE_ENTRY((i) + 0, __VA_ARGS__), LINEAR_TABLE_ENTRY((i) + 1, __VA_ARGS__), \
    LINEAR_TABLE_ENTRY((i) + 2, __VA_ARGS__), LINEAR_TABLE_ENTRY((i) + 3, __VA_ARGS__)

#define LINEAR_TABLE_16(i, ...) \
    LINEAR_TABLE_4((i) + 0, __VA_ARGS__), LINEAR_TABLE_4((i) + 4, __VA_ARGS__), \
    LINEAR_TABLE_4((i) + 8, __VA_ARGS__), LINEAR_TABLE_4((i) + 12, __VA_ARGS__)

#define LINEAR_TABLE_64(i, ...) \
    LINEAR_TABLE_16((i) + 0, __VA_ARGS__), LINEAR_TABLE_16((i) + 16, __VA_ARGS__), \
    LINEAR_TABLE_16((i) + 32, __VA_ARGS__), LINEAR_TABLE_16((i) + 48, __VA_ARGS__)

/// The initializer of a `uint32_t[256]` from its elements 1, 2, 4, …, 128.
#define LINEAR_TABLE(...) \
    { LINEAR_TABLE_64(0, __VA_ARGS__), LINEAR_TABLE_64(64, __VA_ARGS__), \
      LINEAR_TABLE_64(128, __VA_ARGS__), LINEAR_TABLE_64(192, __VA_ARGS__) }

#endif
