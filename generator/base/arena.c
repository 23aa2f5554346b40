#define _GNU_SOURCE
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void say_full_and_exit(void) {
  static const char text[] = "pamphlet: error: out of memory\n";
  ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
  (void)ignored;
  _exit(3);
}

/* A process-wide reaction to a process-wide condition; set once, at start. */
static void (*on_full)(void) = say_full_and_exit;

void arena_on_full(void (*handler)(void)) {
  on_full = handler ? handler : say_full_and_exit;
}

_Noreturn void arena_full(void) {
  on_full();
  abort();
}

_Noreturn void arena_overflow(const Arena *arena) {
  if (arena->full) arena->full(arena->full_context);
  arena_full();
}

Arena arena_reserve(size_t bytes) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) arena_full();
  return arena_over(memory, bytes);
}

Arena arena_over(void *memory, size_t bytes) {
  return (Arena){.begin = memory, .at = memory, .end = (char *)memory + bytes};
}

void arena_release(Arena *arena) {
  if (arena->begin) munmap(arena->begin, (size_t)(arena->end - arena->begin));
  *arena = (Arena){0};
}

void *arena_zeroed(Arena *arena, size_t count, size_t size, size_t align) {
  size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) arena_overflow(arena);
  void *result = arena_alloc(arena, bytes, align);
  if (bytes) memset(result, 0, bytes);
  return result;
}

ArenaMark arena_mark(const Arena *arena) {
  return (ArenaMark){arena->at};
}

void arena_rewind(Arena *arena, ArenaMark mark) {
  arena->at = mark.at;
}

size_t arena_used(const Arena *arena) {
  return (size_t)(arena->at - arena->begin);
}
