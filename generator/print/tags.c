#include "base/buf.h"
#include "print/tags.h"

#include "print/syntax.h"

/* --- reading --- */

static const Str own_keys[] = {{"/Type", 5}, {"/S", 2}, {"/P", 2}, {"/Pg", 3}, {"/K", 2}, {"/A", 2}, {"/ID", 3}};

static bool is_own_key(Str key) {
  for (size_t i = 0; i < sizeof own_keys / sizeof *own_keys; i++)
    if (str_equal(key, own_keys[i])) return true;
  return false;
}

static Str other_entries(Arena *arena, Str dictionary) {
  Buf out = buf_new(arena, dictionary.len + 64);
  PdfLexer lexer = pdf_inside(dictionary);
  for (;;) {
    Str key = pdf_value(&lexer);
    Str value = pdf_value(&lexer);
    if (!value.len) return buf_str(&out);
    if (is_own_key(key)) continue;
    buf_add(&out, key);
    buf_add_byte(&out, ' ');
    buf_add(&out, value);
    buf_add_byte(&out, ' ');
  }
}

static bool read_kids(const Pdf *pdf, Tag *parent, Str dictionary, int depth);

static void read_leaf(Tag *tag, Str value, Str dictionary, int page) {
  bool object = str_equal(pdf_get(dictionary, STR("/Type")), STR("/OBJR"));
  int own_page = pdf_reference(pdf_get(dictionary, STR("/Pg")));
  tag->kind = object ? TAG_OBJECT : TAG_CONTENT;
  tag->page = own_page ? own_page : page;
  tag->mcid = pdf_int(pdf_is_dictionary(dictionary) ? pdf_get(dictionary, STR("/MCID")) : value, -1);
  tag->number = pdf_reference(pdf_get(dictionary, STR("/Obj")));
}

/* `page` is that of the parent, which its content is on unless it says otherwise. */
static bool read_kid(const Pdf *pdf, Tag *tag, Str value, int page, int depth) {
  Str dictionary = pdf_resolved(pdf, value);
  tag->type = pdf_get(dictionary, STR("/S"));
  if (!tag->type.len) {
    read_leaf(tag, value, dictionary, page);
    return true;
  }
  tag->number = pdf_reference(value);
  tag->attributes = pdf_get(dictionary, STR("/A"));
  tag->id = pdf_get(dictionary, STR("/ID"));
  tag->others = other_entries(pdf->arena, dictionary);
  return read_kids(pdf, tag, dictionary, depth);
}

static bool read_kids(const Pdf *pdf, Tag *parent, Str dictionary, int depth) {
  if (depth > TAGS_DEPTH_MOST) return false;
  Str kids = pdf_get(dictionary, STR("/K"));
  int page = pdf_reference(pdf_get(dictionary, STR("/Pg")));
  PdfLexer lexer = pdf_is_array(kids) ? pdf_inside(kids) : (PdfLexer){kids, 0};
  Tag **end = &parent->first;
  for (Str value = pdf_value(&lexer); value.len; value = pdf_value(&lexer)) {
    *end = ARENA_NEW(pdf->arena, Tag);
    (*end)->parent = parent;
    if (!read_kid(pdf, *end, value, page, depth + 1)) return false;
    end = &(*end)->next;
  }
  return true;
}

bool tags_read(Tags *tags, const Pdf *pdf) {
  *tags = (Tags){.pdf = pdf};
  Str catalog = pdf_object(pdf, pdf_catalog(pdf));
  tags->root_number = pdf_reference(pdf_get(catalog, STR("/StructTreeRoot")));
  if (!tags->root_number) return false;
  tags->root_dictionary = pdf_object(pdf, tags->root_number);
  tags->root.number = tags->root_number;
  return read_kids(pdf, &tags->root, tags->root_dictionary, 0) && tags->root.first;
}

/* --- writing --- */

static void add_entry(Buf *out, Str key, Str value) {
  if (!value.len) return;
  buf_add(out, key);
  buf_add_byte(out, ' ');
  buf_add(out, value);
  buf_add_byte(out, ' ');
}

static int page_of_kids(const Tag *tag) {
  for (const Tag *kid = tag->first; kid; kid = kid->next)
    if (kid->kind != TAG_ELEMENT) return kid->page;
  return 0;
}

static void add_kid(Buf *out, const Tag *kid, int page) {
  if (kid->kind == TAG_ELEMENT)
    buf_add_format(out, "%d 0 R ", kid->number);
  else if (kid->kind == TAG_OBJECT)
    buf_add_format(out, "<</Type /OBJR /Obj %d 0 R /Pg %d 0 R>> ", kid->number, kid->page);
  else if (kid->page == page)
    buf_add_format(out, "%d ", kid->mcid);
  else
    buf_add_format(out, "<</Type /MCR /MCID %d /Pg %d 0 R>> ", kid->mcid, kid->page);
}

static void write_tag(const Pdf *pdf, const Tag *tag) {
  Buf out = buf_new(pdf->arena, (size_t)64 << 20);
  int page = page_of_kids(tag);
  buf_add_lit(&out, "<</Type /StructElem ");
  add_entry(&out, STR("/S"), tag->type);
  add_entry(&out, STR("/A"), tag->attributes);
  add_entry(&out, STR("/ID"), tag->id);
  buf_add(&out, tag->others);
  buf_add_format(&out, "/P %d 0 R ", tag->parent->number);
  if (page) buf_add_format(&out, "/Pg %d 0 R ", page);
  if (tag->first) {
    buf_add_lit(&out, "/K [");
    for (const Tag *kid = tag->first; kid; kid = kid->next) add_kid(&out, kid, page);
    buf_add_lit(&out, "]");
  }
  buf_add_lit(&out, ">>");
  pdf_put(pdf, tag->number, buf_str(&out));
}

/* --- the parent tree: which element holds which content --- */

/* The leaves whose key in the parent tree is that of one page or one annotation. */
typedef struct ParentEntry {
  int key;
  bool page;
  int *elements; /* by MCID; of an annotation one */
  size_t count;
} ParentEntry;

typedef struct Parents {
  Arena *arena;
  ParentEntry *items; /* by key */
  size_t count;
  int last_page; /* most leaves are on the page of the one before */
  int last_key;
} Parents;

enum { KEYS_MOST = 1 << 20 }; /* pages and links of a document */

static ParentEntry *entry_of(Parents *parents, int key) {
  size_t at = (size_t)key;
  if (at >= parents->count) {
    ParentEntry *grown = ARENA_ARRAY(parents->arena, ParentEntry, (at + 1) * 2);
    if (parents->count) memcpy(grown, parents->items, parents->count * sizeof *grown);
    parents->items = grown;
    parents->count = (at + 1) * 2;
  }
  return &parents->items[at];
}

static void set_element(Parents *parents, ParentEntry *entry, size_t at, int element) {
  if (at >= entry->count) {
    size_t count = (at + 1) * 2;
    int *grown = ARENA_ARRAY(parents->arena, int, count);
    if (entry->count) memcpy(grown, entry->elements, entry->count * sizeof *grown);
    entry->elements = grown;
    entry->count = count;
  }
  entry->elements[at] = element;
}

static void note_parent(const Pdf *pdf, Parents *parents, const Tag *leaf) {
  bool object = leaf->kind == TAG_OBJECT;
  if (!object && leaf->page != parents->last_page) {
    parents->last_page = leaf->page;
    parents->last_key = pdf_int(pdf_get(pdf_object(pdf, leaf->page), STR("/StructParents")), -1);
  }
  int key = object ? pdf_int(pdf_get(pdf_object(pdf, leaf->number), STR("/StructParent")), -1) : parents->last_key;
  if (key < 0 || key > KEYS_MOST || (!object && leaf->mcid < 0)) return;
  ParentEntry *entry = entry_of(parents, key);
  entry->page = !object;
  set_element(parents, entry, object ? 0 : (size_t)leaf->mcid, leaf->parent->number);
}

static void add_parents(Buf *out, const ParentEntry *entry, int key) {
  size_t last = entry->count;
  while (last && !entry->elements[last - 1]) last--;
  if (!last) return;
  buf_add_format(out, "%d %s", key, entry->page ? "[" : "");
  for (size_t i = 0; i < last; i++) {
    if (entry->elements[i])
      buf_add_format(out, "%d 0 R ", entry->elements[i]);
    else
      buf_add_lit(out, "null ");
  }
  if (entry->page) buf_add_lit(out, "] ");
}

static void write_parents(Tags *tags) {
  const Pdf *pdf = tags->pdf;
  Parents parents = {.arena = pdf->arena};
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag))
    if (tag->kind != TAG_ELEMENT) note_parent(pdf, &parents, tag);
  Buf out = buf_new(pdf->arena, (size_t)64 << 20);
  buf_add_lit(&out, "<</Nums [");
  for (size_t key = 0; key < parents.count; key++) add_parents(&out, &parents.items[key], (int)key);
  buf_add_lit(&out, "]>>");
  int number = pdf_reference(pdf_get(tags->root_dictionary, STR("/ParentTree")));
  if (number)
    pdf_put(pdf, number, buf_str(&out));
  else
    tags->root_dictionary = pdf_with(pdf->arena, tags->root_dictionary, STR("/ParentTree"), buf_str(&out));
}

void tags_write(Tags *tags) {
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag))
    if (tag->kind == TAG_ELEMENT && !tag->number) tag->number = pdf_add(tags->pdf, STR("null"));
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag))
    if (tag->kind == TAG_ELEMENT) write_tag(tags->pdf, tag);
  write_parents(tags);
  pdf_put(tags->pdf, tags->root_number, tags->root_dictionary);
}

/* --- walking and changing --- */

Tag *tags_next(const Tag *tag) {
  if (tag->first) return tag->first;
  while (tag && !tag->next) tag = tag->parent;
  return tag ? tag->next : NULL;
}

bool tag_is(const Tag *tag, Str type) {
  return tag->kind == TAG_ELEMENT && str_equal(tag->type, type);
}

bool tag_is_below(const Tag *tag, Str type) {
  for (const Tag *above = tag->parent; above; above = above->parent)
    if (tag_is(above, type)) return true;
  return false;
}

static Tag **place_of(Tag *tag) {
  Tag **place = &tag->parent->first;
  while (*place != tag) place = &(*place)->next;
  return place;
}

Tag *tag_wrap(Arena *arena, Tag *first, Tag *last, Str type) {
  Tag *wrapper = ARENA_NEW(arena, Tag);
  *wrapper = (Tag){.parent = first->parent, .first = first, .next = last->next, .type = type};
  *place_of(first) = wrapper;
  last->next = NULL;
  for (Tag *kid = first; kid; kid = kid->next) kid->parent = wrapper;
  return wrapper;
}

void tag_dissolve(Tag *tag) {
  Tag **place = place_of(tag);
  *place = tag->first ? tag->first : tag->next;
  for (Tag *kid = tag->first; kid; kid = kid->next) {
    kid->parent = tag->parent;
    if (!kid->next) {
      kid->next = tag->next;
      break;
    }
  }
}
