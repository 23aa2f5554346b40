#include "theme/data_uri.h"

#include <nettle/base64.h>

static Str media_type(Str name) {
  static const struct {
    Str ending;
    Str type;
  } types[] = {
      {{".svg", 4}, {"image/svg+xml", 13}}, {{".png", 4}, {"image/png", 9}},     {{".jpg", 4}, {"image/jpeg", 10}},
      {{".jpeg", 5}, {"image/jpeg", 10}},   {{".gif", 4}, {"image/gif", 9}},     {{".webp", 5}, {"image/webp", 10}},
      {{".avif", 5}, {"image/avif", 10}},   {{".woff2", 6}, {"font/woff2", 10}}, {{".woff", 5}, {"font/woff", 9}},
      {{".ttf", 4}, {"font/ttf", 8}},       {{".otf", 4}, {"font/otf", 8}},
  };
  size_t dot = str_find_last_byte(name, '.');
  Str ending = str_skip(name, dot == STR_NONE ? name.len : dot);
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (str_equal_nocase(types[i].ending, ending)) return types[i].type;
  return STR("application/octet-stream");
}

Str data_uri(Arena *arena, Str name, Str bytes) {
  size_t len = BASE64_ENCODE_RAW_LENGTH(bytes.len);
  char *encoded = ARENA_ARRAY(arena, char, len + 1);
  base64_encode_raw(encoded, bytes.len, (const uint8_t *)bytes.s);
  return STR_CONCAT(arena, STR("data:"), media_type(name), STR(";base64,"), str_from(encoded, len));
}
