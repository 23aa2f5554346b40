#include "print/scripts.h"

#include "data/json.h"

#define SCRIPT_BYTES_MOST ((size_t)16 << 20)

/* The file beside this one, as it is. Its path is the one that `make` runs compilers with. */
__asm__(".pushsection .rodata\n"
        "print_prepare_js: .incbin \"generator/print/prepare.js\"\n"
        "print_prepare_js_end: .byte 0\n"
        ".popsection\n");
extern const char print_prepare_js[];
extern const char print_prepare_js_end[];

Str script_prepare(void) {
  /* cppcheck-suppress comparePointers; the assembler put one behind the other */
  return str_from(print_prepare_js, (size_t)(print_prepare_js_end - print_prepare_js));
}

Str script_fill(Arena *arena, Value texts) {
  Buf script = buf_new(arena, SCRIPT_BYTES_MOST);
  buf_add_lit(&script, "{ const texts = ");
  json_write(&script, texts, JSON_OUT_COMPACT, 0);
  buf_add_lit(&script, "; for (const place of document.querySelectorAll('[data-page-of]'))"
                       " if (texts[place.dataset.pageOf]) place.textContent = texts[place.dataset.pageOf]; }");
  return buf_str(&script);
}
