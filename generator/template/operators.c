#include "template/render.h"

#include <math.h>
#include <string.h>

static const char *const symbols[] = {
    "+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">=", "in", "not in"};

static _Noreturn void fail_types(Frame *f, const Node *node, Operator op, Value left, Value right) {
  Str name = value_type_name(left);
  Str other = value_type_name(right);
  Str what =
      str_format(f->r->arena, "`%s` has no meaning between %.*s and %.*s", symbols[op], STR_ARG(name), STR_ARG(other));
  bool joins = op == OP_ADD && (value_is_text(left) || value_is_text(right));
  fail_value(f, node, what, joins ? STR("`~` joins values as text") : (Str){0});
}

static _Noreturn void fail_overflow(Frame *f, const Node *node) {
  fail_value(f, node, STR("this number is too large"), STR("whole numbers go up to 9223372036854775807"));
}

/* --- numbers --- */

static int64_t floor_divide(int64_t a, int64_t b) {
  int64_t q = a / b;
  return (a % b != 0) && ((a % b < 0) != (b < 0)) ? q - 1 : q;
}

static Value whole_power(Frame *f, const Node *node, int64_t base, int64_t exponent) {
  if (exponent < 0) {
    if (base == 0) fail_format(f, node, "0 has no negative powers");
    return value_float(pow((double)base, (double)exponent));
  }
  int64_t result = 1;
  while (exponent) {
    if ((exponent & 1) && __builtin_mul_overflow(result, base, &result)) fail_overflow(f, node);
    exponent >>= 1;
    if (exponent && __builtin_mul_overflow(base, base, &base)) fail_overflow(f, node);
  }
  return value_int(result);
}

static Value whole_operation(Frame *f, const Node *node, Operator op, int64_t a, int64_t b) {
  int64_t result = 0;
  bool over = false;
  if (b == 0 && (op == OP_DIVIDE || op == OP_FLOOR_DIVIDE || op == OP_MODULO))
    fail_format(f, node, "nothing can be divided by 0");
  switch (op) {
    case OP_ADD: over = __builtin_add_overflow(a, b, &result); break;
    case OP_SUBTRACT: over = __builtin_sub_overflow(a, b, &result); break;
    case OP_MULTIPLY: over = __builtin_mul_overflow(a, b, &result); break;
    case OP_DIVIDE: return value_float((double)a / (double)b);
    case OP_FLOOR_DIVIDE:
      over = a == INT64_MIN && b == -1;
      if (!over) result = floor_divide(a, b);
      break;
    case OP_MODULO: result = b == -1 ? 0 : a - floor_divide(a, b) * b; break;
    default: return whole_power(f, node, a, b);
  }
  if (over) fail_overflow(f, node);
  return value_int(result);
}

/* Python's float_divmod: the remainder has the sign of the divisor. */
static double remainder_of(double a, double b) {
  double r = fmod(a, b);
  if (r == 0) return copysign(0, b);
  return (r < 0) != (b < 0) ? r + b : r;
}

static double float_floor_divide(double a, double b) {
  double r = fmod(a, b);
  double q = (a - r) / b;
  if (r != 0 && (r < 0) != (b < 0)) q -= 1;
  if (q == 0) return copysign(0, a / b);
  double floored = floor(q);
  return q - floored > 0.5 ? floored + 1 : floored;
}

static Value float_operation(Frame *f, const Node *node, Operator op, double a, double b) {
  if (b == 0 && (op == OP_DIVIDE || op == OP_FLOOR_DIVIDE || op == OP_MODULO))
    fail_format(f, node, "nothing can be divided by 0");
  switch (op) {
    case OP_ADD: return value_float(a + b);
    case OP_SUBTRACT: return value_float(a - b);
    case OP_MULTIPLY: return value_float(a * b);
    case OP_DIVIDE: return value_float(a / b);
    case OP_FLOOR_DIVIDE: return value_float(float_floor_divide(a, b));
    case OP_MODULO: return value_float(remainder_of(a, b));
    default: break;
  }
  if (a == 0 && b < 0) fail_format(f, node, "0 has no negative powers");
  if (a < 0 && floor(b) != b) fail_format(f, node, "a negative number has only whole powers here");
  double result = pow(a, b);
  if (isinf(result) && isfinite(a) && isfinite(b)) fail_format(f, node, "this number is too large");
  return value_float(result);
}

/* --- text and lists --- */

static Value add_texts(Frame *f, const Node *node, Value left, Value right) {
  charge_text(f, node, left.str.len + right.str.len);
  if (left.type == VALUE_STR && right.type == VALUE_STR) return value_str(STR_CONCAT(f->r->arena, left.str, right.str));
  return value_markup(STR_CONCAT(f->r->arena, html_of(f, node, left), html_of(f, node, right)));
}

static Value add_lists(Frame *f, const Node *node, Value left, Value right) {
  size_t count = left.list->count + right.list->count;
  charge(f, node, count);
  Value sum = value_list(f->r->arena, count);
  for (size_t i = 0; i < left.list->count; i++) value_push(sum, left.list->items[i]);
  for (size_t i = 0; i < right.list->count; i++) value_push(sum, right.list->items[i]);
  return value_is_tuple(left) ? value_of_kind(sum, LIST_TUPLE) : sum;
}

static Value repeat(Frame *f, const Node *node, Value what, int64_t times) {
  if (times < 0) times = 0;
  if (value_is_text(what)) {
    size_t len = 0;
    if (__builtin_mul_overflow(what.str.len, (size_t)times, &len)) len = SIZE_MAX;
    charge_text(f, node, len);
    Buf out = new_buf(f);
    for (size_t done = 0; done < len; done += what.str.len) buf_add(&out, what.str);
    return text_like(what, check_buf(f, node, &out));
  }
  size_t count = 0;
  if (__builtin_mul_overflow(what.list->count, (size_t)times, &count)) count = SIZE_MAX;
  if (count > TEMPLATE_RANGE_MOST) fail_limit(f, node, "this list grows too long", "100000", "");
  charge(f, node, count);
  Value list = value_list(f->r->arena, count);
  for (size_t i = 0; i < count; i++) value_push(list, what.list->items[i % what.list->count]);
  return value_is_tuple(what) ? value_of_kind(list, LIST_TUPLE) : list;
}

static bool is_sequence(Value value) {
  return value_is_text(value) || (value.type == VALUE_LIST && value.flags <= LIST_GROUP);
}

static bool sequence_operation(Frame *f, const Node *node, Operator op, Value operands[2], Value *result) {
  Value left = operands[0];
  Value right = operands[1];
  int64_t times;
  if (op == OP_MODULO && value_is_text(left)) {
    *result = format_percent(f, node, left, right);
  } else if (op == OP_MULTIPLY && is_sequence(left) && value_whole(right, &times)) {
    *result = repeat(f, node, left, times);
  } else if (op == OP_MULTIPLY && is_sequence(right) && value_whole(left, &times)) {
    *result = repeat(f, node, right, times);
  } else if (op == OP_ADD && value_is_text(left) && value_is_text(right)) {
    *result = add_texts(f, node, left, right);
  } else if (op == OP_ADD && left.type == VALUE_LIST && right.type == VALUE_LIST && is_sequence(left) &&
             is_sequence(right) && value_is_tuple(left) == value_is_tuple(right)) {
    *result = add_lists(f, node, left, right);
  } else {
    return false;
  }
  return true;
}

Value eval_binary(Frame *f, const Node *node, Operator op, Value left, Value right) {
  int64_t a, b;
  double x, y;
  if (value_whole(left, &a) && value_whole(right, &b)) return whole_operation(f, node, op, a, b);
  if (value_number(left, &x) && value_number(right, &y)) return float_operation(f, node, op, x, y);
  Value result;
  Value operands[2] = {left, right};
  if (sequence_operation(f, node, op, operands, &result)) return result;
  fail_types(f, node, op, left, right);
}

/* --- comparing --- */

static bool equal_at(Frame *f, const Node *node, Value a, Value b, int depth) {
  if (depth > TEMPLATE_VALUE_DEPTH_MOST)
    fail_limit(f, node, "these values are nested too deeply to compare", "100", "");
  charge(f, node, 1);
  must_be_defined(f, node, a);
  must_be_defined(f, node, b);
  if (a.type == VALUE_LIST && b.type == VALUE_LIST) {
    if (value_is_tuple(a) != value_is_tuple(b) || a.list->count != b.list->count) return false;
    for (size_t i = 0; i < a.list->count; i++)
      if (!equal_at(f, node, a.list->items[i], b.list->items[i], depth + 1)) return false;
    return true;
  }
  if (a.type == VALUE_MAP && b.type == VALUE_MAP) {
    if (a.map->count != b.map->count) return false;
    for (size_t i = 0; i < a.map->count; i++) {
      const ValueEntry *other = value_entry(b, a.map->entries[i].key);
      if (!other || !equal_at(f, node, a.map->entries[i].value, other->value, depth + 1)) return false;
    }
    return true;
  }
  if (value_is_text(a)) charge(f, node, a.str.len / 64);
  return value_equal(a, b);
}

bool equal_values(Frame *f, const Node *node, Value left, Value right) {
  return equal_at(f, node, left, right, 0);
}

static int order_numbers(Value left, Value right) {
  int64_t a, b;
  if (value_whole(left, &a) && value_whole(right, &b)) return (a > b) - (a < b);
  double x = 0, y = 0;
  value_number(left, &x);
  value_number(right, &y);
  return (x > y) - (x < y);
}

/* False: there is no order between them. */
static bool order_at(Frame *f, const Node *node, const Value pair[2], int *order, int depth) {
  Value a = pair[0];
  Value b = pair[1];
  double ignored;
  if (depth > TEMPLATE_VALUE_DEPTH_MOST)
    fail_limit(f, node, "these values are nested too deeply to compare", "100", "");
  charge(f, node, 1);
  if (value_number(a, &ignored) && value_number(b, &ignored)) {
    *order = order_numbers(a, b);
    return true;
  }
  if (value_is_text(a) && value_is_text(b)) {
    charge(f, node, a.str.len / 64);
    *order = str_compare(a.str, b.str);
    return true;
  }
  if (a.type != VALUE_LIST || b.type != VALUE_LIST || value_is_tuple(a) != value_is_tuple(b)) return false;
  for (size_t i = 0; i < a.list->count && i < b.list->count; i++) {
    Value items[2] = {a.list->items[i], b.list->items[i]};
    if (equal_at(f, node, items[0], items[1], depth + 1)) continue;
    return order_at(f, node, items, order, depth + 1);
  }
  *order = (a.list->count > b.list->count) - (a.list->count < b.list->count);
  return true;
}

int order_values(Frame *f, const Node *node, Value left, Value right) {
  must_be_defined(f, node, left);
  must_be_defined(f, node, right);
  int order = 0;
  if (!order_at(f, node, (const Value[]){left, right}, &order, 0)) fail_types(f, node, OP_LESS, left, right);
  return order;
}

static bool is_nan(Value value) {
  return value.type == VALUE_FLOAT && isnan(value.f);
}

static bool contains(Frame *f, const Node *node, Value item, Value in) {
  if (value_is_text(in)) {
    if (!value_is_text(item)) fail_types(f, node, OP_IN, item, in);
    charge(f, node, in.str.len / 16);
    return str_find(in.str, item.str) != STR_NONE;
  }
  if (in.type == VALUE_MAP) return value_is_text(item) && value_entry(in, item.str);
  if (in.type != VALUE_LIST) fail_types(f, node, OP_IN, item, in);
  for (size_t i = 0; i < in.list->count; i++)
    if (equal_values(f, node, in.list->items[i], item)) return true;
  return false;
}

bool compare_values(Frame *f, const Node *node, Operator op, Value left, Value right) {
  switch (op) {
    case OP_EQUAL: return equal_values(f, node, left, right);
    case OP_NOT_EQUAL: return !equal_values(f, node, left, right);
    case OP_IN: return contains(f, node, left, right);
    case OP_NOT_IN: return !contains(f, node, left, right);
    default: break;
  }
  int order = 0;
  if (!order_at(f, node, (const Value[]){left, right}, &order, 0)) fail_types(f, node, op, left, right);
  if (is_nan(left) || is_nan(right)) return false;
  switch (op) {
    case OP_LESS: return order < 0;
    case OP_LESS_EQUAL: return order <= 0;
    case OP_GREATER: return order > 0;
    default: return order >= 0;
  }
}
