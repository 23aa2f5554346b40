#include "template/render.h"

#include <math.h>

#include "base/utf8.h"

static Value test_defined(TemplateCall *call) {
  return value_bool(value_is_defined(call->input));
}

static Value test_undefined(TemplateCall *call) {
  return value_bool(!value_is_defined(call->input));
}

static Value test_none(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_NULL);
}

static Value test_boolean(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_BOOL);
}

static Value test_true(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_BOOL && call->input.b);
}

static Value test_false(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_BOOL && !call->input.b);
}

static Value test_integer(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_INT);
}

static Value test_float(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_FLOAT);
}

static Value test_number(TemplateCall *call) {
  double ignored;
  return value_bool(value_number(call->input, &ignored));
}

static Value test_string(TemplateCall *call) {
  return value_bool(value_is_text(call->input));
}

static Value test_mapping(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_MAP);
}

static Value test_sequence(TemplateCall *call) {
  return value_bool(value_is_text(call->input) || call->input.type == VALUE_MAP || call->input.type == VALUE_LIST);
}

static Value test_iterable(TemplateCall *call) {
  return value_bool(value_is_text(call->input) || call->input.type == VALUE_MAP || call->input.type == VALUE_LIST);
}

static Value test_callable(TemplateCall *call) {
  return value_bool(value_is_callable(call->input));
}

static Value test_escaped(TemplateCall *call) {
  return value_bool(call->input.type == VALUE_MARKUP);
}

/* The value modulo `by`, as Python has it. */
static Value modulo(TemplateCall *call, Value by) {
  return eval_binary(call_frame(call), call_node(call), OP_MODULO, call->input, by);
}

static Value is_number(TemplateCall *call, Value value, int64_t number) {
  return value_bool(equal_values(call_frame(call), call_node(call), value, value_int(number)));
}

static bool refuse_text(TemplateCall *call) {
  double ignored;
  if (value_number(call->input, &ignored)) return false;
  refuse(call, "this test wants a number, not %.*s", STR_ARG(value_type_name(call->input)));
  return true;
}

static Value test_odd(TemplateCall *call) {
  if (refuse_text(call)) return value_null();
  return is_number(call, modulo(call, value_int(2)), 1);
}

static Value test_even(TemplateCall *call) {
  if (refuse_text(call)) return value_null();
  return is_number(call, modulo(call, value_int(2)), 0);
}

static Value test_divisibleby(TemplateCall *call) {
  if (refuse_text(call)) return value_null();
  return is_number(call, modulo(call, ARG(call, 0, "num")), 0);
}

/* At least one letter that has case, and none of the other case. */
static Value has_case(TemplateCall *call, bool upper) {
  Str text = text_of(call_frame(call), call_node(call), call->input);
  bool found = false;
  for (size_t at = 0; at < text.len;) {
    uint32_t c = utf8_next(text, &at);
    if (upper ? utf8_is_lower(c) : utf8_is_upper(c)) return value_bool(false);
    found |= upper ? utf8_is_upper(c) : utf8_is_lower(c);
  }
  return value_bool(found);
}

static Value test_lower(TemplateCall *call) {
  return has_case(call, false);
}

static Value test_upper(TemplateCall *call) {
  return has_case(call, true);
}

/* Python's `is`, as far as values here have an identity. */
static Value test_sameas(TemplateCall *call) {
  Value a = call->input;
  Value b = ARG(call, 0, "other");
  if (a.type != b.type) return value_bool(false);
  switch ((ValueType)a.type) {
    case VALUE_LIST: return value_bool(a.list == b.list);
    case VALUE_MAP: return value_bool(a.map == b.map);
    default: return value_bool(equal_values(call_frame(call), call_node(call), a, b));
  }
}

static Value compare(TemplateCall *call, Operator op) {
  return value_bool(compare_values(call_frame(call), call_node(call), op, call->input, ARG(call, 0, "other")));
}

static Value test_eq(TemplateCall *call) {
  return compare(call, OP_EQUAL);
}

static Value test_ne(TemplateCall *call) {
  return compare(call, OP_NOT_EQUAL);
}

static Value test_lt(TemplateCall *call) {
  return compare(call, OP_LESS);
}

static Value test_le(TemplateCall *call) {
  return compare(call, OP_LESS_EQUAL);
}

static Value test_gt(TemplateCall *call) {
  return compare(call, OP_GREATER);
}

static Value test_ge(TemplateCall *call) {
  return compare(call, OP_GREATER_EQUAL);
}

static Value test_in(TemplateCall *call) {
  return compare(call, OP_IN);
}

static Value test_filter(TemplateCall *call) {
  const Name *name = template_name_find(call_frame(call)->r->engine, value_text(call->input));
  return value_bool(name && name->filter);
}

static Value test_test(TemplateCall *call) {
  const Name *name = template_name_find(call_frame(call)->r->engine, value_text(call->input));
  return value_bool(name && name->test);
}

const Builtin builtin_tests[] = {
    BUILTIN_ANY("defined", test_defined, ""),
    BUILTIN_ANY("undefined", test_undefined, ""),
    BUILTIN_ANY("none", test_none, ""),
    BUILTIN_ANY("boolean", test_boolean, ""),
    BUILTIN_ANY("true", test_true, ""),
    BUILTIN_ANY("false", test_false, ""),
    BUILTIN_ANY("integer", test_integer, ""),
    BUILTIN_ANY("float", test_float, ""),
    BUILTIN_ANY("number", test_number, ""),
    BUILTIN_ANY("string", test_string, ""),
    BUILTIN_ANY("mapping", test_mapping, ""),
    BUILTIN_ANY("sequence", test_sequence, ""),
    BUILTIN("iterable", test_iterable, ""),
    BUILTIN("callable", test_callable, ""),
    BUILTIN_ANY("escaped", test_escaped, ""),
    BUILTIN("odd", test_odd, ""),
    BUILTIN("even", test_even, ""),
    BUILTIN("divisibleby", test_divisibleby, "num!"),
    BUILTIN("lower", test_lower, ""),
    BUILTIN("upper", test_upper, ""),
    BUILTIN("sameas", test_sameas, "other!"),
    BUILTIN("eq", test_eq, "other!"),
    BUILTIN("equalto", test_eq, "other!"),
    BUILTIN("==", test_eq, "other!"),
    BUILTIN("ne", test_ne, "other!"),
    BUILTIN("!=", test_ne, "other!"),
    BUILTIN("lt", test_lt, "other!"),
    BUILTIN("lessthan", test_lt, "other!"),
    BUILTIN("<", test_lt, "other!"),
    BUILTIN("le", test_le, "other!"),
    BUILTIN("<=", test_le, "other!"),
    BUILTIN("gt", test_gt, "other!"),
    BUILTIN("greaterthan", test_gt, "other!"),
    BUILTIN(">", test_gt, "other!"),
    BUILTIN("ge", test_ge, "other!"),
    BUILTIN(">=", test_ge, "other!"),
    BUILTIN("in", test_in, "other!"),
    BUILTIN("filter", test_filter, ""),
    BUILTIN("test", test_test, ""),
    BUILTIN_END,
};
