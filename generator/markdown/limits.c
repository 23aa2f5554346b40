#include "markdown/limits.h"

#include "base/scan.h"

#include <string.h>

typedef struct Counts {
  size_t declarations;
  size_t pictures;
  size_t addresses;
  size_t closing;  /* `)` in the line in work, or since the last white space before the bound was reached */
  size_t brackets; /* `]`: there are no more uses of references than these */
  size_t open;     /* `[` not closed yet in the paragraph in work */
  size_t footnotes;
  size_t headings;
  size_t pipes;   /* `|` in the line in work */
  bool colon;     /* `]:` in it */
  size_t columns; /* of the table in work, 0 outside */
  size_t rows;
  size_t definition; /* where the reference definition in work begins, or STR_NONE */
  size_t longest;    /* definition, in bytes */
  size_t longest_at;
} Counts;

typedef struct Check {
  const MarkdownText *text;
  DiagList *diags;
  Str source;
  Counts counts;
  LimitsSeen *seen;
} Check;

static bool refuse(const Check *check, size_t at, const char *what, size_t most) {
  char number[24];
  Span span = {check->text->path, check->text->begin + at, 1};
  size_t len = 0;
  for (size_t left = most; left || len == 0; left /= 10) number[sizeof number - ++len] = (char)('0' + left % 10);
  DIAG(check->diags, MARKDOWN_LIMIT, span, str_from_c(what), str_from(number + sizeof number - len, len));
  return false;
}

static bool is_mark(Str line, size_t *at) {
  size_t end = *at;
  if (line.s[end] == '>') {
    ++*at;
    return true;
  }
  while (end < line.len && ascii_is_digit(line.s[end])) end++;
  bool ordered = end > *at && end < line.len && (line.s[end] == '.' || line.s[end] == ')');
  bool bullet = end == *at && memchr("-*+", line.s[end], 3);
  if ((!ordered && !bullet) || (end + 1 < line.len && !ascii_is_space(line.s[end + 1]))) return false;
  *at = end + 1;
  return true;
}

/* List and quote marks that a line begins with; a line of nothing else is a rule (`- - -`). */
static size_t count_nesting(Str line) {
  size_t marks = 0;
  bool quotes = false;
  for (size_t i = 0; i < line.len;) {
    if (ascii_is_space(line.s[i])) {
      i++;
      continue;
    }
    quotes = quotes || line.s[i] == '>';
    if (!is_mark(line, &i)) return marks;
    marks++;
  }
  return quotes ? marks : 0;
}

/* Columns of a table's delimiter row, inside quotes and lists too; 0 for any other line. */
static size_t count_columns(Str line) {
  size_t pipes = 0;
  bool dash = false;
  for (size_t i = 0; i < line.len; i++) {
    char c = line.s[i];
    if (c == '|') pipes++;
    if (c == '-') dash = true;
    if (!memchr("|-:>*+.)", c, 8) && !ascii_is_space(c) && !ascii_is_digit(c)) return 0;
  }
  return dash && pipes ? pipes + 1 : 0;
}

static bool is_blank(Str line) {
  for (size_t i = 0; i < line.len; i++)
    if (!ascii_is_space(line.s[i]) && line.s[i] != '>') return false;
  return true;
}

/* `## Title`, or the line of `=` or `-` under one. */
static bool may_be_heading(Str line) {
  size_t at = 0;
  while (at < line.len && (line.s[at] == ' ' || line.s[at] == '>')) at++;
  if (at == line.len) return false;
  if (line.s[at] == '#') return true;
  char mark = line.s[at];
  if (mark != '=' && mark != '-') return false;
  while (at < line.len && line.s[at] == mark) at++;
  while (at < line.len && ascii_is_space(line.s[at])) at++;
  return at == line.len;
}

static bool check_table(Check *check, size_t at, Str line) {
  Counts *counts = &check->counts;
  if (!counts->columns && !counts->pipes) return true;
  size_t columns = counts->pipes ? count_columns(line) : 0;
  if (columns > counts->columns) {
    counts->columns = columns;
    counts->rows = 0;
  } else if (is_blank(line)) {
    counts->columns = 0;
  }
  counts->rows++;
  if (counts->columns && counts->rows > LIMIT_TABLE_CELLS / counts->columns)
    return refuse(check, at, "a table with more cells than", LIMIT_TABLE_CELLS);
  return true;
}

static void end_definition(Counts *counts, size_t at) {
  if (counts->definition != STR_NONE && at - counts->definition > counts->longest) {
    counts->longest = at - counts->definition;
    counts->longest_at = counts->definition;
  }
  counts->definition = STR_NONE;
}

/* `[label]: target "title"` reaches to the next definition or empty line at most. */
static void note_definition(Counts *counts, size_t at, Str line) {
  bool begins = counts->colon;
  if (!begins && (counts->definition == STR_NONE || !is_blank(line))) return;
  end_definition(counts, at);
  if (begins) counts->definition = at;
}

/* Characters that the pass looks at; all others are stepped over. */
SCAN_FUNCTION(find_looked_at, (c == '\n') | (c == '\r') | (c == ')') | (c == '[') | (c == ']') | (c == '!') |
                                  (c == '<') | (c == '|') | (c == '@') | (c == '{'))

static size_t closing_in_word(Str source, size_t at) {
  size_t count = 0;
  for (size_t i = at + 1; i > 0 && !ascii_is_space(source.s[i - 1]) && count <= LIMIT_CLOSING_BRACKETS; i--)
    count += source.s[i - 1] == ')';
  return count;
}

/* A bracket or brace; `next` follows it. */
static bool look(Check *check, size_t at, char next) {
  Counts *counts = &check->counts;
  LimitsSeen *seen = check->seen;
  Str source = check->source;
  switch (source.s[at]) {
    case '{':
      seen->braces = seen->braces || next == '{';
      seen->attributes = seen->attributes || next == '#' || next == '.' || next == ':' || ascii_is_alpha(next);
      return true;
    case '[':
      seen->footnotes = seen->footnotes || next == '^';
      if (next == '^' && ++counts->footnotes > LIMIT_FOOTNOTES)
        return refuse(check, at, "more footnotes than", LIMIT_FOOTNOTES);
      if (++counts->open <= LIMIT_BRACKETS) return true;
      return refuse(check, at, "more open square brackets than", LIMIT_BRACKETS);
    case ']':
      if (counts->open) counts->open--;
      seen->references = seen->references || next == '[';
      counts->colon = counts->colon || next == ':';
      counts->brackets++;
      return true;
    case ')':
      if (++counts->closing <= LIMIT_CLOSING_BRACKETS) return true;
      counts->closing = closing_in_word(source, at);
      if (counts->closing <= LIMIT_CLOSING_BRACKETS) return true;
      return refuse(check, at, "a word with more closing brackets than", LIMIT_CLOSING_BRACKETS);
    case '!':
      if (next != '[' || ++counts->pictures <= LIMIT_PICTURES) return true;
      return refuse(check, at, "more pictures than", LIMIT_PICTURES);
    case '<':
      if (next != '?' && next != '!') return true;
      if (next == '!' && at + 2 < source.len && source.s[at + 2] == '-') {
        seen->comments = true;
        return true;
      }
      if (++counts->declarations <= LIMIT_DECLARATIONS) return true;
      return refuse(check, at, "more `<?` and `<!` than", LIMIT_DECLARATIONS);
    case '@':
      if (++counts->addresses <= LIMIT_ADDRESSES) return true;
      return refuse(check, at, "more `@` than", LIMIT_ADDRESSES);
    default:
      if (++counts->pipes <= LIMIT_COLUMNS) return true;
      return refuse(check, at, "a line with more `|` than", LIMIT_COLUMNS);
  }
}

/* One line from *at on, which moves past it. */
static bool check_line(Check *check, size_t *at) {
  Counts *counts = &check->counts;
  Str source = check->source;
  counts->pipes = 0;
  counts->colon = false;
  counts->closing = 0;
  for (size_t i = *at; i < source.len; i++) {
    i = find_looked_at(source, i);
    if (i == source.len) break;
    char c = source.s[i];
    char next = i + 1 < source.len ? source.s[i + 1] : '\0';
    if (c == '\n' || c == '\r') {
      *at = c == '\r' && next == '\n' ? i + 2 : i + 1;
      return true;
    } else if (!look(check, i, next)) {
      return false;
    }
  }
  *at = source.len;
  return true;
}

bool limits_check(const MarkdownText *text, DiagList *diags, LimitsSeen *seen) {
  *seen = (LimitsSeen){.lines = 1};
  Check check = {.text = text, .diags = diags, .source = str_skip(text->file, text->begin), .seen = seen};
  Counts *counts = &check.counts;
  counts->definition = STR_NONE;
  for (size_t at = 0; at < check.source.len; seen->lines++) {
    size_t begin = at;
    if (!check_line(&check, &at)) return false;
    Str line = str_slice(check.source, begin, at);
    if (!check_table(&check, begin, line)) return false;
    if (line.len > LIMIT_NESTING && count_nesting(line) > LIMIT_NESTING)
      return refuse(&check, begin, "lists or quotes deeper than", LIMIT_NESTING);
    if (counts->open && is_blank(line)) counts->open = 0;
    if (may_be_heading(line) && ++counts->headings > LIMIT_HEADINGS)
      return refuse(&check, begin, "more headings than", LIMIT_HEADINGS);
    if (counts->colon || counts->definition != STR_NONE) note_definition(counts, begin, line);
  }
  end_definition(counts, check.source.len);
  if (counts->longest && counts->brackets > LIMIT_REFERENCES / counts->longest)
    return refuse(&check, counts->longest_at, "a long link target used so often that it passes", LIMIT_REFERENCES);
  return true;
}
