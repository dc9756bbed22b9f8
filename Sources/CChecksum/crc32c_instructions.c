#include "CChecksum.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define USES_CRC_INSTRUCTIONS __attribute__((target("sse4.2")))
#define CRC_OF_8_BYTES(crc, value) ((uint32_t)_mm_crc32_u64((crc), (value)))
#define CRC_OF_BYTE(crc, value) _mm_crc32_u8((crc), (value))
#elif defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define USES_CRC_INSTRUCTIONS __attribute__((target("crc")))
#define CRC_OF_8_BYTES(crc, value) __builtin_arm_crc32cd((crc), (value))
#define CRC_OF_BYTE(crc, value) __builtin_arm_crc32cb((crc), (value))
#if defined(__linux__) && !defined(__ARM_FEATURE_CRC32)
#include <sys/auxv.h>
#endif
#endif

#if defined(USES_CRC_INSTRUCTIONS)
#include <string.h>
#include "linear_table.h"

// The instruction takes three cycles but one can start every cycle, so three streams side by side keep it busy.
// A stream is this long; the registers of the first two are then moved past the streams after them.
#define STREAM_LENGTH 256

// What `STREAM_LENGTH` zero bytes do to each byte of the register.
static const uint32_t shifts[4][256] = {
    LINEAR_TABLE(0xdcb17aa4, 0xbc8e83b9, 0x7cf17183, 0xf9e2e306, 0xf629b0fd, 0xe9bf170b, 0xd69258e7, 0xa8c8c73f),
    LINEAR_TABLE(0x547df88f, 0xa8fbf11e, 0x541b94cd, 0xa837299a, 0x558225c5, 0xab044b8a, 0x53e4e1e5, 0xa7c9c3ca),
    LINEAR_TABLE(0x4a7ff165, 0x94ffe2ca, 0x2c13b365, 0x582766ca, 0xb04ecd94, 0x6571edd9, 0xcae3dbb2, 0x902bc195),
    LINEAR_TABLE(0x25bbf5db, 0x4b77ebb6, 0x96efd76c, 0x2833d829, 0x5067b052, 0xa0cf60a4, 0x4472b7b9, 0x88e56f72),
};

static uint32_t shift_past_stream(uint32_t crc) {
    return shifts[0][crc & 0xff] ^ shifts[1][crc >> 8 & 0xff] ^ shifts[2][crc >> 16 & 0xff] ^ shifts[3][crc >> 24];
}

static uint64_t load(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

USES_CRC_INSTRUCTIONS
uint32_t cchecksum_crc32c_instructions(uint32_t crc, const void *data, size_t length) {
    const uint8_t *bytes = data;
    crc = ~crc;
    for (; length >= 3 * STREAM_LENGTH; bytes += 3 * STREAM_LENGTH, length -= 3 * STREAM_LENGTH) {
        uint32_t second = 0, third = 0;
        for (const uint8_t *p = bytes; p < bytes + STREAM_LENGTH; p += 8) {
            crc = CRC_OF_8_BYTES(crc, load(p));
            second = CRC_OF_8_BYTES(second, load(p + STREAM_LENGTH));
            third = CRC_OF_8_BYTES(third, load(p + 2 * STREAM_LENGTH));
        }
        crc = shift_past_stream(shift_past_stream(crc) ^ second) ^ third;
    }
    for (; length >= 8; bytes += 8, length -= 8) {
        crc = CRC_OF_8_BYTES(crc, load(bytes));
    }
    for (; length > 0; bytes += 1, length -= 1) {
        crc = CRC_OF_BYTE(crc, *bytes);
    }
    return ~crc;
}

bool cchecksum_has_crc32c_instructions(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("sse4.2");
#elif defined(__ARM_FEATURE_CRC32)
    return true;  // The build asks for it, as every build for Apple silicon does.
#elif defined(__linux__)
    const unsigned long crc32_capability = 1 << 7;  // HWCAP_CRC32, which not every C library's header names.
    return (getauxval(AT_HWCAP) & crc32_capability) != 0;
#else
    return false;
#endif
}

#else

uint32_t cchecksum_crc32c_instructions(uint32_t crc, const void *data, size_t length) {
    return cchecksum_crc32c_table(crc, data, length);
}

bool cchecksum_has_crc32c_instructions(void) {
    return false;
}

#endif
