// How fast one core multiplies and adds when nothing else is to be done.
#ifndef STRATA_PEAK_H
#define STRATA_PEAK_H

// Runs twelve chains of `rounds` multiplications and additions on whole vectors of the named
// instruction set (avx512 and avx2, fused there; avx512-bf16, pairs; else four floats). Returns the
// number of multiplications and additions.
double strata_peak_run(const char *kernel, long rounds);

#endif
