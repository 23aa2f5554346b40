#include "content/addresses.h"

enum { ALIAS_MOST = 1000 }; /* bytes; a path has at most 4,096, the output folder's included */

/* Nothing that would have to be escaped, or that ends the path. */
static bool is_clean(Str url) {
  for (size_t i = 0; i < url.len; i++) {
    unsigned char c = (unsigned char)url.s[i];
    if (c <= 0x20 || c >= 0x7F || str_find_byte(STR("\"<>?#\\"), url.s[i]) != STR_NONE) return false;
  }
  return true;
}

bool address_split_base(Arena *arena, Str url, Str *base, Str *path) {
  if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://"))) return false;
  if (!is_clean(url)) return false;
  if (!str_ends(url, STR("/"))) url = STR_CONCAT(arena, url, STR("/"));
  size_t host = str_find(url, STR("://")) + 3;
  size_t slash = str_find_byte(str_skip(url, host), '/');
  if (slash == 0) return false;
  *base = url;
  *path = str_skip(url, host + slash);
  return true;
}

bool address_is_web(Str url) {
  size_t host = str_starts(url, STR("https://")) ? 8 : str_starts(url, STR("http://")) ? 7 : url.len;
  for (size_t i = 0; i < url.len; i++)
    if ((unsigned char)url.s[i] <= 0x20 || str_find_byte(STR("\"<>\\`\x7F"), url.s[i]) != STR_NONE) return false;
  return host < url.len && url.s[host] != '/';
}

bool address_of_alias(Arena *arena, Str alias, Str *path) {
  if (!str_starts(alias, STR("/")) || str_find(alias, STR("..")) != STR_NONE || alias.len > ALIAS_MOST) return false;
  for (size_t i = 0; i < alias.len; i++)
    if ((unsigned char)alias.s[i] <= 0x20 || alias.s[i] == 0x7F ||
        str_find_byte(STR("\\?#\"<>|*:"), alias.s[i]) != STR_NONE)
      return false;
  Str rest = str_skip(alias, 1);
  if (rest.len == 0 || str_find(alias, STR("//")) != STR_NONE || str_starts(rest, STR("."))) return false;
  if (str_find(alias, STR("/./")) != STR_NONE || str_ends(alias, STR("/."))) return false;
  if (str_ends(rest, STR(".html")))
    *path = rest;
  else
    *path = STR_CONCAT(arena, rest, str_ends(rest, STR("/")) ? STR("") : STR("/"), STR("index.html"));
  return true;
}
