#include "CDigits.h"

// #embed is of C23; Clang has had it in all modes since version 19.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file[] = {
#embed "digits.csv.gz"
};
const unsigned char *const cdigits_csv_gz = file;
const size_t cdigits_csv_gz_size = sizeof file;
