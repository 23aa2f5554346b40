/* `due --translations`: translations whose original has changed since. */
#include "check/parity.h"
#include "cli/due.h"
#include "data/json.h"

static void write_text(const ParityStale *stale, size_t count, Buf *out) {
  for (size_t i = 0; i < count; i++) {
    const ParityStale *one = &stale[i];
    buf_add_format(out, "%.*s (%.*s)\n", STR_ARG(one->page->path), STR_ARG(one->page->file->lang));
    buf_add_format(out, "  made from   %.*s", STR_ARG(one->source->path));
    if (one->made_from.len)
      buf_add_format(out, " as it was: source_hash %.*s\n", STR_ARG(one->made_from));
    else
      buf_add_lit(out, ", but says no source_hash\n");
    buf_add_format(out, "  once it is brought up to date: source_hash: %.*s\n", STR_ARG(one->now));
  }
  buf_add_format(out, "%s%zu translation%s to bring up to date.\n", count ? "\n" : "", count, count == 1 ? "" : "s");
}

static Value or_null(Str text) {
  return text.len ? value_str(text) : value_null();
}

static void write_json(const ParityStale *stale, size_t count, Buf *out) {
  Value list = value_list(out->arena, count);
  for (size_t i = 0; i < count; i++) {
    Value map = value_map(out->arena, 8);
    value_put(map, "file", value_str(stale[i].page->path));
    value_put(map, "lang", value_str(stale[i].page->file->lang));
    value_put(map, "title", value_str(stale[i].page->title));
    value_put(map, "owner", or_null(value_text(value_get(stale[i].page->meta, STR("owner")))));
    value_put(map, "source", value_str(stale[i].source->path));
    value_put(map, "source_hash", or_null(stale[i].made_from));
    value_put(map, "source_hash_now", value_str(stale[i].now));
    value_push(list, map);
  }
  Value top = value_map(out->arena, 1);
  value_put(top, "translations", list);
  json_write(out, top, JSON_OUT_UTF8, 2);
  buf_add_byte(out, '\n');
}

static void write_csv(const ParityStale *stale, size_t count, Buf *out) {
  static const Str head[] = {{"file", 4},   {"lang", 4},         {"title", 5},           {"owner", 5},
                             {"source", 6}, {"source_hash", 11}, {"source_hash_now", 15}};
  due_add_row(out, head, sizeof head / sizeof *head);
  for (size_t i = 0; i < count; i++) {
    const Page *page = stale[i].page;
    const Str row[] = {page->path,
                       page->file->lang,
                       page->title,
                       value_text(value_get(page->meta, STR("owner"))),
                       stale[i].source->path,
                       stale[i].made_from,
                       stale[i].now};
    due_add_row(out, row, sizeof row / sizeof *row);
  }
}

void due_write_translations(Site *site, Str format, Buf *out) {
  ParityStale *stale;
  site_connect(site); /* finds which page translates which */
  size_t count = parity_list_stale(site->arena, site->pages, site->page_count, &stale);
  if (str_equal(format, STR("json")))
    write_json(stale, count, out);
  else if (str_equal(format, STR("csv")))
    write_csv(stale, count, out);
  else
    write_text(stale, count, out);
}
