#include "template/render.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "data/number.h"

enum { WIDTH_MOST = 100000 }; /* of one field; as TEMPLATE_RANGE_MOST, far beyond any page's width */

/* One field: "%-8.2f" or "{:>8.2f}". */
typedef struct Field {
  uint32_t fill;
  char align; /* '<' '>' '^' '=' or 0 */
  char sign;  /* '+' ' ' or 0 */
  bool alternate, zero, comma;
  int width;
  int precision; /* -1: not given */
  char type;     /* 0: not given */
} Field;

typedef struct Formatter {
  Frame *f;
  const Node *node;
  Value pattern;
  Buf out;
} Formatter;

static int take_number(Formatter *fm, Str s, size_t *at) {
  int number = 0;
  while (*at < s.len && ascii_is_digit(s.s[*at])) {
    number = number * 10 + (s.s[(*at)++] - '0');
    if (number > WIDTH_MOST) fail_limit(fm->f, fm->node, "this field is too wide", "100000", "");
  }
  return number;
}

/* What goes into the text: escaped when the pattern is markup, as MarkupSafe does. */
static Str text_for(Formatter *fm, Value value, bool repr) {
  if (repr) value = value_str(repr_of(fm->f, fm->node, value));
  if (fm->pattern.type == VALUE_MARKUP) return html_of(fm->f, fm->node, value);
  return text_of(fm->f, fm->node, value);
}

static void add_padded(Formatter *fm, const Field *field, Str sign, Str body, char default_align) {
  size_t have = utf8_count(sign) + utf8_count(body);
  size_t pad = (size_t)field->width > have ? (size_t)field->width - have : 0;
  char align = field->align ? field->align : default_align;
  size_t left = align == '>' || align == '=' ? pad : align == '^' ? pad / 2 : 0;
  charge_text(fm->f, fm->node, pad + body.len);
  if (align == '=') buf_add(&fm->out, sign);
  for (size_t i = 0; i < left; i++) utf8_add(&fm->out, field->fill);
  if (align != '=') buf_add(&fm->out, sign);
  buf_add(&fm->out, body);
  for (size_t i = left; i < pad; i++) utf8_add(&fm->out, field->fill);
}

static void add_text_field(Formatter *fm, const Field *field, Str text) {
  if (field->precision >= 0) text = str_slice(text, 0, utf8_offset(text, (size_t)field->precision));
  add_padded(fm, field, (Str){"", 0}, text, '<');
}

static Str sign_of(const Field *field, bool negative) {
  if (negative) return STR("-");
  return field->sign == '+' ? STR("+") : field->sign == ' ' ? STR(" ") : (Str){"", 0};
}

static Str with_commas(Formatter *fm, Str digits) {
  size_t whole = 0;
  while (whole < digits.len && ascii_is_digit(digits.s[whole])) whole++;
  Buf out = new_buf(fm->f);
  for (size_t i = 0; i < whole; i++) {
    if (i && (whole - i) % 3 == 0) buf_add_byte(&out, ',');
    buf_add_byte(&out, digits.s[i]);
  }
  buf_add(&out, str_skip(digits, whole));
  return buf_str(&out);
}

static Str in_base(Formatter *fm, uint64_t number, unsigned base, bool upper) {
  char digits[64];
  size_t at = sizeof digits;
  do {
    unsigned digit = (unsigned)(number % base);
    digits[--at] = (char)(digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10);
    number /= base;
  } while (number);
  return str_copy(fm->f->r->arena, str_from(digits + at, sizeof digits - at));
}

static void add_whole(Formatter *fm, const Field *field, int64_t number) {
  char type = field->type ? field->type : 'd';
  unsigned base = type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 10;
  uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  Str digits = in_base(fm, size, base, type == 'X');
  while (field->precision > 0 && digits.len < (size_t)field->precision && digits.len < 64)
    digits = STR_CONCAT(fm->f->r->arena, STR("0"), digits);
  if (field->comma) digits = with_commas(fm, digits);
  Str sign = sign_of(field, number < 0);
  if (field->alternate && base != 10) sign = STR_CONCAT(fm->f->r->arena, sign, STR("0"), str_from(&type, 1));
  add_padded(fm, field, sign, digits, '>');
}

static void add_float(Formatter *fm, const Field *field, double number) {
  char type = field->type ? field->type : 'g';
  int precision = field->precision >= 0 ? field->precision : 6;
  if (precision > 400) precision = 400; /* a double has at most 309 digits before and 340 needed after the point */
  if (type == '%') number *= 100;
  bool negative = signbit(number) && !isnan(number);
  Str digits;
  if (!field->type && field->precision < 0) {
    Buf out = new_buf(fm->f);
    number_add_float(&out, fabs(number));
    digits = buf_str(&out);
  } else {
    char pattern[] = {'%', '.', '*', type == '%' ? 'f' : type, '\0'};
    char text[800];
    if (field->alternate) {
      char with[] = {'%', '#', '.', '*', type == '%' ? 'f' : type, '\0'};
      snprintf(text, sizeof text, with, precision, fabs(number));
    } else {
      snprintf(text, sizeof text, pattern, precision, fabs(number));
    }
    digits = str_copy(fm->f->r->arena, str_from_c(text));
  }
  if (field->comma) digits = with_commas(fm, digits);
  if (type == '%') digits = STR_CONCAT(fm->f->r->arena, digits, STR("%"));
  add_padded(fm, field, sign_of(field, negative), digits, '>');
}

static bool is_float_type(char type) {
  return type == 'e' || type == 'E' || type == 'f' || type == 'F' || type == 'g' || type == 'G';
}

/* --- "%s of %d" % values --- */

typedef struct Values {
  Value all;
  size_t next;
  bool used;
} Values;

static Value next_value(Formatter *fm, Values *values) {
  Value all = values->all;
  if (!value_is_tuple(all)) {
    if (values->used) fail_format(fm->f, fm->node, "there are fewer values than places for them in the text");
    values->used = true;
    return all;
  }
  if (values->next >= all.list->count)
    fail_format(fm->f, fm->node, "there are fewer values than places for them in the text");
  return all.list->items[values->next++];
}

static Value keyed_value(Formatter *fm, Values *values, Str s, size_t *at) {
  size_t end = str_find_byte(str_skip(s, *at), ')');
  if (end == STR_NONE) fail_format(fm->f, fm->node, "a `%%(` in the text is never closed");
  Str key = str_slice(s, *at, *at + end);
  *at += end + 1;
  values->used = true;
  if (values->all.type != VALUE_MAP) fail_format(fm->f, fm->node, "`%%(name)` in the text wants named values");
  const ValueEntry *entry = value_entry(values->all, key);
  if (!entry) fail_format(fm->f, fm->node, "there is no value `%.*s`", STR_ARG(key));
  return entry->value;
}

static int star_or_number(Formatter *fm, Values *values, Str s, size_t *at) {
  if (*at >= s.len || s.s[*at] != '*') return take_number(fm, s, at);
  (*at)++;
  int64_t number;
  if (!value_whole(next_value(fm, values), &number) || number < -WIDTH_MOST || number > WIDTH_MOST)
    fail_format(fm->f, fm->node, "`*` in the text wants a whole number");
  return (int)number;
}

static void percent_flags(Field *field, Str s, size_t *at) {
  for (; *at < s.len; (*at)++) {
    switch (s.s[*at]) {
      case '-': field->align = '<'; break;
      case '+': field->sign = '+'; break;
      case ' ':
        if (!field->sign) field->sign = ' ';
        break;
      case '#': field->alternate = true; break;
      case '0': field->zero = true; break;
      default: return;
    }
  }
}

static void percent_number(Formatter *fm, Field *field, Value value) {
  int64_t whole;
  double number;
  if (!value_number(value, &number))
    fail_format(fm->f, fm->node, "`%%%c` wants a number, not %.*s", field->type, STR_ARG(value_type_name(value)));
  if (field->zero && !field->align) {
    field->fill = '0';
    field->align = '=';
  }
  if (is_float_type(field->type)) {
    add_float(fm, field, number);
    return;
  }
  bool decimal = field->type == 'd' || field->type == 'i' || field->type == 'u';
  if (!value_whole(value, &whole)) {
    if (!decimal || !(fabs(number) < 9.2e18)) fail_format(fm->f, fm->node, "`%%%c` wants a whole number", field->type);
    whole = (int64_t)number;
  }
  if (decimal) field->type = 'd';
  add_whole(fm, field, whole);
}

static void percent_field(Formatter *fm, Values *values, Str s, size_t *at) {
  Field field = {.fill = ' ', .precision = -1};
  Value value = {0};
  if (*at < s.len && s.s[*at] == '(') {
    (*at)++;
    value = keyed_value(fm, values, s, at);
  }
  percent_flags(&field, s, at);
  field.width = star_or_number(fm, values, s, at);
  if (field.width < 0) {
    field.align = '<';
    field.width = -field.width;
  }
  if (*at < s.len && s.s[*at] == '.') {
    (*at)++;
    field.precision = star_or_number(fm, values, s, at);
    if (field.precision < 0) field.precision = 0;
  }
  if (*at < s.len && (s.s[*at] == 'l' || s.s[*at] == 'h' || s.s[*at] == 'L')) (*at)++;
  if (*at >= s.len) fail_format(fm->f, fm->node, "the text ends inside a `%%` field");
  field.type = s.s[(*at)++];
  if (field.type == '%') {
    buf_add_byte(&fm->out, '%');
    return;
  }
  if (!value_is_defined(value)) value = must_be_defined(fm->f, fm->node, next_value(fm, values));
  char type = field.type;
  bool text = type == 's' || type == 'r' || type == 'a';
  if (!field.align) field.align = text ? '>' : 0;
  if (text)
    add_text_field(fm, &field, text_for(fm, value, type != 's'));
  else if (is_float_type(type) || type == 'd' || type == 'i' || type == 'u' || type == 'x' || type == 'X' ||
           type == 'o')
    percent_number(fm, &field, value);
  else
    fail_format(fm->f, fm->node, "`%%%c` has no meaning in a text that is filled in", type);
}

Value format_percent(Frame *f, const Node *node, Value pattern, Value values) {
  Formatter fm = {f, node, pattern, new_buf(f)};
  Values all = {.all = values};
  Str s = pattern.str;
  for (size_t at = 0; at < s.len;) {
    if (s.s[at] != '%') {
      buf_add_byte(&fm.out, s.s[at++]);
      continue;
    }
    at++;
    percent_field(&fm, &all, s, &at);
  }
  bool left_over = value_is_tuple(values) ? all.next < values.list->count && !all.used
                                          : !all.used && values.type != VALUE_MAP && values.type != VALUE_LIST;
  if (left_over) fail_format(f, node, "there are more values than places for them in the text");
  return text_like(pattern, check_buf(f, node, &fm.out));
}

/* --- "{} of {name}".format(values) --- */

static Value named_value(Formatter *fm, const CallArgs *args, Str name, size_t *next) {
  size_t index = 0;
  if (name.len == 0) {
    index = (*next)++;
  } else if (ascii_is_digit(name.s[0])) {
    size_t at = 0;
    index = (size_t)take_number(fm, name, &at);
  } else {
    for (size_t i = 0; i < args->named_count; i++)
      if (str_equal(args->named[i].key, name)) return args->named[i].value;
    fail_format(fm->f, fm->node, "`format` was given no `%.*s`", STR_ARG(name));
  }
  if (index >= args->count) fail_format(fm->f, fm->node, "`format` was given fewer values than the text has places");
  return args->positional[index];
}

/* "name.member[item]" */
static Value field_value(Formatter *fm, const CallArgs *args, Str path, size_t *next) {
  size_t end = 0;
  while (end < path.len && path.s[end] != '.' && path.s[end] != '[') end++;
  Value value = must_be_defined(fm->f, fm->node, named_value(fm, args, str_slice(path, 0, end), next));
  while (end < path.len) {
    bool item = path.s[end] == '[';
    size_t begin = ++end;
    while (end < path.len && (item ? path.s[end] != ']' : path.s[end] != '.' && path.s[end] != '[')) end++;
    Str name = str_slice(path, begin, end);
    if (!item && value.type == VALUE_MAP)
      fail_format(fm->f, fm->node, "inside text that is filled in, write `[%.*s]` for a member", STR_ARG(name));
    if (item) end++;
    bool number = item && name.len && ascii_is_digit(name.s[0]);
    size_t at = 0;
    Value key = number ? value_int(take_number(fm, name, &at)) : value_str(name);
    value = must_be_defined(fm->f, fm->node, get_item(fm->f, fm->node, value, key));
  }
  return value;
}

static Field parse_spec(Formatter *fm, Str spec) {
  Field field = {.fill = ' ', .precision = -1};
  size_t at = 0;
  if (spec.len) {
    size_t after = 0;
    uint32_t fill = utf8_next(spec, &after);
    if (after < spec.len && str_find_byte(STR("<>^="), spec.s[after]) != STR_NONE) {
      field.fill = fill;
      field.align = spec.s[after];
      at = after + 1;
    } else if (str_find_byte(STR("<>^="), spec.s[0]) != STR_NONE) {
      field.align = spec.s[0];
      at = 1;
    }
  }
  if (at < spec.len && (spec.s[at] == '+' || spec.s[at] == '-' || spec.s[at] == ' ')) field.sign = spec.s[at++];
  if (at < spec.len && spec.s[at] == '#') {
    field.alternate = true;
    at++;
  }
  if (at < spec.len && spec.s[at] == '0') {
    field.zero = true;
    if (!field.align) field.fill = '0';
    at++;
  }
  field.width = take_number(fm, spec, &at);
  if (at < spec.len && spec.s[at] == ',') {
    field.comma = true;
    at++;
  }
  if (at < spec.len && spec.s[at] == '.') {
    at++;
    field.precision = take_number(fm, spec, &at);
  }
  if (at < spec.len) field.type = spec.s[at++];
  if (at < spec.len) fail_format(fm->f, fm->node, "`%.*s` is not a way to format a value", STR_ARG(spec));
  return field;
}

static void add_formatted(Formatter *fm, Value value, Str spec) {
  if (spec.len == 0) {
    buf_add(&fm->out, text_for(fm, value, false));
    return;
  }
  Field field = parse_spec(fm, spec);
  int64_t whole;
  bool is_whole = value_whole(value, &whole) && value.type == VALUE_INT;
  bool wants_float = is_float_type(field.type) || field.type == '%';
  if (field.zero && !field.align && (is_whole || value.type == VALUE_FLOAT)) field.align = '=';
  bool wants_whole =
      field.type == 'd' || field.type == 'x' || field.type == 'X' || field.type == 'o' || field.type == 'b';
  if (value_is_text(value) && (field.type == 0 || field.type == 's') && field.align != '=' && !field.sign)
    add_text_field(fm, &field, text_for(fm, value, false));
  else if (is_whole && (field.type == 0 || wants_whole) && field.precision < 0)
    add_whole(fm, &field, whole);
  else if ((is_whole && wants_float) || (value.type == VALUE_FLOAT && (wants_float || field.type == 0)))
    add_float(fm, &field, is_whole ? (double)whole : value.f);
  else
    fail_format(fm->f, fm->node, "`%.*s` is not a way to format %.*s", STR_ARG(spec), STR_ARG(value_type_name(value)));
}

static void brace_field(Formatter *fm, const CallArgs *args, Str inside, size_t *next) {
  size_t colon = str_find_byte(inside, ':');
  Str path = str_slice(inside, 0, colon);
  Str spec = colon == STR_NONE ? (Str){"", 0} : str_skip(inside, colon + 1);
  char conversion = '\0';
  size_t mark = str_find_byte(path, '!');
  if (mark != STR_NONE) {
    conversion = mark + 1 < path.len ? path.s[mark + 1] : '?';
    path = str_slice(path, 0, mark);
  }
  Value value = field_value(fm, args, path, next);
  if (conversion == 'r' || conversion == 'a')
    value = value_str(repr_of(fm->f, fm->node, value));
  else if (conversion == 's')
    value = value_str(text_of(fm->f, fm->node, value));
  else if (conversion)
    fail_format(fm->f, fm->node, "`!%c` has no meaning in a text that is filled in", conversion);
  add_formatted(fm, value, spec);
}

Value format_braces(Frame *f, const Node *node, Value pattern, const CallArgs *args) {
  Formatter fm = {f, node, pattern, new_buf(f)};
  Str s = pattern.str;
  size_t next = 0;
  for (size_t at = 0; at < s.len; at++) {
    char c = s.s[at];
    if (c != '{' && c != '}') {
      buf_add_byte(&fm.out, c);
    } else if (at + 1 < s.len && s.s[at + 1] == c) {
      buf_add_byte(&fm.out, c);
      at++;
    } else {
      size_t end = c == '{' ? str_find_byte(str_skip(s, at), '}') : STR_NONE;
      if (end == STR_NONE) fail_format(f, node, "a single `%c` in a text that is filled in; write it twice", c);
      brace_field(&fm, args, str_slice(s, at + 1, at + end), &next);
      at += end;
    }
  }
  return text_like(pattern, check_buf(f, node, &fm.out));
}
