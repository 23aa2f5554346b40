/* Source: ISO 32000-1, 14.8.4 (standard structure types), and ISO 14289-1, 7. */
#include "base/map.h"
#include "base/buf.h"
#include "print/mend.h"
#include "print/syntax.h"

/* ISO 32000-1, tables 333 to 340. */
static const char *const standard[] = {
    "/Document", "/Part",      "/Art",     "/Sect",  "/Div",  "/BlockQuote", "/Caption", "/TOC",       "/TOCI",
    "/Index",    "/NonStruct", "/Private", "/P",     "/H",    "/H1",         "/H2",      "/H3",        "/H4",
    "/H5",       "/H6",        "/L",       "/LI",    "/Lbl",  "/LBody",      "/Table",   "/TR",        "/TH",
    "/TD",       "/THead",     "/TBody",   "/TFoot", "/Span", "/Quote",      "/Note",    "/Reference", "/BibEntry",
    "/Code",     "/Link",      "/Annot",   "/Ruby",  "/RB",   "/RT",         "/RP",      "/Warichu",   "/WT",
    "/WP",       "/Figure",    "/Formula", "/Form"};

/* What Chromium calls by names of PDF 2.0, and others of its own; not named here: NonStruct. */
static const struct {
  const char *name;
  const char *standard;
} roles[] = {{"/Strong", "/Span"},
             {"/Em", "/Span"},
             {"/Sub", "/Span"},
             {"/Title", "/P"},
             {"/Aside", "/Div"},
             {"/FENote", "/Div"},
             {"/DocumentFragment", "/Div"}};

static bool is_standard(Str type) {
  for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
    if (str_equal(type, str_from_c(standard[i]))) return true;
  return false;
}

static bool is_one_of(const Tag *tag, const char *const *types) {
  for (; *types; types++)
    if (tag_is(tag, str_from_c(*types))) return true;
  return false;
}

/* --- lists: L holds LI, LI holds Lbl and LBody --- */

static void mend_list(Tags *tags, Tag *list) {
  static const char *const allowed[] = {"/LI", "/L", "/Caption", NULL};
  for (Tag *kid = list->first; kid; kid = kid->next) {
    if (is_one_of(kid, allowed)) continue;
    if (tag_is(kid, STR("/NonStruct")) || tag_is(kid, STR("/Div")))
      kid->type = STR("/LI");
    else
      kid = tag_wrap(tags->pdf->arena, kid, kid, STR("/LI"));
  }
}

static void mend_item(Tags *tags, Tag *item) {
  Tag *first = item->first;
  while (first && tag_is(first, STR("/Lbl"))) first = first->next;
  if (!first || tag_is(first, STR("/LBody"))) return;
  Tag *last = first;
  while (last->next) last = last->next;
  tag_wrap(tags->pdf->arena, first, last, STR("/LBody"));
}

/* --- tables: rows, and cells in rows --- */

static void mend_table(Tag *table) {
  static const char *const allowed[] = {"/TR", "/THead", "/TBody", "/TFoot", "/Caption", NULL};
  for (Tag *kid = table->first; kid; kid = kid->next)
    if (!is_one_of(kid, allowed)) kid->type = STR("/TBody");
}

static void mend_row(Tag *row) {
  static const char *const allowed[] = {"/TH", "/TD", NULL};
  for (Tag *kid = row->first; kid; kid = kid->next)
    if (!is_one_of(kid, allowed)) kid->type = STR("/TD");
}

/* Chromium gives each TH a Scope; one that has none heads its row when it is not in the first. */
static void mend_head(Tags *tags, Tag *head) {
  if (str_find(head->attributes, STR("/Scope")) != STR_NONE) return;
  bool first_row = head->parent && head->parent->parent && head->parent->parent->first == head->parent;
  Str scope = first_row ? STR("<< /O /Table /Scope /Column >>") : STR("<< /O /Table /Scope /Row >>");
  Str inside =
      pdf_is_array(head->attributes) ? str_slice(head->attributes, 1, head->attributes.len - 1) : head->attributes;
  head->attributes = STR_CONCAT(tags->pdf->arena, STR("["), inside, STR(" "), scope, STR("]"));
}

/* --- the rest --- */

static bool has_words_instead(const Tag *tag) {
  Str dictionary = tag->others;
  return str_find(dictionary, STR("/Alt")) != STR_NONE || str_find(dictionary, STR("/ActualText")) != STR_NONE;
}

/* `figure` around a picture is a Figure too, and its caption would be hidden behind a text alternative. */
static void mend_figure(Tag *figure) {
  if (!has_words_instead(figure)) figure->type = STR("/Div");
}

static void mend_caption(Tag *caption) {
  static const char *const owners[] = {"/Table", "/L", "/Figure", NULL};
  if (!is_one_of(caption->parent, owners)) caption->type = STR("/Div");
}

/* A group in a line of text (print/scripts.h) is part of the line. */
static bool is_in_line(const Tag *tag) {
  static const char *const lines[] = {"/P",  "/H1",   "/H2",   "/H3",     "/H4", "/H5",
                                      "/H6", "/Link", "/Span", "/Strong", "/Em", NULL};
  const Tag *above = tag->parent;
  while (tag_is(above, STR("/NonStruct"))) above = above->parent;
  return is_one_of(above, lines);
}

static bool has_link(const Tag *link) {
  for (const Tag *kid = link->first; kid; kid = kid->next)
    if (kid->kind == TAG_OBJECT) return true;
  return false;
}

/* Links that have another role in the text (to a note and back) are no Link for Chromium. */
static void mend_linked(Tag *tag) {
  if (!tag_is(tag, STR("/Link")) && has_link(tag)) tag->type = STR("/Link");
}

static void mend_element(Tags *tags, Tag *tag) {
  if (tag_is(tag, STR("/L"))) mend_list(tags, tag);
  if (tag_is(tag, STR("/LI"))) mend_item(tags, tag);
  if (tag_is(tag, STR("/Lbl")) && !tag_is(tag->parent, STR("/LI"))) tag->type = STR("/Span");
  if (tag_is(tag, STR("/Table"))) mend_table(tag);
  if (tag_is(tag, STR("/TR"))) mend_row(tag);
  if (tag_is(tag, STR("/TH"))) mend_head(tags, tag);
  if (tag_is(tag, STR("/Figure"))) mend_figure(tag);
  if (tag_is(tag, STR("/Caption"))) mend_caption(tag);
  if (tag_is(tag, STR("/Link")) && !has_link(tag)) tag->type = STR("/Span");
  mend_linked(tag);
  if (tag_is(tag, STR("/Div")) && is_in_line(tag)) tag->type = STR("/Span");
}

/* Of every type that is none of the standard ones, what it stands for. */
static void map_roles(Tags *tags) {
  Buf map = buf_new(tags->pdf->arena, (size_t)1 << 16);
  buf_add_lit(&map, "<<");
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag)) {
    if (tag->kind != TAG_ELEMENT || is_standard(tag->type)) continue;
    Str so_far = STR_CONCAT(tags->pdf->arena, buf_str(&map), STR(" >>"));
    if (pdf_get(so_far, tag->type).len) continue;
    Str meant = STR("/NonStruct");
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
      if (str_equal(tag->type, str_from_c(roles[i].name))) meant = str_from_c(roles[i].standard);
    buf_add_format(&map, " %.*s %.*s", STR_ARG(tag->type), STR_ARG(meant));
  }
  buf_add_lit(&map, " >>");
  bool any = map.len > sizeof "<< >>" - 1;
  tags->root_dictionary =
      pdf_with(tags->pdf->arena, tags->root_dictionary, STR("/RoleMap"), any ? buf_str(&map) : (Str){"", 0});
}

void mend_structure(Tags *tags) {
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag))
    if (tag->kind == TAG_ELEMENT) mend_element(tags, tag);
  map_roles(tags);
}

/* --- elements that say nothing --- */

static bool says_nothing(const Tag *tag) {
  return tag_is(tag, STR("/NonStruct")) && !tag->others.len && !tag->attributes.len && !tag->id.len;
}

static bool holds_leaves_only(const Tag *tag) {
  for (const Tag *kid = tag->first; kid; kid = kid->next)
    if (kid->kind == TAG_ELEMENT) return false;
  return true;
}

static bool takes_content(const Tag *tag) {
  static const char *const others[] = {"/L", "/LI", "/Table", "/TR", "/THead", "/TBody", "/TFoot", "/Document", NULL};
  return tag->kind == TAG_ELEMENT && tag->type.len && !is_one_of(tag, others);
}

static bool is_empty_wrapper(const Tag *tag) {
  static const char *const types[] = {"/Span", "/Div", "/Lbl", "/LBody", "/LI", NULL};
  return !tag->first && (says_nothing(tag) || is_one_of(tag, types));
}

void mend_flatten(Tags *tags) {
  bool again = true;
  while (again) { /* what holds an element that goes may then go too */
    Tag *next;
    again = false;
    for (Tag *tag = tags_next(&tags->root); tag; tag = next) {
      next = tags_next(tag);
      if (!is_empty_wrapper(tag) && !(says_nothing(tag) && holds_leaves_only(tag) && takes_content(tag->parent)))
        continue;
      again = again || !tag->first;
      tag_dissolve(tag);
    }
  }
}

/* Attributes with the new numbers of the cells that they name: every string in them that is an id. */
static Str renumber(Arena *arena, Str attributes, const Map *numbers) {
  Buf out = buf_new(arena, attributes.len * 2 + 64);
  PdfLexer lexer = {attributes, 0};
  Str token;
  for (PdfKind kind = pdf_token(&lexer, &token); kind != PDF_END; kind = pdf_token(&lexer, &token)) {
    size_t number = kind == PDF_STRING ? map_find(numbers, token) : STR_NONE;
    if (number == STR_NONE)
      buf_add(&out, token);
    else
      buf_add_format(&out, "(node%08zu)", number);
    buf_add_byte(&out, ' ');
  }
  return buf_str(&out);
}

/* Chromium numbers elements by the nodes of its documents, on and on for as long as it runs. */
void mend_ids(Tags *tags) {
  Arena *arena = tags->pdf->arena;
  Map numbers = map_new(arena, 64);
  Buf names = buf_new(arena, (size_t)16 << 20);
  size_t count = 0;
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag)) {
    if (!tag->id.len) continue;
    *map_place(&numbers, tag->id, NULL) = ++count;
    tag->id = str_format(arena, "(node%08zu)", count);
    buf_add_format(&names, "%.*s %d 0 R ", STR_ARG(tag->id), tag->number);
  }
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag))
    if (str_find(tag->attributes, STR("/Headers")) != STR_NONE)
      tag->attributes = renumber(arena, tag->attributes, &numbers);
  Str tree = count ? STR_CONCAT(arena, STR("<</Names ["), buf_str(&names), STR("]>>")) : (Str){"", 0};
  tags->root_dictionary = pdf_with(arena, tags->root_dictionary, STR("/IDTree"), tree);
}
