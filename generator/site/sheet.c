#include "site/sheet.h"

#include "site/sets.h"
#include "site/sheet_inline.h"
#include "site/view.h"
#include "theme/plain.h"

#include <stdlib.h>
#include <xxhash.h>

static const Str templates[] = {[SHEET_PAGE] = {"handout.html", 12},
                                [SHEET_BOOKLET] = {"booklet.html", 12},
                                [SHEET_BILINGUAL] = {"bilingual.html", 14},
                                [SHEET_WALLET] = {"wallet.html", 11}};

Str sheet_edition(Arena *arena, const Page *page) {
  static const Str keys[] = {{"version", 7}, {"reference", 9}, {"reviewed", 8}, {"review_due", 10}};
  static const Str end = {"", 1}; /* a NUL, which no text holds */
  Str parts[2 * (3 + sizeof keys / sizeof *keys)];
  size_t count = 0;
  parts[count++] = page->doc.html;
  parts[count++] = end;
  parts[count++] = page->title;
  parts[count++] = end;
  parts[count++] = page->description;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    parts[count++] = end;
    parts[count++] = value_text(value_get(page->meta, keys[i]));
  }
  Str all = str_concat(arena, parts, count);
  return str_format(arena, "%08x", (unsigned)(XXH3_64bits(all.s, all.len) >> 32));
}

/* "car-t/after", "es" → "handouts/car-t/after.es.letter.large.pdf". What is the site's own is not said. */
static Str pdf_path(Arena *arena, const Sheet *sheet) {
  bool own = sheet->language == 0 || sheet->kind == SHEET_BILINGUAL; /* whose id says both */
  return STR_CONCAT(arena, STR("handouts/"), sheet->id, own ? STR("") : STR("."), own ? STR("") : sheet->lang,
                    sheet->options.paper == PAPER_LETTER ? STR(".letter") : STR(""),
                    sheet->options.large_print ? STR(".large") : STR(""), STR(".pdf"));
}

/* "car-t/after"; of a section its folder, of the home page "home". */
static Str page_id(const Page *page) {
  Str name = page->file->name;
  if (page->file->role != FILE_SECTION) return name;
  size_t slash = str_find_last_byte(name, '/');
  return slash == STR_NONE ? STR("home") : str_slice(name, 0, slash);
}

Sheet sheet_of_page(Arena *arena, const Page *page, SheetOptions options) {
  Sheet sheet = {.kind = SHEET_PAGE,
                 .id = page_id(page),
                 .lang = page->file->lang,
                 .language = page->file->language,
                 .title = page->title,
                 .page = page,
                 .options = options};
  sheet.pdf = pdf_path(arena, &sheet);
  return sheet;
}

static Sheet sheet_of_set(Arena *arena, const SheetSet *set, SheetOptions options) {
  Sheet sheet = sheet_of_page(arena, set->page, options);
  sheet.kind = set->kind;
  sheet.id = set->id;
  sheet.set = set;
  sheet.pdf = pdf_path(arena, &sheet);
  return sheet;
}

static int compare_sheets(const void *left, const void *right) {
  return str_compare(((const Sheet *)left)->pdf, ((const Sheet *)right)->pdf);
}

Sheet *sheets_list(const Site *site, Arena *arena, SheetOptions options, size_t *count) {
  Sheet *sheets = ARENA_ARRAY(arena, Sheet, site->page_count + site->set_count + 1);
  *count = 0;
  for (size_t i = 0; i < site->page_count; i++) {
    const Page *page = &site->pages[i];
    if (!site_has_page(site, page) || !page_is_handout(page->kind, page->meta)) continue;
    sheets[(*count)++] = sheet_of_page(arena, page, options);
  }
  for (size_t i = 0; i < site->set_count; i++) sheets[(*count)++] = sheet_of_set(arena, &site->sets[i], options);
  qsort(sheets, *count, sizeof *sheets, compare_sheets);
  return sheets;
}

bool sheets_prepare(Site *site) {
  if (!site->theme) return false;
  if (!site->schema_shared) site_prepare(site);
  bool wanted[sizeof templates / sizeof *templates] = {[SHEET_PAGE] = true};
  for (size_t i = 0; i < site->set_count; i++) wanted[site->sets[i].kind] = true;
  bool good = true;
  for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
    if (!wanted[i] || theme_template(site->theme, templates[i])) continue;
    good = false;
    if (!diag_has_errors(site->diags, false))
      DIAG(site->diags, TEMPLATE_MISSING, ((Span){STR(""), STR_NONE, 0}), theme_name(site->theme), templates[i]);
  }
  return good;
}

/* --- from the theme's HTML to a document that needs nothing else --- */

/* Of a sheet in two languages; undefined for all others. */
static Value languages_of(const Sheet *sheet, Arena *arena) {
  if (!sheet->set || sheet->kind != SHEET_BILINGUAL) return (Value){0};
  Value languages = value_list(arena, 2);
  for (size_t i = 0; i < 2; i++) value_push(languages, value_str(sheet->set->parts[i]->file->lang));
  return languages;
}

static bool render_template(const Site *site, const Sheet *sheet, Arena *arena, DiagList *diags, Str *html) {
  const Template *template = theme_template(site->theme, templates[sheet->kind]);
  if (!template) return false;
  View *view = view_new(site, sheet->set ? set_compose(site, sheet->set, arena) : sheet->page, arena);
  Value variables = view_variables(view);
  value_put(variables, "languages", languages_of(sheet, arena));
  Buf out = buf_new(arena, PAGE_OUTPUT_MOST);
  if (!template_render(template, variables, arena, diags, &out)) return false;
  *html = buf_str(&out);
  if (!out.over) return true;
  DIAG(diags, PAGE_TOO_LARGE, ((Span){sheet->page->path, STR_NONE, 0}), str_format(arena, "%d", PAGE_OUTPUT_MOST));
  return false;
}

/* The start tag of the document: lang, dir, and what stands in the margins of the paper. */
static bool find_parts(Str html, size_t *start, size_t *head_end, size_t *body) {
  *start = str_find(html, STR("<html"));
  *head_end = str_find(html, STR("</head>"));
  *body = str_find(html, STR("<body"));
  return *start != STR_NONE && *head_end != STR_NONE && *body != STR_NONE && *start < *head_end && *head_end < *body;
}

static void hash_bytes(Str bytes, uint64_t hash[2]) {
  XXH128_hash_t digest = XXH3_128bits(bytes.s, bytes.len);
  hash[0] = digest.high64;
  hash[1] = digest.low64;
}

/* The document with its paper and size of print, which only the style sheet looks at. */
static Str finish(Arena *arena, Str html, size_t start, size_t head_end, SheetOptions options) {
  size_t after = start + sizeof "<html" - 1;
  bool letter = options.paper == PAPER_LETTER;
  Str page = letter ? STR("<style>@page { size: letter; }</style>\n") : STR("<style>@page { size: A4; }</style>\n");
  return STR_CONCAT(arena, str_slice(html, 0, after),
                    letter ? STR(" data-paper=\"letter\"") : STR(" data-paper=\"a4\""),
                    options.large_print ? STR(" data-print=\"large\"") : STR(""), str_slice(html, after, head_end),
                    page, str_skip(html, head_end));
}

/* --- what it says --- */

static bool is_heading_at(Str html, int *level) {
  if (html.len < 4 || html.s[1] != 'h' || html.s[2] < '1' || html.s[2] > '6') return false;
  if (html.s[3] != ' ' && html.s[3] != '>') return false;
  *level = html.s[2] - '0';
  return true;
}

static void find_headings(Arena *arena, Str body, SheetText *text) {
  size_t most = 0;
  for (size_t i = 0; i + 2 < body.len; i++) most += body.s[i] == '<' && body.s[i + 1] == 'h';
  text->headings = ARENA_ARRAY(arena, SheetHeading, most + 1);
  for (size_t at; (at = str_find_byte(body, '<')) != STR_NONE;) {
    body = str_skip(body, at);
    Str tag = inline_tag(body);
    int level;
    bool heading = is_heading_at(body, &level);
    body = str_skip(body, tag.len);
    if (!heading) continue;
    Str inside = str_slice(body, 0, str_find(body, STR("</h")));
    text->headings[text->heading_count++] =
        (SheetHeading){.level = level, .id = inline_attribute(tag, STR("id")), .title = plain_text(arena, inside)};
  }
}

bool sheet_render(const Site *site, const Sheet *sheet, Arena *arena, DiagList *diags, SheetText *text) {
  *text = (SheetText){.title = sheet->title, .lang = sheet->lang};
  Str html;
  size_t start;
  size_t head_end;
  size_t body;
  if (!render_template(site, sheet, arena, diags, &html)) return false;
  html = inline_document(site, arena, html);
  if (!find_parts(html, &start, &head_end, &body)) {
    DIAG(diags, SHEET_TEMPLATE, ((Span){STR(""), STR_NONE, 0}), theme_name(site->theme), templates[sheet->kind]);
    return false;
  }
  Str tag = inline_tag(str_skip(html, start));
  hash_bytes(STR_CONCAT(arena, tag, str_skip(html, body)), text->text_hash);
  text->body = str_skip(html, body);
  find_headings(arena, text->body, text);
  text->html = finish(arena, html, start, head_end, sheet->options);
  hash_bytes(text->html, text->hash);
  return true;
}
