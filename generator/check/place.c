#include "check/place.h"

#include "base/utf8.h"

static bool is_markup(char c) {
  return c == '*' || c == '_' || c == '`' || c == '\\' || c == '[' || c == ']' || c == '~' || c == '>';
}

/* Past white space, and past the marks between two words or letters: `** `, `](target)`. */
static size_t skip_hidden(Str source, size_t at, bool spaces) {
  while (at < source.len) {
    if (source.s[at] == ']' && at + 1 < source.len && source.s[at + 1] == '(') {
      size_t close = str_find_byte(str_skip(source, at), ')');
      if (close == STR_NONE) return at;
      at += close + 1;
    } else if (is_markup(source.s[at]) || (spaces && ascii_is_space(source.s[at]))) {
      at++;
    } else {
      return at;
    }
  }
  return at;
}

/* What became the letter in the source: ASCII that smart punctuation replaced, a name; or nothing. */
static Str plain_form(uint32_t point) {
  switch (point) {
    case 0x2018:
    case 0x2019: return STR("'");
    case 0x201C:
    case 0x201D: return STR("\"");
    case 0x2013: return STR("--");
    case 0x2014: return STR("---");
    case 0x2026: return STR("...");
    case 0xA0: return STR("&nbsp;");
    default: return (Str){"", 0};
  }
}

/* Where the text that begins at `at` in the source ends, or STR_NONE. */
static size_t match(Str source, size_t at, Str text) {
  for (size_t i = 0; i < text.len;) {
    if (ascii_is_space(text.s[i])) {
      while (i < text.len && ascii_is_space(text.s[i])) i++;
      size_t next = skip_hidden(source, at, true);
      if (next == at) return STR_NONE;
      at = next;
      continue;
    }
    size_t begin = i;
    uint32_t point = utf8_next(text, &i);
    Str letter = str_slice(text, begin, i);
    Str plain = plain_form(point);
    if (!str_starts(str_skip(source, at), letter) && !(plain.len && str_starts(str_skip(source, at), plain)))
      at = skip_hidden(source, at, false);
    if (str_starts(str_skip(source, at), letter))
      at += letter.len;
    else if (plain.len && str_starts(str_skip(source, at), plain))
      at += plain.len;
    else
      return STR_NONE;
  }
  return at;
}

bool place_find(Str file, const MarkdownBlock *block, Str text, size_t *at, Span *span) {
  Str source = str_slice(file, 0, block->source_end);
  size_t from = *at > block->source ? *at : block->source;
  for (size_t begin = from; text.len && begin < source.len; begin++) {
    if (source.s[begin] != text.s[0] && !(text.s[0] & 0x80)) continue;
    bool inside = begin > 0 && (ascii_is_alpha(source.s[begin - 1]) || ascii_is_digit(source.s[begin - 1]));
    size_t end = inside ? STR_NONE : match(source, begin, text);
    if (end == STR_NONE) continue;
    *span = (Span){span->path, begin, end - begin};
    *at = end;
    return true;
  }
  return false;
}

/* The first so many words. */
static Str words(Str text, size_t count) {
  for (size_t i = 0; i < text.len; i++)
    if (text.s[i] == ' ' && --count == 0) return str_slice(text, 0, i);
  return text;
}

Span place_sentence(Str file, const MarkdownBlock *block, Str sentence, size_t *at) {
  Span span = {(Str){"", 0}, 0, 0};
  if (place_find(file, block, sentence, at, &span)) return span;
  for (size_t count = 6; count > 1; count--)
    if (place_find(file, block, words(sentence, count), at, &span)) return span;
  Str line = str_slice(file, block->source, block->source_end);
  size_t end = str_find_byte(line, '\n');
  return (Span){span.path, block->source, end == STR_NONE ? line.len : end};
}
