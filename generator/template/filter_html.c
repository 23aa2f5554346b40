/* Filters that make HTML, URLs and JSON. */
#include "template/filters.h"

#include "base/utf8.h"
#include "data/json.h"

static Value filter_escape(TemplateCall *call) {
  return value_markup(html_of(call_frame(call), call_node(call), call->input));
}

static Value filter_forceescape(TemplateCall *call) {
  Str text = filter_input_text(call).str;
  charge_text(call_frame(call), call_node(call), text.len);
  return value_markup(escape_text(call_frame(call), text));
}

static Value filter_safe(TemplateCall *call) {
  return value_markup(filter_input_text(call).str);
}

/* --- striptags: comments and tags out, white space to single spaces, references back to characters --- */

static void add_named_reference(Buf *out, Str name, bool *known) {
  static const struct {
    Str name;
    uint32_t c;
  } table[] = {
      {{"amp", 3}, '&'},       {{"lt", 2}, '<'},       {{"gt", 2}, '>'},       {{"quot", 4}, '"'},
      {{"apos", 4}, '\''},     {{"nbsp", 4}, 0xA0},    {{"ndash", 5}, 0x2013}, {{"mdash", 5}, 0x2014},
      {{"lsquo", 5}, 0x2018},  {{"rsquo", 5}, 0x2019}, {{"ldquo", 5}, 0x201C}, {{"rdquo", 5}, 0x201D},
      {{"hellip", 6}, 0x2026}, {{"copy", 4}, 0xA9},    {{"reg", 3}, 0xAE},     {{"deg", 3}, 0xB0},
      {{"plusmn", 6}, 0xB1},   {{"micro", 5}, 0xB5},   {{"middot", 6}, 0xB7},  {{"times", 5}, 0xD7},
      {{"le", 2}, 0x2264},     {{"ge", 2}, 0x2265},    {{"shy", 3}, 0xAD},     {{"bull", 4}, 0x2022},
      {{"euro", 4}, 0x20AC},   {{"frac12", 6}, 0xBD},  {{"laquo", 5}, 0xAB},   {{"raquo", 5}, 0xBB},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    if (!str_equal(table[i].name, name)) continue;
    utf8_add(out, table[i].c);
    *known = true;
  }
}

static void add_numeric_reference(Buf *out, Str digits, bool *known) {
  bool hex = digits.len && ascii_lower(digits.s[0]) == 'x';
  uint32_t c = 0;
  size_t i = hex ? 1 : 0;
  if (i == digits.len) return;
  for (; i < digits.len; i++) {
    char d = ascii_lower(digits.s[i]);
    uint32_t value = ascii_is_digit(d)             ? (uint32_t)(d - '0')
                     : hex && d >= 'a' && d <= 'f' ? (uint32_t)(d - 'a' + 10)
                                                   : 99;
    if (value == 99) return;
    c = c * (hex ? 16 : 10) + value;
    if (c > 0x10FFFF) c = 0x110000;
  }
  utf8_add(out, c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c);
  *known = true;
}

/* At `&`: adds what the reference means; the offset past it. */
static size_t unescape_one(Str s, size_t at, Buf *out) {
  Str rest = str_slice(s, at + 1, at + 34); /* the longest name in HTML has 32 characters */
  size_t end = str_find_byte(rest, ';');
  bool known = false;
  if (end != STR_NONE && end > 0) {
    Str name = str_slice(rest, 0, end);
    if (name.s[0] == '#')
      add_numeric_reference(out, str_skip(name, 1), &known);
    else
      add_named_reference(out, name, &known);
  }
  if (known) return at + end + 2;
  buf_add_byte(out, '&');
  return at + 1;
}

static Str without(TemplateCall *call, Str s, Str begin, Str end) {
  Buf out = filter_buf(call);
  for (;;) {
    size_t from = str_find(s, begin);
    size_t to = from == STR_NONE ? STR_NONE : str_find(str_skip(s, from), end);
    if (to == STR_NONE) break;
    buf_add(&out, str_slice(s, 0, from));
    s = str_skip(s, from + to + end.len);
  }
  buf_add(&out, s);
  return filter_done(call, &out);
}

static Str single_spaces(TemplateCall *call, Str s) {
  Buf out = filter_buf(call);
  bool gap = false;
  for (size_t at = 0; at < s.len;) {
    size_t begin = at;
    if (text_is_space(utf8_next(s, &at))) {
      gap = true;
      continue;
    }
    if (gap && out.len) buf_add_byte(&out, ' ');
    gap = false;
    buf_add(&out, str_slice(s, begin, at));
  }
  return filter_done(call, &out);
}

static Value filter_striptags(TemplateCall *call) {
  Str s = filter_input_text(call).str;
  s = without(call, s, STR("<!--"), STR("-->"));
  s = without(call, s, STR("<"), STR(">"));
  s = single_spaces(call, s);
  Buf out = filter_buf(call);
  for (size_t at = 0; at < s.len;) {
    if (s.s[at] == '&')
      at = unescape_one(s, at, &out);
    else
      buf_add_byte(&out, s.s[at++]);
  }
  return value_str(filter_done(call, &out));
}

/* --- tojson --- */

/* Counts what would be written, so that a value that holds itself many times over cannot grow without bound. */
static void charge_tree(TemplateCall *call, Value value, int depth) {
  Frame *f = call_frame(call);
  const Node *node = call_node(call);
  charge(f, node, 16);
  if (depth > TEMPLATE_VALUE_DEPTH_MOST) fail_limit(f, node, "these values are nested too deeply to print", "100", "");
  if (value.type == VALUE_UNDEFINED) fail_undefined(f, node, value);
  if (value.type == VALUE_OBJECT) fail_format(f, node, "%.*s has no form in JSON", STR_ARG(value_type_name(value)));
  for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++)
    charge_tree(call, value.list->items[i], depth + 1);
  for (size_t i = 0; value.type == VALUE_MAP && i < value.map->count; i++)
    charge_tree(call, value.map->entries[i].value, depth + 1);
}

static Value filter_tojson(TemplateCall *call) {
  int64_t indent = 0;
  if (!filter_whole(call, 0, "indent", 0, &indent)) return value_null();
  if (indent < 0 || indent > 16) return refuse(call, "`tojson` indents by 0 to 16 spaces");
  charge_tree(call, call->input, 0);
  Buf out = filter_buf(call);
  json_write(&out, call->input, JSON_OUT_SORTED | JSON_OUT_SCRIPT, (int)indent);
  return value_markup(filter_done(call, &out));
}

/* --- urlencode: RFC 3986 unreserved characters stay, and `/` outside a query --- */

static bool stays_in_url(char c, bool query) {
  if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~') return true;
  return c == '/' && !query;
}

static void add_url(Buf *out, Str s, bool query) {
  static const char digits[] = "0123456789ABCDEF";
  for (size_t i = 0; i < s.len && !out->over; i++) {
    unsigned char c = (unsigned char)s.s[i];
    if (stays_in_url(s.s[i], query))
      buf_add_byte(out, s.s[i]);
    else if (query && s.s[i] == ' ')
      buf_add_byte(out, '+');
    else
      buf_add(out, str_from((const char[]){'%', digits[c >> 4], digits[c & 15]}, 3));
  }
}

static void add_query(TemplateCall *call, Buf *out, Value key, Value value) {
  if (out->len) buf_add_byte(out, '&');
  add_url(out, text_of(call_frame(call), call_node(call), key), true);
  buf_add_byte(out, '=');
  add_url(out, text_of(call_frame(call), call_node(call), value), true);
}

static Value filter_urlencode(TemplateCall *call) {
  Value input = call->input;
  Buf out = filter_buf(call);
  if (input.type == VALUE_MAP) {
    for (size_t i = 0; i < input.map->count; i++)
      add_query(call, &out, value_str(input.map->entries[i].key), input.map->entries[i].value);
  } else if (input.type == VALUE_LIST) {
    for (size_t i = 0; i < input.list->count; i++) {
      Value pair = input.list->items[i];
      if (pair.type != VALUE_LIST || pair.list->count != 2)
        return refuse(call, "`urlencode` wants text, a map, or pairs");
      add_query(call, &out, pair.list->items[0], pair.list->items[1]);
    }
  } else {
    add_url(&out, filter_input_text(call).str, false);
  }
  return value_str(filter_done(call, &out));
}

/* --- xmlattr --- */

static bool breaks_attribute(Str key) {
  for (size_t i = 0; i < key.len; i++)
    if (ascii_is_space(key.s[i]) || key.s[i] == '/' || key.s[i] == '>' || key.s[i] == '=') return true;
  return false;
}

static Value filter_xmlattr(TemplateCall *call) {
  Value map = call->input;
  if (map.type != VALUE_MAP) return refuse(call, "`xmlattr` wants a map, not %.*s", STR_ARG(value_type_name(map)));
  bool space = is_true(call_frame(call), call_node(call), filter_or(call, 0, "autospace", value_bool(true)));
  Buf out = filter_buf(call);
  for (size_t i = 0; i < map.map->count; i++) {
    const ValueEntry *entry = &map.map->entries[i];
    if (entry->value.type == VALUE_NULL || !value_is_defined(entry->value)) continue;
    if (breaks_attribute(entry->key)) return refuse(call, "`%.*s` cannot be an attribute's name", STR_ARG(entry->key));
    if (out.len || space) buf_add_byte(&out, ' ');
    text_write_escaped(&out, entry->key);
    buf_add_lit(&out, "=\"");
    buf_add(&out, html_of(call_frame(call), call_node(call), entry->value));
    buf_add_byte(&out, '"');
  }
  Str text = filter_done(call, &out);
  return call->autoescape ? value_markup(text) : value_str(text);
}

const Builtin html_filters[] = {
    BUILTIN("escape", filter_escape, ""),
    BUILTIN("e", filter_escape, ""),
    BUILTIN("forceescape", filter_forceescape, ""),
    BUILTIN("safe", filter_safe, ""),
    BUILTIN("striptags", filter_striptags, ""),
    BUILTIN("tojson", filter_tojson, "indent"),
    BUILTIN("urlencode", filter_urlencode, ""),
    BUILTIN("urlize", filter_urlize, "trim_url_limit nofollow target rel extra_schemes"),
    BUILTIN("xmlattr", filter_xmlattr, "autospace"),
    BUILTIN_END,
};
