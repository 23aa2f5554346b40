#include "data/yaml_limits.h"

#include <string.h>

enum { SHORT = 100 }; /* bytes of white space between words that nobody has to count: indentation */

static bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t end_of_white(Str text, size_t at) {
  while (at < text.len && is_white(text.s[at])) at++;
  return at;
}

static size_t end_of_word(Str text, size_t at) {
  while (at < text.len && !is_white(text.s[at])) at++;
  return at;
}

/* The end of the stretch that begins here and that the library goes through again for each of its bytes, or `at`. */
static size_t end_of_stretch(Str text, size_t at) {
  char c = text.s[at];
  size_t end = at;
  if (is_white(c)) {
    end = end_of_white(text, at);
    return end - at > SHORT ? end : at;
  }
  if (c == '%' && (at == 0 || text.s[at - 1] == '\n' || text.s[at - 1] == '\r')) { /* a directive */
    while (end < text.len && text.s[end] != '\n' && text.s[end] != '\r') end++;
    return end;
  }
  if (c != '!') return at;
  end = end_of_word(text, at); /* a tag, with bytes as %xx */
  return memchr(text.s + at, '%', end - at) ? end : at;
}

bool yaml_is_within_limits(Arena *scratch, const YamlText *yaml, DiagList *diags) {
  Str text = str_slice(yaml->text, yaml->begin, yaml->end);
  size_t squares = 0;
  size_t looked = 0; /* no stretch begins before */
  size_t marks = 0;
  if (text.len * text.len <= YAML_STRETCHES_MOST) return true;
  for (size_t at = 0; at < text.len; at++) {
    marks += text.s[at] == '[' || text.s[at] == ']' || text.s[at] == '{' || text.s[at] == '}' || text.s[at] == ',';
    if (marks > YAML_VALUES_MOST) {
      DIAG(diags, YAML_TOO_LARGE, ((Span){yaml->path, yaml->begin + at, 1}),
           str_format(scratch, "%d", YAML_VALUES_MOST));
      return false;
    }
    if (at < looked) continue;
    size_t end = end_of_stretch(text, at);
    squares += (end - at) * (end - at);
    if (squares > YAML_STRETCHES_MOST) {
      DIAG(diags, YAML_STRETCH, ((Span){yaml->path, yaml->begin + at, 1}),
           is_white(text.s[at]) ? STR("white space in one piece") : STR("text after `%`"));
      return false;
    }
    looked = end > at ? end : is_white(text.s[at]) ? end_of_white(text, at) : at + 1;
  }
  return true;
}
