#include "content/page.h"

#include "base/utf8.h"
#include "content/cascade.h"
#include "content/data_texts.h"
#include "content/glossary.h"
#include "content/snippets.h"
#include "content/targets.h"
#include "data/yaml.h"
#include "os/os.h"

#include <errno.h>

bool page_read_text(const PageMemory *memory, Str path, Str *text) {
  Span whole = {path, STR_NONE, 0};
  int error = os_read_file(memory->scratch, path, PAGE_FILE_MOST, text);
  if (error == EFBIG) {
    Str size = str_format(memory->scratch, "%llu", (unsigned long long)os_stat(path).size);
    DIAG(memory->diags, FILE_TOO_LARGE, whole, size, str_format(memory->scratch, "%d", PAGE_FILE_MOST));
    return false;
  }
  if (error) {
    DIAG(memory->diags, FILE_READ, whole, os_error_text(error));
    return false;
  }
  size_t nul = str_find_byte(*text, '\0');
  if (nul != STR_NONE) {
    DIAG(memory->diags, FILE_NUL, ((Span){path, nul, 1}));
    return false;
  }
  size_t bad = utf8_find_invalid(*text);
  if (bad != STR_NONE) {
    DIAG(memory->diags, FILE_NOT_UTF8, ((Span){path, bad, 1}));
    return false;
  }
  return true;
}

/* TOML and JSON, as Hugo takes them; *body: where the text begins. */
static bool is_foreign(const PageMemory *memory, const Page *page, Str text, size_t *body) {
  Str head = str_skip(text, *body);
  Str first = str_trim(str_slice(head, 0, str_find_byte(head, '\n')));
  bool toml = str_equal(first, STR("+++"));
  if (!toml && !str_equal(first, STR("{"))) return false;
  DIAG(memory->diags, FRONT_MATTER_FORM, ((Span){page->path, *body, first.len}), toml ? STR("TOML") : STR("JSON"));
  size_t close = str_find(head, toml ? STR("\n+++") : STR("\n}"));
  size_t rest = close == STR_NONE ? STR_NONE : str_find_byte(str_skip(head, close + 1), '\n');
  if (rest != STR_NONE) *body += close + 1 + rest + 1;
  return true;
}

/* The front matter as a checked map in scratch; an empty one when it is wrong, so that the Markdown is checked all the
 * same. */
static bool read_front_matter(const PageLoader *loader, const PageMemory *memory, Page *page, Str text, size_t *body) {
  size_t begin = 0;
  size_t end = 0;
  if (!front_matter_find(text, &begin, &end, body)) {
    bool open = *body == text.len && text.len > 0 && begin > 0 && end == text.len;
    if (open)
      DIAG(memory->diags, FRONT_MATTER_OPEN, ((Span){page->path, 0, 3}));
    else if (!is_foreign(memory, page, text, body))
      DIAG(memory->diags, FRONT_MATTER_MISSING, ((Span){page->path, 0, 0}));
    return false;
  }
  if (end - begin > FRONT_MATTER_MOST) {
    DIAG(memory->diags, FRONT_MATTER_LONG, ((Span){page->path, begin + FRONT_MATTER_MOST, 1}),
         str_format(memory->scratch, "%d", FRONT_MATTER_MOST));
    return false;
  }
  YamlText yaml = {page->path, text, begin, end};
  Value meta;
  if (!yaml_read(memory->scratch, &yaml, memory->diags, &meta)) return false;
  if (meta.type != VALUE_MAP) {
    DIAG(memory->diags, FRONT_MATTER_MAP, shape_span(page->path, meta), value_type_name(meta));
    return false;
  }
  page->meta = meta;
  PageMemory passing = {memory->scratch, memory->scratch, memory->diags};
  return front_matter_check(loader, &passing, &(FrontMatter){page->file, page->path, text, meta});
}

Span page_span(const Page *page, Str key, Value value) {
  bool inherited = value_is_defined(value_get(page->inherited, key));
  return inherited ? (Span){page->path, STR_NONE, 0} : shape_span(page->path, value);
}

void page_note_origin(const Page *page, Str key, Value value, DiagList *diags) {
  Value from = value_get(page->inherited, key);
  if (value_is_defined(from)) diag_note(diags, shape_span(from.str, value), STR("it takes this from its section"));
}

void page_fill(MarkdownFill *fill, Value *value) {
  for (size_t i = 0; value->type == VALUE_LIST && i < value->list->count; i++) page_fill(fill, &value->list->items[i]);
  for (size_t i = 0; value->type == VALUE_MAP && i < value->map->count; i++)
    page_fill(fill, &value->map->entries[i].value);
  if (value->type == VALUE_STR) value->str = markdown_fill(fill, value->str, value->origin ? value->origin - 1 : 0);
}

/* It says what `{{ page.… }}` means, and so cannot use it. */
Value page_fill_data(const PageLoader *loader, const PageMemory *memory, const ContentFile *file) {
  const PageData *own = &loader->data[file->language];
  Value data = value_map(memory->scratch, 4);
  value_put(data, "clinic", own->clinic);
  value_put(data, "facts", own->facts);
  value_put(data, "site", own->site);
  return data;
}

/* Clinic data and facts in the page's own front matter. */
static MarkdownFill fill_front_matter(const PageMemory *memory, Page *page, const MarkdownText *text, Value data) {
  MarkdownFill fill = {.arena = memory->arena,
                       .scratch = memory->scratch,
                       .diags = memory->diags,
                       .data = data,
                       .path = page->path,
                       .file = text->file};
  page_fill(&fill, &page->meta);
  return fill;
}

/* The names used in the front matter, then those in the text. */
static void join_uses(const MarkdownFill *before, MarkdownDoc *doc) {
  size_t count = before->use_count + doc->use_count;
  if (before->use_count == 0) return;
  MarkdownUse *uses = ARENA_ARRAY(before->arena, MarkdownUse, count);
  memcpy(uses, before->uses, before->use_count * sizeof *uses);
  if (doc->use_count) memcpy(uses + before->use_count, doc->uses, doc->use_count * sizeof *uses);
  doc->uses = uses;
  doc->use_count = count;
}

bool page_kind_is_clinical(Str kind) {
  static const Str kinds[] = {{"treatment", 9}, {"condition", 9}, {"procedure", 9}, {"faq", 3}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (str_equal(kind, kinds[i])) return true;
  return false;
}

bool page_is_handout(Str kind, Value meta) {
  return value_to_bool(value_get(meta, STR("handout")), page_kind_is_clinical(kind));
}

/* What menus, lists and search engines show of it. */
static void check_phones(const PageLoader *loader, const PageMemory *memory, const Page *page) {
  DataTexts check = {page->path, memory->scratch, memory->diags};
  data_texts_check_phones(&check, loader->phones, value_get(page->meta, STR("title")));
  data_texts_check_phones(&check, loader->phones, value_get(page->meta, STR("description")));
}

static void convert(const PageLoader *loader, const PageMemory *memory, Page *page, MarkdownText text) {
  Targets links = {.loader = loader, .from = page->file, .pieces = page->pieces, .memory = memory};
  Value data = page_fill_data(loader, memory, page->file);
  MarkdownFill fill = fill_front_matter(memory, page, &text, data);
  cascades_apply(loader->cascades, memory->scratch, page);
  page->meta = value_keep(memory->arena, memory->scratch, page->meta);
  page->inherited = value_keep(memory->arena, memory->scratch, page->inherited);
  value_put(data, "page", page->meta);
  Str kind = value_text(value_get(page->meta, STR("kind")));
  links.handout = page_is_handout(kind, page->meta);
  MarkdownOptions options = {
      .scratch = memory->scratch,
      .diags = memory->diags,
      .data = data,
      .words = loader->words(loader->words_context, page->file->lang),
      .icons = loader->icons,
      .phones = loader->phones,
      .rtl = loader->data[page->file->language].rtl,
      .lang = page->file->lang,
      .faq = str_equal(kind, STR("faq")),
      .terms = str_equal(kind, STR("glossary")) ? NULL : loader->data[page->file->language].terms,
      .blocks = loader->blocks,
      .text_passes = true,
      .resolve = targets_resolve,
      .resolve_context = &links,
  };
  markdown_render(memory->arena, &text, &options, &page->doc);
  join_uses(&fill, &page->doc);
  check_phones(loader, memory, page);
  targets_keep_links(&links, page);
  page->saw_pictures = links.saw_pictures;
}

/* At most so many bytes, cut between words: search results show about 160 characters. */
static Str shorten(Arena *arena, Str text, size_t most) {
  if (text.len <= most) return str_copy(arena, text);
  size_t end = most;
  while (end > 0 && text.s[end] != ' ') end--;
  if (end == 0) end = utf8_offset(text, most / 4);
  return STR_CONCAT(arena, str_slice(text, 0, end), STR("…"));
}

static void name_page(const PageMemory *memory, Page *page, bool good) {
  page->title = value_text(value_get(page->meta, STR("title")));
  if (!page->title.len) page->title = page->doc.title;
  if (!page->title.len && good) {
    DIAG(memory->diags, TITLE_MISSING, ((Span){page->path, STR_NONE, 0}));
  }
  page->description = value_text(value_get(page->meta, STR("description")));
  if (!page->description.len) page->description = shorten(memory->arena, page->doc.summary, 160);
  page->kind = value_text(value_get(page->meta, STR("kind")));
  if (!page->kind.len) page->kind = STR("page");
  /* Without a weight a page comes after all that have one. */
  page->weight = value_to_int(value_get(page->meta, STR("weight")), INT64_MAX);
  page->draft = value_to_bool(value_get(page->meta, STR("draft")), false);
}

void page_load(const PageLoader *loader, const ContentFile *file, const PageMemory *memory, Page *page) {
  *page = (Page){.file = file, .path = files_shown(memory->arena, loader->files, file->path)};
  page->kind = STR("page");
  page->broken = true;
  Str text;
  if (!page_read_text(memory, page->path, &text)) {
    page->meta = value_map(memory->arena, 0);
    return;
  }
  if (loader->known && loader->known(loader->known_context, memory, text, page)) return;
  page->meta = value_map(memory->scratch, 0);
  size_t body = 0;
  bool good = read_front_matter(loader, memory, page, text, &body);
  page->head = str_hash(str_slice(text, 0, body));
  MarkdownText markdown = {page->path, text, body};
  page->pieces = snippets_expand(loader->snippets, memory, file, &markdown);
  Diag *placed = memory->diags->last;
  /* Before names become values: a translation is compared by the names that both pages use. */
  if (loader->inspect) page->parity = loader->inspect(memory, &markdown, page->meta, &loader->data[file->language]);
  bool glossary = str_equal(value_text(value_get(page->meta, STR("kind"))), STR("glossary"));
  if (glossary) page->pieces = glossary_append(loader, memory, page, &markdown);
  convert(loader, memory, page, markdown);
  good = good && front_matter_check_dates(memory, page);
  name_page(memory, page, good);
  page->broken = !good || !page->title.len;
  if (loader->look) loader->look(loader->look_context, memory, &markdown, page);
  pieces_report(page->pieces, page->path, memory->diags, placed);
  page->doc.text = page->doc.summary = (Str){"", 0};
  page->doc.blocks = NULL;
  page->doc.block_count = 0;
}
