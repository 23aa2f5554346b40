/* Numbers in text that runs from right to left: without isolation a browser shows 555-0100 as 0100-555 and 38.0 °C as
 * C° 38.0 (Unicode Standard Annex 9: European digits and separators are weak). Phone numbers and numbers with a unit in
 * Latin letters keep their order inside <bdi dir="ltr">, and so does what goes on in Latin letters after them: an
 * address, "100 Example Street, floor 2". */
#include "markdown/work.h"

static bool is_latin(char c) {
  return ascii_is_alpha(c) || c == '%' || c == '/';
}

/* Bytes of the digit there: European, Arabic-Indic (U+0660) or Extended Arabic-Indic (U+06F0); 0: none. */
static size_t digit_len(Str text, size_t at) {
  if (at >= text.len) return 0;
  if (ascii_is_digit(text.s[at])) return 1;
  if (at + 1 >= text.len) return 0;
  unsigned char lead = (unsigned char)text.s[at];
  unsigned char last = (unsigned char)text.s[at + 1];
  return (lead == 0xD9 && last >= 0xA0 && last <= 0xA9) || (lead == 0xDB && last >= 0xB0 && last <= 0xB9) ? 2 : 0;
}

/* The same for what may stand between digits: . , and the Arabic decimal and thousands separators. */
static size_t separator_len(Str text, size_t at) {
  if (at < text.len && (text.s[at] == '.' || text.s[at] == ',')) return 1;
  return str_starts(str_skip(text, at), STR("\xD9\xAB")) || str_starts(str_skip(text, at), STR("\xD9\xAC")) ? 2 : 0;
}

static size_t digits_end(Str text, size_t at, size_t stop) {
  for (size_t step; at < stop && (step = digit_len(text, at)) > 0;) at += step;
  return at;
}

/* The end of a number with its unit that begins at `at`, or `at` when it has none. */
static size_t measure_end(Str text, size_t at) {
  size_t i = at;
  for (size_t step; (step = digit_len(text, i) + separator_len(text, i)) > 0;) i += step;
  size_t unit = i;
  if (unit < text.len && text.s[unit] == ' ')
    unit++;
  else if (str_starts(str_skip(text, unit), STR("\xC2\xA0")))
    unit += 2;
  size_t end = unit;
  if (str_starts(str_skip(text, end), STR("\xC2\xB0")) || str_starts(str_skip(text, end), STR("\xC2\xB5"))) end += 2;
  while (end < text.len && is_latin(text.s[end])) end++;
  return end > unit ? end : at;
}

/* The end of the Latin words that go on behind a number with its unit. A number is one of them only after a word: in
 * "5 mg, 10 mg" the second dose begins anew. */
static size_t words_end(Str text, size_t end) {
  bool word_seen = false;
  for (;;) {
    size_t at = end;
    if (at < text.len && text.s[at] == ',') at++;
    if (at >= text.len || text.s[at] != ' ') return end;
    size_t begin = ++at;
    bool word = at < text.len && ascii_is_alpha(text.s[at]);
    while (at < text.len && (word ? ascii_is_alpha(text.s[at]) : ascii_is_digit(text.s[at]))) at++;
    bool point = at < text.len && (text.s[at] == ',' || text.s[at] == '.') && !digit_len(text, at + 1);
    bool whole = at == text.len || text.s[at] == ' ' || point || (word && !(text.s[at] & 0x80));
    if (at == begin || !whole || (!word && !word_seen)) return end;
    word_seen = word_seen || word;
    end = at;
  }
}

static void write_isolated(Work *work, Str text, bool phone) {
  buf_add(&work->html, phone ? STR("<bdi dir=\"ltr\" class=\"phone\">") : STR("<bdi dir=\"ltr\">"));
  html_text(work, text);
  buf_add_lit(&work->html, "</bdi>");
}

void bidi_text(Work *work, Str text) {
  size_t from = 0;
  size_t phones_at = 0;
  Phone phone = {0};
  bool more = phones_next(work->scratch, text, &phones_at, &phone);
  for (size_t i = 0; i < text.len; i++) {
    size_t end = i;
    bool is_phone = more && i == phone.begin;
    if (is_phone) {
      end = phone.end;
      more = phones_next(work->scratch, text, &phones_at, &phone);
    } else if (digit_len(text, i) && (i == 0 || !ascii_is_alpha(text.s[i - 1]))) {
      end = measure_end(text, i);
      if (end > i)
        end = words_end(more ? str_slice(text, 0, phone.begin) : text, end);
      else /* the rest of this number is looked at no more */
        i = digits_end(text, i, more ? phone.begin : text.len) - 1;
    }
    if (end <= i) continue;
    html_text(work, str_slice(text, from, i));
    write_isolated(work, str_slice(text, i, end), is_phone);
    from = end;
    i = end - 1;
  }
  html_text(work, str_skip(text, from));
}
