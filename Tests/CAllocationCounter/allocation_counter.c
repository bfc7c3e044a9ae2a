// Stands in front of the C library's allocator and counts. Symbols of the executable are found
// before those of shared libraries, so the Swift runtime's allocations are counted too.
#include "allocation_counter.h"

#include <stddef.h>

static _Thread_local long allocations;

long allocation_counter_value(void) { return allocations; }

// A sanitizer has an allocator of its own in the same place; nothing is counted then.
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  allocations++;
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  allocations++;
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}

#endif
