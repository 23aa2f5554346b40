#include "data/yaml.h"

#include <libfyaml.h>
#include <string.h>

#include "data/number.h"
#include "data/yaml_limits.h"

/* Maps and lists being read, outermost first. */
typedef struct Frame {
  Value container;
  Value merge; /* value of the key `<<` */
  Str anchor;  /* name to be defined when the container ends; empty for none */
  Str key;     /* of a map: the key whose value comes next */
  uint32_t key_origin;
  bool has_key;
  bool key_open; /* the key is itself a map or list (refused), and being read */
  bool skip;     /* the coming value belongs to a key that was refused */
  bool muted;    /* problems inside were already reported as one */
} Frame;

typedef struct Reader {
  Arena *arena;
  const YamlText *yaml;
  DiagList *diags;
  struct fy_parser *parser;
  Value root;
  Value anchors;          /* map by name; undefined until the first anchor */
  size_t values;          /* made so far, copies by aliases included */
  size_t placeholder_end; /* end of the line of the last `{{ … }}` reported, 0 for none */
  size_t documents;
  size_t at; /* offset of the last event that has a place */
  int depth;
  bool failed;
  bool stopped;
  Frame frames[YAML_DEPTH_MOST];
} Reader;

static Frame *top(Reader *r) {
  return r->depth ? &r->frames[r->depth - 1] : NULL;
}

static bool muted(Reader *r) {
  return r->depth > 0 && top(r)->muted;
}

static Span span_at(const Reader *r, size_t offset, size_t len) {
  return (Span){r->yaml->path, offset, len};
}

static uint32_t origin_of(size_t offset) {
  return (uint32_t)(offset + 1);
}

static bool count_value(Reader *r, size_t offset) {
  if (++r->values <= YAML_VALUES_MOST) return true;
  if (!r->stopped) DIAG(r->diags, YAML_TOO_LARGE, span_at(r, offset, 1), str_format(r->arena, "%d", YAML_VALUES_MOST));
  r->failed = r->stopped = true;
  return false;
}

static void report_depth(Reader *r, size_t offset) {
  DIAG(r->diags, YAML_DEPTH, span_at(r, offset, 1), str_format(r->arena, "%d", YAML_DEPTH_MOST));
  r->failed = r->stopped = true;
}

/* --- aliases and merge keys --- */

/* A copy of its own, so that who changes one of them later does not change the other. */
static Value copy(Reader *r, Value value, int depth) {
  if (r->stopped || !count_value(r, r->at)) return value;
  if (depth > YAML_DEPTH_MOST) {
    report_depth(r, r->at);
    return value;
  }
  if (value.type == VALUE_LIST) {
    Value list = value_list(r->arena, value.list->count);
    list.origin = value.origin;
    for (size_t i = 0; i < value.list->count; i++) value_push(list, copy(r, value.list->items[i], depth + 1));
    return list;
  }
  if (value.type == VALUE_MAP) {
    Value map = value_map(r->arena, value.map->count);
    map.origin = value.origin;
    for (size_t i = 0; i < value.map->count; i++) {
      const ValueEntry *entry = &value.map->entries[i];
      value_set(map, entry->key, copy(r, entry->value, depth + 1));
      map.map->entries[i].key_origin = entry->key_origin;
    }
    return map;
  }
  return value;
}

static void merge_map(Value into, Value from) {
  for (size_t i = 0; i < value_count(from); i++) {
    const ValueEntry *entry = &from.map->entries[i];
    if (value_entry(into, entry->key)) continue;
    value_set(into, entry->key, entry->value);
    into.map->entries[into.map->count - 1].key_origin = entry->key_origin;
  }
}

/* `<<: *defaults` or `<<: [*first, *second]`: keys that the map does not give itself; earlier maps win. */
static void merge(Reader *r, Frame *frame) {
  if (!value_is_defined(frame->merge)) return;
  Value from = frame->merge;
  bool right = from.type == VALUE_MAP;
  if (right) merge_map(frame->container, from);
  if (from.type == VALUE_LIST) {
    right = true;
    for (size_t i = 0; i < value_count(from); i++) {
      right = right && value_at(from, i).type == VALUE_MAP;
      if (right) merge_map(frame->container, value_at(from, i));
    }
  }
  if (right || frame->muted) return;
  DIAG(r->diags, YAML_MERGE, span_at(r, from.origin - 1, 1));
  r->failed = true;
}

static void define_anchor(Reader *r, Str name, Value value) {
  if (name.len == 0) return;
  if (!value_is_defined(r->anchors)) r->anchors = value_map(r->arena, 4);
  value_set(r->anchors, name, value);
}

/* --- putting values in their place --- */

static bool wants_key(Reader *r) {
  return r->depth > 0 && top(r)->container.type == VALUE_MAP && !top(r)->has_key;
}

static void place(Reader *r, Value value) {
  Frame *frame = top(r);
  if (!frame) {
    r->root = value;
    return;
  }
  if (frame->container.type == VALUE_LIST) {
    value_push(frame->container, value);
    return;
  }
  frame->has_key = false;
  if (frame->skip) return;
  if (str_equal(frame->key, STR("<<"))) {
    frame->merge = value;
    return;
  }
  value_set(frame->container, frame->key, value);
  frame->container.map->entries[frame->container.map->count - 1].key_origin = frame->key_origin;
}

static void report_duplicate(Reader *r, Str key, size_t offset, uint32_t first) {
  if (muted(r)) return;
  DIAG(r->diags, YAML_DUPLICATE_KEY, span_at(r, offset, key.len), key);
  if (first) diag_note(r->diags, span_at(r, first - 1, key.len), STR("it is given here first"));
  r->failed = true;
}

static void take_key(Reader *r, Str key, size_t offset) {
  Frame *frame = top(r);
  frame->has_key = true;
  frame->key = key;
  frame->key_origin = origin_of(offset);
  const ValueEntry *first = value_entry(frame->container, key);
  bool second_merge = str_equal(key, STR("<<")) && value_is_defined(frame->merge);
  frame->skip = first || second_merge;
  if (frame->skip) report_duplicate(r, key, offset, first ? first->key_origin : 0);
}

static void report_complex_key(Reader *r, size_t offset) {
  if (!muted(r)) DIAG(r->diags, YAML_KEY, span_at(r, offset, 1));
  r->failed = true;
}

/* --- `{{ name }}` without quotes: YAML reads it as a map in a map --- */

static void report_placeholder(Reader *r, size_t offset) {
  Str rest = str_slice(r->yaml->text, offset, r->yaml->end);
  Str line = str_slice(rest, 0, str_find_byte(rest, '\n'));
  size_t close = str_find(line, STR("}}"));
  Str written = str_trim(close == STR_NONE ? line : str_slice(line, 0, close + 2));
  Str quote = str_find_byte(written, '"') == STR_NONE ? STR("\"") : STR("'");
  Str quoted = close == STR_NONE ? STR("\"{{ name }}\"") : STR_CONCAT(r->arena, quote, written, quote);
  DIAG(r->diags, YAML_PLACEHOLDER, span_at(r, offset, written.len), quoted);
  r->placeholder_end = offset + line.len;
  r->failed = true;
}

static bool is_placeholder(const Reader *r, size_t offset) {
  return str_starts(str_slice(r->yaml->text, offset, r->yaml->end), STR("{{"));
}

/* The offset of a `{{` that begins a value on the line of `offset`, or STR_NONE. */
static size_t placeholder_on_line(const Reader *r, size_t offset) {
  const char *s = r->yaml->text.s;
  size_t from = offset;
  while (from > r->yaml->begin && s[from - 1] != '\n') from--;
  char before = ':';
  for (size_t at = from; at < r->yaml->end && s[at] != '\n'; at++) {
    if (memchr(":-[,", before, 4) && is_placeholder(r, at)) return at;
    if (s[at] == '"' || s[at] == '\'' || s[at] == '#') return STR_NONE;
    if (!ascii_is_space(s[at])) before = s[at];
  }
  return STR_NONE;
}

/* --- events --- */

static size_t offset_of(Reader *r, const struct fy_mark *mark) {
  if (mark) r->at = r->yaml->begin + mark->input_pos;
  return r->at;
}

static size_t skip_blanks(Str bytes, size_t at) {
  while (at < bytes.len && (bytes.s[at] == ' ' || bytes.s[at] == '\t')) at++;
  return at;
}

/* A line end with the white space around it is a space; each empty line after it is a line end. Returns where text goes
 * on. */
static size_t fold_lines(Buf *text, Str bytes, size_t at) {
  while (text->len && (text->s[text->len - 1] == ' ' || text->s[text->len - 1] == '\t')) text->len--;
  size_t ends = 0;
  while (at < bytes.len && (bytes.s[at] == '\n' || bytes.s[at] == '\r')) {
    at += str_starts(str_skip(bytes, at), STR("\r\n")) ? 2 : 1;
    at = skip_blanks(bytes, at);
    ends++;
  }
  if (ends == 1) buf_add_byte(text, ' ');
  for (size_t i = 1; i < ends; i++) buf_add_byte(text, '\n');
  return at;
}

/* Between single quotes (YAML 1.2.2, section 7.3.2). Not left to libfyaml 0.7.12, which makes three quotes of the two
 * in 'x''''y', then reads past the text. */
static Str single_quoted_text(const Reader *r, Str bytes) {
  Buf text = buf_new(r->arena, bytes.len);
  for (size_t at = 0; at < bytes.len;) {
    char c = bytes.s[at];
    if (c == '\n' || c == '\r') {
      at = fold_lines(&text, bytes, at);
      continue;
    }
    buf_add_byte(&text, c);
    at += c == '\'' ? 2 : 1;
  }
  return buf_str(&text);
}

/* fy_token_get_text() of libfyaml 0.7.12 leaks when it has to put a text together from many pieces; its iterator's
 * pieces do not (its fy_token_iter_read() mixes them up), but cost more. */
static Str made_up_text(const Reader *r, struct fy_token *token) {
  struct fy_token_iter *iter = fy_token_iter_create(token);
  if (!iter) return (Str){"", 0};
  Buf text = buf_new(r->arena, r->yaml->text.len * 4 + 64); /* an escape of two bytes gives at most three (\\L) */
  int error = 0;
  const struct fy_iter_chunk *chunk = NULL;
  while ((chunk = fy_token_iter_chunk_next(iter, chunk, &error))) buf_add(&text, str_from(chunk->str, chunk->len));
  fy_token_iter_destroy(iter);
  return buf_str(&text);
}

/* The bytes of the file that a token stands for, between the quotes. */
static Str token_bytes(const Reader *r, struct fy_token *token) {
  const struct fy_mark *begin = fy_token_start_mark(token);
  const struct fy_mark *end = fy_token_end_mark(token);
  size_t from = r->yaml->begin;
  Str input = str_slice(r->yaml->text, 0, r->yaml->end);
  return begin && end ? str_slice(input, from + begin->input_pos, from + end->input_pos) : (Str){"", 0};
}

static Str token_text(const Reader *r, struct fy_token *token) {
  if (!token) return (Str){"", 0};
  Str bytes = token_bytes(r, token);
  enum fy_scalar_style style = fy_token_scalar_style(token);
  bool lines = str_find_byte(bytes, '\n') != STR_NONE || str_find_byte(bytes, '\r') != STR_NONE;
  if (style == FYSS_SINGLE_QUOTED && (lines || str_find_byte(bytes, '\'') != STR_NONE))
    return single_quoted_text(r, bytes);
  if (lines || (style == FYSS_DOUBLE_QUOTED && str_find_byte(bytes, '\\') != STR_NONE)) return made_up_text(r, token);
  /* On one line and with nothing to undo, the text is the bytes; the library would make it up piece by piece. */
  if (style == FYSS_PLAIN || style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)
    return str_copy(r->arena, bytes);
  size_t len = 0;
  const char *text = fy_token_get_text(token, &len);
  return text ? str_copy(r->arena, str_from(text, len)) : (Str){"", 0};
}

static Value plain_value(Str text) {
  static const struct {
    Str text;
    Value value;
  } words[] = {
      {STR("~"), {.type = VALUE_NULL}},
      {STR("null"), {.type = VALUE_NULL}},
      {STR("Null"), {.type = VALUE_NULL}},
      {STR("NULL"), {.type = VALUE_NULL}},
      {STR("true"), {.type = VALUE_BOOL, .b = true}},
      {STR("True"), {.type = VALUE_BOOL, .b = true}},
      {STR("TRUE"), {.type = VALUE_BOOL, .b = true}},
      {STR("false"), {.type = VALUE_BOOL, .b = false}},
      {STR("False"), {.type = VALUE_BOOL, .b = false}},
      {STR("FALSE"), {.type = VALUE_BOOL, .b = false}},
  };
  if (text.len == 0) return value_null();
  for (size_t i = 0; text.len <= 5 && i < sizeof words / sizeof *words; i++)
    if (str_equal(text, words[i].text)) return words[i].value;
  Value number;
  return number_read(text, &number) ? number : value_str(text);
}

/* Only the tags of the core schema mean something here: `!!str 12` is text; another tag would be lost in silence. */
static bool tag_is_known(Reader *r, struct fy_token *token, bool *text) {
  *text = false;
  if (!token) return true;
  size_t len = 0;
  const char *bytes = fy_token_get_text(token, &len);
  Str tag = str_from(bytes ? bytes : "", bytes ? len : 0);
  *text = str_equal(tag, STR("!")) || str_equal(tag, STR("tag:yaml.org,2002:str"));
  if (*text || str_starts(tag, STR("tag:yaml.org,2002:"))) return true;
  if (!muted(r)) {
    const struct fy_mark *mark = fy_token_start_mark(token);
    DIAG(r->diags, YAML_TAG, span_at(r, offset_of(r, mark), 1), tag);
  }
  r->failed = true;
  return false;
}

static void on_scalar(Reader *r, const struct fy_event_scalar_data *scalar) {
  enum fy_scalar_style style = fy_token_scalar_style(scalar->value);
  size_t offset = offset_of(r, scalar->value ? fy_token_start_mark(scalar->value) : NULL);
  /* The library's mark is the first byte after the quote. */
  if ((style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && offset > r->yaml->begin) offset--;
  Str text = token_text(r, scalar->value);
  if (!count_value(r, offset)) return;
  bool tagged_text = false;
  tag_is_known(r, scalar->tag, &tagged_text);
  bool plain = style == FYSS_PLAIN && !tagged_text;
  Value value = plain ? plain_value(text) : value_str(text);
  value.origin = origin_of(offset);
  if (scalar->anchor) define_anchor(r, token_text(r, scalar->anchor), value);
  if (wants_key(r))
    take_key(r, text, offset);
  else
    place(r, value);
}

static void on_alias(Reader *r, struct fy_token *token) {
  size_t offset = offset_of(r, fy_token_start_mark(token));
  if (offset > r->yaml->begin) offset--; /* the `*` */
  Str name = token_text(r, token);
  Value named = value_get(r->anchors, name);
  if (!value_is_defined(named)) {
    if (!muted(r)) DIAG(r->diags, YAML_ALIAS, span_at(r, offset, name.len + 1), name);
    r->failed = true;
    named = value_null();
  }
  Value value = copy(r, named, r->depth);
  value.origin = origin_of(offset);
  if (!wants_key(r))
    place(r, value);
  else if (value.type == VALUE_STR)
    take_key(r, value.str, offset);
  else {
    report_complex_key(r, offset);
    top(r)->has_key = top(r)->skip = true;
  }
}

typedef struct Opening {
  struct fy_token *anchor;
  struct fy_token *tag;
  struct fy_token *start;
} Opening;

static void on_open(Reader *r, const Opening *opening, bool is_map) {
  size_t offset = offset_of(r, opening->start ? fy_token_start_mark(opening->start) : NULL);
  if (!count_value(r, offset)) return;
  if (r->depth == YAML_DEPTH_MOST) {
    report_depth(r, offset);
    return;
  }
  bool mute = muted(r);
  if (!mute && is_map && is_placeholder(r, offset)) {
    report_placeholder(r, offset);
    mute = true;
  }
  bool ignored = false;
  if (!mute) tag_is_known(r, opening->tag, &ignored);
  if (wants_key(r)) {
    if (!mute) report_complex_key(r, offset);
    top(r)->has_key = top(r)->skip = top(r)->key_open = true;
  }
  Frame *frame = &r->frames[r->depth++];
  *frame = (Frame){.muted = mute};
  enum { USUAL = 16 }; /* keys of a front matter: growing from a few would leave the smaller tables behind */
  frame->container = !is_map ? value_list(r->arena, 0) : value_map(r->arena, r->depth == 1 ? USUAL : 0);
  frame->container.origin = origin_of(offset);
  if (opening->anchor) frame->anchor = token_text(r, opening->anchor);
}

static void on_close(Reader *r) {
  Frame *frame = top(r);
  merge(r, frame);
  Value value = frame->container;
  define_anchor(r, frame->anchor, value);
  r->depth--;
  if (top(r) && top(r)->key_open)
    top(r)->key_open = false;
  else
    place(r, value);
}

static void on_document(Reader *r, const struct fy_event *event) {
  if (++r->documents == 1) return;
  struct fy_token *start = event->document_start.document_start;
  DIAG(r->diags, YAML_DOCUMENTS, span_at(r, offset_of(r, start ? fy_token_start_mark(start) : NULL), 3));
  r->failed = r->stopped = true;
}

static void on_event(Reader *r, const struct fy_event *event) {
  switch (event->type) {
    case FYET_DOCUMENT_START: on_document(r, event); break;
    case FYET_SCALAR: on_scalar(r, &event->scalar); break;
    case FYET_ALIAS: on_alias(r, event->alias.anchor); break;
    case FYET_MAPPING_START:
      on_open(r, &(Opening){event->mapping_start.anchor, event->mapping_start.tag, event->mapping_start.mapping_start},
              true);
      break;
    case FYET_SEQUENCE_START:
      on_open(r,
              &(Opening){event->sequence_start.anchor, event->sequence_start.tag, event->sequence_start.sequence_start},
              false);
      break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END: on_close(r); break;
    default: break;
  }
}

/* --- syntax errors --- */

/* What libfyaml 0.7.12 says (the beginning of it), what that means to who wrote the file, and how it is mended. */
static const struct Wording {
  Str said, text, hint;
} wordings[] = {
    {STR("invalid nested block mapping on the same line"), STR("there is a second `: ` on this line"),
     STR("put the text in quotes when it holds `: `")},
    {STR("invalid multiline plain key"),
     STR("this line or the one after it has no `key: value`, or is indented wrongly"),
     STR("write `key: value` with a space after the colon, and indent the keys of one map alike")},
    {STR("could not find expected ':'"), STR("this line has no `key: value`"),
     STR("write `key: value` with a space after the colon")},
    {STR("invalid value after mapping"), STR("this follows a value that has already ended"),
     STR("put the whole text in quotes, or correct its indentation")},
    {STR("tab character"), STR("a tab is used as indentation"), STR("indent with spaces")},
    {STR("invalid tab"), STR("a tab is used as indentation"), STR("indent with spaces")},
    {STR("wrongly indented double-quoted"), STR("this text has no closing quote, or its second line is not indented"),
     STR("close the quote")},
    {STR("wrongly indented single-quoted"), STR("this text has no closing quote, or its second line is not indented"),
     STR("close the quote")},
    {STR("single-quoted scalar without"), STR("this text has no closing quote"), STR("close the quote")},
    {STR("double-quoted scalar without"), STR("this text has no closing quote"), STR("close the quote")},
    {STR("invalid trailing content after single-quoted"), STR("this follows the closing quote"),
     STR("put the whole text in double quotes, or write '' for each ' inside")},
    {STR("invalid trailing content after double-quoted"), STR("this follows the closing quote"),
     STR("put the whole text in single quotes, or write \\\" for each \" inside")},
    {STR("plain scalar cannot start"), STR("text cannot begin with this character"), STR("put the text in quotes")},
    {STR("invalid alias"), STR("text cannot begin with `*`"), STR("put the text in quotes")},
    {STR("invalid anchor"), STR("text cannot begin with `&`"), STR("put the text in quotes")},
    {STR("did not find expected node content"), STR("text cannot begin with this character"),
     STR("put the text in quotes")},
    {STR("flow sequence without"), STR("a `[` has no `]`"), STR("close the list, or put the text in quotes")},
    {STR("flow mapping without"), STR("a `{` has no `}`"), STR("close the map, or put the text in quotes")},
    {STR("missing comma in flow"), STR("a comma or the closing bracket is missing here"),
     STR("write `[one, two]`, or put the text in quotes")},
    {STR("mismatched flow"), STR("this bracket does not close the one that was opened"), STR("")},
    {STR("flow mapping with invalid extra"), STR("this `}` closes nothing"), STR("")},
    {STR("flow sequence with invalid extra"), STR("this `]` closes nothing"), STR("")},
    {STR("invalid indentation in mapping"), STR("this line's indentation fits no line above it"),
     STR("indent the keys of one map alike")},
    {STR("invalid scalar at the end of block sequence"), STR("this is no item of the list above it"),
     STR("begin each item with `- `, or give the list a key of its own")},
    {STR("block sequence on the same line"), STR("a list cannot begin on the line of its key"),
     STR("begin the list on the next line, or put the text in quotes")},
    {STR("invalid escape"), STR("this is no escape that YAML knows"),
     STR("write \\\\ for a backslash, or use single quotes")},
    {STR("block scalar no linebreak"), STR("nothing may follow `>` or `|` on its line"),
     STR("begin the text on the next line, or put it in quotes")},
};

static void report_syntax(Reader *r, struct fy_diag *diag) {
  void *at = NULL;
  const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &at);
  const struct fy_mark *begin = error && error->fyt ? fy_token_start_mark(error->fyt) : NULL;
  const struct fy_mark *end = error && error->fyt ? fy_token_end_mark(error->fyt) : NULL;
  size_t offset = offset_of(r, begin);
  size_t len = begin && end && end->input_pos > begin->input_pos ? end->input_pos - begin->input_pos : 1;
  if (offset > r->yaml->end) offset = r->yaml->end;
  r->failed = true;
  if (r->placeholder_end && offset <= r->placeholder_end)
    return; /* what follows a placeholder on its line is the same mistake */
  size_t placeholder = placeholder_on_line(r, offset);
  if (placeholder != STR_NONE) {
    report_placeholder(r, placeholder);
    return;
  }
  struct Wording wording = {.text = error ? str_from_c(error->msg) : STR("it cannot be read")};
  for (size_t i = 0; error && i < sizeof wordings / sizeof *wordings; i++)
    if (str_starts(str_from_c(error->msg), wordings[i].said)) wording = wordings[i];
  DIAG(r->diags, YAML_SYNTAX, span_at(r, offset, len), wording.text, wording.hint);
}

/* --- the library's objects --- */

/* The library prints what it reports unless it is given somewhere else to put it. */
static void swallow(struct fy_diag *diag, void *user, const char *text, size_t len) {
  (void)diag;
  (void)user;
  (void)text;
  (void)len;
}

static struct fy_diag *new_diag(void) {
  /* Not fy_diag_cfg_default(): it asks the system about the terminal each time. */
  struct fy_diag_cfg config = {
      .output_fn = swallow, .level = FYET_ERROR, .module_mask = (1u << FYEM_MAX) - 1, .show_position = true};
  struct fy_diag *diag = fy_diag_create(&config);
  if (diag) fy_diag_set_collect_errors(diag, true);
  return diag;
}

static void read_events(Reader *r) {
  struct fy_event *event;
  while (!r->stopped && (event = fy_parser_parse(r->parser))) {
    on_event(r, event);
    fy_parser_event_free(r->parser, event);
  }
}

static void read_with(Reader *r, struct fy_diag *diag) {
  struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE, .diag = diag};
  r->parser = fy_parser_create(&config);
  size_t len = r->yaml->end - r->yaml->begin;
  if (!r->parser || fy_parser_set_string(r->parser, r->yaml->text.s + r->yaml->begin, len) != 0) {
    report_syntax(r, diag);
  } else {
    read_events(r);
    if (!r->stopped && fy_parser_get_stream_error(r->parser)) report_syntax(r, diag);
  }
  if (r->parser) fy_parser_destroy(r->parser);
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/* A key that is written with `?` on a line of its own, lists before it counted. */
static bool has_explicit_key(Str text) {
  for (size_t at = 0; at < text.len; at++) {
    bool begins = at == 0 || is_blank(text.s[at - 1]) || text.s[at - 1] == '\n' || text.s[at - 1] == '\r';
    if (text.s[at] == '?' && begins && (at + 1 == text.len || ascii_is_space(text.s[at + 1]))) return true;
  }
  return false;
}

/* libfyaml 0.7.12 writes outside of its memory when, below a key with `?`, a tab stands between `:` and `?` or `-`.
 * Where that is, or STR_NONE. */
static size_t find_fatal_tab(Str text) {
  for (size_t at = 0; at < text.len; at++) {
    if (text.s[at] != ':') continue;
    size_t end = at + 1;
    size_t tab = STR_NONE;
    for (; end < text.len && is_blank(text.s[end]); end++)
      if (text.s[end] == '\t') tab = end;
    if (tab != STR_NONE && end < text.len && (text.s[end] == '?' || text.s[end] == '-')) return tab;
  }
  return STR_NONE;
}

static bool would_crash(Reader *r) {
  Str text = str_slice(r->yaml->text, r->yaml->begin, r->yaml->end);
  if (str_find_byte(text, '\t') == STR_NONE || !has_explicit_key(text)) return false;
  size_t tab = find_fatal_tab(text);
  if (tab == STR_NONE) return false;
  DIAG(r->diags, YAML_SYNTAX, span_at(r, r->yaml->begin + tab, 1), STR("a tab stands between `:` and what follows"),
       STR("write a space instead"));
  r->failed = true;
  return true;
}

bool yaml_read(Arena *arena, const YamlText *yaml, DiagList *diags, Value *result) {
  Reader r = {.arena = arena, .yaml = yaml, .diags = diags, .at = yaml->begin};
  *result = (Value){0};
  if (!yaml_is_within_limits(arena, yaml, diags)) return false;
  if (str_trim(str_slice(yaml->text, yaml->begin, yaml->end)).len > 0 && !would_crash(&r)) {
    struct fy_diag *diag = new_diag();
    read_with(&r, diag);
    if (diag) fy_diag_destroy(diag);
  }
  if (r.failed) return false;
  *result = r.root;
  if (r.root.type == VALUE_UNDEFINED || r.root.type == VALUE_NULL) *result = value_map(arena, 0);
  return true;
}

Str yaml_as_written(Str text, Value value) {
  size_t begin = value.origin ? value.origin - 1 : text.len;
  size_t end = begin;
  while (end < text.len &&
         (ascii_is_alpha(text.s[end]) || ascii_is_digit(text.s[end]) || memchr("+-._", text.s[end], 4)))
    end++;
  return str_slice(text, begin, end);
}
