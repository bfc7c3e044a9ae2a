#if defined(__x86_64__)

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)

#define LANES 16
#define NT_ROWS 5
#define NT_COLUMNS 5
#define TILE_ROWS 12
#define TILE_VECTORS 2
#define KERNEL_NAME "avx512"
#define KERNEL_TABLE strata_kernels_avx512
#include "kernels.inc"

#pragma clang attribute pop

#endif
