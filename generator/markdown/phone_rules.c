/* Phone numbers that harm: one that the clinic does not have, a link that shows one and calls another, the emergency
 * number of another country, as texts from there bring it along. */
#include "base/scan.h"
#include "markdown/work.h"

/* Where the digits that begin at `at` end, whatever marks are written between them; 0 when other ones follow. */
static size_t match_digits(Str block, size_t at, Str digits) {
  enum { GAP_MOST = 8 };
  size_t matched = 0;
  size_t gap = 0;
  while (at < block.len && gap < GAP_MOST) {
    uint32_t c = utf8_next(block, &at);
    int digit = phones_digit(c);
    gap = digit >= 0 ? 0 : gap + 1;
    if (digit < 0 && utf8_is_letter(c)) return 0;
    if (digit < 0) continue;
    if (digit != digits.s[matched] - '0') return 0;
    if (++matched == digits.len) return at;
  }
  return 0;
}

/* A phone number in the source; the block's first line when it came out of a value. */
static Span find_digits(Work *work, Str digits) {
  Str block = str_slice(work->source, 0, work->block_end);
  size_t at = work->phone_cursor > work->block_begin ? work->phone_cursor : work->block_begin;
  bool inside = false; /* the code point before was a digit */
  while (at < block.len) {
    size_t begin = at;
    bool digit = phones_digit(utf8_next(block, &at)) >= 0;
    size_t end = digit && !inside ? match_digits(block, begin, digits) : 0;
    inside = digit;
    if (!end) continue;
    while (begin > 0 && (block.s[begin - 1] == '(' || block.s[begin - 1] == '+')) begin--;
    work->phone_cursor = end;
    return positions_span(work, begin, end);
  }
  work->phone_cursor = block.len; /* once is enough for a block */
  size_t line = str_find_byte(str_skip(block, work->block_begin), '\n');
  return positions_span(work, work->block_begin, line == STR_NONE ? block.len : work->block_begin + line);
}

void phones_are_known(Work *work, const RuleSubject *subject) {
  Value phones = work->options->phones;
  size_t at = 0;
  size_t quiet = 0; /* both in order of the text */
  Phone phone;
  if (phones.type != VALUE_LIST || subject->text.len < 7) return;
  size_t base = (size_t)(subject->text.s - work->plain.s);
  while (phones_next(work->scratch, subject->text, &at, &phone)) {
    while (quiet < work->quiet_count && work->quiet[quiet].end <= base + phone.begin) quiet++;
    if (quiet < work->quiet_count && work->quiet[quiet].begin < base + phone.end) continue;
    if (phones_known(phones, phone.digits)) continue;
    DIAG(work->options->diags, PHONE_UNKNOWN, find_digits(work, phone.digits),
         str_slice(subject->text, phone.begin, phone.end));
  }
}

/* Whom a link calls or writes to; without text when it does neither. */
static Str called(Str target) {
  if (!str_starts(target, STR("tel:")) && !str_starts(target, STR("sms:"))) return (Str){NULL, 0};
  Str number = str_skip(target, 4);
  number = str_slice(number, 0, str_find_byte(number, ';'));
  return str_slice(number, 0, str_find_byte(number, '?'));
}

/* The digits of the number that the words of a link show: a phone number, or a short one that the clinic has. */
static Str shown(Work *work, Str text) {
  enum { SHORT = 3 };
  size_t at = 0;
  Phone phone;
  if (phones_next(work->scratch, text, &at, &phone)) return phone.digits;
  size_t begin = 0;
  while (begin < text.len && !ascii_is_digit(text.s[begin])) begin++;
  size_t end = begin;
  while (end < text.len && ascii_is_digit(text.s[end])) end++;
  Str digits = str_slice(text, begin, end);
  bool known = digits.len >= SHORT && phones_known(work->options->phones, digits);
  return known || phones_is_emergency(digits) ? digits : (Str){"", 0};
}

static bool are_one(Str a, Str b) {
  enum { LOCAL = 7 }; /* digits of a number without its area */
  if (str_equal(a, b)) return true;
  return a.len >= LOCAL && b.len >= LOCAL && (str_ends(a, b) || str_ends(b, a) || str_starts(b, a));
}

void phones_link_is_right(Work *work, const RuleSubject *subject) {
  Value phones = work->options->phones;
  Str number = called(subject->target);
  if (phones.type != VALUE_LIST || !number.s) return;
  Str digits = phones_digits(work->scratch, number);
  if (!digits.len || !phones_known(phones, digits)) {
    DIAG(work->options->diags, PHONE_UNKNOWN, subject->span, number.len ? number : STR("(none)"));
    return;
  }
  Str text = shown(work, subject->text);
  if (text.len && !are_one(text, digits)) DIAG(work->options->diags, PHONE_OTHER, subject->span, text, digits);
}

/* The words in front of a number that somebody is to call, small letters. */
static bool says_call(Str text, size_t at) {
  static const Str words[] = {STR("call"),
                              STR("services on"),
                              STR("dial"),
                              STR("ring"),
                              STR("phone"),
                              STR("text"),
                              STR("llame al"),
                              STR("llama al"),
                              STR("marque"),
                              STR("marcar"),
                              STR("marque el"),
                              STR("llamar al"),
                              STR("\u0627\u062A\u0635\u0644 \u0628\u0627\u0644\u0631\u0642\u0645"),
                              STR("\u0628\u0627\u0644\u0631\u0642\u0645"),
                              STR("\u0628\u0631\u0642\u0645"),
                              STR("\u0627\u062A\u0635\u0644 \u0628\u0640"),
                              STR("\u0639\u0644\u0649")};
  Str before = str_trim(str_slice(text, 0, at));
  if (str_ends(before, STR(":"))) before = str_trim(str_slice(before, 0, before.len - 1));
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (before.len < words[i].len) continue;
    size_t begin = before.len - words[i].len;
    bool whole = begin == 0 || !ascii_is_alpha(before.s[begin - 1]);
    if (whole && str_equal_nocase(str_skip(before, begin), words[i])) return true;
  }
  return false;
}

SCAN_FUNCTION(find_digit, (ScanBytes)(c - '0') <= 9)

void phones_emergency_is_ours(Work *work, const RuleSubject *subject) {
  enum { EMERGENCY = 3 }; /* digits of such a number */
  Value phones = work->options->phones;
  Str text = subject->text;
  if (phones.type != VALUE_LIST || !value_count(phones)) return;
  for (size_t begin = find_digit(text, 0), at; begin < text.len; begin = find_digit(text, at)) {
    for (at = begin; at < text.len && ascii_is_digit(text.s[at]);) at++;
    Str digits = str_slice(text, begin, at);
    if (digits.len != EMERGENCY || !phones_is_emergency(digits) || phones_known(phones, digits)) continue;
    if (says_call(text, begin) && !phones_goes_on(text, at))
      DIAG(work->options->diags, PHONE_UNKNOWN, find_digits(work, digits), digits);
  }
}

Str markdown_unknown_phone(Arena *scratch, Value phones, Str text) {
  size_t at = 0;
  Phone phone;
  while (phones_next(scratch, text, &at, &phone))
    if (!phones_known(phones, phone.digits)) return str_slice(text, phone.begin, phone.end);
  return (Str){"", 0};
}
