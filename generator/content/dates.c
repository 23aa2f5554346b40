#define _GNU_SOURCE
#include "content/dates.h"

#include <time.h>

static int digits(Str text, size_t begin, size_t count) {
  int number = 0;
  for (size_t i = begin; i < begin + count; i++) {
    if (!ascii_is_digit(text.s[i])) return -1;
    number = number * 10 + (text.s[i] - '0');
  }
  return number;
}

static int days_of(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap);
}

bool date_is_iso(Str text) {
  if (text.len != 10 || text.s[4] != '-' || text.s[7] != '-') return false;
  int year = digits(text, 0, 4);
  int month = digits(text, 5, 2);
  int day = digits(text, 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= days_of(year, month);
}

Str date_from_seconds(Arena *arena, int64_t seconds) {
  time_t time = (time_t)seconds;
  struct tm tm;
  if (!gmtime_r(&time, &tm)) return STR("1970-01-01");
  return str_format(arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

Str date_add_months(Arena *arena, Str iso, int months) {
  int month = digits(iso, 5, 2) - 1 + months;
  int year = digits(iso, 0, 4) + month / 12;
  int day = digits(iso, 8, 2);
  month = month % 12 + 1;
  if (day > days_of(year, month)) day = days_of(year, month);
  return str_format(arena, "%04d-%02d-%02d", year, month, day);
}

int64_t date_days(Str iso) {
  struct tm tm = {.tm_year = digits(iso, 0, 4) - 1900, .tm_mon = digits(iso, 5, 2) - 1, .tm_mday = digits(iso, 8, 2)};
  enum { DAY = 24 * 60 * 60 };
  return (int64_t)timegm(&tm) / DAY; /* whole days, so that nothing is rounded before 1970 either */
}
