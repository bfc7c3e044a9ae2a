// The innermost loops, compiled once for each instruction set and chosen at run time.
//
// Every matrix is row-major. Rows start on cache lines (64 bytes) and are padded with zeros to
// whole lines, so columns and depths are multiples of 16 floats and no kernel has a tail there.
// Every output element is summed in an order that does not depend on where in a tile it lies, so
// results are the same bits however the caller splits the work.
#ifndef STRATA_KERNELS_H
#define STRATA_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// The rules by which parameters move that remember earlier gradients.
typedef enum strata_rule {
  STRATA_MOMENTUM,
  STRATA_NESTEROV,
  STRATA_ADAM,
} strata_rule;

// How parameters move at one step.
typedef struct strata_update {
  strata_rule rule;
  // η, 2λ where parameters are regularized, and 1 − η w, what weight decay leaves of them.
  float rate, decay, kept;
  // μ of momentum and Nesterov.
  float momentum;
  // Of Adam, where rate is η/(1 − β₁ᵗ): β₁, 1 − β₁, β₂, 1 − β₂, 1/√(1 − β₂ᵗ), ε.
  float mean_decay, mean_share, square_decay, square_share, deviation_scale, epsilon;
} strata_update;

// Which activations of a layer are left out at one step, and what the others are multiplied by.
typedef struct strata_dropout {
  uint32_t key[2], step, layer;
  // Those whose random word is below; 2³² times the probability.
  uint32_t threshold;
  float scale;
} strata_dropout;

// The activations besides ReLU: z or 0.01 z, z Φ(z), z/(1 + exp(−z)), tanh z.
typedef enum strata_activation {
  STRATA_LEAKY_RELU,
  STRATA_GELU,
  STRATA_SILU,
  STRATA_TANH,
} strata_activation;

// The numbers that a row of a data set consists of.
typedef enum strata_element { STRATA_BYTES, STRATA_FLOATS } strata_element;

// How such numbers become inputs: a byte p of column j becomes p factor[j] + offset[j], a float v
// (v − offset[j]) factor[j].
typedef struct strata_scaling {
  strata_element element;
  const float *factor, *offset;
} strata_scaling;

typedef struct strata_kernels {
  // avx512, avx2, neon or plain; avx512-bf16 for pairs.
  const char *name;
  // Floats in a vector register.
  ptrdiff_t lanes;
  // The most rows that `gemm_nt` takes, and the largest tile of `gemm_tile`.
  ptrdiff_t nt_rows, tile_rows, tile_columns;

  // c[i,j] = Σ_k a[i,k] b[j,k], or += if accumulate; a [rows, depth], b [columns, depth],
  // c [rows, columns], any number of columns.
  void (*gemm_nt)(
      ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const float *a, ptrdiff_t a_stride,
      const float *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride, int accumulate);

  // c[i,j] = beta c[i,j] + alpha Σ_k a(i,k) b[k,j], where a(i,k) = a[i a_row + k a_depth];
  // b [depth, columns], c [rows, columns]. With beta = 0, c is not read.
  // Returns 0 when every c is finite, NaN otherwise.
  float (*gemm_tile)(
      ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const float *a, ptrdiff_t a_row,
      ptrdiff_t a_depth, const float *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride,
      float alpha, float beta);

  // y[j,i] = x[i,j], or y[j,i] += x[i,j]; any rows and columns.
  void (*transpose)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t stride, float *y,
      ptrdiff_t y_stride, int accumulate);

  // Panels of `width` columns one after the other, each row by row: target[p][i][j] =
  // x[i, p width + j]; the last panel may be narrower. Any number of columns.
  void (*pack)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t stride, ptrdiff_t width,
      float *target);

  // x[i,j] = row i's number of column first + j, scaled, and zeros to a whole cache line; any number
  // of columns, first a multiple of 16. The processor is told to fetch the same columns of `next`,
  // rows that will be wanted soon.
  void (*standardize)(
      ptrdiff_t rows, ptrdiff_t columns, const void *const *row, const void *const *next,
      ptrdiff_t first, const strata_scaling *scaling, float *x, ptrdiff_t stride);

  // sums[j] += pixels[j] and squares[j] += pixels[j]²; any count.
  void (*byte_moments)(ptrdiff_t count, const uint8_t *pixels, uint32_t *sums, uint32_t *squares);

  // s[i,j] = Σ_g partial[g][i,j] + bias[j], groups in order, each group_stride floats apart.
  void (*add_bias)(
      ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t groups, const float *partial,
      ptrdiff_t group_stride, const float *bias, float *s, ptrdiff_t stride);

  // y = x < 0 ? 0 : x, which keeps NaN.
  void (*relu)(ptrdiff_t rows, ptrdiff_t columns, const float *x, float *y, ptrdiff_t stride);

  // gradient[i,j] = 0 where y[i,j] ≤ 0.
  void (*relu_gradient)(
      ptrdiff_t rows, ptrdiff_t columns, const float *y, float *gradient, ptrdiff_t stride);

  // y = f(x). NaN stays NaN.
  void (*activate)(
      strata_activation kind, ptrdiff_t rows, ptrdiff_t columns, const float *x, float *y,
      ptrdiff_t stride);

  // gradient[i,j] ← gradient[i,j] f′(x[i,j]).
  void (*activate_gradient)(
      strata_activation kind, ptrdiff_t rows, ptrdiff_t columns, const float *x, float *gradient,
      ptrdiff_t stride);

  // y = x scale + shift, then ReLU if rectify.
  void (*affine)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *scale, const float *shift,
      int rectify, float *y, ptrdiff_t stride);

  // mean[j] = (1/n) Σ_i x[i,j] and variance[j] = (1/n) Σ_i (x[i,j] − mean[j])², in two passes.
  void (*column_moments)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t stride, double *mean,
      double *variance);

  // y = scale (x − mean)/√(variance + epsilon) + shift, then ReLU if rectify.
  void (*normalize)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, const double *mean,
      const double *variance, float epsilon, const float *scale, const float *shift, int rectify,
      float *y, ptrdiff_t stride);

  // With ŷ = (x − mean)/√(variance + epsilon), from the gradient g of y: d_scale[j] = Σ_i g ŷ,
  // d_shift[j] = Σ_i g, and in place g ← scale (g − d_shift/n − ŷ d_scale/n)/√(variance + epsilon).
  void (*normalize_gradient)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, const double *mean,
      const double *variance, float epsilon, const float *scale, float *gradient,
      ptrdiff_t stride, float *d_scale, float *d_shift);

  // sums[j] = Σ_i x[i,j].
  void (*column_sums)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t stride, float *sums);

  // y = beta y + alpha x. Returns 0 when every y is finite, NaN otherwise.
  float (*scale_add)(ptrdiff_t count, float alpha, const float *x, float beta, float *y);

  // With g = gradient + decay w, by rule:
  // momentum: v ← momentum v + g, w ← w − rate v;
  // nesterov: v ← momentum v + g, w ← w − rate (g + momentum v);
  // adam: m ← mean_decay m + mean_share g, u ← square_decay u + square_share g²,
  //       w ← kept w − rate m/(deviation_scale √u + epsilon).
  // `first` is v or m, `second` u. Returns 0 when every w and u is finite, NaN otherwise.
  float (*update)(
      ptrdiff_t count, const strata_update *step, const float *gradient, float *first,
      float *second, float *w);

  // x[i,j] = 0 where the random word of (i, j) is below the threshold, else scale x[i,j], for columns
  // from `first`, a multiple of 16. The words of row i, columns 64 b + l, 64 b + 16 + l, 64 b + 32 + l
  // and 64 b + 48 + l, l < 16, are those of Philox4x32-10 for the counter (16 b + l, i, step, layer).
  void (*dropout)(
      ptrdiff_t rows, ptrdiff_t first, ptrdiff_t columns, const strata_dropout *rule, float *x,
      ptrdiff_t stride);

  // In place, row by row: p = softmax(s) over the first `classes` columns, 0 in the padding.
  // Leaves sum[i] = Σ_j exp(s[i,j] − max_q s[i,q]), prediction[i] = the first j of the largest
  // s[i,j], and unless labels is NULL margin[i] = max_j s[i,j] − s[i,labels[i]].
  void (*softmax)(
      ptrdiff_t rows, ptrdiff_t classes, float *s, ptrdiff_t stride, const int32_t *labels,
      double *margin, float *sum, int32_t *prediction);

  // Where `gemm_nt` and `gemm_tile` multiply pairs: two bfloat16 numbers in the place of a float, which
  // meet the two of another pair, p q = p.0 q.0 + p.1 q.1, summed in float. NULL elsewhere.
  //
  // pairs[i,j] = (x[i,2j], x[i,2j+1]), and zeros to a whole cache line.
  void (*pair_neighbours)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t stride, float *pairs,
      ptrdiff_t pairs_stride);

  // pairs[i,j] = (x[2i,j], x[2i+1,j]); an odd last row is paired with zeros.
  void (*pair_rows)(
      ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t stride, float *pairs,
      ptrdiff_t pairs_stride);

  // `standardize`, then `pair_neighbours` or `pair_rows`.
  void (*standardize_neighbours)(
      ptrdiff_t rows, ptrdiff_t columns, const void *const *row, const void *const *next,
      ptrdiff_t first, const strata_scaling *scaling, float *pairs, ptrdiff_t pairs_stride);
  void (*standardize_rows)(
      ptrdiff_t rows, ptrdiff_t columns, const void *const *row, const void *const *next,
      ptrdiff_t first, const strata_scaling *scaling, float *pairs, ptrdiff_t pairs_stride);
} strata_kernels;

// The kernels of that name, or NULL where this processor or this build does not have them.
const strata_kernels *strata_kernels_named(const char *name);

// The fastest kernels that this processor has.
const strata_kernels *strata_kernels_best(void);

// The kernels whose `gemm_nt` and `gemm_tile` multiply pairs of bfloat16 numbers and that agree with
// `kernels` otherwise; NULL where the processor or these kernels have no such instruction.
const strata_kernels *strata_kernels_of_pairs(const strata_kernels *kernels);

// Has the processor fetch the cache line at byte `first` of some rows that will be read soon.
static inline void strata_prefetch(ptrdiff_t rows, const void *const *row, ptrdiff_t first) {
  for (ptrdiff_t i = 0; i < rows; i++) __builtin_prefetch((const char *)row[i] + first);
}

// Has the processor fetch whole cache lines of some rows into its second-level cache.
static inline void strata_prefetch_rows(
    ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t stride) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    for (ptrdiff_t j = 0; j < columns; j += 16) __builtin_prefetch(x + i * stride + j, 0, 2);
  }
}

// Tells the processor that the thread waits in a loop.
static inline void strata_spin_hint(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
