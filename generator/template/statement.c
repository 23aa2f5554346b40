#include "template/render.h"

/* Output goes to a Buf of its own until finish_capture(). */
typedef struct Capture {
  Frame frame;
  Buf out;
} Capture;

static void begin_capture(Frame *f, Capture *capture) {
  capture->frame = *f;
  capture->out = new_buf(f);
  capture->frame.out = &capture->out;
  capture->frame.scope = scope_new(f, f->scope);
  capture->frame.top = false;
  capture->frame.parent = NULL;
}

static void exec_if(Frame *f, const Node *node) {
  size_t tests = node->branch.tests.count;
  for (size_t i = 0; i < tests; i++) {
    const Node *test = node->branch.tests.items[i];
    if (!is_true(f, test, eval(f, test))) continue;
    exec(f, node->branch.bodies[i]);
    return;
  }
  if (node->branch.body_count > tests) exec(f, node->branch.bodies[tests]);
}

/* A filter block's chain, innermost first; its inner end takes `input`. */
static Value filter_chain(Frame *f, const Node *filter, Value input) {
  if (filter->filter.input) input = filter_chain(f, filter->filter.input, input);
  return apply_filter(f, filter, input);
}

static Value captured(Frame *f, const Node *node) {
  Capture capture;
  begin_capture(f, &capture);
  exec(&capture.frame, node->set_block.body);
  Str text = check_buf(f, node, &capture.out);
  Value value = f->autoescape ? value_markup(text) : value_str(text);
  if (!node->set_block.filter) return value;
  return filter_chain(&capture.frame, node->set_block.filter, value);
}

static void exec_set_block(Frame *f, const Node *node) {
  Value value = captured(f, node);
  if (f->autoescape) value = value_markup(text_of(f, node, value));
  assign(f, node->set_block.target, value);
}

static void exec_filter_block(Frame *f, const Node *node) {
  Value value = captured(f, node);
  if (!value_is_text(value))
    fail_format(f, node, "a filter block prints text; this filter gives %.*s", STR_ARG(value_type_name(value)));
  if (is_silent(f)) return;
  buf_add(f->out, value.str);
  check_out(f, node);
}

static void exec_with(Frame *f, const Node *node) {
  Frame inner = *f;
  inner.scope = scope_new(f, f->scope);
  inner.top = false;
  for (size_t i = 0; i < node->with.targets.count; i++)
    assign(&inner, node->with.targets.items[i], eval(f, node->with.values.items[i]));
  exec(&inner, node->with.body);
}

static void exec_autoescape(Frame *f, const Node *node) {
  Frame inner = *f;
  inner.scope = scope_new(f, f->scope);
  inner.top = false;
  inner.autoescape = is_true(f, node->autoescape.value, eval(f, node->autoescape.value));
  exec(&inner, node->autoescape.body);
}

static void exec_call_block(Frame *f, const Node *node) {
  const Node *call = node->call_block.call;
  Value callee = eval_defined(f, call->call.callee);
  if (!is_object(callee, &macro_class))
    fail_format(f, call, "`{%% call %%}` wants a macro, not %.*s", STR_ARG(value_type_name(callee)));
  Value caller = macro_new(f, node->call_block.caller);
  CallArgs args = eval_arguments(f, &call->call.args);
  Value result = macro_call(f, call, callee, &args, &caller);
  if (!is_silent(f)) print_value(f, node, result);
}

static void exec_output(Frame *f, const Node *node) {
  if (is_silent(f)) return;
  print_value(f, node->output, eval(f, node->output));
}

static void exec_text(Frame *f, const Node *node) {
  if (is_silent(f)) return;
  buf_add(f->out, node->text);
  check_out(f, node);
}

void exec_one(Frame *f, const Node *node) {
  switch ((NodeKind)node->kind) {
    case NODE_TEXT: exec_text(f, node); break;
    case NODE_OUTPUT: exec_output(f, node); break;
    case NODE_IF: exec_if(f, node); break;
    case NODE_FOR: exec_for(f, node); break;
    case NODE_SET: assign(f, node->set.target, eval(f, node->set.value)); break;
    case NODE_SET_BLOCK: exec_set_block(f, node); break;
    case NODE_WITH: exec_with(f, node); break;
    case NODE_MACRO: scope_set(f, f->scope, node->macro->name, macro_new(f, node->macro)); break;
    case NODE_CALL_BLOCK: exec_call_block(f, node); break;
    case NODE_FILTER_BLOCK: exec_filter_block(f, node); break;
    case NODE_BLOCK:
      if (!is_silent(f)) exec_block(f, node);
      break;
    case NODE_EXTENDS: exec_extends(f, node); break;
    case NODE_INCLUDE:
      if (!is_silent(f)) exec_include(f, node);
      break;
    case NODE_IMPORT: exec_import(f, node); break;
    case NODE_FROM: exec_from(f, node); break;
    case NODE_AUTOESCAPE: exec_autoescape(f, node); break;
    default: break; /* expressions do not stand here */
  }
}

void exec(Frame *f, Nodes body) {
  for (size_t i = 0; i < body.count; i++) {
    const Node *node = body.items[i];
    charge(f, node, 1);
    if (node->memo && f->r->memo)
      exec_memo(f, node);
    else
      exec_one(f, node);
  }
}
