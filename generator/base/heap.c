/* Memory that libraries ask for: what the system refuses ends the process as a full arena does (base/arena.h).
 *
 * libfyaml, gumbo, libxml2 and ICU do not look at every allocation, or go on without what they could not get: a page
 * would come out without its list in order, or its sitemap empty. No limit that we set is meant to be survived
 * by a library: in a worker it costs the page, with a message that says so; in the parent nothing is published.
 *
 * glibc takes its allocator from the program (its manual, "Replacing malloc"); these are its own functions behind. */
#include "base/arena.h"

#if defined(__has_feature)
#define HAS_SANITIZER __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#else
#define HAS_SANITIZER 0
#endif

#if !HAS_SANITIZER /* which has an allocator of its own, and ends the process just so */

#include <stdlib.h>

/* Not declared by any header; in glibc since 2.0. */
extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t bytes);
extern void __libc_free(void *memory);

void *malloc(size_t bytes) {
  void *memory = __libc_malloc(bytes);
  if (!memory) arena_full();
  return memory;
}

void *calloc(size_t count, size_t size) {
  void *memory = __libc_calloc(count, size);
  if (!memory) arena_full();
  return memory;
}

/* With 0 bytes it frees and gives NULL. */
void *realloc(void *old, size_t bytes) {
  void *memory = __libc_realloc(old, bytes);
  if (!memory && bytes) arena_full();
  return memory;
}

void free(void *memory) {
  __libc_free(memory);
}

#endif
