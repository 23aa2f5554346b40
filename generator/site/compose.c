/* The text of a handout that is put together from pages: chapters one after the other, or two languages side by side.
 */
#include "site/sets.h"

#include "site/sheet_inline.h"

enum { COMPOSED_MOST = 64 << 20 }; /* bytes of HTML; a book of 500 pages has 2 MB */

/* How pieces of pages become pieces of one document: no id twice, headings `deeper` levels down. */
typedef struct Shift {
  Str prefix; /* of ids, "c2-" */
  int deeper;
} Shift;

static bool is_id_list(Str name) {
  return str_equal(name, STR("id")) || str_equal(name, STR("aria-labelledby")) || str_equal(name, STR("popovertarget"));
}

/* "<h2" and "</h2" at the beginning of `html`; 0 for anything else. */
static int heading_level(Str html) {
  size_t at = str_starts(html, STR("</h")) ? 3 : str_starts(html, STR("<h")) ? 2 : 0;
  if (!at || html.len <= at + 1 || html.s[at] < '1' || html.s[at] > '6') return 0;
  return html.s[at + 1] == '>' || html.s[at + 1] == ' ' ? html.s[at] - '0' : 0;
}

static void add_attributes(Buf *out, Str tag, const Shift *shift) {
  static const Str here = {"=\"#", 3};
  while (tag.len) {
    size_t at = str_find(tag, STR("=\""));
    if (at == STR_NONE) break;
    size_t begin = at;
    while (begin > 0 && !ascii_is_space(tag.s[begin - 1])) begin--;
    buf_add(out, str_slice(tag, 0, at + 2));
    if (is_id_list(str_slice(tag, begin, at)))
      buf_add(out, shift->prefix);
    else if (str_starts(str_skip(tag, at), here) && str_equal(str_slice(tag, begin, at), STR("href"))) {
      buf_add_byte(out, '#');
      buf_add(out, shift->prefix);
      at++;
    }
    size_t end = str_find_byte(str_skip(tag, at + 2), '"');
    end = end == STR_NONE ? tag.len : at + 2 + end + 1;
    buf_add(out, str_slice(tag, at + 2, end));
    tag = str_skip(tag, end);
  }
  buf_add(out, tag);
}

static void add_part(Buf *out, Str html, const Shift *shift) {
  for (size_t at; (at = str_find_byte(html, '<')) != STR_NONE;) {
    buf_add(out, str_slice(html, 0, at));
    html = str_skip(html, at);
    Str tag = inline_tag(html);
    int level = heading_level(tag);
    html = str_skip(html, tag.len);
    if (level) {
      int deeper = level + shift->deeper < 6 ? level + shift->deeper : 6;
      buf_add_format(out, "%sh%d", tag.s[1] == '/' ? "</" : "<", deeper);
      tag = str_skip(tag, tag.s[1] == '/' ? 4 : 3);
    }
    add_attributes(out, tag, shift);
  }
  buf_add(out, html);
}

/* --- what is there once: words and sources --- */

static bool has(Value list, Value item, Str key) {
  for (size_t i = 0; i < value_count(list); i++)
    if (value_equal(value_get(value_at(list, i), key), value_get(item, key))) return true;
  return false;
}

static void add_new(Value into, Value from, Str key) {
  for (size_t i = 0; i < value_count(from); i++)
    if (!has(into, value_at(from, i), key)) value_push(into, value_at(from, i));
}

static bool is_explained(const SheetSet *set, Value word) {
  for (size_t i = 0; i < set->part_count; i++)
    if (has(set->parts[i]->doc.glossary, word, STR("term"))) return true;
  return false;
}

/* Each word once, in the order of the glossary, which is that of the alphabet. */
static Value words_of_chapters(const Site *site, const SheetSet *set, Arena *arena) {
  const Terms *terms = site->data[set->page->file->language].terms;
  Value words = value_list(arena, 16);
  for (size_t i = 0; terms && i < terms_count(terms); i++)
    if (is_explained(set, terms_entry(terms, i))) value_push(words, terms_entry(terms, i));
  return words;
}

static void gather(const Site *site, const SheetSet *set, Arena *arena, Page *page) {
  Value sources = value_list(arena, 8);
  for (size_t i = 0; i < set->part_count; i++)
    add_new(sources, value_get(set->parts[i]->meta, STR("sources")), STR("title"));
  page->doc.glossary = set->kind == SHEET_BOOKLET ? words_of_chapters(site, set, arena) : (Value){0};
  Value meta = value_map(arena, value_count(set->page->meta) + 1);
  for (size_t i = 0; i < value_count(set->page->meta); i++)
    value_set(meta, set->page->meta.map->entries[i].key, set->page->meta.map->entries[i].value);
  if (value_count(sources)) value_put(meta, "sources", sources);
  page->meta = meta;
}

/* --- booklets --- */

static void add_chapter(Buf *out, const Page *chapter, Str id, const Shift *shift, Page *page) {
  buf_add_format(out, "<section class=\"chapter\" aria-labelledby=\"%.*s\">\n<h2 id=\"%.*s\">", STR_ARG(id),
                 STR_ARG(id));
  buf_add_escaped(out, chapter->title);
  buf_add_lit(out, "</h2>\n");
  if (value_text(value_get(chapter->meta, STR("description"))).len) {
    buf_add_lit(out, "<p class=\"lead\">");
    buf_add_escaped(out, chapter->description);
    buf_add_lit(out, "</p>\n");
  }
  add_part(out, chapter->doc.html, shift);
  buf_add_lit(out, "</section>\n");
  page->doc.outline[page->doc.outline_count++] = (MarkdownHeading){id, chapter->title, 2};
}

static void compose_booklet(const SheetSet *set, Arena *arena, Page *page, Buf *out) {
  page->doc.outline = ARENA_ARRAY(arena, MarkdownHeading, set->part_count);
  for (size_t i = 0; i < set->part_count; i++) {
    Str id = str_format(arena, "chapter-%zu", i + 1);
    Shift shift = {.prefix = str_format(arena, "c%zu-", i + 1), .deeper = 1};
    add_chapter(out, set->parts[i], id, &shift, page);
  }
}

/* --- two languages --- */

static bool is_void(Str tag) {
  static const Str names[] = {{"<img", 4},    {"<br", 3},    {"<hr", 3}, {"<input", 6},
                              {"<source", 7}, {"<track", 6}, {"<wbr", 4}};
  if (str_ends(tag, STR("/>"))) return true;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_starts(tag, names[i]) && tag.len > names[i].len && !ascii_is_alpha(tag.s[names[i].len])) return true;
  return false;
}

/* How much of `html` comes before its next section: a heading of level 2 or a section element that stands by itself. */
static size_t section_end(Str html) {
  size_t depth = 0;
  for (size_t at = 0; at < html.len;) {
    size_t next = str_find_byte(str_skip(html, at), '<');
    if (next == STR_NONE) break;
    at += next;
    Str tag = inline_tag(str_skip(html, at));
    bool starts = str_starts(tag, STR("<h2")) || str_starts(tag, STR("<section"));
    if (starts && depth == 0 && at > 0) return at;
    if (str_starts(tag, STR("</")))
      depth -= depth > 0;
    else if (!is_void(tag))
      depth++;
    at += tag.len;
  }
  return html.len;
}

static void add_side(Buf *out, const Site *site, const Page *part, Str html, const Shift *shift) {
  const PageData *data = &site->data[part->file->language];
  buf_add_format(out, "<div class=\"side\" lang=\"%.*s\" dir=\"%.*s\">\n", STR_ARG(part->file->lang),
                 STR_ARG(data->dir));
  add_part(out, html, shift);
  buf_add_lit(out, "</div>\n");
}

static Str title_of(Arena *arena, const Page *part) {
  Buf out = buf_new(arena, COMPOSED_MOST);
  buf_add_lit(&out, "<h1>");
  buf_add_escaped(&out, part->title);
  buf_add_lit(&out, "</h1>\n<p class=\"lead\">");
  buf_add_escaped(&out, part->description);
  buf_add_lit(&out, "</p>\n");
  return buf_str(&out);
}

/* Each language has its own words: what one of them explains need not be hard in the other. */
static Str words_of(Arena *arena, const Site *site, const Page *part) {
  Buf out = buf_new(arena, COMPOSED_MOST);
  Value words = part->doc.glossary;
  if (!value_count(words)) return STR("");
  buf_add_lit(&out, "<h2>");
  buf_add_escaped(&out, value_text(value_get(theme_words(site->theme, part->file->lang), STR("sheet_glossary"))));
  buf_add_lit(&out, "</h2>\n<dl class=\"glossary\">\n");
  for (size_t i = 0; i < value_count(words); i++) {
    Value word = value_at(words, i);
    buf_add_lit(&out, "<div><dt>");
    buf_add_escaped(&out, value_text(value_get(word, STR("term"))));
    buf_add_lit(&out, "</dt><dd>");
    buf_add_escaped(&out, value_text(value_get(word, STR("plain"))));
    buf_add_lit(&out, "</dd></div>\n");
  }
  buf_add_lit(&out, "</dl>\n");
  return buf_str(&out);
}

static void add_pair(Buf *out, const Site *site, const SheetSet *set, const Str row[2], const Shift shifts[2]) {
  buf_add_lit(out, "<div class=\"pair\">\n");
  for (size_t i = 0; i < 2; i++) add_side(out, site, set->parts[i], row[i], &shifts[i]);
  buf_add_lit(out, "</div>\n");
}

static void compose_bilingual(const Site *site, const SheetSet *set, Arena *arena, Buf *out) {
  const Page *left = set->parts[0];
  const Page *right = set->parts[1];
  Shift shifts[] = {{.prefix = (Str){"", 0}}, {.prefix = STR_CONCAT(arena, right->file->lang, STR("-"))}};
  Str rest[] = {left->doc.html, right->doc.html};
  Str row[] = {title_of(arena, left), title_of(arena, right)};
  do {
    add_pair(out, site, set, row, shifts);
    for (size_t i = 0; i < 2; i++) {
      size_t end = section_end(rest[i]);
      row[i] = str_slice(rest[i], 0, end);
      rest[i] = str_skip(rest[i], end);
    }
  } while (row[0].len || row[1].len);
  Str words[] = {words_of(arena, site, left), words_of(arena, site, right)};
  if (words[0].len || words[1].len) add_pair(out, site, set, words, shifts);
}

Page *set_compose(const Site *site, const SheetSet *set, Arena *arena) {
  Page *page = ARENA_NEW(arena, Page);
  *page = *set->page;
  Buf out = buf_new(arena, COMPOSED_MOST);
  gather(site, set, arena, page);
  if (set->kind == SHEET_BOOKLET) compose_booklet(set, arena, page, &out);
  if (set->kind == SHEET_BILINGUAL) compose_bilingual(site, set, arena, &out);
  page->doc.html = buf_str(&out);
  return page;
}
