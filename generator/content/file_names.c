/* Names that mean something to other generators and something else here, so that a page would have the wrong address or
 * the wrong language with no word. */
#include "content/files.h"

static Str name_of(Str path) {
  size_t slash = str_find_last_byte(path, '/');
  return slash == STR_NONE ? path : str_skip(path, slash + 1);
}

static Str without_ending(Str path) {
  return str_slice(path, 0, str_find_last_byte(path, '.'));
}

/* `contact.fr.md` beside `contact.md`, where nobody named `fr`. */
static void check_language(Arena *arena, const ContentFiles *files, const ContentFile *file, DiagList *diags) {
  Str stem = without_ending(name_of(file->path));
  size_t dot = str_find_last_byte(stem, '.');
  if (dot == STR_NONE || file->language != 0 || !str_equal(file->name, without_ending(file->path))) return;
  Str tag = str_skip(stem, dot + 1);
  bool region = tag.len > 2 && tag.s[2] == '-';
  if (tag.len < 2 || !ascii_is_alpha(tag.s[0]) || !ascii_is_alpha(tag.s[1]) || (tag.len > 2 && !region)) return;
  Str original = STR_CONCAT(arena, str_slice(file->path, 0, file->path.len - tag.len - sizeof ".md"), STR(".md"));
  if (!files_find(files, original)) return;
  DIAG(diags, FILE_LANGUAGE, ((Span){files_shown(arena, files, file->path), STR_NONE, 0}), tag, file->lang);
}

/* `es/contact.md`: told once, of the first file of the folder. */
static void check_folder(Arena *arena, const ContentFiles *files, const SiteSettings *settings, size_t at,
                         DiagList *diags) {
  const ContentFile *file = &files->items[at];
  size_t slash = str_find_byte(file->path, '/');
  if (slash == STR_NONE || settings->language_count < 2) return;
  Str folder = str_slice(file->path, 0, slash + 1);
  Str tag = str_slice(folder, 0, slash);
  for (size_t i = 0; i < settings->language_count; i++) {
    if (!str_equal(tag, settings->languages[i])) continue;
    for (size_t k = at; k-- > 0 && str_starts(files->items[k].path, folder);)
      if (files->items[k].role != FILE_ASSET) return;
    Str beside = str_skip(without_ending(file->path), folder.len);
    if (i) beside = STR_CONCAT(arena, beside, STR("."), tag);
    DIAG(diags, FILE_LANGUAGE_FOLDER, ((Span){files_shown(arena, files, file->path), STR_NONE, 0}), file->lang,
         file->url, STR_CONCAT(arena, beside, STR(".md")));
  }
}

/* `stent/index.md`, the bundle of one page. */
static void check_index(Arena *arena, const ContentFiles *files, const ContentFile *file, DiagList *diags) {
  if (!str_equal(name_of(file->name), STR("index"))) return;
  Str hint = STR("call it `_index.md`");
  if (file->name.len > sizeof "index" - 1) {
    Str folder = name_of(str_slice(file->name, 0, file->name.len - (sizeof "/index" - 1)));
    hint = STR_CONCAT(arena, STR("call it `"), folder,
                      STR(".md`, one folder up; or `_index.md` when pages stand below it"));
  }
  DIAG(diags, FILE_INDEX, ((Span){files_shown(arena, files, file->path), STR_NONE, 0}), file->url, hint);
}

static void check_ending(Arena *arena, const ContentFiles *files, const ContentFile *file, DiagList *diags) {
  static const Str endings[] = {{".markdown", 9}, {".mdown", 6}, {".mkd", 4}, {".mdx", 4}, {".md.txt", 7}, {".md", 3}};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    if (file->path.len <= endings[i].len) continue;
    Str stem = str_slice(file->path, 0, file->path.len - endings[i].len);
    if (!str_equal_nocase(str_skip(file->path, stem.len), endings[i])) continue;
    DIAG(diags, FILE_ENDING, ((Span){files_shown(arena, files, file->path), STR_NONE, 0}), name_of(stem));
    return;
  }
}

void files_check_names(Arena *arena, const ContentFiles *files, const SiteSettings *settings, DiagList *diags) {
  bool known = value_count(settings->raw) > 0; /* else site.yaml can't be read, and nobody knows its languages */
  for (size_t i = 0; i < files->count; i++) {
    const ContentFile *file = &files->items[i];
    if (file->role == FILE_ASSET) {
      check_ending(arena, files, file, diags);
      continue;
    }
    if (known) check_language(arena, files, file, diags);
    check_folder(arena, files, settings, i, diags);
    check_index(arena, files, file, diags);
  }
}
