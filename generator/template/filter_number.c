/* Filters that make numbers, or text of numbers. */
#include "template/filters.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static Value filter_abs(TemplateCall *call) {
  int64_t whole;
  if (value_whole(call->input, &whole)) {
    if (whole == INT64_MIN) return refuse(call, "this number is too large");
    return value_int(whole < 0 ? -whole : whole);
  }
  if (call->input.type == VALUE_FLOAT) return value_float(fabs(call->input.f));
  return refuse(call, "`abs` wants a number, not %.*s", STR_ARG(value_type_name(call->input)));
}

/* Digits in text, less single underscores between digits. False: something else stands there. */
static bool clean_digits(Arena *arena, Str s, Str *clean) {
  char *copy = arena_alloc(arena, s.len + 1, 1);
  size_t len = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (s.s[i] == '_') {
      bool between = i > 0 && i + 1 < s.len && s.s[i - 1] != '_' && s.s[i + 1] != '_';
      if (!between) return false;
      continue;
    }
    copy[len++] = s.s[i];
  }
  copy[len] = '\0';
  *clean = (Str){copy, len};
  return len > 0;
}

/* Python's float(text). */
static bool parse_float(Arena *arena, Str text, double *number) {
  Str s;
  text = text_strip(text, (Str){0}, TEXT_STRIP_BOTH);
  if (!clean_digits(arena, text, &s)) return false;
  for (size_t i = 0; i < s.len; i++)
    if (s.s[i] == 'x' || s.s[i] == 'X' || s.s[i] == 'p' || s.s[i] == '(' || ascii_is_space(s.s[i])) return false;
  char *end;
  *number = strtod(s.s, &end);
  return end == s.s + s.len;
}

static int prefix_base(Str s) {
  if (s.len < 2 || s.s[0] != '0') return 0;
  switch (ascii_lower(s.s[1])) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 0;
  }
}

typedef enum Parsed { PARSED, NOT_A_NUMBER, TOO_LARGE } Parsed;

/* Python's int(text, base). */
static Parsed parse_whole(Arena *arena, Str text, int base, int64_t *number) {
  Str s = text_strip(text, (Str){0}, TEXT_STRIP_BOTH);
  bool negative = str_starts(s, STR("-"));
  if (negative || str_starts(s, STR("+"))) s = str_skip(s, 1);
  int prefix = prefix_base(s);
  if (prefix && (base == 0 || base == prefix)) {
    base = prefix;
    s = str_skip(s, 2);
    if (str_starts(s, STR("_"))) s = str_skip(s, 1);
  } else if (base == 0) {
    base = 10;
    if (s.len > 1 && s.s[0] == '0') return NOT_A_NUMBER;
  }
  if (!clean_digits(arena, s, &s) || (!ascii_is_digit(s.s[0]) && !ascii_is_alpha(s.s[0]))) return NOT_A_NUMBER;
  if (prefix_base(s) && base == 16) return NOT_A_NUMBER; /* strtoull would take it */
  errno = 0;
  char *end;
  unsigned long long value = strtoull(s.s, &end, base);
  if (end != s.s + s.len) return NOT_A_NUMBER;
  if (errno == ERANGE || value > (unsigned long long)INT64_MAX + (negative ? 1 : 0)) return TOO_LARGE;
  *number = negative ? (int64_t)(0 - value) : (int64_t)value;
  return PARSED;
}

static Value whole_of_float(TemplateCall *call, double number, Value otherwise) {
  if (isnan(number)) return otherwise;
  if (!(fabs(number) < 9223372036854775808.0)) return refuse(call, "this number is too large");
  return value_int((int64_t)number);
}

static Value filter_int(TemplateCall *call) {
  Value otherwise = ARG(call, 0, "default");
  if (!value_is_defined(otherwise)) otherwise = value_int(0);
  int64_t base, whole;
  double number;
  if (!filter_whole(call, 1, "base", 10, &base)) return value_null();
  if (base != 0 && (base < 2 || base > 36)) return otherwise;
  if (value_whole(call->input, &whole)) return value_int(whole);
  if (call->input.type == VALUE_FLOAT) return whole_of_float(call, call->input.f, otherwise);
  if (!value_is_text(call->input)) return otherwise;
  Parsed parsed = parse_whole(call->arena, call->input.str, (int)base, &whole);
  if (parsed == PARSED) return value_int(whole);
  if (parsed == TOO_LARGE) return refuse(call, "this number is too large");
  if (!parse_float(call->arena, call->input.str, &number)) return otherwise;
  return whole_of_float(call, number, otherwise);
}

static Value filter_float(TemplateCall *call) {
  Value otherwise = ARG(call, 0, "default");
  if (!value_is_defined(otherwise)) otherwise = value_float(0);
  double number;
  if (value_number(call->input, &number)) return value_float(number);
  if (value_is_text(call->input) && parse_float(call->arena, call->input.str, &number)) return value_float(number);
  return otherwise;
}

/* Half to even on the decimal digits, as Python rounds: printf rounds the exact binary value. */
static double round_common(double number, int64_t precision) {
  if (!isfinite(number) || precision > 323) return number;
  if (precision < -308) return copysign(0, number);
  if (precision >= 0) {
    char text[700];
    snprintf(text, sizeof text, "%.*f", (int)precision, number);
    return strtod(text, NULL);
  }
  double power = pow(10, (double)-precision);
  double scaled = number / power;
  double rounded = nearbyint(scaled);
  return rounded * power;
}

static int64_t round_whole(int64_t number, int64_t precision) {
  if (precision >= 0) return number;
  if (precision < -18) return 0;
  int64_t power = 1;
  for (int64_t i = precision; i < 0; i++) power *= 10;
  int64_t rest = number % power;
  int64_t down = number - rest;
  if (rest < 0) {
    rest += power;
    down -= power;
  }
  bool up = rest * 2 > power || (rest * 2 == power && (down / power) % 2 != 0);
  return up ? down + power : down;
}

static Value filter_round(TemplateCall *call) {
  int64_t precision, whole;
  double number;
  if (!filter_whole(call, 0, "precision", 0, &precision)) return value_null();
  Value method = filter_or(call, 1, "method", value_c("common"));
  if (!value_number(call->input, &number))
    return refuse(call, "`round` wants a number, not %.*s", STR_ARG(value_type_name(call->input)));
  bool ceiling = value_is_text(method) && str_equal(method.str, STR("ceil"));
  bool down = value_is_text(method) && str_equal(method.str, STR("floor"));
  if (!ceiling && !down && !(value_is_text(method) && str_equal(method.str, STR("common"))))
    return refuse(call, "`round` knows the methods common, ceil and floor");
  if (!ceiling && !down) {
    if (!value_whole(call->input, &whole)) return value_float(round_common(number, precision));
    if (llabs(whole) > INT64_MAX / 2)
      return precision >= 0 ? value_int(whole) : refuse(call, "this number is too large");
    return value_int(round_whole(whole, precision));
  }
  double power = pow(10, (double)precision);
  double scaled = number * power;
  double result = ceiling ? ceil(scaled) : floor(scaled);
  if (precision >= 0 && fabs(result) >= 9.2e18) return refuse(call, "this number is too large");
  return value_float(result / power);
}

static Value filter_filesizeformat(TemplateCall *call) {
  double bytes;
  bool number = value_number(call->input, &bytes) ||
                (value_is_text(call->input) && parse_float(call->arena, call->input.str, &bytes));
  if (!number) return refuse(call, "`filesizeformat` wants a number, not %.*s", STR_ARG(value_type_name(call->input)));
  bool binary = filter_flag(call, 0, "binary");
  double base = binary ? 1024 : 1000;
  static const char *const decimal_units[] = {"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
  static const char *const binary_units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"};
  if (bytes == 1) return value_c("1 Byte");
  if (!isfinite(bytes)) return refuse(call, "this number is too large");
  if (bytes < base) return value_str(str_format(call->arena, "%.0f Bytes", trunc(bytes)));
  double unit = base * base;
  size_t i = 0;
  for (; i < 7 && bytes >= unit; i++) unit *= base;
  return value_str(str_format(call->arena, "%.1f %s", base * bytes / unit, (binary ? binary_units : decimal_units)[i]));
}

const Builtin number_filters[] = {
    BUILTIN("abs", filter_abs, ""),
    BUILTIN("filesizeformat", filter_filesizeformat, "binary"),
    BUILTIN("float", filter_float, "default"),
    BUILTIN("int", filter_int, "default base"),
    BUILTIN("round", filter_round, "precision method"),
    BUILTIN_END,
};
