#include "site/fallback.h"

/* What Markdown's HTML has before the target of a link on this site (docs/html-classes.md). In text `<` is escaped, so
 * nothing else reads like this. */
static const Str link_start = {"<a href=\"", 9};

/* Where the target at the beginning of `html` goes in the language of `file`, with its `#…`. */
static bool translate(const Site *site, Str html, const ContentFile *file, Str *target, Str *url) {
  size_t end = str_find_byte(html, '"');
  if (end == STR_NONE) return false;
  size_t hash = str_find_byte(str_slice(html, 0, end), '#');
  *target = str_slice(html, 0, hash == STR_NONE ? end : hash);
  const ContentFile *found = files_find_url(&site->files, *target);
  if (!found || found->language != 0) return false;
  *url = files_version(found, file->language)->url;
  return true;
}

Str fallback_html(const Site *site, Arena *arena, const Page *page) {
  Str html = page->doc.html;
  Buf out = buf_new(arena, PAGE_OUTPUT_MOST);
  buf_room(&out, html.len + 512);
  for (;;) {
    size_t found = str_find(html, link_start);
    if (found == STR_NONE) break;
    Str target;
    Str url;
    buf_add(&out, str_slice(html, 0, found + link_start.len));
    html = str_skip(html, found + link_start.len);
    if (!translate(site, html, page->file, &target, &url)) continue;
    buf_add(&out, url);
    html = str_skip(html, target.len);
  }
  buf_add(&out, html);
  return buf_str(&out);
}
