/* Pictures: a picture alone in its paragraph is a figure, and its title the caption. */
#include "markdown/work.h"

bool images_is_figure(const cmark_node *paragraph) {
  const cmark_node *image = paragraph->first_child;
  return image && image->type == CMARK_NODE_IMAGE && !image->next;
}

void images_write(Work *work, cmark_node *node) {
  LinkPlace place = positions_find_link(work, node);
  Str url = links_resolve(work, node, &place);
  Str alt = html_fold(work->scratch, html_alt(work, node));
  Str title = values_fill(work, work_chunk(node->as.link.title), false);
  RuleSubject subject = {.node = node, .text = alt, .target = url, .span = place.whole};
  rules_check(work, RULE_IMAGE, &subject);
  bool decorative = str_equal_nocase(alt, STR("decorative"));
  if (alt.len && !decorative) work->pictures++;
  Buf *html = &work->html;
  buf_add_lit(html, "<img src=\"");
  links_url(html, url);
  buf_add_byte(html, '"');
  html_attribute(html, STR("alt"), decorative ? (Str){"", 0} : alt);
  if (title.len && !work->figure) html_attribute(html, STR("title"), title);
  buf_add_lit(html, " decoding=\"async\">");
  if (place.end > work->cursor) work->cursor = place.end;
}

void images_caption(Work *work, cmark_node *node) {
  Str title = values_fill(work, work_chunk(node->as.link.title), false);
  if (title.len == 0) return;
  buf_add_lit(&work->html, "<figcaption>");
  html_text(work, title);
  buf_add_lit(&work->html, "</figcaption>");
}
