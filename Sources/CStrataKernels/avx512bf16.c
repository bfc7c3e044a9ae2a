#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma"))), \
    apply_to = function)

#define LANES 16
#define NT_ROWS 5
#define NT_COLUMNS 5
#define TILE_ROWS 12
#define TILE_VECTORS 2
#define BFLOAT16_PAIRS
#define KERNEL_NAME "avx512-bf16"
#define KERNEL_TABLE strata_kernels_avx512bf16
#include "kernels.inc"

#pragma clang attribute pop

#endif
