#include "theme/plain.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <gumbo.h>

/* Adds text with every run of white space as one space, none at the beginning. */
static void add_text(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    bool space = ascii_is_space(text.s[i]);
    if (!space)
      buf_add_byte(out, text.s[i]);
    else if (out->len && out->s[out->len - 1] != ' ')
      buf_add_byte(out, ' ');
  }
}

/* Elements that stand within a line, so that no space belongs at their edges (HTML Standard, phrasing content). */
static bool is_inline(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_I:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR: return true;
    default: return false;
  }
}

/* Said twice, or only drawn: `aria-hidden`. Shown only when it is asked for: `popover`. */
static bool is_hidden(const GumboNode *node) {
  const GumboVector *attributes = &node->v.element.attributes;
  const GumboAttribute *hidden = gumbo_get_attribute(attributes, "aria-hidden");
  return (hidden && str_equal(str_from_c(hidden->value), STR("true"))) || gumbo_get_attribute(attributes, "popover");
}

/* Of an element with text to read; else NULL. */
static const GumboVector *children_of(const GumboNode *node) {
  bool element = node->type == GUMBO_NODE_ELEMENT && node->v.element.tag != GUMBO_TAG_SCRIPT &&
                 node->v.element.tag != GUMBO_TAG_STYLE && node->v.element.tag != GUMBO_TAG_TEMPLATE;
  return element && !is_hidden(node) ? &node->v.element.children : NULL;
}

static void enter(Buf *out, const GumboNode *node) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
    add_text(out, str_from_c(node->v.text.text));
  else if (node->type == GUMBO_NODE_ELEMENT && !is_inline(node->v.element.tag))
    add_text(out, STR(" "));
}

/* Without recursion: nesting is as deep as the input likes. */
static void walk(Buf *out, const GumboNode *root) {
  const GumboNode *node = root;
  for (;;) {
    enter(out, node);
    const GumboVector *children = children_of(node);
    if (children && children->length) {
      node = children->data[0];
      continue;
    }
    for (;;) {
      if (node->type == GUMBO_NODE_ELEMENT && !is_inline(node->v.element.tag)) add_text(out, STR(" "));
      if (node == root) return;
      const GumboNode *parent = node->parent;
      const GumboVector *siblings = children_of(parent);
      size_t next = node->index_within_parent + 1;
      if (siblings && next < siblings->length) {
        node = siblings->data[next];
        break;
      }
      node = parent;
    }
  }
}

Str plain_text(Arena *arena, Str html) {
  if (str_find_byte(html, '<') == STR_NONE && str_find_byte(html, '&') == STR_NONE) return html;
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  GumboOutput *tree = gumbo_parse_with_options(&options, html.s, html.len);
  Buf out = buf_new(arena, html.len * 3 + 64); /* the longest growth: a control character becomes U+FFFD */
  walk(&out, tree->root);
  gumbo_destroy_output(&kGumboDefaultOptions, tree);
  /* gumbo 0.10.1 makes bytes that are no UTF-8 of a reference to a number past 32 bits. */
  return utf8_mend(arena, str_trim(buf_str(&out)));
}
