#include "site/links.h"

#include "site/feeds.h"

static const Str link_start = {"<a href=\"", 9};

typedef struct Numbering {
  const Site *site;
  Arena *arena;
  Map numbers; /* by address */
  PrintedLinks result;
} Numbering;

static Str without_scheme(Str url) {
  return str_starts(url, STR("https://")) ? str_skip(url, sizeof "https://" - 1) : url;
}

/* The absolute address of a link that is worth a number, else empty. */
static Str address_of(const Numbering *numbering, Str href) {
  const SiteSettings *settings = &numbering->site->settings;
  if (str_starts(href, STR("https://")) || str_starts(href, STR("http://"))) return href;
  if (!str_starts(href, settings->base_path) || str_starts(href, STR("//"))) return (Str){"", 0};
  return feeds_absolute(numbering->site, numbering->arena, href);
}

/* `rest` is what follows the link's start tag. */
static bool shows_address(Str rest, Str url) {
  Str text = str_slice(rest, 0, str_find_byte(rest, '<'));
  return str_equal(text, url) || str_equal(text, without_scheme(url));
}

static size_t number_of(Numbering *numbering, Str url) {
  if (!numbering->numbers.arena) {
    numbering->numbers = map_new(numbering->arena, 16);
    numbering->result.links = value_list(numbering->arena, 8);
  }
  bool added;
  size_t *place = map_place(&numbering->numbers, url, &added);
  if (!added) return *place;
  Value link = value_map(numbering->arena, 2);
  value_put(link, "url", value_markup(url));
  value_put(link, "shown", value_markup(without_scheme(url)));
  value_push(numbering->result.links, link);
  return *place = value_count(numbering->result.links);
}

PrintedLinks links_number(const Site *site, Arena *arena, Str html) {
  Numbering numbering = {.site = site, .arena = arena, .result = {.html = html}};
  Buf out = {0};
  size_t copied = 0;
  for (size_t at = 0, found; (found = str_find(str_skip(html, at), link_start)) != STR_NONE;) {
    size_t target = at + found + link_start.len;
    Str href = str_slice(html, target, target + str_find_byte(str_skip(html, target), '"'));
    at = target + href.len + 1;
    size_t close = str_find_byte(str_skip(html, at), '>');
    Str url = address_of(&numbering, href);
    if (close == STR_NONE || !url.len || shows_address(str_skip(html, at + close + 1), url)) continue;
    if (!copied) {
      out = buf_new(arena, PAGE_OUTPUT_MOST);
      buf_room(&out, html.len + 512);
    }
    buf_add(&out, str_slice(html, copied, at));
    buf_add_lit(&out, " data-n=\"");
    buf_add_number(&out, number_of(&numbering, url));
    buf_add_byte(&out, '"');
    copied = at;
  }
  if (!copied) return numbering.result;
  buf_add(&out, str_skip(html, copied));
  numbering.result.html = buf_str(&out);
  return numbering.result;
}
