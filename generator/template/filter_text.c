/* Filters that make text of text. */
#include "template/filters.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

static Value filter_upper(TemplateCall *call) {
  Value text = filter_input_text(call);
  return text_like(text, utf8_upper(call->arena, text.str));
}

static Value filter_lower(TemplateCall *call) {
  Value text = filter_input_text(call);
  return text_like(text, utf8_lower(call->arena, text.str));
}

Str text_capitalize(Arena *arena, Str text) {
  if (text.len == 0) return text;
  size_t first = 0;
  uint32_t c = utf8_next(text, &first);
  Str upper = utf8_upper(arena, str_slice(text, 0, first));
  size_t one = 0;
  utf8_next(upper, &one);
  Buf out = buf_new(arena, SIZE_MAX / 2);
  if (one == upper.len) { /* U+01C6 has a title case of its own */
    utf8_add(&out, (uint32_t)u_totitle((UChar32)c));
  } else { /* U+00DF becomes "Ss" */
    buf_add(&out, str_slice(upper, 0, one));
    buf_add(&out, utf8_lower(arena, str_skip(upper, one)));
  }
  buf_add(&out, utf8_lower(arena, str_skip(text, first)));
  return buf_str(&out);
}

static Value filter_capitalize(TemplateCall *call) {
  Value text = filter_input_text(call);
  return text_like(text, text_capitalize(call->arena, text.str));
}

static bool begins_word(uint32_t c) {
  return c == '-' || c == '(' || c == '{' || c == '[' || c == '<' || text_is_space(c);
}

/* As in Jinja the result is text even when the input is markup. */
static Value filter_title(TemplateCall *call) {
  Str text = filter_input_text(call).str;
  Buf out = filter_buf(call);
  bool in_word = false;
  for (size_t at = 0; at < text.len;) {
    size_t begin = at;
    size_t next = at;
    bool separator = begins_word(utf8_next(text, &next));
    if (separator || !in_word) {
      buf_add(&out, utf8_upper(call->arena, str_slice(text, begin, next)));
      at = next;
    } else {
      for (at = next; at < text.len; at = next)
        if (begins_word(utf8_next(text, &next))) break;
      buf_add(&out, utf8_lower(call->arena, str_slice(text, begin, at)));
    }
    in_word = !separator;
  }
  return value_str(filter_done(call, &out));
}

static Value filter_trim(TemplateCall *call) {
  Value text = filter_input_text(call);
  Value chars = ARG(call, 0, "chars");
  bool given = value_is_defined(chars) && chars.type != VALUE_NULL;
  if (given && !value_is_text(chars)) return refuse(call, "`trim` wants the characters to take away as text");
  return text_like(text, text_strip(text.str, given ? chars.str : (Str){0}, TEXT_STRIP_BOTH));
}

Str text_replace(TemplateCall *call, Str text, Str old, Str new, int64_t count) {
  Buf out = filter_buf(call);
  size_t at = 0;
  while (count != 0 && at <= text.len) {
    size_t found = str_find(str_skip(text, at), old);
    if (found == STR_NONE || (at == text.len && old.len)) break;
    buf_add(&out, str_slice(text, at, at + found));
    buf_add(&out, new);
    at += found;
    if (old.len == 0) { /* between all characters, and at both ends */
      if (at == text.len) {
        at++;
        break;
      }
      size_t next = at;
      utf8_next(text, &next);
      buf_add(&out, str_slice(text, at, next));
      at = next;
    }
    at += old.len;
    count--;
    charge(call_frame(call), call_node(call), 1);
    if (out.over) break;
  }
  buf_add(&out, str_skip(text, at));
  return filter_done(call, &out);
}

static Value filter_replace(TemplateCall *call) {
  Frame *f = call_frame(call);
  const Node *node = call_node(call);
  Value text = to_text(f, node, call->input);
  Value old = to_text(f, node, ARG(call, 0, "old"));
  Value new = to_text(f, node, ARG(call, 1, "new"));
  Value limit = ARG(call, 2, "count");
  int64_t count = -1;
  if (value_is_defined(limit) && limit.type != VALUE_NULL && !value_whole(limit, &count))
    return refuse(call, "`replace` wants a whole number as its `count`");
  if (!call->autoescape) return value_str(text_replace(call, text.str, old.str, new.str, count));
  if (old.type == VALUE_MARKUP || (new.type == VALUE_MARKUP &&text.type != VALUE_MARKUP))
    text = value_markup(html_of(f, node, text));
  if (text.type != VALUE_MARKUP) return value_str(text_replace(call, text.str, old.str, new.str, count));
  return value_markup(text_replace(call, text.str, html_of(f, node, old), html_of(f, node, new), count));
}

Str text_pad(TemplateCall *call, Str text, int64_t left, int64_t right) {
  Buf out = filter_buf(call);
  if (left < 0) left = 0;
  if (right < 0) right = 0;
  charge_text(call_frame(call), call_node(call), (size_t)left + (size_t)right);
  for (int64_t i = 0; i < left; i++) buf_add_byte(&out, ' ');
  buf_add(&out, text);
  for (int64_t i = 0; i < right; i++) buf_add_byte(&out, ' ');
  return filter_done(call, &out);
}

Str text_center(TemplateCall *call, Str text, int64_t width) {
  int64_t have = (int64_t)utf8_count(text);
  if (width <= have) return text;
  int64_t pad = width - have;
  int64_t left = pad / 2 + (pad & width & 1); /* as CPython's str.center */
  return text_pad(call, text, left, pad - left);
}

static Value filter_center(TemplateCall *call) {
  Value text = filter_input_text(call);
  int64_t width = 0;
  if (!filter_whole(call, 0, "width", 80, &width)) return value_null();
  return text_like(text, text_center(call, text.str, width));
}

static bool is_line_end(uint32_t c) {
  return (c >= '\n' && c <= '\r') || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool text_next_line(Str *text, Str *line) {
  if (text->len == 0) return false;
  size_t at = 0;
  size_t end = 0;
  while (at < text->len) {
    end = at;
    if (!is_line_end(utf8_next(*text, &at))) {
      end = at;
      continue;
    }
    if (text->s[end] == '\r' && at < text->len && text->s[at] == '\n') at++;
    break;
  }
  *line = str_slice(*text, 0, end);
  *text = str_skip(*text, at);
  return true;
}

static Value filter_indent(TemplateCall *call) {
  Frame *f = call_frame(call);
  const Node *node = call_node(call);
  Value text = call->input;
  if (!value_is_text(text)) return refuse(call, "`indent` wants text, not %.*s", STR_ARG(value_type_name(text)));
  Value width = ARG(call, 0, "width");
  Value indent = width;
  int64_t spaces = 4;
  if (!value_is_text(width)) {
    if (!filter_whole(call, 0, "width", 4, &spaces)) return value_null();
    indent = value_str(text_pad(call, (Str){"", 0}, spaces, 0));
  }
  bool first = is_true(f, node, filter_or(call, 1, "first", value_bool(false)));
  bool blank = is_true(f, node, filter_or(call, 2, "blank", value_bool(false)));
  Str rest = STR_CONCAT(call->arena, text.str, STR("\n"));
  Str line;
  Buf out = filter_buf(call);
  for (size_t i = 0; text_next_line(&rest, &line); i++) {
    if (i) buf_add_byte(&out, '\n');
    if (i ? blank || line.len : first) buf_add(&out, indent.str);
    buf_add(&out, line);
    charge(f, node, 1);
  }
  return text_like(text, filter_done(call, &out));
}

static Value filter_truncate(TemplateCall *call) {
  Value text = call->input;
  if (!value_is_text(text)) return refuse(call, "`truncate` wants text, not %.*s", STR_ARG(value_type_name(text)));
  int64_t length, leeway;
  if (!filter_whole(call, 0, "length", 255, &length) || !filter_whole(call, 3, "leeway", 5, &leeway))
    return value_null();
  Value end = filter_or(call, 2, "end", value_c("..."));
  if (!value_is_text(end)) return refuse(call, "`truncate` wants text as its `end`");
  int64_t end_length = (int64_t)utf8_count(end.str);
  if (length < end_length) return refuse(call, "`truncate` wants a `length` of at least %lld", (long long)end_length);
  if (leeway < 0) return refuse(call, "`truncate` wants a `leeway` that is not negative");
  int64_t have = (int64_t)utf8_count(text.str);
  charge_text(call_frame(call), call_node(call), text.str.len);
  if (have <= length || have - length <= leeway) return text;
  Str cut = str_slice(text.str, 0, utf8_offset(text.str, (size_t)(length - end_length)));
  if (!is_true(call_frame(call), call_node(call), filter_or(call, 1, "killwords", value_bool(false)))) {
    size_t space = str_find_last_byte(cut, ' ');
    if (space != STR_NONE) cut.len = space;
  }
  return eval_binary(call_frame(call), call_node(call), OP_ADD, text_like(text, cut), end);
}

static bool is_word_char(uint32_t c) {
  return c == '_' || (U_MASK(u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

static Value filter_wordcount(TemplateCall *call) {
  Str text = filter_input_text(call).str;
  int64_t count = 0;
  bool inside = false;
  for (size_t at = 0; at < text.len;) {
    bool word = is_word_char(utf8_next(text, &at));
    count += word && !inside;
    inside = word;
  }
  return value_int(count);
}

static Value filter_string(TemplateCall *call) {
  return filter_input_text(call);
}

static Value filter_format(TemplateCall *call) {
  Value text = filter_input_text(call);
  if (call->arg_count && call->named_count)
    return refuse(call, "`format` takes plain values or named values, not both");
  Value values = value_tuple(call->arena, call->arg_count);
  for (size_t i = 0; i < call->arg_count; i++) value_push(values, call->args[i]);
  if (call->named_count) {
    values = value_map(call->arena, call->named_count);
    for (size_t i = 0; i < call->named_count; i++) value_set(values, call->named[i].key, call->named[i].value);
  }
  return format_percent(call_frame(call), call_node(call), text, values);
}

const Builtin text_filters[] = {
    BUILTIN("capitalize", filter_capitalize, ""),
    BUILTIN("center", filter_center, "width"),
    BUILTIN("format", filter_format, "*"),
    BUILTIN("indent", filter_indent, "width first blank"),
    BUILTIN("lower", filter_lower, ""),
    BUILTIN("replace", filter_replace, "old! new! count"),
    BUILTIN("string", filter_string, ""),
    BUILTIN("title", filter_title, ""),
    BUILTIN("trim", filter_trim, "chars"),
    BUILTIN("truncate", filter_truncate, "length killwords end leeway"),
    BUILTIN("upper", filter_upper, ""),
    BUILTIN("wordcount", filter_wordcount, ""),
    BUILTIN("wordwrap", filter_wordwrap, "width break_long_words wrapstring break_on_hyphens"),
    BUILTIN_END,
};
