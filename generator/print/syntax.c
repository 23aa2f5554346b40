#include "print/syntax.h"

#include "base/utf8.h"

/* ISO 32000-1, tables 1 and 2. What is neither is regular. */
enum { WHITE = 1, DELIMITER = 2 };
static const uint8_t classes[256] = {
    ['\0'] = WHITE,    ['\t'] = WHITE,    ['\n'] = WHITE,    ['\f'] = WHITE,    ['\r'] = WHITE,    [' '] = WHITE,
    ['('] = DELIMITER, [')'] = DELIMITER, ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER};

static bool is_white(char c) {
  return classes[(unsigned char)c] == WHITE;
}

static bool is_regular(char c) {
  return classes[(unsigned char)c] == 0;
}

static char peek(const PdfLexer *lexer, size_t ahead) {
  return lexer->at + ahead < lexer->text.len ? lexer->text.s[lexer->at + ahead] : '\0';
}

static void skip_comment(PdfLexer *lexer) {
  while (lexer->at < lexer->text.len && lexer->text.s[lexer->at] != '\n' && lexer->text.s[lexer->at] != '\r')
    lexer->at++;
}

static void skip_white(PdfLexer *lexer) {
  while (lexer->at < lexer->text.len && (is_white(lexer->text.s[lexer->at]) || lexer->text.s[lexer->at] == '%')) {
    if (lexer->text.s[lexer->at] == '%')
      skip_comment(lexer);
    else
      lexer->at++;
  }
}

/* (a (nested) string with \) escapes) */
static void skip_literal(PdfLexer *lexer) {
  size_t depth = 0;
  while (lexer->at < lexer->text.len) {
    char c = lexer->text.s[lexer->at++];
    if (c == '\\' && lexer->at < lexer->text.len) lexer->at++;
    if (c == '(') depth++;
    if (c == ')' && --depth == 0) return;
  }
}

static void skip_hex(PdfLexer *lexer) {
  size_t end = str_find_byte(str_skip(lexer->text, lexer->at), '>');
  lexer->at = end == STR_NONE ? lexer->text.len : lexer->at + end + 1;
}

static void skip_regular(PdfLexer *lexer) {
  while (lexer->at < lexer->text.len && is_regular(lexer->text.s[lexer->at])) lexer->at++;
}

static bool is_number(Str word) {
  size_t digits = 0;
  for (size_t i = 0; i < word.len; i++) {
    if (ascii_is_digit(word.s[i]))
      digits++;
    else if (!(word.s[i] == '.' || (i == 0 && (word.s[i] == '-' || word.s[i] == '+'))))
      return false;
  }
  return digits > 0;
}

static PdfKind pass_token(PdfLexer *lexer) {
  char c = peek(lexer, 0);
  if (c == '(') {
    skip_literal(lexer);
    return PDF_STRING;
  }
  if ((c == '<' || c == '>') && peek(lexer, 1) == c) {
    lexer->at += 2;
    return c == '<' ? PDF_OPEN : PDF_CLOSE;
  }
  if (c == '<') {
    skip_hex(lexer);
    return PDF_STRING;
  }
  lexer->at++;
  if (c == '[' || c == ']') return c == '[' ? PDF_OPEN : PDF_CLOSE;
  if (c == '/') {
    skip_regular(lexer);
    return PDF_NAME;
  }
  if (is_regular(c)) skip_regular(lexer);
  return PDF_WORD;
}

PdfKind pdf_token(PdfLexer *lexer, Str *token) {
  skip_white(lexer);
  size_t begin = lexer->at;
  *token = (Str){"", 0};
  if (begin >= lexer->text.len) return PDF_END;
  PdfKind kind = pass_token(lexer);
  *token = str_slice(lexer->text, begin, lexer->at);
  return kind == PDF_WORD && is_number(*token) ? PDF_NUMBER : kind;
}

void pdf_skip_inline_image(PdfLexer *lexer) {
  /* Its bytes may hold anything; EI between white space is what readers look for. */
  while (lexer->at < lexer->text.len) {
    size_t found = str_find(str_skip(lexer->text, lexer->at), STR("EI"));
    if (found == STR_NONE) break;
    size_t at = lexer->at + found;
    lexer->at = at + 2;
    if (at && is_white(lexer->text.s[at - 1]) && !is_regular(peek(lexer, 0))) return;
  }
  lexer->at = lexer->text.len;
}

static Str pass_reference(PdfLexer *lexer, Str number) {
  PdfLexer ahead = *lexer;
  Str token;
  if (pdf_token(&ahead, &token) != PDF_NUMBER) return number;
  if (pdf_token(&ahead, &token) != PDF_WORD || !str_equal(token, STR("R"))) return number;
  *lexer = ahead;
  size_t begin = (size_t)(number.s - lexer->text.s);
  return str_slice(lexer->text, begin, lexer->at);
}

Str pdf_value(PdfLexer *lexer) {
  Str token;
  PdfKind kind = pdf_token(lexer, &token);
  if (kind == PDF_END || kind == PDF_CLOSE) return (Str){"", 0};
  if (kind == PDF_NUMBER) return pass_reference(lexer, token);
  if (kind != PDF_OPEN) return token;
  size_t begin = (size_t)(token.s - lexer->text.s);
  for (size_t depth = 1; depth && kind != PDF_END;) {
    kind = pdf_token(lexer, &token);
    depth += kind == PDF_OPEN;
    depth -= kind == PDF_CLOSE;
  }
  return str_slice(lexer->text, begin, lexer->at);
}

bool pdf_is_dictionary(Str value) {
  return str_starts(value, STR("<<"));
}

bool pdf_is_array(Str value) {
  return str_starts(value, STR("["));
}

PdfLexer pdf_inside(Str value) {
  size_t bracket = pdf_is_dictionary(value) ? 2 : 1;
  if (value.len < 2 * bracket) return (PdfLexer){{"", 0}, 0};
  return (PdfLexer){str_slice(value, bracket, value.len - bracket), 0};
}

Str pdf_get(Str dictionary, Str key) {
  if (!pdf_is_dictionary(dictionary)) return (Str){"", 0};
  PdfLexer lexer = pdf_inside(dictionary);
  for (;;) {
    Str name = pdf_value(&lexer);
    Str value = pdf_value(&lexer);
    if (!value.len || str_equal(name, key)) return value;
  }
}

Str pdf_with(Arena *arena, Str dictionary, Str key, Str value) {
  Buf out = buf_new(arena, dictionary.len * 2 + key.len + value.len + 64);
  PdfLexer lexer = pdf_inside(dictionary);
  buf_add_lit(&out, "<<");
  for (;;) {
    Str name = pdf_value(&lexer);
    Str kept = pdf_value(&lexer);
    if (!kept.len) break;
    if (str_equal(name, key)) continue;
    buf_add_byte(&out, ' ');
    buf_add(&out, name);
    buf_add_byte(&out, ' ');
    buf_add(&out, kept);
  }
  if (value.len) {
    buf_add_byte(&out, ' ');
    buf_add(&out, key);
    buf_add_byte(&out, ' ');
    buf_add(&out, value);
  }
  buf_add_lit(&out, " >>");
  return buf_str(&out);
}

int pdf_int(Str value, int otherwise) {
  int number = 0;
  if (!value.len || value.len > 9) return otherwise;
  for (size_t i = 0; i < value.len; i++) {
    if (!ascii_is_digit(value.s[i])) return otherwise;
    number = number * 10 + (value.s[i] - '0');
  }
  return number;
}

int pdf_reference(Str value) {
  if (!str_ends(value, STR("R"))) return 0;
  PdfLexer lexer = {value, 0};
  Str token;
  return pdf_token(&lexer, &token) == PDF_NUMBER ? pdf_int(token, 0) : 0;
}

static int hex_digit(char c) {
  if (ascii_is_digit(c)) return c - '0';
  c = ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void add_hex(Buf *out, Str digits) {
  int high = -1;
  for (size_t i = 0; i < digits.len; i++) {
    int digit = hex_digit(digits.s[i]);
    if (digit < 0) continue;
    if (high >= 0) buf_add_byte(out, (char)(high * 16 + digit));
    high = high >= 0 ? -1 : digit;
  }
  if (high >= 0) buf_add_byte(out, (char)(high * 16)); /* a last digit that is missing is 0 */
}

static void add_name(Buf *out, Str name) {
  for (size_t i = 0; i < name.len; i++) {
    bool escape =
        name.s[i] == '#' && i + 2 < name.len && hex_digit(name.s[i + 1]) >= 0 && hex_digit(name.s[i + 2]) >= 0;
    buf_add_byte(out, escape ? (char)(hex_digit(name.s[i + 1]) * 16 + hex_digit(name.s[i + 2])) : name.s[i]);
    if (escape) i += 2;
  }
}

/* One escape of a literal string, from after its backslash. Returns how many bytes it has. */
static size_t add_escape(Buf *out, Str rest) {
  static const char letters[] = "nrtbf";
  static const char meant[] = "\n\r\t\b\f";
  const char *letter = rest.s[0] ? strchr(letters, rest.s[0]) : NULL;
  size_t len = 0;
  int octal = 0;
  if (rest.s[0] == '\n') return 1; /* the line goes on */
  while (len < 3 && len < rest.len && rest.s[len] >= '0' && rest.s[len] <= '7')
    octal = octal * 8 + (rest.s[len++] - '0');
  buf_add_byte(out, len ? (char)octal : letter ? meant[letter - letters] : rest.s[0]);
  return len ? len : 1;
}

Str pdf_bytes(Arena *arena, Str string) {
  Buf out = buf_new(arena, string.len + 1);
  if (str_starts(string, STR("/"))) {
    add_name(&out, str_skip(string, 1));
  } else if (str_starts(string, STR("<"))) {
    add_hex(&out, string);
  } else {
    string = str_slice(string, 1, string.len ? string.len - 1 : 0);
    for (size_t i = 0; i < string.len; i++) {
      if (string.s[i] == '\\' && i + 1 < string.len)
        i += add_escape(&out, str_skip(string, i + 1));
      else
        buf_add_byte(&out, string.s[i]);
    }
  }
  return buf_str(&out);
}

static bool is_plain(Str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.s[i] < ' ' || text.s[i] > '~') return false;
  return true;
}

static void add_utf16(Buf *out, uint32_t c) {
  if (c < 0x10000) {
    buf_add_format(out, "%04X", (unsigned)c);
    return;
  }
  c -= 0x10000;
  buf_add_format(out, "%04X%04X", (unsigned)(0xD800 + (c >> 10)), (unsigned)(0xDC00 + (c & 0x3FF)));
}

Str pdf_text_string(Arena *arena, Str text) {
  Buf out = buf_new(arena, text.len * 8 + 16);
  if (is_plain(text)) {
    buf_add_byte(&out, '(');
    for (size_t i = 0; i < text.len; i++) {
      if (text.s[i] == '(' || text.s[i] == ')' || text.s[i] == '\\') buf_add_byte(&out, '\\');
      buf_add_byte(&out, text.s[i]);
    }
    buf_add_byte(&out, ')');
    return buf_str(&out);
  }
  buf_add_lit(&out, "<FEFF");
  for (size_t at = 0; at < text.len;) add_utf16(&out, utf8_next(text, &at));
  buf_add_byte(&out, '>');
  return buf_str(&out);
}
