#include "data/yaml_simple.h"

#include "base/scan.h"

/* Far more than a front matter has; so few bytes cannot hold more values than YAML_VALUES_MOST. */
enum { TEXT_MOST = 1 << 14, DEPTH_MOST = 8, KEY_MOST = 128 };
_Static_assert(TEXT_MOST / 2 <= YAML_VALUES_MOST, "a value takes two bytes at least");

typedef struct Simple {
  Arena *arena;
  Str text; /* of the file, up to the end of the YAML */
  size_t at;
  size_t column; /* of the line in work: how many spaces it begins with */
  int depth;
  bool doubt; /* it is not so simple */
} Simple;

static char peek(const Simple *r) {
  return r->at < r->text.len ? r->text.s[r->at] : '\n';
}

static void skip_spaces(Simple *r) {
  while (peek(r) == ' ') r->at++;
}

static bool is_over(const Simple *r) {
  return r->doubt || r->at >= r->text.len;
}

/* To the first byte of the next line that has anything but a comment on it. */
static void begin_line(Simple *r) {
  while (r->at < r->text.len) {
    size_t begin = r->at;
    skip_spaces(r);
    r->column = r->at - begin;
    if (r->at < r->text.len && peek(r) != '\n' && peek(r) != '#') return;
    size_t end = str_find_byte(str_skip(r->text, r->at), '\n');
    r->at = end == STR_NONE ? r->text.len : r->at + end + 1;
  }
}

/* Nothing else may stand on the line. */
static void end_line(Simple *r) {
  skip_spaces(r);
  if (peek(r) != '\n') r->doubt = true;
  if (!r->doubt) begin_line(r);
}

static bool is_key_part(char c) {
  return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || c == '-';
}

/* How long the key is that begins here; 0 for none. */
static size_t key_len(const Simple *r) {
  const Str rest = str_skip(r->text, r->at);
  size_t len = 0;
  if (!rest.len || !ascii_is_alpha(rest.s[0])) return 0;
  while (len < rest.len && is_key_part(rest.s[len])) len++;
  bool ends = len < rest.len && rest.s[len] == ':' &&
              (len + 1 == rest.len || rest.s[len + 1] == ' ' || rest.s[len + 1] == '\n');
  return ends && len <= KEY_MOST ? len : 0;
}

/* The key that begins here, past its colon. */
static Str take_key(Simple *r, Value map) {
  size_t len = key_len(r);
  Str key = str_slice(r->text, r->at, r->at + len);
  if (!len || value_entry(map, key)) r->doubt = true;
  r->at += len + 1;
  return key;
}

static void put(const Simple *r, Value map, Str key, Value value) {
  if (r->doubt) return;
  value_set(map, str_copy(r->arena, key), value);
  map.map->entries[map.map->count - 1].key_origin = (uint32_t)(key.s - r->text.s) + 1;
}

static Value placed(Value value, size_t at) {
  value.origin = (uint32_t)at + 1;
  return value;
}

SCAN_FUNCTION(find_quote, (c == '"') | (c == '\'') | (c == '\n'))

static Value read_quoted(Simple *r) {
  size_t begin = r->at;
  char quote = peek(r);
  do r->at = find_quote(r->text, r->at + 1);
  while (peek(r) != quote && peek(r) != '\n');
  if (r->at == r->text.len || peek(r) != quote) r->doubt = true;
  Str text = str_slice(r->text, begin + 1, r->at);
  r->at++;
  return placed(value_str(str_copy(r->arena, text)), begin);
}

static bool is_plain_begin(char c) {
  return ascii_is_alpha(c) || ascii_is_digit(c) || c & 0x80;
}

/* What may end plain text, or may not be in it. */
SCAN_FUNCTION(find_mark, (c == '\n') | (c == ':') | (c == '#') | (c == ',') | (c == '[') | (c == ']') | (c == '{') |
                             (c == '}') | (c == '"') | (c == '\''))

/* `flow`: inside of brackets, where a comma ends it. */
static Value read_plain(Simple *r, bool flow) {
  size_t begin = r->at;
  if (!is_plain_begin(peek(r))) r->doubt = true;
  for (; !r->doubt; r->at++) {
    r->at = find_mark(r->text, r->at);
    char c = peek(r);
    if (c == '\n') break;
    char next = r->at + 1 < r->text.len ? r->text.s[r->at + 1] : '\n';
    if (flow && (c == ',' || c == ']' || c == '}')) break;
    bool colon = c == ':' && (flow || !(is_key_part(next) || next == '/'));
    bool mark = c == '#' || c == '[' || c == ']' || c == '{' || c == '}' || (flow && (c == '"' || c == '\''));
    if (colon || mark) r->doubt = true;
  }
  Str text = str_slice(r->text, begin, r->at);
  while (text.len && text.s[text.len - 1] == ' ') text.len--;
  return placed(yaml_plain_value(str_copy(r->arena, text)), begin);
}

static Value read_scalar(Simple *r, bool flow) {
  return peek(r) == '"' || peek(r) == '\'' ? read_quoted(r) : read_plain(r, flow);
}

/* Behind a value in brackets. False: that was the last. */
static bool goes_on(Simple *r, char close) {
  skip_spaces(r);
  char c = peek(r);
  if (c != ',' && c != close) r->doubt = true;
  r->at++;
  if (c == ',') skip_spaces(r);
  return c == ',' && !r->doubt;
}

static Value read_flow_list(Simple *r) {
  Value list = placed(value_list(r->arena, 4), r->at);
  r->at++;
  skip_spaces(r);
  if (peek(r) == ']') {
    r->at++;
    return list;
  }
  do value_push(list, read_scalar(r, true));
  while (goes_on(r, ']'));
  return list;
}

static Value read_flow_map(Simple *r) {
  Value map = placed(value_map(r->arena, 4), r->at);
  r->at++;
  skip_spaces(r);
  do {
    Str key = take_key(r, map);
    skip_spaces(r);
    put(r, map, key, read_scalar(r, true));
  } while (goes_on(r, '}'));
  return map;
}

static Value read_on_line(Simple *r) {
  Value value = peek(r) == '[' ? read_flow_list(r) : peek(r) == '{' ? read_flow_map(r) : read_scalar(r, false);
  end_line(r);
  return value;
}

static Value read_map(Simple *r, size_t column);

static bool is_item(const Simple *r) {
  return str_starts(str_skip(r->text, r->at), STR("- "));
}

static Value read_list(Simple *r, size_t column) {
  Value list = placed(value_list(r->arena, 4), r->at);
  while (!is_over(r) && r->column == column && is_item(r)) {
    size_t begin = r->at;
    r->at += 2;
    skip_spaces(r);
    r->column += r->at - begin;
    value_push(list, key_len(r) ? read_map(r, r->column) : read_on_line(r));
  }
  return list;
}

/* What stands on the lines below a key. */
static Value read_below(Simple *r, size_t column) {
  end_line(r);
  if (!is_over(r) && is_item(r) && r->column >= column) return read_list(r, r->column);
  if (is_over(r) || r->column <= column) r->doubt = true; /* nothing: not for us to say where that is */
  return r->doubt ? (Value){0} : read_map(r, r->column);
}

static Value read_map(Simple *r, size_t column) {
  Value map = placed(value_map(r->arena, r->depth ? 4 : 16), r->at);
  if (++r->depth > DEPTH_MOST) r->doubt = true;
  while (!is_over(r) && r->column == column) {
    Str key = take_key(r, map);
    skip_spaces(r);
    put(r, map, key, peek(r) == '\n' ? read_below(r, column) : read_on_line(r));
    if (!is_over(r) && r->column > column) r->doubt = true;
  }
  r->depth--;
  return map;
}

/* Bytes that mean something wherever they stand, or that the library might take for more than a letter: control
 * characters, line ends of other systems, escapes, what is near U+0085, U+2028 and U+FEFF. */
SCAN_FUNCTION(find_odd, ((c < ' ') & (c != '\n')) | (c == 0x7F) | (c == '\\') | (c == 0xC2) | (c == 0xE2) | (c == 0xEF))

static bool is_odd(Str text, size_t at) {
  Str rest = str_skip(text, at);
  return !str_starts(rest, STR("\xE2")) || str_starts(rest, STR("\xE2\x80\xA8")) ||
         str_starts(rest, STR("\xE2\x80\xA9"));
}

bool yaml_read_simple(Arena *arena, const YamlText *yaml, Value *result) {
  Str text = str_slice(yaml->text, 0, yaml->end);
  if (yaml->end - yaml->begin > TEXT_MOST) return false;
  for (size_t at = find_odd(text, yaml->begin); at < text.len; at = find_odd(text, at + 1))
    if (is_odd(text, at)) return false;
  ArenaMark mark = arena_mark(arena);
  Simple r = {.arena = arena, .text = text, .at = yaml->begin};
  begin_line(&r);
  if (is_over(&r)) return false;
  Value map = read_map(&r, r.column);
  if (!r.doubt && r.at >= text.len) {
    *result = map;
    return true;
  }
  arena_rewind(arena, mark);
  return false;
}
