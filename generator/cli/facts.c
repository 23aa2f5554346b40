#include "cli/site_view.h"
#include "content/dates.h"
#include "data/json.h"
#include "os/os.h"

#include <stdio.h>

enum { FILE_MOST = 64 << 20 };
#define OUTPUT_BYTES_MOST ((size_t)256 << 20)

typedef struct Use {
  const Page *page;
  Str path; /* of the file that it stands in: the page's, or a snippet's */
  Position place;
  Str member; /* "text" of facts.no_driving.text; may be empty */
} Use;

typedef struct Fact {
  Str name;
  Value value; /* the map, in the site's first language */
  Str checked; /* empty when it is no date */
  int64_t age; /* days since then */
  Use *uses;   /* by path, then place */
  size_t count;
  size_t pages;
} Fact;

typedef struct FactList {
  Arena *arena;
  Fact *facts;
  size_t count;
} FactList;

/* "facts.no_driving.text" is about no_driving. */
static bool names_fact(Str use, Str fact, Str *member) {
  Str head;
  Str name;
  Str rest;
  str_cut(use, '.', &head, &rest);
  str_cut(rest, '.', &name, member);
  return str_equal(head, STR("facts")) && str_equal(name, fact);
}

static size_t count_uses(const Site *site, Str fact) {
  size_t count = 0;
  Str member;
  for (size_t i = 0; i < site->page_count; i++)
    for (size_t k = 0; k < site->pages[i].doc.use_count; k++)
      count += names_fact(site->pages[i].doc.uses[k].name, fact, &member);
  return count;
}

/* Where a use stands. `*text` is that of the file `*path`, which is kept from one use to the next. */
static Use locate(const Site *site, const Page *page, const MarkdownUse *use, Str *path, Str *text) {
  Span span = pieces_span(page->pieces, (Span){page->path, use->offset, use->len});
  if (!str_equal(*path, span.path) && os_read_file(site->arena, span.path, FILE_MOST, text)) *text = (Str){"", 0};
  *path = span.path;
  return (Use){.page = page, .path = span.path, .place = diag_position(*text, span)};
}

static void find_uses(const Site *site, Fact *fact) {
  fact->uses = ARENA_ARRAY(site->arena, Use, count_uses(site, fact->name) + 1);
  for (size_t i = 0; i < site->page_count; i++) {
    const Page *page = &site->pages[i];
    Str path = {"", 0};
    Str text = {"", 0};
    size_t before = fact->count;
    for (size_t k = 0; k < page->doc.use_count; k++) {
      const MarkdownUse *use = &page->doc.uses[k];
      Str member;
      if (!names_fact(use->name, fact->name, &member)) continue;
      fact->uses[fact->count] = locate(site, page, use, &path, &text);
      fact->uses[fact->count++].member = member;
    }
    fact->pages += fact->count > before;
  }
}

static Fact read_fact(const Site *site, const ValueEntry *entry) {
  Fact fact = {.name = entry->key, .value = entry->value};
  Str checked = value_text(value_get(entry->value, STR("checked")));
  if (date_is_iso(checked)) {
    fact.checked = checked;
    fact.age = date_days(site->today) - date_days(checked);
  }
  find_uses(site, &fact);
  return fact;
}

/* All facts, or the one named. */
static FactList collect(const Site *site, Str only) {
  Value facts = site->data[0].facts;
  FactList list = {.arena = site->arena, .facts = ARENA_ARRAY(site->arena, Fact, value_count(facts) + 1)};
  for (size_t i = 0; facts.type == VALUE_MAP && i < facts.map->count; i++)
    if (!only.len || str_equal(only, facts.map->entries[i].key))
      list.facts[list.count++] = read_fact(site, &facts.map->entries[i]);
  return list;
}

static bool is_handout(const Page *page) {
  return value_to_bool(value_get(page->meta, STR("handout")), false);
}

static const char *plural(size_t count) {
  return count == 1 ? "" : "s";
}

/* "A title (publisher, 2025-06-26)", of a source that is text or a map. */
static Str source_text(Arena *arena, Value source) {
  if (value_is_text(source)) return value_text(source);
  Str title = value_text(value_get(source, STR("title")));
  Str publisher = value_text(value_get(source, STR("publisher")));
  Str date = value_text(value_get(source, STR("date")));
  if (!publisher.len && !date.len) return title;
  return STR_CONCAT(arena, title, STR(" ("), publisher, publisher.len && date.len ? STR(", ") : STR(""), date,
                    STR(")"));
}

static void write_fact(const FactList *list, const Fact *fact, Buf *out) {
  Str source = source_text(list->arena, value_get(fact->value, STR("source")));
  Str owner = value_text(value_get(fact->value, STR("owner")));
  Str text = value_text(value_get(fact->value, STR("text")));
  buf_add_format(out, "%.*s: %.*s\n", STR_ARG(fact->name), STR_ARG(text));
  if (source.len) buf_add_format(out, "  source   %.*s\n", STR_ARG(source));
  if (fact->checked.len)
    buf_add_format(out, "  checked  %.*s, %lld day%s ago\n", STR_ARG(fact->checked), (long long)fact->age,
                   plural((size_t)fact->age));
  else
    buf_add_lit(out, "  checked  never\n");
  if (owner.len) buf_add_format(out, "  owner    %.*s\n", STR_ARG(owner));
  if (!fact->count) buf_add_lit(out, "  used     on no page\n");
  if (fact->count)
    buf_add_format(out, "  used     %zu time%s on %zu page%s\n", fact->count, plural(fact->count), fact->pages,
                   plural(fact->pages));
  for (size_t i = 0; i < fact->count; i++) {
    const Use *use = &fact->uses[i];
    buf_add_format(out, "    %.*s:%zu:%zu", STR_ARG(use->path), use->place.line, use->place.column);
    if (!str_equal(use->path, use->page->path)) buf_add_format(out, " on %.*s", STR_ARG(use->page->path));
    buf_add_format(out, "%s%s\n", is_handout(use->page) ? " (handout)" : "", use->page->draft ? " (draft)" : "");
  }
}

static void write_text(const FactList *list, Buf *out) {
  for (size_t i = 0; i < list->count; i++) {
    if (i) buf_add_byte(out, '\n');
    write_fact(list, &list->facts[i], out);
  }
  if (!list->count) buf_add_lit(out, "There are no facts: content/facts.yaml is empty or missing.\n");
}

static Value or_null(Value value) {
  return value_is_defined(value) ? value : value_null();
}

static Value use_value(Arena *arena, const Use *use) {
  Value map = value_map(arena, 8);
  value_put(map, "file", value_str(use->path));
  value_put(map, "page", value_str(use->page->path));
  value_put(map, "line", value_int((int64_t)use->place.line));
  value_put(map, "column", value_int((int64_t)use->place.column));
  value_put(map, "member", use->member.len ? value_str(use->member) : value_null());
  value_put(map, "title", value_str(use->page->title));
  value_put(map, "url", value_str(use->page->file->url));
  value_put(map, "lang", value_str(use->page->file->lang));
  value_put(map, "handout", value_bool(is_handout(use->page)));
  value_put(map, "draft", value_bool(use->page->draft));
  return map;
}

static void write_json(const FactList *list, Buf *out) {
  static const Str keys[] = {{"value", 5},   {"unit", 4},  {"text", 4}, {"source", 6},
                             {"checked", 7}, {"owner", 5}, {"note", 4}};
  Value facts = value_list(list->arena, list->count);
  for (size_t i = 0; i < list->count; i++) {
    const Fact *fact = &list->facts[i];
    Value map = value_map(list->arena, 12);
    value_put(map, "name", value_str(fact->name));
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
      value_set(map, keys[k], or_null(value_get(fact->value, keys[k])));
    value_put(map, "age_days", fact->checked.len ? value_int(fact->age) : value_null());
    Value uses = value_list(list->arena, fact->count);
    for (size_t k = 0; k < fact->count; k++) value_push(uses, use_value(list->arena, &fact->uses[k]));
    value_put(map, "uses", uses);
    value_push(facts, map);
  }
  Value top = value_map(list->arena, 1);
  value_put(top, "facts", facts);
  json_write(out, top, JSON_OUT_UTF8, 2);
  buf_add_byte(out, '\n');
}

static int fail_unknown(const Site *site, Str name) {
  Value facts = site->data[0].facts;
  size_t count = facts.type == VALUE_MAP ? facts.map->count : 0;
  Str *names = ARENA_ARRAY(site->arena, Str, count + 1);
  for (size_t i = 0; i < count; i++) names[i] = facts.map->entries[i].key;
  Str near = str_nearest(name, names, count);
  return cli_fail_usage(&cli_facts_verb, "there is no fact `%.*s`%s%.*s%s", STR_ARG(name),
                        near.len ? "; did you mean `" : "", STR_ARG(near), near.len ? "`?" : "");
}

static int run(int argc, char **argv) {
  Str source = STR(".");
  Str format = STR("text");
  Str name = {"", 0};
  const CliOption options[] = {
      {.name = "--source", .text = &source}, {.name = "--uses", .text = &name}, {.name = "--format", .text = &format}};
  CliOptions parsed = {.verb = &cli_facts_verb, .options = options, .count = sizeof options / sizeof *options};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  bool json = str_equal(format, STR("json"));
  if (!json && !str_equal(format, STR("text")))
    return cli_fail_usage(&cli_facts_verb, "--format takes `text` or `json`, not `%.*s`", STR_ARG(format));
  if (str_starts(name, STR("facts."))) name = str_skip(name, STR("facts.").len);
  CliSite cli;
  if (!cli_site_open(&cli, source)) return cli.status;
  FactList list = collect(cli.site, name);
  Buf out = buf_new(cli.arena, OUTPUT_BYTES_MOST);
  if (name.len && !list.count)
    cli.status = fail_unknown(cli.site, name);
  else if (json)
    write_json(&list, &out);
  else
    write_text(&list, &out);
  cli_print(buf_str(&out));
  cli_site_close(&cli);
  return cli.status;
}

const Verb cli_facts_verb = {
    .name = "facts",
    .summary = "list the facts and the pages that use them",
    .usage =
        "usage: pamphlet facts [options]\n"
        "\n"
        "Lists each fact of content/facts.yaml with its value, its source, when it was checked, and every place that\n"
        "uses it, drafts too.\n"
        "\n"
        "  --source DIR      the folder that holds content/ and themes/ (default: this one)\n"
        "  --uses NAME       this fact only\n"
        "  --format FORMAT   text or json (default: text)\n"
        "\n"
        "Exit status: 0 the list is complete, 1 a page could not be read, 2 command line, 3 system.\n"
        "SOURCE_DATE_EPOCH sets the day.\n",
    .run = run,
};
