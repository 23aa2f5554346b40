#include "schema/hours.h"

#include <string.h>

#include "content/dates.h"
#include "content/shape.h"
#include "schema/node.h"

#define DAY(name) STR("https://schema.org/" name)
static const Str day_urls[] = {DAY("Monday"), DAY("Tuesday"),  DAY("Wednesday"), DAY("Thursday"),
                               DAY("Friday"), DAY("Saturday"), DAY("Sunday")};
enum { DAY_NAME = sizeof "https://schema.org/" - 1 };

/* 0 for Monday … 6, or -1. "Mon", "Tues", "monday" and "Mondays" are days. */
static int day_number(Str word) {
  if (word.len > 3 && ascii_lower(word.s[word.len - 1]) == 's' && word.s[word.len - 2] != 'e') word.len--;
  for (int day = 0; day < 7; day++)
    if (word.len >= 3 && str_equal_nocase(word, str_slice(day_urls[day], DAY_NAME, DAY_NAME + word.len))) return day;
  return -1;
}

static void add_day(Value days, int day) {
  for (size_t i = 0; i < value_count(days); i++)
    if (str_equal(value_text(value_at(days, i)), day_urls[day])) return;
  value_push(days, value_str(day_urls[day]));
}

static size_t word_length(Str text) {
  size_t len = 0;
  while (len < text.len && ascii_is_alpha(text.s[len])) len++;
  return len;
}

/* Words that say nothing more than the days around them. */
static bool joins(Str word) {
  static const Str words[] = {STR("and"), STR("on"), STR("every"), STR("day"), STR("days")};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_equal_nocase(word, words[i])) return true;
  return false;
}

/* False: there is a word or number that may say more ("except Wednesday", "first Monday"). */
static bool read_days(Str text, Value days) {
  int previous = -1;
  bool range = false;
  while (text.len) {
    size_t len = word_length(text);
    Str word = str_slice(text, 0, len);
    int day = day_number(word);
    bool dash = str_starts(text, STR("-")) || str_starts(text, STR("\u2013"));
    if (day >= 0) {
      for (int d = previous; range && d >= 0 && d != day; d = (d + 1) % 7) add_day(days, d);
      add_day(days, day);
      previous = day;
      range = false;
    } else if (dash || str_equal_nocase(word, STR("to")) || str_equal_nocase(word, STR("through"))) {
      range = true;
    } else if (str_equal_nocase(word, STR("daily"))) {
      for (int d = 0; d < 7; d++) add_day(days, d);
    } else if ((len && !joins(word)) || ascii_is_digit(text.s[0])) {
      return false;
    }
    text = str_skip(text, len ? len : 1);
  }
  return true;
}

void hours_add_days(Str text, Value days) {
  if (!read_days(text, days)) days.list->count = 0;
}

/* "8:00" and "08:00" to "08:00"; empty for what is no time of day. */
static Str time_of(Arena *arena, Str text) {
  Str hour;
  Str minute;
  if (!str_cut(text, ':', &hour, &minute)) return (Str){"", 0};
  bool right = hour.len >= 1 && hour.len <= 2 && minute.len == 2;
  for (size_t i = 0; right && i < hour.len; i++) right = ascii_is_digit(hour.s[i]);
  for (size_t i = 0; right && i < minute.len; i++) right = ascii_is_digit(minute.s[i]);
  if (!right || (hour.len == 2 && str_compare(text, STR("24:00")) > 0) || minute.s[0] > '5') return (Str){"", 0};
  return hour.len == 1 ? STR_CONCAT(arena, STR("0"), text) : text;
}

/* --- as read from clinic.yaml --- */

static Value days_of(Arena *arena, Value given) {
  Value days = value_list(arena, 7);
  hours_add_days(value_text(given), days);
  for (size_t i = 0; given.type == VALUE_LIST && i < value_count(given); i++)
    hours_add_days(value_text(value_at(given, i)), days);
  return days;
}

/* The text that names the days in English, if any does: of a text by language, the one under `en`. */
static Value english_days(Value entry) {
  Value weekdays = value_get(entry, STR("weekdays"));
  if (value_is_defined(weekdays)) return weekdays;
  Value days = value_get(entry, STR("days"));
  Value english = value_get(days, STR("en"));
  return value_is_defined(english) ? english : days;
}

static void check_times(const HoursFile *file, Value entry) {
  static const Str keys[] = {{"opens", 5}, {"closes", 6}};
  if (value_to_bool(value_get(entry, STR("closed")), false)) return;
  Str times[2];
  for (size_t i = 0; i < 2; i++) {
    const ValueEntry *time = value_entry(entry, keys[i]);
    times[i] = time ? time_of(file->arena, value_text(time->value)) : (Str){"", 0};
    if (!times[i].len) DIAG(file->diags, HOURS_TIME, shape_span(file->path, time ? time->value : entry), keys[i]);
  }
  /* From a morning to the next one is "8:00 to 5:00", and hardly meant. */
  bool morning = times[0].len && times[1].len && str_compare(times[0], STR("12:00")) < 0;
  if (morning && str_compare(times[1], times[0]) < 0)
    DIAG(file->diags, HOURS_NIGHT, shape_span(file->path, value_get(entry, keys[1])), times[1], times[0]);
}

static void read_week(const HoursFile *file, Value hours) {
  for (size_t i = 0; hours.type == VALUE_LIST && i < value_count(hours); i++) {
    Value entry = value_at(hours, i);
    if (entry.type != VALUE_MAP) continue;
    Value english = english_days(entry);
    Value days = days_of(file->arena, english);
    if (!value_count(days)) DIAG(file->diags, HOURS_DAYS, shape_span(file->path, english), value_text(english));
    value_put(entry, "weekdays", days);
    check_times(file, entry);
  }
}

/* False for a holiday that is over, or of which nobody can say when it is. */
static bool read_holiday(const HoursFile *file, Value entry) {
  Value date = value_get(entry, STR("date"));
  Value until = value_get(entry, STR("until"));
  if (!date_is_iso(value_text(date))) {
    Span span = value_is_defined(date) ? shape_span(file->path, date) : shape_span(file->path, entry);
    DIAG(file->diags, DATE_ISO, span, STR("date"));
    return false;
  }
  bool right = date_is_iso(value_text(until)) && str_compare(until.str, date.str) >= 0;
  if (value_is_defined(until) && !right)
    DIAG(file->diags, HOURS_UNTIL, shape_span(file->path, until), value_text(until), date.str);
  if (!right) value_put(entry, "until", date);
  check_times(file, entry);
  return str_compare(value_text(value_get(entry, STR("until"))), file->today) >= 0;
}

void hours_read(const HoursFile *file, Value clinic) {
  read_week(file, value_get(clinic, STR("hours")));
  Value holidays = value_get(clinic, STR("holidays"));
  if (holidays.type != VALUE_LIST) return;
  Value ahead = value_list(file->arena, value_count(holidays));
  for (size_t i = 0; i < value_count(holidays); i++)
    if (value_at(holidays, i).type == VALUE_MAP && read_holiday(file, value_at(holidays, i)))
      value_push(ahead, value_at(holidays, i));
  value_put(clinic, "holidays", ahead);
}

/* --- as nodes --- */

/* Closed all day is written as from 00:00 to 00:00 (Google's documentation of LocalBusiness). */
static bool put_times(const NodeMaker *maker, Value entry, Value node) {
  bool closed = value_to_bool(node_member(maker, entry, STR("closed")), false);
  Str opens = closed ? STR("00:00") : time_of(maker->arena, node_text(maker, entry, STR("opens")));
  Str closes = closed ? STR("00:00") : time_of(maker->arena, node_text(maker, entry, STR("closes")));
  node_put_text(node, "opens", opens);
  node_put_text(node, "closes", closes);
  return opens.len && closes.len;
}

Value hours_make_week(const NodeMaker *maker, Value hours) {
  Value list = value_list(maker->arena, value_count(hours));
  for (size_t i = 0; i < value_count(hours); i++) {
    Value entry = value_at(hours, i);
    Value days = days_of(maker->arena, node_member(maker, entry, STR("days")));
    Value given = node_member(maker, entry, STR("weekdays"));
    if (given.type == VALUE_LIST) days = given;
    Value node = node_new(maker, "OpeningHoursSpecification");
    if (value_count(days) == 0) continue;
    node_put(node, "dayOfWeek", value_count(days) == 1 ? value_at(days, 0) : days);
    if (put_times(maker, entry, node)) value_push(list, node);
  }
  return list;
}

Value hours_make_holidays(const NodeMaker *maker, Value holidays) {
  Value list = value_list(maker->arena, value_count(holidays));
  for (size_t i = 0; i < value_count(holidays); i++) {
    Value entry = value_at(holidays, i);
    Value node = node_new(maker, "OpeningHoursSpecification");
    node_put_text(node, "name", node_text(maker, entry, STR("name")));
    node_put_date(node, "validFrom", node_text(maker, entry, STR("date")));
    node_put_date(node, "validThrough", node_text(maker, entry, STR("until")));
    if (put_times(maker, entry, node)) value_push(list, node);
  }
  return list;
}
