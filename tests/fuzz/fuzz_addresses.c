/* Any text as base_url, as an alias and as the target of a link: what is taken can be published and written, and leads
 * nowhere outside of the site. The input is lines: base_url, alias, target. */
#include <stdlib.h>

#include "content/addresses.h"
#include "content/targets.h"
#include "site/manifest.h"

enum { INPUT_MOST = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_base(Arena *arena, Str url) {
  Str base;
  Str path;
  if (!address_split_base(arena, url, &base, &path)) return;
  require(str_starts(base, url) && str_ends(base, path) && base.len <= url.len + 1);
  require(str_starts(path, STR("/")) && str_ends(path, STR("/")));
  for (size_t i = 0; i < base.len; i++)
    require((unsigned char)base.s[i] > 0x20 && (unsigned char)base.s[i] < 0x7F &&
            str_find_byte(STR("\"<>"), base.s[i]) == STR_NONE);
}

static void check_web(Str url) {
  if (!address_is_web(url)) return;
  require(str_starts(url, STR("http")) && str_find(url, STR("://")) <= 5);
  for (size_t i = 0; i < url.len; i++) require((unsigned char)url.s[i] > 0x20 && url.s[i] != '"' && url.s[i] != '<');
}

static void check_alias(Arena *arena, Str alias) {
  Str path;
  if (!address_of_alias(arena, alias, &path)) return;
  require(manifest_is_inside(path) && str_ends(path, STR(".html")) && !str_starts(path, STR(".")));
  for (size_t i = 0; i < path.len; i++) require((unsigned char)path.s[i] > 0x20 && path.s[i] != '\\');
}

static const Str paths[] = {
    {"_index.md", 9},    {"_index.es.md", 12}, {"a b/_index.md", 13}, {"a b/c.md", 8},
    {"a b/c.es.md", 11}, {"a b/p.svg", 9},     {"d.md", 4},           {"\xC3\xA9.md", 5},
};
enum { PATHS = sizeof paths / sizeof *paths };

static void check_target(Arena *arena, Str target, size_t from, bool image) {
  static const Str languages[] = {{"en", 2}, {"es", 2}};
  SiteSettings settings = {.languages = languages, .language_count = 2, .lang = languages[0], .base_path = STR("/at/")};
  OsEntry entries[PATHS];
  for (size_t i = 0; i < PATHS; i++) entries[i] = (OsEntry){paths[i], {OS_FILE, 1, 0}, 0};
  DiagList diags = diag_list_new(arena);
  ContentFiles files = {.root = STR("content")};
  require(files_place(arena, &(OsEntries){entries, PATHS}, &settings, &diags, &files) &&
          !diag_has_errors(&diags, true));
  PageLoader loader = {.files = &files, .settings = &settings};
  PageMemory memory = {arena, arena, &diags};
  const ContentFile *page = &files.items[from % files.count];
  if (page->role == FILE_ASSET) return; /* which has no links */
  Targets targets = {.loader = &loader, .from = page, .memory = &memory};
  Str url = targets_resolve(&targets, &(MarkdownTarget){.target = target, .image = image, .span = {STR("p"), 0, 1}});
  require(targets.count <= 1 && (targets.count == 0 || targets.items[0].page < files.page_count));
  if (diag_has_errors(&diags, true)) return;
  bool elsewhere = str_equal(url, target); /* it has a scheme, or is the page's own: markdown/ looks at it */
  Str without = str_slice(url, 0, str_find_byte(url, '#'));
  require(elsewhere || (str_starts(url, STR("/at/")) && files_find_url(&files, without)));
}

static void check_join(Arena *arena, Str target) {
  Str path;
  if (!targets_join(arena, STR("a/b/c.md"), target, &path)) return;
  require(!str_starts(path, STR("/")) && !str_starts(path, STR("../")) && str_find(path, STR("/../")) == STR_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  Arena arena = arena_reserve((size_t)64 << 20);
  Str rest = str_copy(&arena, str_from(data, size));
  Str line;
  str_cut(rest, '\n', &line, &rest);
  check_base(&arena, line);
  check_web(line);
  str_cut(rest, '\n', &line, &rest);
  check_alias(&arena, line);
  check_join(&arena, rest);
  check_target(&arena, rest, size, size % 3 == 0);
  arena_release(&arena);
  return 0;
}
