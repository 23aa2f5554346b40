#include "schema/about.h"

#include "base/utf8.h"
#include "theme/plain.h"

/* --- the text of a section --- */

static Str tag_name(Str tag) {
  size_t len = 0;
  while (len < tag.len && (ascii_is_alpha(tag.s[len]) || ascii_is_digit(tag.s[len]))) len++;
  return str_slice(tag, 0, len);
}

/* The heading of that id: its level, and what stands after it. */
static int find_heading(Arena *arena, Str html, Str id, Str *after) {
  Str attribute = STR_CONCAT(arena, STR(" id=\""), id, STR("\""));
  for (size_t at = str_find(html, attribute); at != STR_NONE; at = str_find(html, attribute)) {
    bool heading = at >= 3 && html.s[at - 3] == '<' && html.s[at - 2] == 'h' && ascii_is_digit(html.s[at - 1]);
    int level = heading ? html.s[at - 1] - '0' : 0;
    html = str_skip(html, at + attribute.len);
    size_t end = heading ? str_find(html, STR("</h")) : STR_NONE;
    *after = str_skip(html, end == STR_NONE ? 0 : end + STR("</h2>").len);
    if (end != STR_NONE) return level;
  }
  return 0;
}

/* Whether the section ends with this tag. `depth` counts sections that were opened in it. */
static bool ends_section(Str tag, int level, int *depth) {
  Str name = tag_name(tag);
  if (str_equal(name, STR("section"))) ++*depth;
  if (str_starts(tag, STR("/section"))) return --*depth < 0;
  return name.len == 2 && name.s[0] == 'h' && ascii_is_digit(name.s[1]) && name.s[1] - '0' <= level;
}

Str about_section_text(Arena *arena, Str html, Str id) {
  Str section;
  int level = find_heading(arena, html, id, &section);
  if (level == 0) return (Str){"", 0};
  Str text;
  Str rest = section;
  int depth = 0;
  bool ended = false;
  while (!ended && str_cut(rest, '<', &text, &rest)) ended = ends_section(rest, level, &depth);
  return plain_text(arena, str_slice(section, 0, ended ? (size_t)(rest.s - section.s) - 1 : section.len));
}

/* --- what the page shows --- */

typedef struct About {
  const PageMemory *memory;
  const Page *page;
  Value given;
  Value result;
  Str shown; /* the text of the page in small letters; made when first asked for */
} About;

static bool is_shown(About *about, Str words) {
  Arena *scratch = about->memory->scratch;
  const Page *page = about->page;
  if (!about->shown.len)
    about->shown =
        utf8_lower(scratch, STR_CONCAT(scratch, page->title, STR("\n"), page->description, STR("\n"), page->doc.text));
  return str_find(about->shown, utf8_lower(scratch, words)) != STR_NONE;
}

static Span span_of(const About *about, Value value) {
  return page_span(about->page, STR("about"), value);
}

static Str nearest_id(const About *about, Str id) {
  const MarkdownDoc *doc = &about->page->doc;
  Str *ids = ARENA_ARRAY(about->memory->scratch, Str, doc->outline_count);
  for (size_t i = 0; i < doc->outline_count; i++) ids[i] = doc->outline[i].id;
  return str_nearest(id, ids, doc->outline_count);
}

static void report_unseen(const About *about, Value words) {
  DIAG(about->memory->diags, ABOUT_UNSEEN, span_of(about, words), words.str);
  page_note_origin(about->page, STR("about"), words, about->memory->diags);
}

/* "#get-ready", or the words themselves. */
static void take_text(About *about, Value words, Str into) {
  Str text = words.str;
  if (str_starts(words.str, STR("#"))) {
    Str id = str_skip(words.str, 1);
    text = about_section_text(about->memory->scratch, about->page->doc.html, id);
    if (!text.len) DIAG(about->memory->diags, ABOUT_SECTION, span_of(about, words), id, nearest_id(about, id));
  } else if (!is_shown(about, words.str)) {
    report_unseen(about, words);
    return;
  }
  if (text.len) value_set(about->result, into, value_str(text));
}

static void take_list(About *about, Value list, Str into) {
  Value seen = value_list(about->memory->scratch, value_count(list));
  for (size_t i = 0; i < value_count(list); i++) {
    Value words = value_at(list, i);
    if (is_shown(about, words.str))
      value_push(seen, words);
    else
      report_unseen(about, words);
  }
  if (value_count(seen)) value_set(about->result, into, seen);
}

static const char *type_of(const About *about) {
  static const struct {
    Str word;
    const char *type;
  } types[] = {
      {STR("therapy"), "MedicalTherapy"},     {STR("treatment"), "MedicalTherapy"},
      {STR("condition"), "MedicalCondition"}, {STR("procedure"), "MedicalProcedure"},
      {STR("faq"), "MedicalEntity"},
  };
  Str word = value_text(value_get(about->given, STR("type")));
  if (!word.len) word = about->page->kind;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (str_equal(types[i].word, word)) return types[i].type;
  return "Thing";
}

static void take_codes(About *about) {
  Value codes = value_get(about->given, STR("codes"));
  Value list = value_list(about->memory->scratch, value_count(codes));
  for (size_t i = 0; codes.type == VALUE_MAP && i < value_count(codes); i++) {
    Value code = value_map(about->memory->scratch, 2);
    value_put(code, "system", value_str(codes.map->entries[i].key));
    value_put(code, "code", codes.map->entries[i].value);
    value_push(list, code);
  }
  if (value_count(list)) value_put(about->result, "codes", list);
}

Value about_read(const PageMemory *memory, const Page *page) {
  static const struct {
    Str key, into;
    bool list, therapy, procedure, condition; /* the types that have it (schema.org 29) */
    Str types;
  } members[] = {
      {STR("preparation"), STR("preparation"), false, true, true, false, STR("a therapy or a procedure")},
      {STR("how_performed"), STR("howPerformed"), false, true, true, false, STR("a therapy or a procedure")},
      {STR("followup"), STR("followup"), false, true, true, false, STR("a therapy or a procedure")},
      {STR("adverse_outcomes"), STR("adverseOutcome"), true, true, false, false, STR("a therapy")},
      {STR("serious_adverse_outcomes"), STR("seriousAdverseOutcome"), true, true, false, false, STR("a therapy")},
      {STR("possible_treatments"), STR("possibleTreatment"), true, false, false, true, STR("a condition")},
  };
  About about = {.memory = memory, .page = page, .given = value_get(page->meta, STR("about"))};
  Str name = value_text(value_get(about.given, STR("name")));
  if (!name.len) return (Value){0};
  Str type = str_from_c(type_of(&about));
  about.result = value_map(memory->scratch, 10);
  value_put(about.result, "type", value_str(type));
  value_put(about.result, "name", value_str(name));
  Value codes = value_get(about.given, STR("codes"));
  if (!str_equal(type, STR("Thing")))
    take_codes(&about);
  else if (value_count(codes))
    DIAG(memory->diags, ABOUT_KEY, span_of(&about, codes), STR("codes"), STR("a condition, a therapy or a procedure"));
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    const ValueEntry *entry = value_entry(about.given, members[i].key);
    if (!entry) continue;
    bool fits = (members[i].therapy && str_equal(type, STR("MedicalTherapy"))) ||
                (members[i].procedure && str_equal(type, STR("MedicalProcedure"))) ||
                (members[i].condition && str_equal(type, STR("MedicalCondition")));
    if (!fits)
      DIAG(memory->diags, ABOUT_KEY, span_of(&about, entry->value), members[i].key, members[i].types);
    else if (members[i].list)
      take_list(&about, entry->value, members[i].into);
    else
      take_text(&about, entry->value, members[i].into);
  }
  return value_keep(memory->arena, memory->scratch, about.result);
}
