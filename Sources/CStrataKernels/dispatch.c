#include <string.h>

#include "strata_kernels.h"

extern const strata_kernels strata_kernels_baseline;

#if defined(__x86_64__)
extern const strata_kernels strata_kernels_avx512bf16, strata_kernels_avx512, strata_kernels_avx2;

static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

const strata_kernels *strata_kernels_best(void) {
  if (has_avx512()) return &strata_kernels_avx512;
  if (has_avx2()) return &strata_kernels_avx2;
  return &strata_kernels_baseline;
}

const strata_kernels *strata_kernels_named(const char *name) {
  if (!strcmp(name, "avx512")) return has_avx512() ? &strata_kernels_avx512 : NULL;
  if (!strcmp(name, "avx2")) return has_avx2() ? &strata_kernels_avx2 : NULL;
  return strcmp(name, strata_kernels_baseline.name) ? NULL : &strata_kernels_baseline;
}

const strata_kernels *strata_kernels_of_pairs(const strata_kernels *kernels) {
  int has_pairs = kernels == &strata_kernels_avx512 && __builtin_cpu_supports("avx512bf16");
  return has_pairs ? &strata_kernels_avx512bf16 : NULL;
}
#else
const strata_kernels *strata_kernels_best(void) { return &strata_kernels_baseline; }

const strata_kernels *strata_kernels_named(const char *name) {
  return strcmp(name, strata_kernels_baseline.name) ? NULL : &strata_kernels_baseline;
}

const strata_kernels *strata_kernels_of_pairs(const strata_kernels *kernels) { return NULL; }
#endif
