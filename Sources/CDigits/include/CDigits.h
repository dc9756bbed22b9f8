#ifndef CDIGITS_H
#define CDIGITS_H

#include <stddef.h>

/// The handwritten digits as a gzip file of comma-separated values; README.md beside it says where they come from.
extern const unsigned char *const cdigits_csv_gz;
extern const size_t cdigits_csv_gz_size;

#endif
