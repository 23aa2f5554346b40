/* Links: which targets are safe, what they become, how they are written. */
#include "markdown/work.h"

/* What a clinic's page links to. Anything else either runs code in the reader's browser or opens nothing on a phone. */
static const Str schemes[] = {{"http", 4}, {"https", 5}, {"mailto", 6}, {"tel", 3}, {"sms", 3}};

/* The scheme as a browser reads it: white space and control characters left out (URL Standard, 4.4), small letters. */
static Str scheme_of(Arena *scratch, Str url) {
  char *scheme = arena_alloc(scratch, 33, 1);
  size_t len = 0;
  for (size_t i = 0; i < url.len && len < 32; i++) {
    char c = url.s[i];
    if ((unsigned char)c <= ' ' || c == 0x7F) continue;
    if (c == ':') return str_from(scheme, len);
    bool good = ascii_is_alpha(c) || (len && (ascii_is_digit(c) || c == '+' || c == '-' || c == '.'));
    if (!good) break;
    scheme[len++] = ascii_lower(c);
  }
  return (Str){"", 0};
}

static bool has_control(Str url) {
  for (size_t i = 0; i < url.len; i++)
    if ((unsigned char)url.s[i] < ' ' || url.s[i] == 0x7F) return true;
  return false;
}

static bool is_safe(Str scheme) {
  if (scheme.len == 0) return true;
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
    if (str_equal(scheme, schemes[i])) return true;
  return false;
}

static bool is_absolute(Str url) {
  return str_starts(url, STR("https://")) || str_starts(url, STR("http://")) || str_starts(url, STR("//"));
}

/* What a URL must not hold as it is (URL Standard, 4.3), and `&`. Letters beyond ASCII stay readable: HTML takes them.
 */
static const bool encoded[256] = {
    ['\t'] = true, ['\n'] = true, ['\r'] = true, [' '] = true, ['"'] = true, ['<'] = true, ['>'] = true, ['&'] = true,
    ['\\'] = true, ['^'] = true,  ['`'] = true,  ['{'] = true, ['|'] = true, ['}'] = true, ['['] = true, [']'] = true,
};

void links_url(Buf *out, Str url) {
  size_t from = 0;
  for (size_t i = 0; i < url.len; i++) {
    unsigned char c = (unsigned char)url.s[i];
    if (!encoded[c] && c >= ' ' && c != 0x7F) continue;
    buf_add(out, str_slice(url, from, i));
    if (c == '&')
      buf_add_lit(out, "&amp;");
    else
      buf_add_format(out, "%%%02X", c);
    from = i + 1;
  }
  buf_add(out, str_skip(url, from));
}

Str links_resolve(Work *work, cmark_node *node, const LinkPlace *place) {
  Str url = values_fill(work, work_chunk(node->as.link.url), false);
  if (!values_are_good(work, work_chunk(node->as.link.url))) return STR("#"); /* reported */
  Str scheme = scheme_of(work->scratch, url);
  if (!is_safe(scheme) || has_control(url)) {
    DIAG(work->options->diags, LINK_UNSAFE, place->target, scheme);
    return STR("#");
  }
  if (str_equal(scheme, STR("tel"))) {
    Str number = str_skip(url, str_find_byte(url, ':') + 1);
    url = STR_CONCAT(work->scratch, STR("tel:"), phones_dial(work->scratch, number));
  }
  MarkdownTarget target = {url, place->target, node->type == CMARK_NODE_IMAGE};
  return work->options->resolve ? work->options->resolve(work->options->resolve_context, &target) : url;
}

void links_enter(Work *work, cmark_node *node) {
  LinkPlace place = positions_find_link(work, node);
  Str url = links_resolve(work, node, &place);
  bool phone = str_starts(url, STR("tel:"));
  Buf *html = &work->html;
  work->heading_links++;
  work->in_link = true;
  buf_add_lit(html, "<a");
  if (phone) buf_add_lit(html, " class=\"phone\"");
  buf_add_lit(html, " href=\"");
  links_url(html, url);
  buf_add_byte(html, '"');
  bool external = is_absolute(url) && !(work->base_url.len && str_starts(url, work->base_url));
  if (external) buf_add_lit(html, " rel=\"external\"");
  Str title = values_fill(work, work_chunk(node->as.link.title), false);
  if (title.len) html_attribute(html, STR("title"), title);
  buf_add_byte(html, '>');
  work->in_phone_link = phone;
  if (phone && work->options->rtl) buf_add_lit(html, "<bdi dir=\"ltr\">");
  work->link = (Open){html->len, work->plain.len, work->pictures, place.whole, place.end};
  work->link_url = url;
}

static bool is_bare_url(Str text) {
  return is_absolute(text) || str_starts(text, STR("www."));
}

void links_leave(Work *work, cmark_node *node) {
  Str text = html_plain_since(work, work->link.text);
  bool phone = str_starts(work->link_url, STR("tel:"));
  buf_add(&work->html, phone && work->options->rtl ? STR("</bdi></a>") : STR("</a>"));
  work->in_phone_link = work->in_link = false;
  if (is_bare_url(text)) walk_be_quiet(work, work->link.text);
  RuleSubject subject = {
      .node = node,
      .text = text,
      .target = work->link_url,
      .span = work->link.span,
      .named = work->pictures > work->link.names,
  };
  rules_check(work, RULE_LINK, &subject);
  if (work->link.source_end > work->cursor) work->cursor = work->link.source_end;
}
