/* The list of due reviews for other programs. */
#include "base/utf8.h"
#include "cli/due.h"
#include "content/dates.h"
#include "data/json.h"
#include "site/feeds.h"

static Str meta(const DuePage *page, Str key) {
  return value_text(value_get(page->page->meta, key));
}

static Str address(const DueList *list, const DuePage *page) {
  return feeds_absolute(list->site, list->site->arena, page->page->file->url);
}

/* --- RFC 4180 --- */

static bool needs_quotes(Str cell) {
  for (size_t i = 0; i < cell.len; i++)
    if (cell.s[i] == ',' || cell.s[i] == '"' || cell.s[i] == '\r' || cell.s[i] == '\n') return true;
  return cell.len && (cell.s[0] == ' ' || cell.s[cell.len - 1] == ' ');
}

void due_add_row(Buf *out, const Str *cells, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bool quotes = needs_quotes(cells[i]);
    if (i) buf_add_byte(out, ',');
    if (quotes) buf_add_byte(out, '"');
    for (size_t k = 0; k < cells[i].len; k++) {
      if (cells[i].s[k] == '"') buf_add_byte(out, '"');
      buf_add_byte(out, cells[i].s[k]);
    }
    if (quotes) buf_add_byte(out, '"');
  }
  buf_add_lit(out, "\r\n");
}

void due_write_csv(const DueList *list, Buf *out) {
  static const Str head[] = {{"owner", 5},    {"state", 5},     {"review_due", 10}, {"days", 4},
                             {"reviewed", 8}, {"title", 5},     {"file", 4},        {"url", 3},
                             {"lang", 4},     {"reference", 9}, {"version", 7}};
  due_add_row(out, head, sizeof head / sizeof *head);
  for (size_t i = 0; i < list->count; i++) {
    const DuePage *page = &list->pages[i];
    Str days = page->due.len ? str_format(out->arena, "%lld", (long long)page->days) : (Str){"", 0};
    const Str row[] = {page->owner,
                       due_state_name(due_state(page)),
                       page->due,
                       days,
                       meta(page, STR("reviewed")),
                       page->page->title,
                       page->page->path,
                       address(list, page),
                       page->page->file->lang,
                       meta(page, STR("reference")),
                       meta(page, STR("version"))};
    due_add_row(out, row, sizeof row / sizeof *row);
  }
}

/* --- JSON --- */

static void put_text(Value map, Str key, Str text) {
  value_set(map, key, text.len ? value_str(text) : value_null());
}

void due_write_json(const DueList *list, Buf *out) {
  Arena *arena = list->site->arena;
  Value pages = value_list(arena, list->count);
  for (size_t i = 0; i < list->count; i++) {
    const DuePage *page = &list->pages[i];
    Value map = value_map(arena, 12);
    put_text(map, STR("owner"), page->owner);
    put_text(map, STR("state"), due_state_name(due_state(page)));
    put_text(map, STR("review_due"), page->due);
    value_put(map, "days", page->due.len ? value_int(page->days) : value_null());
    put_text(map, STR("reviewed"), meta(page, STR("reviewed")));
    put_text(map, STR("title"), page->page->title);
    put_text(map, STR("file"), page->page->path);
    put_text(map, STR("url"), address(list, page));
    put_text(map, STR("lang"), page->page->file->lang);
    put_text(map, STR("reference"), meta(page, STR("reference")));
    put_text(map, STR("version"), meta(page, STR("version")));
    value_push(pages, map);
  }
  Value top = value_map(arena, 2);
  value_put(top, "today", value_str(list->site->today));
  value_put(top, "pages", pages);
  json_write(out, top, JSON_OUT_UTF8, 2);
  buf_add_byte(out, '\n');
}

/* --- RFC 5545 --- */

/* A content line is folded so that none has more than 75 octets without its end (3.1), and never inside a character. */
static void add_line(Buf *out, Str name, Str value) {
  enum { OCTETS_MOST = 75 };
  Str line = STR_CONCAT(out->arena, name, STR(":"), value);
  size_t room = OCTETS_MOST;
  for (size_t at = 0; at < line.len;) {
    size_t begin = at;
    utf8_next(line, &at);
    if (at - begin > room) {
      buf_add_lit(out, "\r\n ");
      room = OCTETS_MOST - 1;
    }
    buf_add(out, str_slice(line, begin, at));
    room -= at - begin;
  }
  buf_add_lit(out, "\r\n");
}

/* TEXT (3.3.11): backslash, semicolon, comma and line ends are escaped; other controls may not stand there. */
static void add_text(Buf *out, Str name, Str text) {
  Buf escaped = buf_new(out->arena, text.len * 2 + 1);
  for (size_t i = 0; i < text.len; i++) {
    char c = text.s[i];
    if (c == '\\' || c == ';' || c == ',') buf_add_byte(&escaped, '\\');
    if (c == '\n')
      buf_add_lit(&escaped, "\\n");
    else if ((unsigned char)c >= ' ' && c != 0x7F)
      buf_add_byte(&escaped, c);
  }
  add_line(out, name, buf_str(&escaped));
}

static Str digits_of(Arena *arena, Str date) {
  return STR_CONCAT(arena, str_slice(date, 0, 4), str_slice(date, 5, 7), str_slice(date, 8, 10));
}

/* Seconds since 1970 as 20260101T000000Z. */
static Str time_stamp(Arena *arena, int64_t seconds) {
  enum { DAY = 24 * 60 * 60 };
  int64_t day = seconds % DAY;
  return str_format(arena, "%.*sT%02d%02d%02dZ", STR_ARG(digits_of(arena, date_from_seconds(arena, seconds))),
                    (int)(day / 3600), (int)(day / 60 % 60), (int)(day % 60));
}

static Str host_of(Str url) {
  size_t scheme = str_find(url, STR("://"));
  Str host = scheme == STR_NONE ? url : str_skip(url, scheme + 3);
  return str_slice(host, 0, str_find_byte(host, '/'));
}

/* The page's own address makes the id: it stays the same when the date moves, so that a calendar moves the entry. */
static void add_event(const DueList *list, const DuePage *page, Buf *out) {
  Arena *arena = out->arena;
  Str host = host_of(list->site->settings.base_url);
  add_line(out, STR("BEGIN"), STR("VEVENT"));
  add_text(out, STR("UID"), STR_CONCAT(arena, STR("review:"), page->page->file->url, STR("@"), host));
  add_line(out, STR("DTSTAMP"), time_stamp(arena, list->site->options->now));
  add_line(out, STR("DTSTART;VALUE=DATE"), digits_of(arena, page->due));
  add_text(out, STR("SUMMARY"), STR_CONCAT(arena, STR("Review due: "), page->page->title));
  Buf about = buf_new(arena, (size_t)1 << 20);
  if (page->owner.len) buf_add_format(&about, "Owner: %.*s\n", STR_ARG(page->owner));
  Str reference = meta(page, STR("reference"));
  Str reviewed = meta(page, STR("reviewed"));
  if (reference.len) buf_add_format(&about, "Reference: %.*s\n", STR_ARG(reference));
  if (reviewed.len) buf_add_format(&about, "Last reviewed: %.*s\n", STR_ARG(reviewed));
  buf_add_format(&about, "File: %.*s", STR_ARG(page->page->path));
  add_text(out, STR("DESCRIPTION"), buf_str(&about));
  add_line(out, STR("URL"), address(list, page));
  add_line(out, STR("TRANSP"), STR("TRANSPARENT"));
  add_line(out, STR("END"), STR("VEVENT"));
}

/* A calendar must hold at least one component (3.6): when nothing is due, the time zone UTC. */
static void add_zone(Buf *out) {
  static const Str lines[][2] = {{{"BEGIN", 5}, {"VTIMEZONE", 9}},     {{"TZID", 4}, {"UTC", 3}},
                                 {{"BEGIN", 5}, {"STANDARD", 8}},      {{"DTSTART", 7}, {"19700101T000000", 15}},
                                 {{"TZOFFSETFROM", 12}, {"+0000", 5}}, {{"TZOFFSETTO", 10}, {"+0000", 5}},
                                 {{"END", 3}, {"STANDARD", 8}},        {{"END", 3}, {"VTIMEZONE", 9}}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) add_line(out, lines[i][0], lines[i][1]);
}

void due_write_calendar(const DueList *list, Buf *out) {
  size_t events = 0;
  add_line(out, STR("BEGIN"), STR("VCALENDAR"));
  add_line(out, STR("VERSION"), STR("2.0"));
  add_line(out, STR("PRODID"), STR("-//pamphlet//review dates//EN"));
  add_line(out, STR("METHOD"), STR("PUBLISH"));
  for (size_t i = 0; i < list->count; i++) {
    if (due_state(&list->pages[i]) == DUE_UNDATED) continue;
    add_event(list, &list->pages[i], out);
    events++;
  }
  if (!events) add_zone(out);
  add_line(out, STR("END"), STR("VCALENDAR"));
}
