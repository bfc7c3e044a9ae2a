// Four lanes are what every 64-bit processor has: SSE2 on x86, NEON on ARM.
#define LANES 4
#define TILE_VECTORS 2
#if defined(__aarch64__)
#define NT_ROWS 5
#define NT_COLUMNS 4
#define TILE_ROWS 10
#define KERNEL_NAME "neon"
#else
#define NT_ROWS 3
#define NT_COLUMNS 3
#define TILE_ROWS 5
#define KERNEL_NAME "plain"
#endif
#define KERNEL_TABLE strata_kernels_baseline
#include "kernels.inc"
