/* Any text as a page with a front matter: it is found where its lines say, each report lies in the file, and what is
 * taken has the shape that later steps rely on. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "content/dates.h"
#include "content/page.h"
#include "data/yaml.h"

enum { INPUT_MOST = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_texts(Value list) {
  require(!value_is_defined(list) || list.type == VALUE_LIST);
  for (size_t i = 0; i < value_count(list); i++) require(value_is_text(value_at(list, i)));
}

static void check_shape(Value meta) {
  static const char *const dates[] = {"date", "updated", "reviewed", "review_due"};
  static const char *const texts[] = {"title", "description", "kind", "lang", "reference", "version", "owner"};
  static const char *const lists[] = {"tags", "aliases", "numbers_differ"};
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
    Value date = value_get(meta, str_from_c(dates[i]));
    require(!value_is_defined(date) || (value_is_text(date) && date_is_iso(date.str)));
  }
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    Value text = value_get(meta, str_from_c(texts[i]));
    require(!value_is_defined(text) || value_is_text(text));
  }
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) check_texts(value_get(meta, str_from_c(lists[i])));
}

static void check_page(Arena *arena, Str text) {
  static const ContentFile file = {.path = {"_index.md", 9}, .lang = {"en", 2}, .role = FILE_SECTION};
  static const SiteSettings settings = {0};
  DiagList diags = diag_list_new(arena);
  PageMemory memory = {arena, arena, &diags};
  PageLoader loader = {.settings = &settings, .keys = front_matter_keys(arena, &settings)};
  size_t begin = 0;
  size_t end = 0;
  size_t body = 0;
  bool found = front_matter_find(text, &begin, &end, &body);
  require(body <= text.len);
  if (!found) return;
  require(begin <= end && end < body && str_starts(str_skip(text, end), STR("---")));
  YamlText yaml = {STR("_index.md"), text, begin, end};
  Value meta;
  if (yaml_read(arena, &yaml, &diags, &meta) && meta.type == VALUE_MAP) {
    FrontMatter front = {&file, STR("_index.md"), text, meta};
    if (front_matter_check(&loader, &memory, &front)) {
      check_shape(meta);
      Page page = {.path = STR("_index.md"), .meta = meta};
      front_matter_check_dates(&memory, &page);
    } else {
      require(diag_has_errors(&diags, false));
    }
  }
  for (const Diag *diag = diags.first; diag; diag = diag->next)
    require(diag->span.offset == STR_NONE || diag->span.offset + diag->span.len <= text.len + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST || (size && memchr(data, 0, size))) return 0;
  if (utf8_find_invalid(str_from(data, size)) != STR_NONE) return 0;
  Arena arena = arena_reserve((size_t)256 << 20);
  check_page(&arena, str_copy(&arena, str_from(data, size)));
  arena_release(&arena);
  return 0;
}
