#include "data/number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_LONGEST = 127 }; /* bytes; nothing that a person writes as a number is longer */

static bool all_of(Str text, bool (*test)(char)) {
  for (size_t i = 0; i < text.len; i++)
    if (!test(text.s[i])) return false;
  return text.len > 0;
}

static bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

static bool is_hex(char c) {
  return ascii_is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

static size_t digits_at(Str text, size_t at) {
  size_t from = at;
  while (at < text.len && ascii_is_digit(text.s[at])) at++;
  return at - from;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?, YAML 1.2.2 section 10.3.2. */
static bool is_decimal_float(Str text) {
  size_t at = text.len && (text.s[0] == '-' || text.s[0] == '+') ? 1 : 0;
  size_t whole = digits_at(text, at);
  at += whole;
  if (at < text.len && text.s[at] == '.') {
    size_t fraction = digits_at(text, at + 1);
    if (whole == 0 && fraction == 0) return false;
    at += 1 + fraction;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.len && ascii_lower(text.s[at]) == 'e') {
    at++;
    if (at < text.len && (text.s[at] == '-' || text.s[at] == '+')) at++;
    size_t exponent = digits_at(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.len;
}

static bool read_special(Str text, Value *result) {
  static const Str nans[] = {STR(".nan"), STR(".NaN"), STR(".NAN")};
  static const Str infinities[] = {STR(".inf"), STR(".Inf"), STR(".INF")};
  Str unsigned_text = text.len && (text.s[0] == '-' || text.s[0] == '+') ? str_skip(text, 1) : text;
  for (size_t i = 0; i < 3; i++) {
    if (str_equal(text, nans[i])) {
      *result = value_float((double)NAN);
      return true;
    }
    if (str_equal(unsigned_text, infinities[i])) {
      *result = value_float(text.s[0] == '-' ? -(double)INFINITY : (double)INFINITY);
      return true;
    }
  }
  return false;
}

static bool read_whole(const char *digits, int base, Value *result) {
  errno = 0;
  long long number = strtoll(digits, NULL, base);
  if (errno == ERANGE) return false;
  *result = value_int(number);
  return true;
}

bool number_read(Str text, Value *result) {
  /* Almost all text is no number: decided by its first byte. */
  if (text.len == 0 || text.len > NUMBER_LONGEST) return false;
  if (!ascii_is_digit(text.s[0]) && text.s[0] != '-' && text.s[0] != '+' && text.s[0] != '.') return false;

  char bytes[NUMBER_LONGEST + 1];
  memcpy(bytes, text.s, text.len);
  bytes[text.len] = '\0';
  if (str_starts(text, STR("0o"))) return all_of(str_skip(text, 2), is_octal) && read_whole(bytes + 2, 8, result);
  if (str_starts(text, STR("0x"))) return all_of(str_skip(text, 2), is_hex) && read_whole(bytes + 2, 16, result);
  if (!is_decimal_float(text)) return read_special(text, result);
  Str digits = text.s[0] == '-' || text.s[0] == '+' ? str_skip(text, 1) : text;
  if (all_of(digits, ascii_is_digit) && read_whole(bytes, 10, result)) return true;
  *result = value_float(strtod(bytes, NULL));
  return true;
}

/* Digits d.ddd and exponent laid out as Python does: an exponent below -4 and from 16 on. */
static void add_digits(Buf *out, const char *digits, int exponent) {
  int count = (int)strlen(digits);
  if (exponent < -4 || exponent >= 16) {
    buf_add_byte(out, digits[0]);
    if (count > 1) buf_add_byte(out, '.');
    buf_add(out, str_from_c(digits + 1));
    buf_add_format(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
  } else if (exponent < 0) {
    buf_add_lit(out, "0.");
    for (int i = -1; i > exponent; i--) buf_add_byte(out, '0');
    buf_add(out, str_from_c(digits));
  } else {
    for (int i = 0; i <= exponent; i++) buf_add_byte(out, i < count ? digits[i] : '0');
    buf_add_byte(out, '.');
    buf_add(out, count > exponent + 1 ? str_from_c(digits + exponent + 1) : STR("0"));
  }
}

void number_add_int(Buf *out, int64_t number) {
  if (number < 0) buf_add_byte(out, '-');
  buf_add_number(out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

void number_add_float(Buf *out, double number) {
  if (isnan(number)) {
    buf_add_lit(out, "nan");
    return;
  }
  if (signbit(number)) buf_add_byte(out, '-');
  number = fabs(number);
  if (isinf(number)) {
    buf_add_lit(out, "inf");
    return;
  }
  /* The fewest digits that read back as the same number; printf rounds correctly, so they are also the nearest. */
  char scientific[40];
  for (int digits = 0; digits < 17; digits++) {
    snprintf(scientific, sizeof scientific, "%.*e", digits, number);
    if (strtod(scientific, NULL) == number) break;
  }
  char *e = strchr(scientific, 'e');
  int exponent = (int)strtol(e + 1, NULL, 10);
  char digits[32] = "";
  size_t count = 0;
  for (const char *c = scientific; c < e; c++)
    if (ascii_is_digit(*c)) digits[count++] = *c;
  digits[count] = '\0';
  add_digits(out, digits, exponent);
}

void number_add_plain(Buf *out, double number) {
  size_t begin = out->len;
  number_add_float(out, number);
  Str written = str_skip(buf_str(out), begin);
  if (str_ends(written, STR(".0"))) out->len -= 2;
}
