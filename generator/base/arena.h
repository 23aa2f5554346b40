/* Arena: memory that is given back all at once.
 *
 * An arena is one contiguous range of address space. Allocation moves a position forward; nothing is freed on its own.
 * Pages of the range cost memory only when first touched.
 *
 * Assumes: one process uses an arena at a time. An arena may lie in shared memory (see workers/).
 * Owner: who made it. Everything allocated lives until arena_rewind() or arena_release().
 * Failure: an allocation never returns NULL. When the range is used up the process ends through the handler set by
 * arena_on_full(), by default a message on standard error and exit status 3. A worker that ends so costs one page.
 * Who holds nothing but arena memory can set `full` to jump back instead, and say what took so much.
 * Limits: the size given when the arena is made. */
#ifndef PAMPHLET_BASE_ARENA_H
#define PAMPHLET_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Arena {
  char *begin;
  char *at; /* next free byte */
  char *end;
  void (*full)(void *context); /* called when it is used up, does not return; NULL: the process ends */
  void *full_context;
} Arena;

typedef struct ArenaMark {
  char *at;
} ArenaMark;

/* Reserves `bytes` of private address space. Ends the process (see above) when the system refuses. */
Arena arena_reserve(size_t bytes);

/* An arena over memory that someone else owns. */
Arena arena_over(void *memory, size_t bytes);

/* Gives an arena of arena_reserve() back to the system. */
void arena_release(Arena *arena);

/* Ends the process, see above. */
_Noreturn void arena_full(void);
/* What an allocation does for which there is no room. */
_Noreturn void arena_overflow(const Arena *arena);

/* Uninitialised memory; `align` is a power of two. Inline, since everything that is made is made here. */
static inline void *arena_alloc(Arena *arena, size_t bytes, size_t align) {
  size_t pad = -(uintptr_t)arena->at & (align - 1);
  size_t left = (size_t)(arena->end - arena->at);
  if (__builtin_expect(pad > left || bytes > left - pad, 0)) arena_overflow(arena);
  char *result = arena->at + pad;
  arena->at = result + bytes;
  return result;
}

/* Zeroed memory for `count` objects of `size` bytes; the product is checked. */
void *arena_zeroed(Arena *arena, size_t count, size_t size, size_t align);

#define ARENA_NEW(arena, Type) ((Type *)arena_zeroed((arena), 1, sizeof(Type), _Alignof(Type)))
#define ARENA_ARRAY(arena, Type, count) ((Type *)arena_zeroed((arena), (count), sizeof(Type), _Alignof(Type)))

ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);

/* The address is one of this arena's. */
static inline bool arena_holds(const Arena *arena, const void *address) {
  return (uintptr_t)address >= (uintptr_t)arena->begin && (uintptr_t)address < (uintptr_t)arena->end;
}

/* Bytes handed out so far. */
size_t arena_used(const Arena *arena);

/* Sets what happens when an arena is full; the handler must not return. NULL restores the default. */
void arena_on_full(void (*handler)(void));

#endif
