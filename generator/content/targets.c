#include "content/targets.h"

#include "content/picture.h"
#include "os/os.h"

#include <string.h>

static Str folder_of(Str path) {
  size_t slash = str_find_last_byte(path, '/');
  return slash == STR_NONE ? (Str){"", 0} : str_slice(path, 0, slash + 1);
}

bool targets_join(Arena *arena, Str from, Str relative, Str *path) {
  Buf joined = buf_new(arena, from.len + relative.len + 2);
  buf_add(&joined, folder_of(from));
  while (relative.len) {
    Str part;
    bool more = str_cut(relative, '/', &part, &relative);
    if (str_equal(part, STR("..")) && joined.len == 0) return false;
    if (str_equal(part, STR(".."))) {
      joined.len--;
      while (joined.len && joined.s[joined.len - 1] != '/') joined.len--;
    } else if (part.len && !str_equal(part, STR("."))) {
      buf_add(&joined, part);
      if (more) buf_add_byte(&joined, '/');
    }
  }
  *path = buf_str(&joined);
  return true;
}

static int hex_digit(char c) {
  if (ascii_is_digit(c)) return c - '0';
  c = ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static Str decode(Arena *arena, Str url) {
  if (str_find_byte(url, '%') == STR_NONE) return url;
  Buf text = buf_new(arena, url.len + 1);
  for (size_t i = 0; i < url.len; i++) {
    int high = url.s[i] == '%' && i + 2 < url.len ? hex_digit(url.s[i + 1]) : -1;
    int low = high >= 0 ? hex_digit(url.s[i + 2]) : -1;
    if (low < 0 || (high == 0 && low == 0)) {
      buf_add_byte(&text, url.s[i]);
      continue;
    }
    buf_add_byte(&text, (char)(high * 16 + low));
    i += 2;
  }
  return buf_str(&text);
}

static bool has_scheme(Str target) {
  if (!target.len || !ascii_is_alpha(target.s[0])) return false;
  for (size_t i = 1; i < target.len; i++) {
    char c = target.s[i];
    if (c == ':') return true;
    if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '+' && c != '-' && c != '.') return false;
  }
  return false;
}

/* The file that a target is written in: the page, or a snippet that it uses. */
static Str written_in(const Targets *links, Span span) {
  const Piece *piece = pieces_find(links->pieces, span.offset);
  if (!piece || !piece->use) return links->from->path;
  return str_skip(piece->path, links->loader->files->root.len + 1);
}

static void remember(Targets *links, size_t page, Str fragment, Span span) {
  if (links->count == links->capacity) {
    links->capacity = links->capacity ? links->capacity * 2 : 8;
    PageLink *items = ARENA_ARRAY(links->memory->scratch, PageLink, links->capacity);
    if (links->count) memcpy(items, links->items, links->count * sizeof *items);
    links->items = items;
  }
  const Piece *piece = pieces_find(links->pieces, span.offset);
  const PieceUse *use = piece ? piece->use : NULL;
  Str decoded = {"", 0};
  if (fragment.len) decoded = str_copy(links->memory->arena, decode(links->memory->scratch, fragment));
  links->items[links->count++] = (PageLink){page, decoded, pieces_span(links->pieces, span), use};
}

void targets_keep_links(const Targets *links, Page *page) {
  page->link_count = links->count;
  page->links = ARENA_ARRAY(links->memory->arena, PageLink, links->count);
  if (links->count) memcpy(page->links, links->items, links->count * sizeof *page->links);
}

/* In the language of the page that links when there is such a version: a Spanish page links to Spanish pages. A file
 * of yet another language, `page.ar.md`, is meant as it stands; so is one whose name is only there in Spanish. */
static const ContentFile *find_page(const Targets *links, Str path) {
  const ContentFiles *files = links->loader->files;
  Arena *scratch = links->memory->scratch;
  const ContentFile *file = files_find(files, path);
  if (file && file->language == 0) return files_version(file, links->from->language);
  if (file || links->from->language == 0 || !str_ends(path, STR(".md"))) return file;
  Str stem = str_slice(path, 0, path.len - 3);
  return files_find(files, STR_CONCAT(scratch, stem, STR("."), links->from->lang, STR(".md")));
}

static Str file_name(Str path) {
  return str_skip(path, folder_of(path).len);
}

/* The file that was probably meant: the same name elsewhere, else the nearest path. */
static Str nearest_file(const Targets *links, Str path) {
  const ContentFiles *files = links->loader->files;
  Arena *scratch = links->memory->scratch;
  Str *paths = ARENA_ARRAY(scratch, Str, files->count);
  /* As an address rather than a file: `contact`, `treatments/`. */
  Str stem = str_ends(path, STR("/")) ? str_slice(path, 0, path.len - 1) : path;
  const ContentFile *page = files_find(files, STR_CONCAT(scratch, stem, STR(".md")));
  if (!page) page = files_find(files, STR_CONCAT(scratch, stem, STR("/_index.md")));
  if (page) return page->path;
  for (size_t i = 0; i < files->count; i++) {
    paths[i] = files->items[i].path;
    if (str_equal(file_name(paths[i]), file_name(path)) && !str_equal(file_name(path), STR("_index.md")))
      return paths[i];
  }
  return str_nearest(path, paths, files->count);
}

/* `file` as a target written in the page `from`. */
static Str relative_to(Arena *arena, Str from, Str file) {
  Str folder = folder_of(from);
  while (folder.len && str_starts(file, folder) == false) folder = folder_of(str_slice(folder, 0, folder.len - 1));
  Buf relative = buf_new(arena, from.len * 3 + file.len + 1);
  for (Str rest = str_skip(folder_of(from), folder.len); rest.len;) {
    Str part;
    str_cut(rest, '/', &part, &rest);
    buf_add_lit(&relative, "../");
  }
  buf_add(&relative, str_skip(file, folder.len));
  return buf_str(&relative);
}

/* A picture of a handout that paper would show coarsely. */
static void check_picture(Targets *links, const ContentFile *file, Span span) {
  const PageMemory *memory = links->memory;
  Str head;
  PictureSize size;
  Str path = files_shown(memory->scratch, links->loader->files, file->path);
  if (str_ends(file->path, STR(".svg"))) return;
  links->saw_pictures = true;
  if (os_read_head(memory->scratch, path, PICTURE_HEAD_BYTES, &head)) return;
  if (!picture_size(head, &size) || picture_dots(size) >= PICTURE_DOTS_LEAST) return;
  DIAG(memory->diags, IMAGE_PAPER, span, str_format(memory->scratch, "%u", size.width),
       str_format(memory->scratch, "%u", size.height), str_format(memory->scratch, "%u", picture_dots(size)));
}

static Str resolve_file(Targets *links, const MarkdownTarget *target, Str path_part, Str fragment) {
  Arena *scratch = links->memory->scratch;
  Str path;
  Str from = written_in(links, target->span);
  if (!targets_join(scratch, from, decode(scratch, path_part), &path)) {
    DIAG(links->memory->diags, LINK_OUTSIDE, target->span, target->target);
    return target->target;
  }
  const ContentFile *file = find_page(links, path);
  if (!file) {
    Str near = nearest_file(links, path);
    if (near.len) near = relative_to(scratch, from, near);
    DIAG(links->memory->diags, LINK_TARGET, target->span, target->target, near);
    return target->target;
  }
  if (target->image && file->role != FILE_ASSET) {
    DIAG(links->memory->diags, IMAGE_TARGET, target->span, target->target);
    return target->target;
  }
  if (target->image && links->handout) check_picture(links, file, target->span);
  if (file->role != FILE_ASSET) remember(links, file->page, fragment, target->span);
  return fragment.len ? STR_CONCAT(links->memory->scratch, file->url, STR("#"), fragment) : file->url;
}

/* "/contact/" or "/car-t/steps.svg": looked up among what will be published. */
static Str resolve_rooted(Targets *links, const MarkdownTarget *target, Str path_part, Str fragment) {
  const PageLoader *loader = links->loader;
  Str url = STR_CONCAT(links->memory->scratch, loader->settings->base_path, str_skip(path_part, 1));
  const ContentFile *file = files_find_url(loader->files, url);
  if (!file && !str_ends(url, STR("/")))
    file = files_find_url(loader->files, STR_CONCAT(links->memory->scratch, url, STR("/")));
  if (!file) {
    DIAG(links->memory->diags, LINK_URL, target->span, target->target);
    return target->target;
  }
  if (file->role != FILE_ASSET) remember(links, file->page, fragment, target->span);
  return fragment.len ? STR_CONCAT(links->memory->scratch, file->url, STR("#"), fragment) : file->url;
}

static Str without_scheme(Str url) {
  static const Str starts[] = {STR("https://"), STR("http://"), STR("//")};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (str_starts(url, starts[i])) return str_skip(url, starts[i].len);
  return (Str){"", 0};
}

/* The address of this site in full, as other systems export it: checked like the others. It may lead to something that
 * is not in content/, a portal on the same host, and so is no error. */
static void check_own(Targets *links, const MarkdownTarget *target, Str url, Str fragment) {
  const PageLoader *loader = links->loader;
  Str own = without_scheme(loader->settings->base_url);
  Str host = str_slice(own, 0, str_find_byte(own, '/'));
  Str written = without_scheme(url);
  if (!host.len || !str_starts(written, host)) return;
  Str path = str_skip(written, host.len);
  if (path.len && path.s[0] != '/' && path.s[0] != '?') return; /* another host that begins like it */
  size_t query = str_find_byte(path, '?');
  path = str_slice(path, 0, query);
  if (!path.len) path = STR("/");
  if (!str_starts(path, loader->settings->base_path)) return;
  /* "/?p=12" is a page of WordPress, and would be the home page here. */
  bool numbered = query != STR_NONE && str_equal(path, loader->settings->base_path);
  const ContentFile *file = numbered ? NULL : files_find_url(loader->files, path);
  if (!file && !numbered) file = files_find_url(loader->files, STR_CONCAT(links->memory->scratch, path, STR("/")));
  if (!file)
    DIAG(links->memory->diags, LINK_OWN, target->span, target->target);
  else if (file->role != FILE_ASSET)
    remember(links, file->page, fragment, target->span);
}

/* `https://` and `mailto:` that nothing follows. */
static bool leads_nowhere(Str url) {
  if (str_starts(url, STR("mailto:"))) return str_find_byte(url, '@') == STR_NONE;
  if (!str_starts(url, STR("http:")) && !str_starts(url, STR("https:"))) return false;
  Str host = without_scheme(url);
  return !host.len || host.s[0] == '/';
}

Str targets_resolve(void *context, const MarkdownTarget *target) {
  Targets *links = context;
  Str path;
  Str fragment;
  str_cut(target->target, '#', &path, &fragment);
  if (has_scheme(target->target) || str_starts(target->target, STR("//"))) {
    if (leads_nowhere(target->target)) DIAG(links->memory->diags, LINK_NOWHERE, target->span);
    check_own(links, target, path, fragment);
    return target->target;
  }
  if (path.len == 0) {
    remember(links, links->from->page, fragment, target->span);
    return target->target;
  }
  if (path.s[0] == '/') return resolve_rooted(links, target, path, fragment);
  return resolve_file(links, target, path, fragment);
}
