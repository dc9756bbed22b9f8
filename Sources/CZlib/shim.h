#pragma once

// The input of a stream is then const, as a Swift unsafe buffer pointer is.
#define ZLIB_CONST
#include <zlib.h>

// Swift cannot call the macros that zlib offers for these two.

static inline int czlib_deflate_init(z_stream *stream, int level, int window_bits) {
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}

static inline int czlib_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}
