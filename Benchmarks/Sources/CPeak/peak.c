#include "peak.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Two units with a latency of four to six cycles are kept busy by twelve chains.
enum { chains = 12 };

// The empty statement keeps the sums in registers and the loop in the program.
#define PEAK(NAME, TARGET, LANES, CONSTRAINT) \
  TARGET static double NAME(long rounds) { \
    typedef float vec __attribute__((ext_vector_type(LANES))); \
    vec sums[chains], factor = 0.999f, term = 0.001f; \
    for (int i = 0; i < chains; i++) sums[i] = (vec)(float)i; \
    for (long round = 0; round < rounds; round++) { \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < chains; i++) { \
        sums[i] = sums[i] * factor + term; \
        __asm__ volatile("" : CONSTRAINT(sums[i])); \
      } \
    } \
    return 2.0 * LANES * chains * (double)rounds; \
  }

#if defined(__x86_64__)
PEAK(peak_avx512, __attribute__((target("avx512f,fma"))), 16, "+v")
PEAK(peak_avx2, __attribute__((target("avx2,fma"))), 8, "+x")
PEAK(peak_plain, , 4, "+x")

__attribute__((target("avx512f,avx512bf16"))) static double peak_bf16(long rounds) {
  __m512 sums[chains];
  __m512bh factor = (__m512bh)_mm512_set1_epi16(0x3f80);
  for (int i = 0; i < chains; i++) sums[i] = _mm512_set1_ps((float)i);
  for (long round = 0; round < rounds; round++) {
    _Pragma("clang loop unroll(full)") for (int i = 0; i < chains; i++) {
      sums[i] = _mm512_dpbf16_ps(sums[i], factor, factor);
      __asm__ volatile("" : "+v"(sums[i]));
    }
  }
  return 2.0 * 2 * 16 * chains * (double)rounds;
}
#else
PEAK(peak_plain, , 4, "+w")
#endif

double strata_peak_run(const char *kernel, long rounds) {
#if defined(__x86_64__)
  if (!strcmp(kernel, "avx512-bf16")) return peak_bf16(rounds);
  if (!strcmp(kernel, "avx512")) return peak_avx512(rounds);
  if (!strcmp(kernel, "avx2")) return peak_avx2(rounds);
#endif
  return peak_plain(rounds);
}
