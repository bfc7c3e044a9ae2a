// Holds the kernels of one instruction set against those of another, entry by entry, also where the
// two run on different processors.
//
//     compare plain write FILE   # writes what the plain kernels give
//     compare neon check FILE    # the same work by NEON; fails where a number differs
//
// Sums are taken in another order there, so numbers may differ by 2e-5 of the largest of their array.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strata_kernels.h"

// A new kernel has to be compared too.
_Static_assert(sizeof(strata_kernels) == (5 + 20 + 4) * sizeof(void *), "expected 20 kernels");

// Odd sizes: more than one tile, an incomplete last one, columns that are no multiple of a vector.
enum { ROWS = 13, COLUMNS = 83, DEPTH = 96, STRIDE = 96, CLASSES = 11, COUNT = ROWS * STRIDE };

static FILE *file;
static int is_check, successes, failures;

// MARK: What is compared

static void compare(const char *name, ptrdiff_t count, const double *found) {
  if (!is_check) {
    fwrite(found, sizeof *found, (size_t)count, file);
    return;
  }
  double *expected = malloc((size_t)count * sizeof *expected);
  if (fread(expected, sizeof *expected, (size_t)count, file) != (size_t)count) {
    fprintf(stderr, "compare: expected %td numbers of %s in the file, found fewer\n", count, name);
    exit(1);
  }
  double largest = 0, difference = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    double d = fabs(found[i] - expected[i]);
    largest = fmax(largest, fabs(expected[i]));
    // A difference that is no number is one.
    difference = d <= difference ? difference : isnan(d) ? INFINITY : d;
  }
  free(expected);
  if (difference <= 2e-5 * largest) {
    successes++;
  } else {
    failures++;
    fprintf(stderr, "compare: %s differs by %.1e of %.1e\n", name, difference, largest);
  }
}

static void compare_floats(const char *name, ptrdiff_t count, const float *found) {
  double numbers[COUNT];
  for (ptrdiff_t i = 0; i < count; i++) numbers[i] = found[i];
  compare(name, count, numbers);
}

static void compare_words(const char *name, ptrdiff_t count, const uint32_t *found) {
  double numbers[COUNT];
  for (ptrdiff_t i = 0; i < count; i++) numbers[i] = found[i];
  compare(name, count, numbers);
}

// MARK: Numbers to work on

// A matrix of ROWS rows; its padding is 0.
typedef struct matrix {
  float at[COUNT] __attribute__((aligned(64)));
} matrix;

static uint32_t state;

// Marsaglia 2003, "Xorshift RNGs": the same numbers on every processor.
static uint32_t word(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

// Numbers between low and low + 2.
static matrix numbers(uint32_t seed, ptrdiff_t columns, float low) {
  matrix x;
  state = seed;
  for (ptrdiff_t i = 0; i < COUNT; i++) {
    float value = low + (float)(word() >> 8) * 0x1p-23f;
    x.at[i] = i % STRIDE < columns ? value : 0;
  }
  return x;
}

// MARK: The kernels

static void compare_products(const strata_kernels *k) {
  matrix a = numbers(1, DEPTH, -1), b = numbers(2, DEPTH, -1), c = numbers(3, ROWS, -1);
  for (int accumulate = 0; accumulate < 2; accumulate++) {
    for (ptrdiff_t i = 0; i < ROWS; i += k->nt_rows) {
      ptrdiff_t rows = ROWS - i < k->nt_rows ? ROWS - i : k->nt_rows;
      k->gemm_nt(
          rows, ROWS, DEPTH, a.at + i * STRIDE, STRIDE, b.at, STRIDE, c.at + i * STRIDE, STRIDE,
          accumulate);
    }
    compare_floats("gemm_nt", COUNT, c.at);
  }
  for (float beta = 0; beta < 1; beta += 0.75f) {
    double check = 0;
    for (ptrdiff_t i = 0; i < ROWS; i += k->tile_rows) {
      ptrdiff_t rows = ROWS - i < k->tile_rows ? ROWS - i : k->tile_rows;
      for (ptrdiff_t j = 0; j < STRIDE; j += k->tile_columns) {
        ptrdiff_t columns = STRIDE - j < k->tile_columns ? STRIDE - j : k->tile_columns;
        check += k->gemm_tile(
            rows, columns, ROWS, a.at + i * STRIDE, STRIDE, 1, b.at + j, STRIDE,
            c.at + i * STRIDE + j, STRIDE, 0.5f, beta);
      }
    }
    compare_floats("gemm_tile", COUNT, c.at);
    compare("gemm_tile, finite", 1, &check);
  }
}

static void compare_copies(const strata_kernels *k) {
  matrix x = numbers(4, COLUMNS, -1), y = {{0}}, packed = {{0}};
  for (int accumulate = 0; accumulate < 2; accumulate++) {
    k->transpose(ROWS, COLUMNS, x.at, STRIDE, y.at, ROWS, accumulate);
    compare_floats("transpose", ROWS * COLUMNS, y.at);
  }
  k->pack(ROWS, COLUMNS, x.at, STRIDE, 24, packed.at);
  compare_floats("pack", ROWS * COLUMNS, packed.at);
}

static void compare_inputs(const strata_kernels *k) {
  matrix factor = numbers(5, COLUMNS, 0), offset = numbers(6, COLUMNS, -1);
  matrix values = numbers(7, COLUMNS, -1), x;
  uint8_t bytes[COUNT];
  for (ptrdiff_t i = 0; i < COUNT; i++) bytes[i] = (uint8_t)word();
  const void *rows[ROWS];
  for (int element = 0; element < 2; element++) {
    strata_scaling scaling = {
        .element = element ? STRATA_FLOATS : STRATA_BYTES,
        .factor = factor.at, .offset = offset.at};
    for (ptrdiff_t i = 0; i < ROWS; i++) {
      rows[i] = element ? (const void *)(values.at + i * STRIDE) : bytes + i * STRIDE;
    }
    memset(&x, 0, sizeof x);
    k->standardize(ROWS, COLUMNS - 16, rows, rows, 16, &scaling, x.at, STRIDE);
    compare_floats(element ? "standardize, floats" : "standardize, bytes", COUNT, x.at);
  }
  uint32_t sums[COLUMNS] = {7}, squares[COLUMNS] = {8};
  for (ptrdiff_t i = 0; i < ROWS; i++) k->byte_moments(COLUMNS, bytes + i * STRIDE, sums, squares);
  compare_words("byte_moments, sums", COLUMNS, sums);
  compare_words("byte_moments, squares", COLUMNS, squares);
}

static void compare_activations(const strata_kernels *k) {
  matrix x = numbers(8, COLUMNS, -1), bias = numbers(9, COLUMNS, -1), y = {{0}};
  for (ptrdiff_t i = 0; i < COUNT; i++) x.at[i] *= 4;
  k->add_bias(4, STRIDE, 3, x.at, 4 * STRIDE, bias.at, y.at, STRIDE);
  compare_floats("add_bias", 4 * STRIDE, y.at);
  k->relu(ROWS, STRIDE, x.at, y.at, STRIDE);
  compare_floats("relu", COUNT, y.at);
  matrix gradient = numbers(10, COLUMNS, -1);
  k->relu_gradient(ROWS, STRIDE, y.at, gradient.at, STRIDE);
  compare_floats("relu_gradient", COUNT, gradient.at);
  for (strata_activation kind = STRATA_LEAKY_RELU; kind <= STRATA_TANH; kind++) {
    char name[32];
    snprintf(name, sizeof name, "activate %d", (int)kind);
    k->activate(kind, ROWS, STRIDE, x.at, y.at, STRIDE);
    compare_floats(name, COUNT, y.at);
    snprintf(name, sizeof name, "activate_gradient %d", (int)kind);
    gradient = numbers(11, COLUMNS, -1);
    k->activate_gradient(kind, ROWS, STRIDE, x.at, gradient.at, STRIDE);
    compare_floats(name, COUNT, gradient.at);
  }
}

static void compare_normalization(const strata_kernels *k) {
  matrix x = numbers(12, COLUMNS, -1), scale = numbers(13, COLUMNS, 0), y;
  matrix shift = numbers(14, COLUMNS, -1), gradient = numbers(15, COLUMNS, -1);
  double mean[STRIDE] __attribute__((aligned(64))), variance[STRIDE] __attribute__((aligned(64)));
  float d_scale[STRIDE] __attribute__((aligned(64))), d_shift[STRIDE] __attribute__((aligned(64)));
  k->column_moments(ROWS, STRIDE, x.at, STRIDE, mean, variance);
  compare("column_moments, mean", STRIDE, mean);
  compare("column_moments, variance", STRIDE, variance);
  for (int rectify = 0; rectify < 2; rectify++) {
    k->affine(ROWS, STRIDE, x.at, scale.at, shift.at, rectify, y.at, STRIDE);
    compare_floats("affine", COUNT, y.at);
    k->normalize(
        ROWS, STRIDE, x.at, mean, variance, 1e-5f, scale.at, shift.at, rectify, y.at, STRIDE);
    compare_floats("normalize", COUNT, y.at);
  }
  k->normalize_gradient(
      ROWS, STRIDE, x.at, mean, variance, 1e-5f, scale.at, gradient.at, STRIDE, d_scale, d_shift);
  compare_floats("normalize_gradient", COUNT, gradient.at);
  compare_floats("normalize_gradient, scale", STRIDE, d_scale);
  compare_floats("normalize_gradient, shift", STRIDE, d_shift);
  k->column_sums(ROWS, STRIDE, x.at, STRIDE, d_shift);
  compare_floats("column_sums", STRIDE, d_shift);
}

static void compare_updates(const strata_kernels *k) {
  matrix gradient = numbers(16, STRIDE, -1), w = numbers(17, STRIDE, -1);
  matrix first = numbers(18, STRIDE, -1), second = numbers(19, STRIDE, 0);
  double check = k->scale_add(COUNT, -0.1f, gradient.at, 0.99f, w.at);
  compare_floats("scale_add", COUNT, w.at);
  for (strata_rule rule = STRATA_MOMENTUM; rule <= STRATA_ADAM; rule++) {
    strata_update update = {
        .rule = rule, .rate = 0.1f, .decay = 0.01f, .kept = 0.99f, .momentum = 0.9f,
        .mean_decay = 0.9f, .mean_share = 0.1f, .square_decay = 0.99f, .square_share = 0.01f,
        .deviation_scale = 3, .epsilon = 1e-3f};
    check += k->update(COUNT, &update, gradient.at, first.at, second.at, w.at);
    char name[32];
    snprintf(name, sizeof name, "update %d", (int)rule);
    compare_floats(name, COUNT, w.at);
    compare_floats("  its first memory", COUNT, first.at);
    compare_floats("  its second memory", COUNT, second.at);
  }
  compare("updates, finite", 1, &check);
}

static void compare_dropout_and_softmax(const strata_kernels *k) {
  matrix x = numbers(20, STRIDE, -1);
  strata_dropout rule = {
      .key = {1, 2}, .step = 3, .layer = 4, .threshold = 1u << 31, .scale = 2};
  k->dropout(ROWS, 16, STRIDE - 16, &rule, x.at, STRIDE);
  compare_floats("dropout", COUNT, x.at);
  matrix s = numbers(21, CLASSES, -1);
  int32_t labels[ROWS], prediction[ROWS];
  double margin[ROWS];
  float sum[ROWS];
  for (int32_t i = 0; i < ROWS; i++) labels[i] = i % CLASSES;
  k->softmax(ROWS, CLASSES, s.at, STRIDE, labels, margin, sum, prediction);
  compare_floats("softmax", COUNT, s.at);
  compare("softmax, margin", ROWS, margin);
  compare_floats("softmax, sum", ROWS, sum);
  compare_words("softmax, prediction", ROWS, (const uint32_t *)prediction);
}

int main(int count, char **arguments) {
  if (count != 4 || (strcmp(arguments[2], "write") && strcmp(arguments[2], "check"))) {
    fprintf(stderr, "usage: compare KERNELS write|check FILE\n");
    return 2;
  }
  is_check = !strcmp(arguments[2], "check");
  const strata_kernels *kernels = strata_kernels_named(arguments[1]);
  file = fopen(arguments[3], is_check ? "rb" : "wb");
  if (!kernels || !file) {
    fprintf(stderr, "compare: no kernels %s here, or cannot open %s\n", arguments[1], arguments[3]);
    return 1;
  }
  compare_products(kernels);
  compare_copies(kernels);
  compare_inputs(kernels);
  compare_activations(kernels);
  compare_normalization(kernels);
  compare_updates(kernels);
  compare_dropout_and_softmax(kernels);
  fclose(file);
  if (is_check) printf("compare: %d arrays agree, %d differ\n", successes, failures);
  return failures != 0;
}
