#ifndef CCHECKSUM_H
#define CCHECKSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Computes the CRC-32C (Castagnoli) of bytes, the fastest way this processor has.
///
/// Reflected polynomial 0x82F63B78, start value and final xor 0xFFFFFFFF; the CRC of "123456789" is 0xE3069283.
/// `crc` is the checksum of the bytes before, 0 at the start, so that data may be given in pieces. `data` may be null
/// when `length` is 0.
uint32_t cchecksum_crc32c(uint32_t crc, const void *_Nullable data, size_t length);

/// The same by table look-up, on every processor.
uint32_t cchecksum_crc32c_table(uint32_t crc, const void *_Nullable data, size_t length);

/// The same by CRC instructions: SSE4.2 on x86-64, the CRC extension on 64-bit Arm.
///
/// To be called only when `cchecksum_has_crc32c_instructions` says so.
uint32_t cchecksum_crc32c_instructions(uint32_t crc, const void *_Nullable data, size_t length);

/// Whether this processor has CRC instructions that this build can use.
bool cchecksum_has_crc32c_instructions(void);

#endif
