#include "content/cascade.h"

#include "data/pack.h"
#include "data/yaml.h"

/* The longest file, and what its values need. */
#define CASCADE_SCRATCH (PAGE_FILE_MOST * 8)

typedef struct Cascade {
  Str path;     /* of the `_index.md`, as shown to people */
  Value values; /* a map */
} Cascade;

struct Cascades {
  Cascade *items;
  size_t count;
  Map by_folder; /* "es:car-t" */
  const SiteSettings *settings;
};

/* "car-t/after" is in "car-t", "car-t/_index" too, "about" in "". */
static Str folder_of(Str name) {
  size_t slash = str_find_last_byte(name, '/');
  return slash == STR_NONE ? (Str){"", 0} : str_slice(name, 0, slash);
}

static Str key_of(Arena *arena, Str lang, Str folder) {
  return STR_CONCAT(arena, lang, STR(":"), folder);
}

/* The `cascade` of a file, checked, and with clinic data filled in; undefined when there is none to use. */
static Value read_cascade(const PageLoader *loader, const PageMemory *memory, const ContentFile *file, Str path) {
  Str text;
  size_t begin = 0;
  size_t end = 0;
  size_t body = 0;
  if (!page_read_text(memory, path, &text) || !front_matter_find(text, &begin, &end, &body)) return (Value){0};
  if (str_find(str_slice(text, begin, end), STR("cascade")) == STR_NONE) return (Value){0};
  Value meta;
  if (!yaml_read(memory->arena, &(YamlText){path, text, begin, end}, memory->diags, &meta)) return (Value){0};
  if (meta.type != VALUE_MAP || !front_matter_check(loader, memory, &(FrontMatter){file, path, text, meta}))
    return (Value){0};
  Value cascade = value_get(meta, STR("cascade"));
  if (cascade.type != VALUE_MAP) return (Value){0};
  MarkdownFill fill = {.arena = memory->arena,
                       .scratch = memory->scratch,
                       .diags = memory->diags,
                       .data = page_fill_data(loader, memory, file),
                       .path = path,
                       .file = text};
  page_fill(&fill, &cascade);
  return cascade;
}

Cascades *cascades_read(Arena *arena, const PageLoader *loader) {
  const ContentFiles *files = loader->files;
  Cascades *cascades = ARENA_NEW(arena, Cascades);
  *cascades = (Cascades){.by_folder = map_new(arena, 16), .settings = loader->settings};
  cascades->items = ARENA_ARRAY(arena, Cascade, files->page_count + 1);
  Arena scratch = arena_reserve(CASCADE_SCRATCH);
  for (size_t i = 0; i < files->count; i++) {
    const ContentFile *file = &files->items[i];
    if (file->role != FILE_SECTION) continue;
    ArenaMark mark = arena_mark(&scratch);
    DiagList unheard = diag_list_new(&scratch);
    Str path = files_shown(arena, files, file->path);
    Value values = read_cascade(loader, &(PageMemory){arena, &scratch, &unheard}, file, path);
    arena_rewind(&scratch, mark);
    if (values.type != VALUE_MAP) continue;
    *map_place(&cascades->by_folder, key_of(arena, file->lang, folder_of(file->name)), NULL) = cascades->count;
    cascades->items[cascades->count++] = (Cascade){path, values};
  }
  arena_release(&scratch);
  return cascades;
}

static void take(const Cascade *cascade, Arena *arena, Page *page) {
  for (size_t i = 0; i < cascade->values.map->count; i++) {
    const ValueEntry *entry = &cascade->values.map->entries[i];
    if (value_entry(page->meta, entry->key)) continue;
    if (page->inherited.type != VALUE_MAP) page->inherited = value_map(arena, cascade->values.map->count);
    value_set(page->meta, entry->key, entry->value);
    value_set(page->inherited, entry->key, value_str(cascade->path));
  }
}

static void take_from(const Cascades *cascades, Arena *arena, Page *page, Str lang, Str folder) {
  size_t found = map_find(&cascades->by_folder, key_of(arena, lang, folder));
  if (found != STR_NONE) take(&cascades->items[found], arena, page);
}

void cascades_apply(const Cascades *cascades, Arena *arena, Page *page) {
  if (cascades->count == 0) return;
  Str folder = page->file->name;
  do {
    folder = folder_of(folder);
    take_from(cascades, arena, page, page->file->lang, folder);
    if (page->file->language != 0) take_from(cascades, arena, page, cascades->settings->lang, folder);
  } while (folder.len);
}

bool cascades_pack(const Cascades *cascades, Buf *out) {
  for (size_t i = 0; i < cascades->count; i++) {
    pack_text(out, cascades->items[i].path);
    if (!pack_value(out, cascades->items[i].values)) return false;
  }
  return true;
}
