#include "template/lexer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "template/text.h"

enum { NESTING_MOST = 256 }; /* brackets inside one tag; above TEMPLATE_EXPRESSION_DEPTH_MOST, which reports first */

typedef struct Lexer {
  Arena *arena;
  const Template *t;
  DiagList *diags;
  Str s; /* the source, without the final newline that is dropped */
  size_t at;
  Token *items;
  size_t count, capacity;
  char open[NESTING_MOST]; /* the closing brackets that are expected */
  size_t open_at[NESTING_MOST];
  size_t open_count;
} Lexer;

static bool fail(Lexer *l, size_t offset, size_t len, const char *what, const char *hint) {
  DIAG(l->diags, TEMPLATE_SYNTAX, template_span(l->t, offset, len), str_from_c(what), str_from_c(hint));
  return false;
}

static Token *push(Lexer *l, TokenKind kind, size_t offset, size_t len) {
  if (l->count == l->capacity) {
    l->capacity = l->capacity ? l->capacity * 2 : 64;
    Token *items = ARENA_ARRAY(l->arena, Token, l->capacity);
    if (l->count) memcpy(items, l->items, l->count * sizeof *items);
    l->items = items;
  }
  Token *token = &l->items[l->count++];
  *token = (Token){.kind = kind, .offset = (uint32_t)offset, .len = (uint32_t)len};
  return token;
}

static char at(const Lexer *l, size_t offset) {
  return offset < l->s.len ? l->s.s[offset] : '\0';
}

static bool looking_at(const Lexer *l, size_t offset, Str what) {
  return str_starts(str_skip(l->s, offset), what);
}

static size_t skip_space(const Lexer *l, size_t offset) {
  while (offset < l->s.len) {
    size_t next = offset;
    if (!text_is_space(utf8_next(l->s, &next))) break;
    offset = next;
  }
  return offset;
}

/* One line end, whichever form it has. */
static size_t skip_newline(const Lexer *l, size_t offset) {
  if (at(l, offset) == '\r' && at(l, offset + 1) == '\n') return offset + 2;
  return at(l, offset) == '\n' || at(l, offset) == '\r' ? offset + 1 : offset;
}

static Str normal_newlines(Arena *arena, Str s) {
  if (str_find_byte(s, '\r') == STR_NONE) return s;
  Buf out = buf_new(arena, s.len);
  for (size_t i = 0; i < s.len; i++) {
    if (s.s[i] != '\r') {
      buf_add_byte(&out, s.s[i]);
      continue;
    }
    buf_add_byte(&out, '\n');
    if (i + 1 < s.len && s.s[i + 1] == '\n') i++;
  }
  return buf_str(&out);
}

static bool is_blank(Str s) {
  for (size_t i = 0; i < s.len;)
    if (!text_is_space(utf8_next(s, &i))) return false;
  return s.len > 0;
}

/* The text from `begin` to `end`, less what the tag after it takes away. `sign` is the tag's mark. */
static void push_text(Lexer *l, size_t begin, size_t end, char sign, bool tag_is_output) {
  Str text = str_slice(l->s, begin, end);
  if (sign == '-') {
    text = text_strip(text, (Str){0}, TEXT_STRIP_RIGHT);
  } else if (sign != '+' && l->t->engine->options.lstrip_blocks && !tag_is_output) {
    size_t line = text.len;
    while (line > 0 && text.s[line - 1] != '\n' && text.s[line - 1] != '\r') line--;
    bool line_starts = line > 0 || begin == 0 || l->s.s[begin - 1] == '\n' || l->s.s[begin - 1] == '\r';
    if (line_starts && is_blank(str_skip(text, line))) text.len = line;
  }
  if (text.len == 0) return;
  push(l, TOKEN_TEXT, begin, text.len)->text = normal_newlines(l->arena, text);
}

static char take_sign(Lexer *l) {
  char c = at(l, l->at);
  if (c != '-' && c != '+') return '\0';
  l->at++;
  return c;
}

/* Past `%}` with its mark; STR_NONE when there is none here. `trims`: a newline may follow, by trim_blocks. */
static size_t block_end(const Lexer *l, size_t offset, bool trims) {
  if (looking_at(l, offset, STR("+%}"))) return offset + 3;
  if (looking_at(l, offset, STR("-%}"))) return skip_space(l, offset + 3);
  if (!looking_at(l, offset, STR("%}"))) return STR_NONE;
  return trims && l->t->engine->options.trim_blocks ? skip_newline(l, offset + 2) : offset + 2;
}

/* At `{%`: the offset past a whole `{% raw %}` tag, or STR_NONE. */
static size_t raw_begin(const Lexer *l, size_t offset) {
  offset += 2;
  if (at(l, offset) == '-' || at(l, offset) == '+') offset++;
  offset = skip_space(l, offset);
  if (!looking_at(l, offset, STR("raw"))) return STR_NONE;
  offset = skip_space(l, offset + 3);
  return at(l, offset) == '+' ? STR_NONE : block_end(l, offset, false);
}

static bool lex_raw(Lexer *l, size_t tag, size_t begin) {
  for (size_t i = begin; i < l->s.len; i++) {
    size_t found = str_find(str_skip(l->s, i), STR("{%"));
    if (found == STR_NONE) break;
    i += found;
    size_t offset = i + 2;
    char sign = at(l, offset);
    if (sign == '-' || sign == '+') offset++;
    offset = skip_space(l, offset);
    if (!looking_at(l, offset, STR("endraw"))) continue;
    size_t end = block_end(l, skip_space(l, offset + 6), true);
    if (end == STR_NONE) continue;
    push_text(l, begin, i, sign, false);
    l->at = end;
    return true;
  }
  return fail(l, tag, begin - tag, "this `{% raw %}` is never closed", "write `{% endraw %}` where the raw text ends");
}

static bool lex_comment(Lexer *l, size_t tag) {
  size_t found = str_find(str_skip(l->s, l->at), STR("#}"));
  if (found == STR_NONE) return fail(l, tag, 2, "this comment is never closed", "write `#}` where it ends");
  size_t end = l->at + found;
  bool sign = found > 0 && (at(l, end - 1) == '-' || at(l, end - 1) == '+');
  if (sign)
    l->at = at(l, end - 1) == '-' ? skip_space(l, end + 2) : end + 2;
  else
    l->at = l->t->engine->options.trim_blocks ? skip_newline(l, end + 2) : end + 2;
  return true;
}

/* --- inside a tag --- */

static bool is_name_byte(char c) {
  return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Operators of other languages. */
static const char *operator_hint(Str rest) {
  switch (rest.len ? rest.s[0] : '\0') {
    case '&': return "write `and`";
    case '!': return "write `not`";
    case '?': return "write `one if condition else other`";
    default: return "text belongs between quotes";
  }
}

static bool lex_name(Lexer *l) {
  size_t begin = l->at;
  while (l->at < l->s.len && is_name_byte(l->s.s[l->at])) {
    size_t next = l->at;
    uint32_t c = utf8_next(l->s, &next);
    if (c >= 0x80 && !utf8_is_letter_or_digit(c)) break;
    l->at = next;
  }
  if (l->at == begin) {
    size_t next = begin;
    utf8_next(l->s, &next);
    return fail(l, begin, next - begin, "this character has no meaning inside a tag",
                operator_hint(str_skip(l->s, begin)));
  }
  push(l, TOKEN_NAME, begin, l->at - begin)->text = str_slice(l->s, begin, l->at);
  return true;
}

/* Digits with single `_` between them; the offset past them. */
static size_t skip_digits(const Lexer *l, size_t offset) {
  while (ascii_is_digit(at(l, offset)) ||
         (at(l, offset) == '_' && ascii_is_digit(at(l, offset + 1)) && offset > 0 && ascii_is_digit(at(l, offset - 1))))
    offset++;
  return offset;
}

static Str without_underscores(Arena *arena, Str s) {
  char *copy = arena_alloc(arena, s.len + 1, 1);
  size_t len = 0;
  for (size_t i = 0; i < s.len; i++)
    if (s.s[i] != '_') copy[len++] = s.s[i];
  copy[len] = '\0';
  return (Str){copy, len};
}

static int base_of(char letter) {
  switch (ascii_lower(letter)) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 10;
  }
}

static int digit_value(char c) {
  if (ascii_is_digit(c)) return c - '0';
  c = ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

static bool lex_integer(Lexer *l, size_t end) {
  size_t begin = l->at;
  int base = at(l, begin) == '0' ? base_of(at(l, begin + 1)) : 10;
  if (base != 10) {
    end = begin + 2;
    while (digit_value(at(l, end)) < base || (at(l, end) == '_' && digit_value(at(l, end + 1)) < base)) end++;
  } else if (at(l, begin) == '0') {
    for (size_t i = begin; i < end; i++)
      if (l->s.s[i] != '0' && l->s.s[i] != '_')
        return fail(l, begin, end - begin, "a whole number does not begin with 0", "leave the 0 out");
  }
  Str digits = without_underscores(l->arena, str_slice(l->s, begin + (base == 10 ? 0 : 2), end));
  if (digits.len == 0) return fail(l, begin, 2, "this number has no digits", "");
  errno = 0;
  unsigned long long value = strtoull(digits.s, NULL, base);
  if (errno == ERANGE || value > INT64_MAX)
    return fail(l, begin, end - begin, "this number is too large", "whole numbers go up to 9223372036854775807");
  push(l, TOKEN_INTEGER, begin, end - begin)->integer = (int64_t)value;
  l->at = end;
  return true;
}

static bool lex_number(Lexer *l) {
  size_t begin = l->at;
  size_t whole = skip_digits(l, begin);
  size_t end = whole;
  bool after_dot = begin > 0 && l->s.s[begin - 1] == '.'; /* `a.0.1` is two members */
  if (!after_dot && at(l, end) == '.' && ascii_is_digit(at(l, end + 1))) end = skip_digits(l, end + 1);
  size_t exponent = end;
  if (ascii_lower(at(l, end)) == 'e') {
    exponent++;
    if (at(l, exponent) == '+' || at(l, exponent) == '-') exponent++;
    if (!after_dot && ascii_is_digit(at(l, exponent))) end = skip_digits(l, exponent);
  }
  if (end == whole) return lex_integer(l, end);
  push(l, TOKEN_FLOAT, begin, end - begin)->number =
      strtod(without_underscores(l->arena, str_slice(l->s, begin, end)).s, NULL);
  l->at = end;
  return true;
}

static size_t hex_digits(char letter) {
  return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

/* After a backslash at `i`: adds what the escape means; the offset past it, or STR_NONE when it is wrong. */
static size_t add_escape(Str s, size_t i, Buf *out) {
  static const char simple[] = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";
  char c = s.s[i + 1];
  if (c == '\n') return i + 2;
  for (size_t k = 0; k + 1 < sizeof simple; k += 2) {
    if (simple[k] != c) continue;
    buf_add_byte(out, simple[k + 1]);
    return i + 2;
  }
  size_t digits = hex_digits(c);
  uint32_t code = 0;
  if (digits) {
    if (i + 2 + digits > s.len) return STR_NONE;
    for (size_t k = 0; k < digits; k++) {
      int value = digit_value(s.s[i + 2 + k]);
      if (value > 15) return STR_NONE;
      code = code << 4 | (uint32_t)value;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return STR_NONE;
    utf8_add(out, code);
    return i + 2 + digits;
  }
  if (c >= '0' && c <= '7') {
    size_t k = i + 1;
    for (; k < s.len && k < i + 4 && s.s[k] >= '0' && s.s[k] <= '7'; k++) code = code * 8 + (uint32_t)(s.s[k] - '0');
    utf8_add(out, code);
    return k;
  }
  if (c == 'N') return STR_NONE; /* character names: not known here */
  buf_add_byte(out, '\\');
  return i + 1;
}

static bool lex_string(Lexer *l) {
  size_t begin = l->at;
  char quote = l->s.s[begin];
  size_t end = begin + 1;
  bool escapes = false;
  while (end < l->s.len && l->s.s[end] != quote) {
    if (l->s.s[end] == '\\') {
      escapes = true;
      end++;
    }
    end++;
  }
  if (end >= l->s.len) return fail(l, begin, 1, "this text is never closed", "close it with the same quote");
  Str text = normal_newlines(l->arena, str_slice(l->s, begin + 1, end));
  if (escapes) {
    Buf out = buf_new(l->arena, text.len * 2);
    for (size_t i = 0; i < text.len;) {
      if (text.s[i] != '\\') {
        buf_add_byte(&out, text.s[i++]);
        continue;
      }
      i = add_escape(text, i, &out);
      if (i == STR_NONE)
        return fail(l, begin, end + 1 - begin, "this text holds a `\\` escape that is not complete or not a character",
                    "write `\\\\` for a backslash");
    }
    text = buf_str(&out);
  }
  l->at = end + 1;
  push(l, TOKEN_STRING, begin, l->at - begin)->text = text;
  return true;
}

typedef struct OperatorToken {
  Str text;
  TokenKind kind;
} OperatorToken;

static const OperatorToken operators[] = {
    {{"//", 2}, TOKEN_FLOOR_DIVIDE}, {{"**", 2}, TOKEN_POWER},         {{"==", 2}, TOKEN_EQUAL},
    {{"!=", 2}, TOKEN_NOT_EQUAL},    {{">=", 2}, TOKEN_GREATER_EQUAL}, {{"<=", 2}, TOKEN_LESS_EQUAL},
    {{"+", 1}, TOKEN_ADD},           {{"-", 1}, TOKEN_SUBTRACT},       {{"/", 1}, TOKEN_DIVIDE},
    {{"*", 1}, TOKEN_MULTIPLY},      {{"%", 1}, TOKEN_MODULO},         {{"~", 1}, TOKEN_TILDE},
    {{"[", 1}, TOKEN_BRACKET_BEGIN}, {{"]", 1}, TOKEN_BRACKET_END},    {{"(", 1}, TOKEN_PAREN_BEGIN},
    {{")", 1}, TOKEN_PAREN_END},     {{"{", 1}, TOKEN_BRACE_BEGIN},    {{"}", 1}, TOKEN_BRACE_END},
    {{">", 1}, TOKEN_GREATER},       {{"<", 1}, TOKEN_LESS},           {{"=", 1}, TOKEN_ASSIGN},
    {{".", 1}, TOKEN_DOT},           {{":", 1}, TOKEN_COLON},          {{"|", 1}, TOKEN_PIPE},
    {{",", 1}, TOKEN_COMMA},         {{";", 1}, TOKEN_SEMICOLON},
};

/* Keeps account of brackets, so that `}}` inside a map does not end the tag. */
static bool balance(Lexer *l, TokenKind kind, size_t offset) {
  char closing = kind == TOKEN_BRACE_BEGIN     ? '}'
                 : kind == TOKEN_PAREN_BEGIN   ? ')'
                 : kind == TOKEN_BRACKET_BEGIN ? ']'
                                               : '\0';
  if (closing) {
    if (l->open_count == NESTING_MOST) return fail(l, offset, 1, "brackets are nested too deeply", "set parts apart");
    l->open_at[l->open_count] = offset;
    l->open[l->open_count++] = closing;
    return true;
  }
  if (kind != TOKEN_BRACE_END && kind != TOKEN_PAREN_END && kind != TOKEN_BRACKET_END) return true;
  char found = l->s.s[offset];
  if (l->open_count && l->open[l->open_count - 1] == found) {
    l->open_count--;
    return true;
  }
  Str what = l->open_count
                 ? str_format(l->arena, "`%c` is unexpected: `%c` should come first", found, l->open[l->open_count - 1])
                 : str_format(l->arena, "`%c` is unexpected: nothing is open", found);
  Str hint = l->open_count || found != '}' ? (Str){"", 0} : STR("a tag ends with `}}` or `%}`");
  DIAG(l->diags, TEMPLATE_SYNTAX, template_span(l->t, offset, 1), what, hint);
  return false;
}

static bool lex_operator(Lexer *l, bool *found) {
  Str rest = str_skip(l->s, l->at);
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
    if (!str_starts(rest, operators[i].text)) continue;
    *found = true;
    size_t offset = l->at;
    l->at += operators[i].text.len;
    push(l, operators[i].kind, offset, operators[i].text.len);
    return balance(l, operators[i].kind, offset);
  }
  *found = false;
  return true;
}

static size_t output_end(const Lexer *l, size_t offset) {
  if (looking_at(l, offset, STR("-}}"))) return skip_space(l, offset + 3);
  return looking_at(l, offset, STR("}}")) ? offset + 2 : STR_NONE;
}

static bool lex_tag(Lexer *l, size_t tag, bool output) {
  l->open_count = 0;
  for (;;) {
    l->at = skip_space(l, l->at);
    if (l->at >= l->s.len) break;
    size_t end = l->open_count ? STR_NONE : output ? output_end(l, l->at) : block_end(l, l->at, true);
    if (end != STR_NONE) {
      push(l, output ? TOKEN_OUTPUT_END : TOKEN_BLOCK_END, l->at, at(l, l->at) == '-' || at(l, l->at) == '+' ? 3 : 2);
      l->at = end;
      return true;
    }
    char c = l->s.s[l->at];
    bool done = false;
    if (!lex_operator(l, &done)) return false;
    if (done) continue;
    bool good = ascii_is_digit(c) ? lex_number(l) : c == '"' || c == '\'' ? lex_string(l) : lex_name(l);
    if (!good) return false;
  }
  if (l->open_count) return fail(l, l->open_at[l->open_count - 1], 1, "this bracket is never closed", "");
  return output ? fail(l, tag, 2, "this `{{` is never closed", "write `}}` where the expression ends")
                : fail(l, tag, 2, "this `{%` is never closed", "write `%}` where the tag ends");
}

/* The next `{{`, `{%` or `{#` at or after `from`; the length of the source when there is none. */
static size_t next_tag(const Lexer *l, size_t from) {
  for (size_t i = from; i + 1 < l->s.len; i++) {
    size_t found = str_find_byte(str_skip(l->s, i), '{');
    if (found == STR_NONE) break;
    i += found;
    char c = at(l, i + 1);
    if (c == '{' || c == '%' || c == '#') return i;
  }
  return l->s.len;
}

static bool lex_all(Lexer *l) {
  while (l->at < l->s.len) {
    size_t begin = l->at;
    size_t tag = next_tag(l, begin);
    if (tag == l->s.len) {
      push_text(l, begin, tag, '+', false);
      break;
    }
    char kind = at(l, tag + 1);
    l->at = tag + 2;
    char sign = take_sign(l);
    push_text(l, begin, tag, sign, kind == '{');
    size_t raw = kind == '%' ? raw_begin(l, tag) : STR_NONE;
    bool good;
    if (raw != STR_NONE) {
      good = lex_raw(l, tag, raw);
    } else if (kind == '#') {
      good = lex_comment(l, tag);
    } else {
      push(l, kind == '{' ? TOKEN_OUTPUT_BEGIN : TOKEN_BLOCK_BEGIN, tag, 2);
      good = lex_tag(l, tag, kind == '{');
    }
    if (!good) return false;
  }
  push(l, TOKEN_END, l->s.len, 0);
  return true;
}

bool template_lex(Arena *arena, const Template *t, DiagList *diags, Tokens *tokens) {
  Lexer l = {.arena = arena, .t = t, .diags = diags, .s = t->text};
  if (!t->engine->options.keep_trailing_newline) {
    if (str_ends(l.s, STR("\r\n")))
      l.s.len -= 2;
    else if (str_ends(l.s, STR("\n")) || str_ends(l.s, STR("\r")))
      l.s.len--;
  }
  if (!lex_all(&l)) return false;
  *tokens = (Tokens){l.items, l.count};
  return true;
}
