#include "cli/new.h"

#include "base/utf8.h"
#include "check/parity.h"
#include "content/dates.h"
#include "content/page.h"
#include "data/yaml.h"
#include "os/os.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { TITLE_MOST = 200, INITIALS_MOST = 4 }; /* bytes of a title that fits a browser's tab; letters of a reference */

bool new_write(ThemeCommand *command, Str path, Str text) {
  size_t slash = str_find_last_byte(path, '/');
  int error = slash == STR_NONE ? 0 : os_make_folders(str_slice(path, 0, slash));
  if (!error) error = os_write_new_file(path, text);
  Span span = {path, STR_NONE, 0};
  if (!error)
    printf("%.*s\n", STR_ARG(path));
  else if (error == EEXIST)
    DIAG(&command->diags, NEW_EXISTS, span, STR("choose another name, or change the file that is there"));
  else
    DIAG(&command->diags, NEW_WRITE, span, os_error_text(error));
  return !error;
}

int new_end(ThemeCommand *command) {
  bool system_failed = false;
  for (const Diag *diag = command->diags.first; diag; diag = diag->next)
    system_failed = system_failed || diag->id == DIAG_NEW_WRITE;
  fflush(stdout); /* what was made comes before what went wrong */
  int status = theme_command_end(command);
  return system_failed ? CLI_SYSTEM : status;
}

bool new_dates(Arena *arena, Value marks) {
  int64_t now;
  if (!cli_now(&now)) return false;
  Str today = date_from_seconds(arena, now);
  value_put(marks, "today", value_str(today));
  value_put(marks, "half_year", value_str(date_add_months(arena, today, 6)));
  value_put(marks, "year", value_str(date_add_months(arena, today, 12)));
  return true;
}

Str new_initials(Arena *arena, Str clinic) {
  Buf initials = buf_new(arena, INITIALS_MOST);
  bool inside = false;
  for (size_t i = 0; i < clinic.len; i++) {
    char c = clinic.s[i];
    bool letter = ascii_is_alpha(c) || (unsigned char)c >= 0x80;
    if (ascii_is_alpha(c) && !inside) buf_add_byte(&initials, (char)(c & ~0x20));
    inside = letter || c == '\'';
  }
  return initials.len ? buf_str(&initials) : STR("REF");
}

Str new_front_matter_line(Arena *arena, Str text, Str line) {
  size_t begin, end, body;
  if (!front_matter_find(text, &begin, &end, &body)) return text;
  return STR_CONCAT(arena, str_slice(text, 0, end), line, STR("\n"), str_skip(text, end));
}

Str new_source_hash(Arena *arena, Str text) {
  static const Str keys[] = {{"title", 5}, {"description", 11}};
  DiagList unheard = diag_list_new(arena); /* what is wrong with a page is said when it is built */
  size_t begin, end, body;
  Value meta = value_map(arena, 0);
  if (!front_matter_find(text, &begin, &end, &body)) return parity_hash(arena, str_skip(text, body), meta);
  yaml_read(arena, &(YamlText){STR(""), text, begin, end}, &unheard, &meta);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) { /* a number is taken as it is written */
    Value value = value_get(meta, keys[i]);
    if (value.type == VALUE_INT || value.type == VALUE_FLOAT)
      value_set(meta, keys[i], value_str(yaml_as_written(text, value)));
  }
  return parity_hash(arena, str_skip(text, body), meta);
}

Str new_check_title(void *context, Arena *arena, Str text) {
  (void)context;
  (void)arena;
  if (!text.len) return STR("is empty");
  if (text.len > TITLE_MOST) return STR("is too long: 200 bytes are the most");
  if (utf8_find_invalid(text) != STR_NONE) return STR("is not UTF-8");
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.s[i] < 0x20 || text.s[i] == 0x7F) return STR("has a control character in it");
  return STR("");
}

Str new_join(Arena *arena, Value list) {
  Buf text = buf_new(arena, (size_t)1 << 16);
  for (size_t i = 0; i < value_count(list); i++) {
    if (i) buf_add_lit(&text, ", ");
    buf_add(&text, value_text(value_at(list, i)));
  }
  return buf_str(&text);
}

/* --- the verb --- */

static const struct {
  const char *name;
  int (*run)(int argc, char **argv);
} things[] = {{"site", cli_new_site}, {"page", cli_new_page}, {"theme", cli_theme_new}};
enum { THING_COUNT = sizeof things / sizeof *things };

static int run(int argc, char **argv) {
  if (argc < 1)
    return cli_fail_usage(&cli_new_verb, "`new` wants a second word: `new site`, `new page` or `new theme`");
  Str names[THING_COUNT];
  for (size_t i = 0; i < THING_COUNT; i++) {
    if (!strcmp(things[i].name, argv[0])) return things[i].run(argc - 1, argv + 1);
    names[i] = str_from_c(things[i].name);
  }
  Str near = str_nearest(str_from_c(argv[0]), names, THING_COUNT);
  if (near.len)
    return cli_fail_usage(&cli_new_verb, "there is no `new %s`; did you mean `%.*s`?", argv[0], STR_ARG(near));
  return cli_fail_usage(&cli_new_verb, "there is no `new %s`: write `new site`, `new page` or `new theme`", argv[0]);
}

const Verb cli_new_verb = {
    .name = "new",
    .summary = "begin a site, a page or a theme",
    .usage =
        "usage: pamphlet new site DIR [--clinic NAME] [--lang LANGUAGES] [--theme THEME]\n"
        "       pamphlet new page PATH --kind KIND [--title TITLE] [--source DIR]\n"
        "       pamphlet new theme NAME [--extends THEME] [--source DIR]\n"
        "\n"
        "  site     a small complete clinic in DIR, to change into your own\n"
        "  page     content/PATH.md with its front matter filled and the sections of a good leaflet, as a draft. A "
        "PATH\n"
        "           like contact.es.md is the translation of contact.md: it begins as a copy of that page\n"
        "  theme    a theme of your own, which extends another (the same as `theme new`)\n"
        "\n"
        "  --clinic NAME         the clinic's name (default: Example Clinic)\n"
        "  --lang LANGUAGES      en, es, ar, the site's own first: --lang en,es (default: en)\n"
        "  --theme THEME         how it looks: `pamphlet theme list` (default: clinic)\n"
        "  --kind KIND           treatment, condition, procedure, faq, news, person, glossary or page\n"
        "  --title TITLE         the page's title (default: made from its name)\n"
        "  --extends THEME       what the new theme builds on (default: the site's theme)\n"
        "  --source DIR          the folder that holds content/ and themes/ (default: this one)\n"
        "\n"
        "Nothing is ever overwritten. On a terminal you are asked for what is missing; otherwise nothing is asked.\n"
        "SOURCE_DATE_EPOCH sets the day. The texts lie in starter/ of the themes, where a theme of yours may have "
        "others.\n"
        "\n"
        "Exit status: 0 clean, 1 something is in the way, 2 command line, 3 system.\n",
    .run = run,
};
