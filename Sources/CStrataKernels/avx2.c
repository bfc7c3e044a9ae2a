#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
#define NT_ROWS 4
#define NT_COLUMNS 3
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define KERNEL_NAME "avx2"
#define KERNEL_TABLE strata_kernels_avx2
#include "kernels.inc"

#pragma clang attribute pop

#endif
