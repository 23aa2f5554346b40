#include "site/handouts.h"

#include "data/json.h"
#include "os/os.h"
#include "site/manifest.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum { LIST_MOST = 64 << 20 }; /* bytes; a line has about 250: a quarter of a million PDFs */

static const char *const kinds[] = {
    [SHEET_PAGE] = "page", [SHEET_BOOKLET] = "booklet", [SHEET_BILINGUAL] = "bilingual", [SHEET_WALLET] = "wallet"};

const char *handouts_kind_name(SheetKind kind) {
  return kinds[kind];
}

Str handouts_path(Arena *arena, Str out) {
  return STR_CONCAT(arena, out, STR("/.pamphlet/handouts.json"));
}

static bool read_kind(Str name, SheetKind *kind) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (!str_equal(name, str_from_c(kinds[i]))) continue;
    *kind = (SheetKind)i;
    return true;
  }
  return false;
}

static bool read_entry(Value entry, Handout *handout) {
  *handout = (Handout){.pdf = value_text(value_get(entry, STR("pdf"))),
                       .id = value_text(value_get(entry, STR("id"))),
                       .lang = value_text(value_get(entry, STR("lang"))),
                       .title = value_text(value_get(entry, STR("title"))),
                       .findings = value_get(entry, STR("findings"))};
  handout->options.paper =
      str_equal(value_text(value_get(entry, STR("paper"))), STR("letter")) ? PAPER_LETTER : PAPER_A4;
  handout->options.large_print = value_to_bool(value_get(entry, STR("large_print")), false);
  int64_t bytes = value_to_int(value_get(entry, STR("bytes")), -1);
  int64_t pages = value_to_int(value_get(entry, STR("pages")), -1);
  handout->revision = (uint64_t)value_to_int(value_get(entry, STR("revision")), 0);
  handout->bytes = (uint64_t)bytes;
  handout->pages = (uint64_t)pages;
  return read_kind(value_text(value_get(entry, STR("kind"))), &handout->kind) && manifest_is_inside(handout->pdf) &&
         manifest_read_hash(value_text(value_get(entry, STR("text"))), handout->text_hash) &&
         manifest_read_hash(value_text(value_get(entry, STR("html"))), handout->hash) && bytes >= 0 && pages > 0;
}

static int compare(const void *left, const void *right) {
  return str_compare(((const Handout *)left)->pdf, ((const Handout *)right)->pdf);
}

static bool read_list(Arena *arena, Value list, Handouts *handouts) {
  if (list.type != VALUE_LIST) return false;
  handouts->items = ARENA_ARRAY(arena, Handout, value_count(list) + 1);
  for (size_t i = 0; i < value_count(list); i++)
    if (!read_entry(value_at(list, i), &handouts->items[handouts->count++])) return false;
  qsort(handouts->items, handouts->count, sizeof *handouts->items, compare);
  return true;
}

void handouts_read(Arena *arena, Str out, DiagList *diags, Handouts *handouts) {
  *handouts = (Handouts){0};
  Str path = handouts_path(arena, out);
  Str text;
  int error = os_read_file(arena, path, LIST_MOST, &text);
  if (error == ENOENT) return;
  DiagList own = diag_list_new(arena);
  Value list = {0};
  bool good = !error && json_read(arena, path, text, &own, &list) &&
              read_list(arena, value_get(list, STR("handouts")), handouts);
  if (good) return;
  DIAG(diags, HANDOUTS_MANIFEST, ((Span){path, STR_NONE, 0}));
  *handouts = (Handouts){0};
}

const Handout *handouts_find(const Handouts *handouts, Str pdf) {
  Handout wanted = {.pdf = pdf};
  return handouts->count ? bsearch(&wanted, handouts->items, handouts->count, sizeof wanted, compare) : NULL;
}

static Value hash_value(Arena *arena, const uint64_t hash[2]) {
  return value_str(str_format(arena, "%016" PRIx64 "%016" PRIx64, hash[0], hash[1]));
}

static Value entry_value(Arena *arena, const Handout *handout) {
  Value entry = value_map(arena, 13);
  value_put(entry, "pdf", value_str(handout->pdf));
  value_put(entry, "id", value_str(handout->id));
  value_put(entry, "kind", value_c(kinds[handout->kind]));
  value_put(entry, "lang", value_str(handout->lang));
  value_put(entry, "title", value_str(handout->title));
  value_put(entry, "paper", value_c(handout->options.paper == PAPER_LETTER ? "letter" : "a4"));
  value_put(entry, "large_print", value_bool(handout->options.large_print));
  value_put(entry, "text", hash_value(arena, handout->text_hash));
  value_put(entry, "html", hash_value(arena, handout->hash));
  value_put(entry, "revision", value_int((int64_t)handout->revision));
  value_put(entry, "bytes", value_int((int64_t)handout->bytes));
  value_put(entry, "pages", value_int((int64_t)handout->pages));
  if (value_count(handout->findings)) value_put(entry, "findings", handout->findings);
  return entry;
}

Str handouts_text(Arena *arena, Handout *items, size_t count) {
  qsort(items, count, sizeof *items, compare);
  Value list = value_list(arena, count);
  for (size_t i = 0; i < count; i++) value_push(list, entry_value(arena, &items[i]));
  Value file = value_map(arena, 1);
  value_put(file, "handouts", list);
  Buf text = buf_new(arena, LIST_MOST);
  json_write(&text, file, JSON_OUT_UTF8, 2);
  buf_add_byte(&text, '\n');
  return buf_str(&text);
}
