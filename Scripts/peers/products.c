// Repeats a matrix product of another library, so that no interpreter's time counts. Functions
// return seconds.

#include <stdint.h>
#include <time.h>

typedef void gemm(
    const char *, const char *, const int64_t *, const int64_t *, const int64_t *, const float *,
    const float *, const int64_t *, const float *, const int64_t *, const float *, float *,
    const int64_t *);
typedef int execute(void *, void *, int, const void *);

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

// C <- A B + beta C with BLAS; sizes are m, n, k and the leading dimensions of A, B and C.
double repeat_gemm(
    long calls, gemm *function, const char *transposed, const int64_t *sizes, float beta,
    const float *a, const float *b, float *c) {
  const float alpha = 1;
  double start = now();
  for (long call = 0; call < calls; ++call) {
    function(
        transposed, transposed + 1, sizes, sizes + 1, sizes + 2, &alpha, a, sizes + 3, b, sizes + 4,
        &beta, c, sizes + 5);
  }
  return now() - start;
}

// A primitive of oneDNN.
double repeat_primitive(
    long calls, execute *function, void *primitive, void *stream, int count,
    const void *arguments) {
  double start = now();
  for (long call = 0; call < calls; ++call) function(primitive, stream, count, arguments);
  return now() - start;
}
