#include "theme/check.h"
#include "theme/tags.h"
#include "theme/tools.h"

enum { EXTENDS_DEPTH_MOST = 32 }; /* themes stack 16 deep; a template may extend a few of each */

bool check_read(Theme *theme, size_t level, Str file, Source *source) {
  *source = (Source){.name = file, .level = level, .path = layer_path(theme->arena, &theme->layers[level], file)};
  DiagList unheard = diag_list_new(theme->arena);
  DiagList *heard = theme->diags;
  theme->diags = &unheard; /* who loaded the theme has told already */
  bool read = read_text(theme, source->path, &source->text);
  theme->diags = heard;
  return read;
}

/* The name in {% extends "name" %}, or empty. */
static Str extended_name(Str text) {
  size_t at = 0;
  Tag tag;
  Literal literal;
  while (tag_next(text, &at, &tag)) {
    size_t inside = 0;
    if (tag.kind != TAG_STATEMENT || !str_starts(tag.inner, STR("extends"))) continue;
    return literal_next(text, &tag, &inside, &literal) ? literal.text : (Str){"", 0};
  }
  return (Str){"", 0};
}

/* The template that `source` extends: its own name means the next theme's. */
static bool find_parent(Theme *theme, const Source *source, Source *parent) {
  Str extends = extended_name(source->text);
  if (!extends.len) return false;
  Str file = STR_CONCAT(theme->arena, STR("templates/"), extends);
  size_t level = find_layer(theme, file, str_equal(file, source->name) ? source->level + 1 : 0);
  return level < theme->layer_count && check_read(theme, level, file, parent);
}

/* Adds the names of all blocks of what `source` extends. */
static void add_inherited(Theme *theme, const Source *source, Value names) {
  Source at = *source;
  Source parent;
  for (int depth = 0; depth < EXTENDS_DEPTH_MOST && find_parent(theme, &at, &parent); depth++) {
    size_t count;
    SourceBlock *blocks = source_blocks(theme->arena, parent.text, &count);
    for (size_t i = 0; i < count; i++) value_push(names, value_str(blocks[i].name));
    at = parent;
  }
}

static bool in_list(Value list, Str name) {
  for (size_t i = 0; i < value_count(list); i++)
    if (str_equal(value_text(value_at(list, i)), name)) return true;
  return false;
}

void check_blocks(Theme *theme, const Source *source) {
  Source parent;
  if (!find_parent(theme, source, &parent)) return;
  size_t count;
  SourceBlock *blocks = source_blocks(theme->arena, source->text, &count);
  Value inherited = value_list(theme->arena, 64);
  add_inherited(theme, source, inherited);
  for (size_t i = 0; i < count; i++) {
    if (blocks[i].depth > 0 || in_list(inherited, blocks[i].name)) continue; /* inside another, it is that one's own */
    size_t name_at = (size_t)(blocks[i].name.s - source->text.s);
    DIAG(theme->diags, THEME_BLOCK, ((Span){source->path, name_at, blocks[i].name.len}), blocks[i].name,
         str_skip(parent.name, sizeof "templates/" - 1), nearest_in_list(blocks[i].name, inherited, theme->arena));
  }
}

static size_t word_length(Str text) {
  size_t len = 0;
  while (len < text.len && (ascii_is_alpha(text.s[len]) || ascii_is_digit(text.s[len]) || text.s[len] == '_')) len++;
  return len;
}

/* The filter that is applied right after a literal, or empty. */
static Str filter_after(Str after) {
  if (!after.len || after.s[0] != '|') return (Str){"", 0};
  after = str_trim(str_skip(after, 1));
  return str_slice(after, 0, word_length(after));
}

static void report_use(Theme *theme, const Source *source, Literal literal, Str what, Value known) {
  if (value_entry(known, literal.text)) return;
  DIAG(theme->diags, THEME_USES, ((Span){source->path, literal.offset, literal.text.len}), what, literal.text,
       nearest_key(literal.text, known, theme->arena));
}

static void check_literal(Theme *theme, const Source *source, Literal literal) {
  Str filter = filter_after(literal.after);
  if (str_equal(filter, STR("t"))) report_use(theme, source, literal, STR("words"), theme_words(theme, STR("en")));
  if (str_equal(filter, STR("asset")) || str_equal(filter, STR("integrity")))
    report_use(theme, source, literal, STR("asset"), theme->asset_index);
  bool icon = str_ends(literal.before, STR("icon(")) &&
              (!literal.after.len || literal.after.s[0] == ')' || literal.after.s[0] == ',');
  if (icon) report_use(theme, source, literal, STR("icon"), theme->icons);
}

static void check_settings_used(Theme *theme, const Source *source, const Tag *tag) {
  static const Str prefix = {"theme.settings.", 15};
  Str inner = tag->inner;
  Value settings = value_get(theme->view, STR("settings"));
  for (size_t found = str_find(inner, prefix); found != STR_NONE; found = str_find(inner, prefix)) {
    inner = str_skip(inner, found + prefix.len);
    Str name = str_slice(inner, 0, word_length(inner));
    if (value_entry(settings, name)) continue;
    DIAG(theme->diags, THEME_USES, ((Span){source->path, (size_t)(name.s - source->text.s), name.len}), STR("setting"),
         name, nearest_key(name, settings, theme->arena));
  }
}

static void check_uses(Theme *theme, const Source *source) {
  size_t at = 0;
  Tag tag;
  while (tag_next(source->text, &at, &tag)) {
    if (tag.kind == TAG_COMMENT) continue;
    size_t inside = 0;
    Literal literal;
    while (literal_next(source->text, &tag, &inside, &literal)) check_literal(theme, source, literal);
    check_settings_used(theme, source, &tag);
  }
}

void theme_check(Theme *theme) {
  const Layer *own = &theme->layers[0];
  theme_parse(theme);
  for (size_t i = 0; i < own->file_count; i++) {
    Source source;
    if (!str_starts(own->files[i], STR("templates/")) || !check_read(theme, 0, own->files[i], &source)) continue;
    check_template(theme, &source);
    check_uses(theme, &source);
  }
  check_words(theme);
  check_files(theme);
  check_properties(theme);
}
