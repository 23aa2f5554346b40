/* Put before the Markdown library (LD_PRELOAD), this makes a page misbehave that asks for it, as a page that hits a
 * fault of the library would. */
#define _GNU_SOURCE
#include <cmark-gfm.h>
#include <dlfcn.h>
#include <libfyaml.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void spin_if_asked(const char *text, size_t len) {
  if (memmem(text, len, "HANG HERE", 9))
    for (volatile int spin = 0;; spin++) {
    }
}

/* The same for data: the library that reads YAML never comes back. */
int fy_parser_set_string(struct fy_parser *parser, const char *text, size_t len) {
  spin_if_asked(text, len);
  int (*set)(struct fy_parser *, const char *, size_t) =
      (int (*)(struct fy_parser *, const char *, size_t))dlsym(RTLD_NEXT, "fy_parser_set_string");
  return set(parser, text, len);
}

void cmark_parser_feed(cmark_parser *parser, const char *text, size_t len) {
  if (memmem(text, len, "CRASH HERE", 10)) raise(SIGSEGV);
  if (memmem(text, len, "ABORT HERE", 10)) abort();
  spin_if_asked(text, len);
  void (*feed)(cmark_parser *, const char *, size_t) =
      (void (*)(cmark_parser *, const char *, size_t))dlsym(RTLD_NEXT, "cmark_parser_feed");
  feed(parser, text, len);
}
