#include "markdown/limits.h"

#include <string.h>

typedef struct Counts {
  size_t declarations;
  size_t pictures;
  size_t closing;  /* in the word in work */
  size_t brackets; /* `]`: there are no more uses of references than these */
  size_t columns;  /* of the table in work, 0 outside */
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
    if (!memchr("|-: \t\v\f>*+.)", c, 12) && !ascii_is_digit(c)) return 0;
  }
  return dash && pipes ? pipes + 1 : 0;
}

static bool is_blank(Str line) {
  for (size_t i = 0; i < line.len; i++)
    if (!ascii_is_space(line.s[i]) && line.s[i] != '>') return false;
  return true;
}

static bool check_table(Check *check, size_t at, Str line) {
  Counts *counts = &check->counts;
  bool may = line.len && (counts->columns || memchr(line.s, '|', line.len));
  if (!may) return true;
  size_t columns = count_columns(line);
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
  size_t open = str_find_byte(line, '[');
  bool begins = open != STR_NONE && str_find(str_skip(line, open), STR("]:")) != STR_NONE;
  if (!begins && (counts->definition == STR_NONE || !is_blank(line))) return;
  end_definition(counts, at);
  if (begins) counts->definition = at;
}

/* One line from *at on, which moves past it. */
static bool check_line(Check *check, size_t *at) {
  Counts *counts = &check->counts;
  Str source = check->source;
  for (size_t i = *at; i < source.len; i++) {
    char c = source.s[i];
    if ((unsigned char)c > ']') continue; /* letters, the most by far */
    char next = i + 1 < source.len ? source.s[i + 1] : '\0';
    if (c == '\n' || c == '\r') {
      *at = c == '\r' && next == '\n' ? i + 2 : i + 1;
      counts->closing = 0;
      return true;
    }
    if (c == ' ' || c == '\t')
      counts->closing = 0;
    else if (c == ')' && ++counts->closing > LIMIT_CLOSING_BRACKETS)
      return refuse(check, i, "a word with more closing brackets than", LIMIT_CLOSING_BRACKETS);
    else if (c == ']')
      counts->brackets++;
    else if (c == '!' && next == '[' && ++counts->pictures > LIMIT_PICTURES)
      return refuse(check, i, "more pictures than", LIMIT_PICTURES);
    else if (c == '<' && (next == '?' || (next == '!' && !(i + 2 < source.len && source.s[i + 2] == '-'))) &&
             ++counts->declarations > LIMIT_DECLARATIONS)
      return refuse(check, i, "more `<?` and `<!` than", LIMIT_DECLARATIONS);
  }
  *at = source.len;
  return true;
}

bool limits_check(const MarkdownText *text, DiagList *diags) {
  Check check = {.text = text, .diags = diags, .source = str_skip(text->file, text->begin)};
  Counts *counts = &check.counts;
  counts->definition = STR_NONE;
  for (size_t at = 0; at < check.source.len;) {
    size_t begin = at;
    if (!check_line(&check, &at)) return false;
    Str line = str_slice(check.source, begin, at);
    if (!check_table(&check, begin, line)) return false;
    if (line.len > LIMIT_NESTING && count_nesting(line) > LIMIT_NESTING)
      return refuse(&check, begin, "lists or quotes deeper than", LIMIT_NESTING);
    note_definition(counts, begin, line);
  }
  end_definition(counts, check.source.len);
  if (counts->longest && counts->brackets > LIMIT_REFERENCES / counts->longest)
    return refuse(&check, counts->longest_at, "a long link target used so often that it passes", LIMIT_REFERENCES);
  return true;
}
