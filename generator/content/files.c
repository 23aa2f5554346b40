#include "content/files.h"

#include "base/utf8.h"
#include "os/os.h"

enum { PLACE_SCRATCH = 1 << 18 }; /* the address of a page in the making: ten times CONTENT_PATH_MOST, and buffers */

const char *const files_data[] = {"site.yaml", "clinic.yaml", "facts.yaml", "glossary.yaml", "handouts.yaml", NULL};

static bool is_data_file(Str path) {
  for (size_t i = 0; files_data[i]; i++)
    if (str_equal(path, str_from_c(files_data[i]))) return true;
  return false;
}

static bool is_left_out(Str path) {
  while (path.len) {
    Str part;
    str_cut(path, '/', &part, &path);
    if (str_starts(part, STR("."))) return true;
    bool index = str_starts(part, STR("_index.")) && path.len == 0;
    if (str_starts(part, STR("_")) && !index) return true;
    if (str_ends(part, STR("~")) || str_ends(part, STR(".swp"))) return true;
  }
  return false;
}

Str url_encode(Arena *arena, Str path) {
  static const char hex[] = "0123456789ABCDEF";
  Buf url = buf_new(arena, path.len * 3 + 1);
  for (size_t i = 0; i < path.len; i++) {
    char c = path.s[i];
    bool kept =
        ascii_is_alpha(c) || ascii_is_digit(c) || (c && str_find_byte(STR("/-_.~!$&'()*+,;=:@"), c) != STR_NONE);
    if (kept) {
      buf_add_byte(&url, c);
      continue;
    }
    buf_add_byte(&url, '%');
    buf_add_byte(&url, hex[(unsigned char)c >> 4]);
    buf_add_byte(&url, hex[(unsigned char)c & 15]);
  }
  buf_trim(&url);
  return buf_str(&url);
}

/* Cuts "car-t/after.es.md" into its name and language. */
static void split_language(ContentFile *file, const SiteSettings *settings) {
  Str stem = str_slice(file->path, 0, file->path.len - 3);
  file->name = stem;
  file->lang = settings->lang;
  size_t dot = str_find_last_byte(stem, '.');
  size_t slash = str_find_last_byte(stem, '/');
  if (dot == STR_NONE || (slash != STR_NONE && slash > dot)) return;
  for (size_t i = 0; i < settings->language_count; i++) {
    if (!str_equal(str_skip(stem, dot + 1), settings->languages[i])) continue;
    file->name = str_slice(stem, 0, dot);
    file->lang = settings->languages[i];
    file->language = i;
  }
}

/* Its URL, from its name and language. */
static void place_page(Arena *arena, Arena *scratch, ContentFile *file, const SiteSettings *settings) {
  ArenaMark mark = arena_mark(scratch);
  Buf folder = buf_new(scratch, OS_PATH_MOST);
  if (!str_equal(file->lang, settings->lang)) {
    buf_add(&folder, file->lang);
    buf_add_byte(&folder, '/');
  }
  Str rest = file->name;
  file->role = FILE_PAGE;
  while (rest.len) {
    Str part;
    str_cut(rest, '/', &part, &rest);
    if (rest.len == 0 && str_equal(part, STR("_index"))) {
      file->role = FILE_SECTION;
      break;
    }
    Str slug = utf8_slug(scratch, part);
    buf_add(&folder, slug.len ? slug : STR("page"));
    buf_add_byte(&folder, '/');
  }
  file->output = STR_CONCAT(arena, buf_str(&folder), STR("index.html"));
  file->url = STR_CONCAT(arena, settings->base_path, url_encode(scratch, buf_str(&folder)));
  arena_rewind(scratch, mark);
}

static void place_asset(Arena *arena, ContentFile *file, const SiteSettings *settings) {
  file->name = file->path;
  file->lang = settings->lang;
  file->role = FILE_ASSET;
  file->output = file->path;
  file->url = STR_CONCAT(arena, settings->base_path, url_encode(arena, file->path));
  file->page = STR_NONE;
}

static bool has_control_character(Str path) {
  for (size_t i = 0; i < path.len; i++)
    if ((unsigned char)path.s[i] < 0x20 || path.s[i] == 0x7F) return true;
  return false;
}

static bool is_below(Str path, Str folder) {
  return str_starts(path, folder) && (path.len == folder.len || path.s[folder.len] == '/');
}

/* Where a symbolic link leads: a regular file of content/, or of a folder that site.yaml names under `links`. A folder
 * named there is meant from the one that holds content/, as `--source` is. */
static bool link_is_allowed(Arena *arena, const ContentFiles *files, const SiteSettings *settings, Str real) {
  Str folder;
  if (os_stat(real).kind != OS_FILE) return false;
  if (os_real_path(arena, files->root, &folder) == 0 && is_below(real, folder)) return true;
  for (size_t i = 0; i < value_count(settings->links); i++) {
    Str named = value_text(value_at(settings->links, i));
    if (!str_starts(named, STR("/"))) named = STR_CONCAT(arena, files->root, STR("/../"), named);
    if (named.len && os_real_path(arena, named, &folder) == 0 && is_below(real, folder)) return true;
  }
  return false;
}

/* Reports what can't be published; true when the file can. */
static bool is_usable(const ContentFiles *files, const SiteSettings *settings, const OsEntry *entry, Arena *arena,
                      DiagList *diags) {
  Span span = {files_shown(arena, files, entry->path), STR_NONE, 0};
  if (entry->error) {
    DIAG(diags, FILE_READ, span, os_error_text(entry->error));
    return false;
  }
  if (entry->stat.kind == OS_FOLDER) return false;
  if (has_control_character(entry->path) || utf8_find_invalid(entry->path) != STR_NONE) {
    DIAG(diags, FILE_NAME, span);
    return false;
  }
  if (entry->path.len > CONTENT_PATH_MOST) {
    DIAG(diags, FILE_PATH_LONG, span, str_format(arena, "%zu", entry->path.len),
         str_format(arena, "%d", CONTENT_PATH_MOST));
    return false;
  }
  if (entry->stat.kind == OS_LINK) {
    Str real = {"", 0};
    if (os_real_path(arena, span.path, &real) == 0 && link_is_allowed(arena, files, settings, real)) return true;
    DIAG(diags, FILE_LINK, span);
    return false;
  }
  if (entry->stat.kind != OS_FILE) {
    DIAG(diags, FILE_SPECIAL, span);
    return false;
  }
  return true;
}

/* Gives the versions of a page one table. */
static void pair_versions(Arena *arena, const SiteSettings *settings, ContentFiles *files) {
  Map names = map_new(arena, files->page_count);
  for (size_t i = 0; i < files->count; i++) {
    ContentFile *file = &files->items[i];
    if (file->role == FILE_ASSET) continue;
    bool added;
    size_t *first = map_place(&names, file->name, &added);
    if (added) {
      *first = i;
      file->versions = ARENA_ARRAY(arena, const ContentFile *, settings->language_count);
    } else {
      file->versions = files->items[*first].versions;
    }
    file->versions[file->language] = file;
  }
}

/* What the other languages show for a page that has no file in them. */
static void add_fallbacks(Arena *arena, Arena *scratch, const SiteSettings *settings, ContentFiles *files) {
  files->fallbacks = ARENA_ARRAY(arena, ContentFile, files->page_count * settings->language_count);
  for (size_t i = 0; i < files->count; i++) {
    const ContentFile *original = &files->items[i];
    if (original->role == FILE_ASSET || original->language != 0) continue;
    for (size_t language = 1; language < settings->language_count; language++) {
      if (original->versions[language]) continue;
      ContentFile *file = &files->fallbacks[files->fallback_count];
      *file = *original;
      file->lang = settings->languages[language];
      file->language = language;
      file->fallback = true;
      place_page(arena, scratch, file, settings);
      original->versions[language] = file;
      bool added;
      size_t *place = map_place(&files->by_url, file->url, &added);
      if (added) *place = files->count + files->fallback_count;
      files->fallback_count++;
    }
  }
}

bool files_scan(Arena *arena, Str root, const SiteSettings *settings, DiagList *diags, ContentFiles *files) {
  OsEntries entries;
  *files = (ContentFiles){.root = root};
  int error = os_walk(arena, root, NULL, &entries);
  if (error) {
    DIAG(diags, FILE_READ, ((Span){root, STR_NONE, 0}), os_error_text(error));
    return false;
  }
  if (!files_place(arena, &entries, settings, diags, files)) return false;
  files_check_names(arena, files, settings, diags);
  return true;
}

bool files_place(Arena *arena, const OsEntries *entries, const SiteSettings *settings, DiagList *diags,
                 ContentFiles *files) {
  if (entries->count > CONTENT_FILES_MOST) {
    DIAG(diags, FILES_MANY, ((Span){files->root, STR_NONE, 0}), str_format(arena, "%d", CONTENT_FILES_MOST));
    return false;
  }
  Arena scratch = arena_reserve(PLACE_SCRATCH);
  files->items = ARENA_ARRAY(arena, ContentFile, entries->count);
  files->by_path = map_new(arena, entries->count);
  files->by_url = map_new(arena, entries->count);
  for (size_t i = 0; i < entries->count; i++) {
    const OsEntry *entry = &entries->items[i];
    if (is_left_out(entry->path)) continue;
    ArenaMark mark = arena_mark(arena);
    if (!is_usable(files, settings, entry, arena, diags)) continue;
    arena_rewind(arena, mark); /* nothing was reported that needs its path */
    if (is_data_file(entry->path)) continue;
    ContentFile *file = &files->items[files->count];
    file->path = entry->path;
    if (str_ends(entry->path, STR(".md"))) {
      split_language(file, settings);
      place_page(arena, &scratch, file, settings);
      file->page = files->page_count++;
    } else {
      place_asset(arena, file, settings);
    }
    *map_place(&files->by_path, file->path, NULL) = files->count;
    *map_place(&files->by_url, file->url, NULL) = files->count++;
  }
  if (settings->language_count > 1) pair_versions(arena, settings, files);
  if (settings->language_count > 1 && settings->fallback) add_fallbacks(arena, &scratch, settings, files);
  arena_release(&scratch);
  return true;
}

const ContentFile *files_find(const ContentFiles *files, Str path) {
  size_t at = map_find(&files->by_path, path);
  return at == STR_NONE ? NULL : &files->items[at];
}

const ContentFile *files_find_url(const ContentFiles *files, Str url) {
  size_t at = map_find(&files->by_url, url);
  if (at == STR_NONE) return NULL;
  return at < files->count ? &files->items[at] : &files->fallbacks[at - files->count];
}

const ContentFile *files_version(const ContentFile *file, size_t language) {
  if (!file->versions || !file->versions[language]) return file;
  return file->versions[language];
}

Str files_shown(Arena *arena, const ContentFiles *files, Str path) {
  return STR_CONCAT(arena, files->root, STR("/"), path);
}
