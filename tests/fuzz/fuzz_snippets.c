/* Fuzzing of snippets: whatever a page and its snippets hold, the text is put together in bounded time and memory, every
 * byte of it that somebody wrote is found in the file it came from, and every place lies inside that file.
 *
 * The input is a page and the snippets a, b.es and c, each after a byte 0x01.
 * Build with clang -fsanitize=fuzzer,address,undefined; run with -timeout=10 tests/fuzz/seeds/snippets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "content/snippets.h"

enum { ARENA_BYTES = 1 << 30, FILES = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

static Str file_of(const Str *paths, const Str *texts, Str path) {
  for (size_t i = 0; i < FILES; i++)
    if (str_equal(paths[i], path)) return texts[i];
  require(false, "a piece is of a file");
  return (Str){0};
}

static void check_pieces(const Pieces *pieces, Str joined, const Str *paths, const Str *texts) {
  for (size_t i = 0; i < pieces->count; i++) {
    const Piece *piece = &pieces->items[i];
    size_t end = i + 1 < pieces->count ? pieces->items[i + 1].begin : joined.len;
    Str text = file_of(paths, texts, piece->path);
    require(piece->begin < end && end <= joined.len, "pieces are in order");
    require(piece->offset <= text.len, "a piece begins in its file");
    if (piece->made) continue;
    Str written = str_slice(text, piece->offset, piece->offset + (end - piece->begin));
    require(str_equal(written, str_slice(joined, piece->begin, end)), "a piece is what its file says");
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  static Arena arena;
  static ArenaMark start;
  static const Str languages[] = {{"en", 2}, {"es", 2}};
  static const Str paths[FILES] = {{"content/p.md", 12}, {"a.md", 4}, {"b.es.md", 7}, {"c.md", 4}};
  static const SiteSettings settings = {.languages = languages, .language_count = 2};
  static const ContentFile file = {.path = {"p.md", 4}, .lang = {"en", 2}};
  if (!arena.begin) {
    arena = arena_reserve(ARENA_BYTES);
    start = arena_mark(&arena);
  }
  Str rest = {(const char *)bytes, len};
  if (len && (memchr(bytes, 0, len) || utf8_find_invalid(rest) != STR_NONE)) return 0;
  arena_rewind(&arena, start);
  DiagList diags = diag_list_new(&arena);
  PageMemory memory = {&arena, &arena, &diags};
  Str texts[FILES];
  for (size_t i = 0; i < FILES; i++) str_cut(rest, '\x01', &texts[i], &rest);
  Snippets *snippets = snippets_new(&arena, &settings, FILES);
  for (size_t i = 1; i < FILES; i++)
    snippets_add(snippets, &memory, paths[i], str_slice(paths[i], 0, paths[i].len - 3), texts[i]);
  MarkdownText text = {.path = paths[0], .file = texts[0]};
  const Pieces *pieces = snippets_expand(snippets, &memory, &file, &text);
  require(utf8_find_invalid(text.file) == STR_NONE, "the result is UTF-8");
  if (pieces) check_pieces(pieces, text.file, paths, texts);
  for (const Diag *diag = diags.first; diag; diag = diag->next)
    require(diag->span.offset == STR_NONE ||
                diag->span.offset + diag->span.len <= file_of(paths, texts, diag->span.path).len + 3,
            "report in its file");
  for (size_t at = 0; pieces && at < text.file.len; at += 1 + text.file.len / 64) {
    Span span = pieces_span(pieces, (Span){paths[0], at, text.file.len - at});
    require(span.offset + span.len <= file_of(paths, texts, span.path).len, "a place in its file");
  }
  return 0;
}
