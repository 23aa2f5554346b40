#include "template/render.h"

#include <string.h>

Value must_be_defined(Frame *f, const Node *node, Value value) {
  if (value.type == VALUE_UNDEFINED && value.flags != UNDEFINED_LENIENT) fail_undefined(f, node, value);
  return value;
}

Value eval_defined(Frame *f, const Node *node) {
  return must_be_defined(f, node, eval(f, node));
}

bool is_true(Frame *f, const Node *node, Value value) {
  switch ((ValueType)value.type) {
    case VALUE_UNDEFINED: must_be_defined(f, node, value); return false;
    case VALUE_NULL: return false;
    case VALUE_BOOL: return value.b;
    case VALUE_INT: return value.i != 0;
    case VALUE_FLOAT: return value.f != 0;
    case VALUE_STR:
    case VALUE_MARKUP: return value.str.len > 0;
    case VALUE_LIST: return value.list->count > 0;
    case VALUE_MAP: return value.map->count > 0;
    case VALUE_OBJECT: return true;
  }
  return false;
}

static Value eval_list(Frame *f, const Node *node) {
  Value list = value_list(f->r->arena, node->list.count);
  for (size_t i = 0; i < node->list.count; i++) value_push(list, eval(f, node->list.items[i]));
  return node->kind == NODE_TUPLE ? value_of_kind(list, LIST_TUPLE) : list;
}

static Value eval_map(Frame *f, const Node *node) {
  Value map = value_map(f->r->arena, node->list.count / 2);
  for (size_t i = 0; i + 1 < node->list.count; i += 2) {
    Value key = eval_defined(f, node->list.items[i]);
    if (!value_is_text(key))
      fail_value(f, node->list.items[i], STR("the keys of a map are text"), STR("put the key between quotes"));
    value_set(map, key.str, eval(f, node->list.items[i + 1]));
  }
  return map;
}

static Value eval_member(Frame *f, const Node *node) {
  return get_member(f, node, eval_defined(f, node->member.base), node->member.name->text);
}

static Value eval_item(Frame *f, const Node *node) {
  Value base = eval_defined(f, node->item.base);
  return get_item(f, node, base, eval_defined(f, node->item.index));
}

static Value eval_slice(Frame *f, const Node *node) {
  Value base = eval_defined(f, node->slice.base);
  const Node *nodes[3] = {node->slice.begin, node->slice.end, node->slice.step};
  Value parts[3];
  for (int i = 0; i < 3; i++) parts[i] = nodes[i] ? eval_defined(f, nodes[i]) : value_null();
  return slice_value(f, node, base, parts);
}

static Value eval_compare(Frame *f, const Node *node) {
  Value left = eval(f, node->compare.first);
  for (size_t i = 0; i < node->compare.rest.count; i++) {
    const Node *right_node = node->compare.rest.items[i];
    Value right = eval(f, right_node);
    must_be_defined(f, i ? node->compare.rest.items[i - 1] : node->compare.first, left);
    must_be_defined(f, right_node, right);
    if (!compare_values(f, node, (Operator)node->compare.ops[i], left, right)) return value_bool(false);
    left = right;
  }
  return value_bool(true);
}

/* `a ~ b`. Where text is escaped, one part that is markup makes the whole markup, as MarkupSafe does. */
static Value eval_concat(Frame *f, const Node *node) {
  enum { FEW = 8 };
  Value few[FEW];
  size_t count = node->list.count;
  Value *parts = count <= FEW ? few : ARENA_ARRAY(f->r->arena, Value, count);
  bool markup = false;
  for (size_t i = 0; i < count; i++) {
    parts[i] = eval_defined(f, node->list.items[i]);
    markup |= f->autoescape && parts[i].type == VALUE_MARKUP;
  }
  Buf out = new_buf(f);
  for (size_t i = 0; i < count; i++) buf_add(&out, markup ? html_of(f, node, parts[i]) : text_of(f, node, parts[i]));
  Str text = check_buf(f, node, &out);
  return markup ? value_markup(text) : value_str(text);
}

static Value eval_condition(Frame *f, const Node *node) {
  if (is_true(f, node->condition.test, eval(f, node->condition.test))) return eval(f, node->condition.yes);
  if (node->condition.no) return eval(f, node->condition.no);
  Value nothing = missing_because(f, node, STR("the condition is false, and there is no `else`"),
                                  STR("guard it with `| default(…)`"));
  nothing.flags = UNDEFINED_LENIENT;
  return nothing;
}

static Value eval_sign(Frame *f, const Node *node) {
  Value value = eval_defined(f, node->pair.left);
  int64_t whole;
  if (value_whole(value, &whole)) {
    if (node->kind == NODE_PLUS) return value_int(whole);
    if (whole == INT64_MIN) fail_format(f, node, "this number is too large");
    return value_int(-whole);
  }
  if (value.type != VALUE_FLOAT)
    fail_format(f, node, "`%c` wants a number, not %.*s", node->kind == NODE_PLUS ? '+' : '-',
                STR_ARG(value_type_name(value)));
  return value_float(node->kind == NODE_PLUS ? value.f : -value.f);
}

static Value eval_logic(Frame *f, const Node *node) {
  Value left = eval(f, node->pair.left);
  bool is = is_true(f, node->pair.left, left);
  if (node->kind == NODE_NOT) return value_bool(!is);
  if (is == (node->kind == NODE_OR)) return left;
  return eval(f, node->pair.right);
}

static Value eval_operation(Frame *f, const Node *node) {
  Value left = eval(f, node->pair.left);
  Value right = eval(f, node->pair.right);
  must_be_defined(f, node->pair.left, left);
  must_be_defined(f, node->pair.right, right);
  return eval_binary(f, node, (Operator)node->op, left, right);
}

Value eval(Frame *f, const Node *node) {
  f->r->steps++;
  switch ((NodeKind)node->kind) {
    case NODE_CONST: return node->constant;
    case NODE_NAME: return scope_lookup(f, node);
    default: break;
  }
  check_stack(f, node);
  charge(f, node, 0);
  switch ((NodeKind)node->kind) {
    case NODE_LIST:
    case NODE_TUPLE: return eval_list(f, node);
    case NODE_MAP: return eval_map(f, node);
    case NODE_MEMBER: return eval_member(f, node);
    case NODE_ITEM: return eval_item(f, node);
    case NODE_SLICE: return eval_slice(f, node);
    case NODE_CALL: return eval_call(f, node);
    case NODE_FILTER:
    case NODE_TEST: return eval_filter(f, node, NULL);
    case NODE_BINARY: return eval_operation(f, node);
    case NODE_NEGATE:
    case NODE_PLUS: return eval_sign(f, node);
    case NODE_NOT:
    case NODE_AND:
    case NODE_OR: return eval_logic(f, node);
    case NODE_COMPARE: return eval_compare(f, node);
    case NODE_CONCAT: return eval_concat(f, node);
    case NODE_CONDITION: return eval_condition(f, node);
    default: return value_null();
  }
}

/* --- assigning --- */

static void assign_each(Frame *f, const Node *target, Value value) {
  Value items = iterate(f, target, value);
  bool differs = items.list->count != target->list.count;
  if (differs && value.type == VALUE_STR && target->list.count == 2) /* a map gives its keys */
    fail_value(f, target, STR("2 names for one text"), STR("to walk over keys and values, write `in map.items()`"));
  if (differs) fail_format(f, target, "%zu names for %zu values", target->list.count, items.list->count);
  for (size_t i = 0; i < target->list.count; i++) assign(f, target->list.items[i], items.list->items[i]);
}

void assign(Frame *f, const Node *target, Value value) {
  if (target->kind == NODE_NAME) {
    scope_set(f, f->scope, target->name, value);
  } else if (target->kind == NODE_TUPLE) {
    assign_each(f, target, must_be_defined(f, target, value));
  } else { /* `ns.name`: the parser lets nothing else through */
    Value base = eval_defined(f, target->member.base);
    if (!is_object(base, &namespace_class))
      fail_value(f, target, STR("only a namespace has members that can be set"),
                 STR("make one with `{% set ns = namespace(name=value) %}`"));
    Value map = {.type = VALUE_MAP, .map = base.object.data};
    value_set(map, target->member.name->text, value);
  }
}
