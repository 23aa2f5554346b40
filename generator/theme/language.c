#include "theme/language.h"

#include "base/utf8.h"

#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { TAG_MOST = ULOC_FULLNAME_CAPACITY };

static bool to_c(Str lang, char *tag) {
  if (lang.len == 0 || lang.len >= TAG_MOST) return false;
  memcpy(tag, lang.s, lang.len);
  tag[lang.len] = '\0';
  return true;
}

/* Languages that write their own name small ("español") have it with a capital where it stands alone. */
static Str capitalised(Arena *arena, Str name) {
  size_t first = 0;
  utf8_next(name, &first);
  return STR_CONCAT(arena, utf8_upper(arena, str_slice(name, 0, first)), str_skip(name, first));
}

Str language_name(Arena *arena, Str lang) {
  char tag[TAG_MOST];
  UChar name[128];
  char text[384];
  UErrorCode error = U_ZERO_ERROR;
  if (!to_c(lang, tag)) return lang;
  int32_t len = uloc_getDisplayName(tag, tag, name, 128, &error);
  if (U_FAILURE(error) || len <= 0 || len >= 128) return lang;
  int32_t bytes = 0;
  u_strToUTF8(text, sizeof text, &bytes, name, len, &error);
  if (U_FAILURE(error) || bytes <= 0) return lang;
  return capitalised(arena, str_from(text, (size_t)bytes));
}

Str language_dir(Str lang) {
  char tag[TAG_MOST];
  return to_c(lang, tag) && uloc_isRightToLeft(tag) ? STR("rtl") : STR("ltr");
}
