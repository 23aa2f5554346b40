#include "cli/due.h"

#include "content/dates.h"

#include <stdlib.h>

enum { DAYS_USUAL = 90, WEEK = 7 };
#define OUTPUT_BYTES_MOST ((size_t)256 << 20)

DueState due_state(const DuePage *page) {
  if (!page->due.len) return DUE_UNDATED;
  return page->days < 0 ? DUE_OVERDUE : DUE_UPCOMING;
}

Str due_state_name(DueState state) {
  static const Str names[] = {{"upcoming", 8}, {"overdue", 7}, {"undated", 7}};
  return names[state];
}

/* What is absent comes last. */
static int compare_optional(Str a, Str b) {
  if (!a.len || !b.len) return (a.len == 0) - (b.len == 0);
  return str_compare(a, b);
}

static int compare(const void *left, const void *right) {
  const DuePage *a = left;
  const DuePage *b = right;
  int order = compare_optional(a->owner, b->owner);
  if (!order) order = compare_optional(a->due, b->due);
  return order ? order : str_compare(a->page->path, b->page->path);
}

/* Reviewed pages that are published; `within` days, or all when it is negative. */
static DueList collect(const CliSite *cli, int64_t within) {
  const Site *site = cli->site;
  DueList list = {.site = site, .pages = ARENA_ARRAY(cli->arena, DuePage, site->page_count)};
  int64_t today = date_days(site->today);
  for (size_t i = 0; i < site->page_count; i++) {
    const Page *page = &site->pages[i];
    if (page->broken || page->draft) continue;
    DuePage entry = {.page = page,
                     .owner = value_text(value_get(page->meta, STR("owner"))),
                     .due = value_text(value_get(page->meta, STR("review_due")))};
    if (!entry.due.len && !page_kind_is_clinical(page->kind)) continue;
    if (entry.due.len) entry.days = date_days(entry.due) - today;
    if (within >= 0 && entry.days > within) continue;
    list.pages[list.count++] = entry;
  }
  qsort(list.pages, list.count, sizeof *list.pages, compare);
  return list;
}

/* "90d", "12w", "90", "all" (-1). */
static bool read_within(Str text, int64_t *days) {
  int64_t number = 0;
  size_t digits = 0;
  if (str_equal(text, STR("all"))) {
    *days = -1;
    return true;
  }
  while (digits < text.len && digits < 6 && ascii_is_digit(text.s[digits]))
    number = number * 10 + (text.s[digits++] - '0');
  Str unit = str_skip(text, digits);
  if (!digits || (unit.len && !str_equal(unit, STR("d")) && !str_equal(unit, STR("w")))) return false;
  *days = str_equal(unit, STR("w")) ? number * WEEK : number;
  return true;
}

static Str plural(Arena *arena, int64_t count, const char *word) {
  return str_format(arena, "%lld %s%s", (long long)count, word, count == 1 ? "" : "s");
}

static Str when(Arena *arena, const DuePage *page) {
  switch (due_state(page)) {
    case DUE_UNDATED: return STR("no date for its review");
    case DUE_OVERDUE: return STR_CONCAT(arena, STR("overdue for "), plural(arena, -page->days, "day"));
    case DUE_UPCOMING: break;
  }
  return page->days == 0 ? STR("due today") : STR_CONCAT(arena, STR("due in "), plural(arena, page->days, "day"));
}

static void write_text(const DueList *list, Str within, Buf *out) {
  Arena *arena = list->site->arena;
  size_t counts[3] = {0};
  for (size_t i = 0; i < list->count; i++) {
    const DuePage *page = &list->pages[i];
    counts[due_state(page)]++;
    if (i == 0 || !str_equal(page->owner, list->pages[i - 1].owner)) {
      if (i) buf_add_byte(out, '\n');
      buf_add(out, page->owner.len ? page->owner : STR("No owner"));
      buf_add_byte(out, '\n');
    }
    Str due = page->due.len ? page->due : STR("-");
    Str state = when(arena, page);
    buf_add_format(out, "  %-10.*s  %-22.*s  %.*s (%.*s)\n", STR_ARG(due), STR_ARG(state), STR_ARG(page->page->title),
                   STR_ARG(page->page->path));
  }
  if (list->count) buf_add_byte(out, '\n');
  buf_add(out, plural(arena, (int64_t)counts[DUE_OVERDUE], "page"));
  buf_add_format(out, " overdue, %zu due ", counts[DUE_UPCOMING]);
  if (str_equal(within, STR("all")))
    buf_add_lit(out, "later");
  else
    buf_add_format(out, "within %.*s", STR_ARG(within));
  if (counts[DUE_UNDATED]) buf_add_format(out, ", %zu without a date", counts[DUE_UNDATED]);
  buf_add_lit(out, ".\n");
}

static const struct {
  Str name;
  void (*write)(const DueList *list, Buf *out);
} formats[] = {{{"csv", 3}, due_write_csv}, {{"json", 4}, due_write_json}, {{"ics", 3}, due_write_calendar}};

static void (*find_writer(Str format))(const DueList *list, Buf *out) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (str_equal(formats[i].name, format)) return formats[i].write;
  return NULL;
}

static int run(int argc, char **argv) {
  Str source = STR(".");
  Str within = STR("90d");
  Str format = STR("text");
  bool translations = false;
  int64_t days = 0;
  const CliOption options[] = {{.name = "--source", .text = &source},
                               {.name = "--within", .text = &within},
                               {.name = "--format", .text = &format},
                               {.name = "--translations", .flag = &translations}};
  CliOptions parsed = {.verb = &cli_due_verb, .options = options, .count = sizeof options / sizeof *options};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!read_within(within, &days))
    return cli_fail_usage(&cli_due_verb, "--within takes days or weeks, like 90d or 12w, or `all`, not `%.*s`",
                          STR_ARG(within));
  if (!str_equal(format, STR("text")) && !find_writer(format))
    return cli_fail_usage(&cli_due_verb, "--format takes `text`, `csv`, `json` or `ics`, not `%.*s`", STR_ARG(format));
  if (translations && str_equal(format, STR("ics")))
    return cli_fail_usage(&cli_due_verb, "translations have no date for a calendar; --format takes text, csv or json");
  CliSite cli;
  if (!cli_site_open(&cli, source)) return cli.status;
  DueList list = collect(&cli, days);
  Buf out = buf_new(cli.arena, OUTPUT_BYTES_MOST);
  if (translations)
    due_write_translations(cli.site, format, &out);
  else if (find_writer(format))
    find_writer(format)(&list, &out);
  else
    write_text(&list, within, &out);
  cli_print(buf_str(&out));
  cli_site_close(&cli);
  return cli.status;
}

const Verb cli_due_verb = {
    .name = "due",
    .summary = "list the pages whose review is due",
    .usage = "usage: pamphlet due [options]\n"
             "\n"
             "Lists, by owner, the published pages whose review is overdue or comes up, and clinical pages that say no "
             "date.\n"
             "\n"
             "  --source DIR      the folder that holds content/ and themes/ (default: this one)\n"
             "  --within TIME     how far ahead: 90d, 12w, or all (default: 90d)\n"
             "  --format FORMAT   text, csv for a spreadsheet, json, or ics for a calendar (default: text)\n"
             "  --translations    list the translations whose original has changed since, whatever their dates\n"
             "\n"
             "Exit status: 0 the list is complete, 1 a page could not be read, 2 command line, 3 system.\n"
             "SOURCE_DATE_EPOCH sets the day.\n",
    .run = run,
};
