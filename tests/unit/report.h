/* For unit tests: what a list of diagnostics prints over the text of one file, and text as a C string. */
#ifndef PAMPHLET_TESTS_UNIT_REPORT_H
#define PAMPHLET_TESTS_UNIT_REPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "diag/diag.h"

enum { REPORT_MOST = 1 << 20 };

static inline Str report_read(void *context, Arena *arena, Str path) {
  (void)arena;
  (void)path;
  return *(Str *)context;
}

/* The printed form; every path reads `text`. */
static inline Str report_print(Arena *arena, DiagList *diags, Str text) {
  Buf out = buf_new(arena, REPORT_MOST);
  DiagPrinter printer = {.arena = arena, .read = report_read, .context = &text};
  diag_print(&printer, diags, &out);
  return buf_str(&out);
}

#define assert_str(arena, actual, expected) assert_string_equal(str_to_c((arena), (actual)), (expected))

#endif
