#include "serve/preview.h"

/* The files beside this one, as they are. Paths are those that `make` runs compilers with. */
__asm__(".pushsection .rodata\n"
        "serve_preview_js: .incbin \"generator/serve/preview.js\"\n"
        "serve_preview_js_end: .byte 0\n"
        "serve_preview_css: .incbin \"generator/serve/preview.css\"\n"
        "serve_preview_css_end: .byte 0\n"
        ".popsection\n");
extern const char serve_preview_js[];
extern const char serve_preview_js_end[];
extern const char serve_preview_css[];
extern const char serve_preview_css_end[];

Str preview_script(void) {
  /* cppcheck-suppress comparePointers; the assembler put one behind the other */
  return str_from(serve_preview_js, (size_t)(serve_preview_js_end - serve_preview_js));
}

Str preview_styles(void) {
  /* cppcheck-suppress comparePointers; the assembler put one behind the other */
  return str_from(serve_preview_css, (size_t)(serve_preview_css_end - serve_preview_css));
}

/* Of all but `<link …stylesheet…>`. */
static uint64_t hash_without_styles(Str html) {
  uint64_t hash = 0;
  for (;;) {
    size_t found = str_find(html, STR("<link"));
    Str before = str_slice(html, 0, found == STR_NONE ? html.len : found);
    hash = hash * 31 + str_hash(before);
    if (found == STR_NONE) return hash;
    size_t end = str_find_byte(str_skip(html, found), '>');
    Str link = str_slice(html, found, end == STR_NONE ? html.len : found + end + 1);
    if (str_find(link, STR("stylesheet")) == STR_NONE) hash = hash * 31 + str_hash(link);
    html = str_skip(html, found + link.len);
  }
}

/* Before the last `</body>`, or at the end. */
static size_t place_of_script(Str html) {
  static const Str close = {"</body>", 7};
  for (size_t at = html.len; at-- > 0;)
    if (html.s[at] == '<' && str_starts(str_skip(html, at), close)) return at;
  return html.len;
}

Str preview_page(Arena *arena, Str html, uint64_t generation) {
  size_t at = place_of_script(html);
  Str script = str_format(arena,
                          "<script defer src=\"/__preview.js\" data-generation=\"%llu\" data-page=\"%016llx\" "
                          "data-rest=\"%016llx\"></script>",
                          (unsigned long long)generation, (unsigned long long)str_hash(html),
                          (unsigned long long)hash_without_styles(html));
  return STR_CONCAT(arena, str_slice(html, 0, at), script, str_skip(html, at));
}
