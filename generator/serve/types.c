#include "serve/types.h"

/* As registered with IANA. JSON and XML are UTF-8 by their own rules. */
static const struct {
  const char *ending;
  const char *type;
} types[] = {
    {"html", "text/html; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"txt", "text/plain; charset=utf-8"},
    {"vtt", "text/vtt; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"ics", "text/calendar; charset=utf-8"},
    {"vcf", "text/vcard; charset=utf-8"},
    {"xml", "application/xml"},
    {"json", "application/json"},
    {"webmanifest", "application/manifest+json"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"ico", "image/vnd.microsoft.icon"},
    {"woff2", "font/woff2"},
    {"woff", "font/woff"},
    {"ttf", "font/ttf"},
    {"otf", "font/otf"},
    {"mp4", "video/mp4"},
    {"webm", "video/webm"},
    {"mp3", "audio/mpeg"},
    {"ogg", "audio/ogg"},
    {"pdf", "application/pdf"},
    {"zip", "application/zip"},
    {"epub", "application/epub+zip"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"odt", "application/vnd.oasis.opendocument.text"},
};

Str type_of_path(Str path) {
  size_t dot = str_find_last_byte(path, '.');
  Str ending = dot == STR_NONE ? (Str){"", 0} : str_skip(path, dot + 1);
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (str_equal_nocase(ending, str_from_c(types[i].ending))) return str_from_c(types[i].type);
  return STR("application/octet-stream");
}
