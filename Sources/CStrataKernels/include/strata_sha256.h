// The compression function of SHA-256 (FIPS 180-4, section 6.2.2).
#ifndef STRATA_SHA256_H
#define STRATA_SHA256_H

#include <stddef.h>
#include <stdint.h>

// Takes `count` blocks of 64 bytes into the eight words of the state, by the processor's own
// instructions for it where it has them.
void strata_sha256_blocks(uint32_t state[8], const uint8_t *blocks, size_t count);

// The same without those instructions.
void strata_sha256_blocks_plain(uint32_t state[8], const uint8_t *blocks, size_t count);

#endif
