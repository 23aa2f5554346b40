/* `pamphlet new site`: a small complete clinic, from starter/ of a theme. */
#include "base/utf8.h"
#include "cli/new.h"
#include "os/os.h"
#include "theme/starter.h"

#include <stdio.h>

enum { LANGUAGES_MOST = 32 };

typedef struct NewSite {
  ThemeCommand command;
  Theme *theme;
  Str folder;
  Str clinic;
  Str languages; /* as asked for: "en,es" */
  Str theme_name;
  Value known; /* languages that there are texts in */
  Value lang;  /* those that the site gets */
  Value later; /* asked for, but there are no texts in them */
  Value marks;
  Value files; /* what will be written: path → text */
} NewSite;

/* --- what can be asked for --- */

static Str check_folder(void *context, Arena *arena, Str folder) {
  (void)context;
  if (!folder.len) return STR("is no folder");
  OsKind kind = os_stat(folder).kind;
  if (kind != OS_NOTHING && kind != OS_FOLDER && kind != OS_LINK) return STR("is a file; name a folder");
  Str content = STR_CONCAT(arena, folder, STR("/content"));
  if (os_stat(content).kind != OS_NOTHING) return STR("holds a site already (content/), and nothing is overwritten");
  return STR("");
}

static Str check_theme(void *context, Arena *arena, Str name) {
  NewSite *site = context;
  ThemeOptions *options = &site->command.options;
  Value list = theme_list(arena, options->roots, options->root_count);
  Str *names = ARENA_ARRAY(arena, Str, value_count(list));
  for (size_t i = 0; i < value_count(list); i++) {
    names[i] = value_text(value_get(value_at(list, i), STR("name")));
    if (str_equal(names[i], name)) return STR("");
  }
  Str near = str_nearest(name, names, value_count(list));
  if (near.len) return str_format(arena, "is no theme; did you mean `%.*s`?", STR_ARG(near));
  Value all = value_list(arena, value_count(list));
  for (size_t i = 0; i < value_count(list); i++) value_push(all, value_str(names[i]));
  return STR_CONCAT(arena, STR("is no theme; there are "), new_join(arena, all));
}

static bool has_text(Value list, Str text) {
  for (size_t i = 0; i < value_count(list); i++)
    if (str_equal(value_text(value_at(list, i)), text)) return true;
  return false;
}

/* BCP 47 as far as site.yaml checks it, and a first part of two or three letters: "English" is a mistake. */
static bool is_language(Str tag) {
  size_t primary = str_find_byte(tag, '-');
  if (primary == STR_NONE) primary = tag.len;
  if (primary < 2 || primary > 3 || tag.len > 35 || str_ends(tag, STR("-"))) return false;
  for (size_t i = 0; i < tag.len; i++)
    if (!ascii_is_alpha(tag.s[i]) && (i < primary || (!ascii_is_digit(tag.s[i]) && tag.s[i] != '-'))) return false;
  return true;
}

static Str check_languages(void *context, Arena *arena, Str text) {
  NewSite *site = context;
  site->lang = value_list(arena, 4);
  site->later = value_list(arena, 4);
  while (text.len) {
    Str tag;
    str_cut(text, ',', &tag, &text);
    tag = str_trim(tag);
    if (!is_language(tag))
      return str_format(arena, "has `%.*s` in it, which is no language tag: write it like `en,es`", STR_ARG(tag));
    Value list = has_text(site->known, tag) ? site->lang : site->later;
    if (!has_text(list, tag)) value_push(list, value_str(tag));
    if (value_count(site->lang) + value_count(site->later) > LANGUAGES_MOST) return STR("names more than 32 languages");
  }
  if (value_count(site->lang)) return STR("");
  return str_format(
      arena, "has no language that a site can begin with: those are %.*s. Begin with one of them and add yours later",
      STR_ARG(new_join(arena, site->known)));
}

/* The answer that was given on the command line, by a person, or the usual one. */
static bool settle(NewSite *site, const Question *question, const char *option, Str *answer) {
  Arena *arena = &site->command.arena;
  if (!answer->s && ask_possible()) return ask(arena, question, answer);
  if (!answer->s) *answer = question->otherwise;
  Str problem = question->check(question->context, arena, *answer);
  if (!problem.len) return true;
  cli_fail_usage(&cli_new_verb, "%s`%.*s` %.*s", option, STR_ARG(*answer), STR_ARG(problem));
  return false;
}

/* Languages that starter/pages/ of the theme has. */
static Value known_languages(NewSite *site) {
  Value names = starter_names(site->theme, STR("pages/"));
  Value list = value_list(&site->command.arena, 4);
  for (size_t i = 0; i < value_count(names); i++) {
    Str lang, rest;
    if (str_cut(value_text(value_at(names, i)), '/', &lang, &rest) && !has_text(list, lang))
      value_push(list, value_str(lang));
  }
  return list;
}

/* --- what is written --- */

/* A word of all languages as one YAML value: the text itself for a site with one language, else a map by language. */
static Str word_in_yaml(NewSite *site, const Value *words, Str key) {
  Arena *arena = &site->command.arena;
  size_t count = value_count(site->lang);
  Buf text = buf_new(arena, (size_t)1 << 16);
  if (count > 1 && value_text(value_get(words[0], key)).len) buf_add_byte(&text, '{');
  for (size_t i = 0; i < count; i++) {
    Value word = value_get(words[i], key);
    if (word.type == VALUE_LIST) { /* of all languages together */
      for (size_t k = 0; k < value_count(word); k++) {
        buf_add(&text, text.len ? STR(", ") : STR("["));
        buf_add(&text, starter_yaml(arena, value_text(value_at(word, k))));
      }
      continue;
    }
    if (i) buf_add_lit(&text, ", ");
    if (count > 1) buf_add_format(&text, "%.*s: ", STR_ARG(value_text(value_at(site->lang, i))));
    buf_add(&text, starter_yaml(arena, value_text(word)));
  }
  if (str_starts(buf_str(&text), STR("["))) buf_add_byte(&text, ']');
  if (str_starts(buf_str(&text), STR("{"))) buf_add_byte(&text, '}');
  return buf_str(&text);
}

static void fill_marks(NewSite *site) {
  Arena *arena = &site->command.arena;
  size_t count = value_count(site->lang);
  Value *words = ARENA_ARRAY(arena, Value, count);
  for (size_t i = 0; i < count; i++) words[i] = starter_words(site->theme, value_text(value_at(site->lang, i)));
  for (size_t i = 0; i < value_count(words[0]); i++) {
    Str key = words[0].map->entries[i].key;
    value_set(site->marks, key, value_str(word_in_yaml(site, words, key)));
  }
  value_put(site->marks, "clinic", value_str(starter_yaml(arena, site->clinic)));
  value_put(site->marks, "theme", value_str(site->theme_name));
  value_put(site->marks, "languages", value_str(new_join(arena, site->lang)));
  value_put(site->marks, "initials", value_str(new_initials(arena, site->clinic)));
}

static bool plan_data(NewSite *site, Str content) {
  Value names = starter_names(site->theme, STR("site/"));
  for (size_t i = 0; i < value_count(names); i++) {
    Arena *arena = &site->command.arena;
    Str name = value_text(value_at(names, i)), text;
    if (!starter_fill(site->theme, STR_CONCAT(arena, STR("site/"), name), site->marks, &text)) return false;
    value_set(site->files, STR_CONCAT(arena, content, name), value_str(text));
  }
  return true;
}

/* The pages of one language. `hashes` says what texts of the first one are, for its translations. */
static bool plan_pages(NewSite *site, Str content, size_t language, Value hashes) {
  Arena *arena = &site->command.arena;
  Str lang = value_text(value_at(site->lang, language));
  Str folder = STR_CONCAT(arena, STR("pages/"), lang, STR("/"));
  Value names = starter_names(site->theme, folder);
  for (size_t i = 0; i < value_count(names); i++) {
    Str name = value_text(value_at(names, i)), text;
    if (!starter_fill(site->theme, STR_CONCAT(arena, folder, name), site->marks, &text)) return false;
    Str path = STR_CONCAT(arena, content, name);
    if (language == 0) {
      value_set(hashes, name, value_str(new_source_hash(arena, text)));
    } else if (str_ends(name, STR(".md"))) {
      Str hash = value_text(value_get(hashes, name));
      text = new_front_matter_line(arena, text, STR_CONCAT(arena, STR("source_hash: \""), hash, STR("\"")));
      path = STR_CONCAT(arena, str_slice(path, 0, path.len - 3), STR("."), lang, STR(".md"));
    }
    value_set(site->files, path, value_str(text));
  }
  return true;
}

static void print_languages_later(const NewSite *site) {
  for (size_t i = 0; i < value_count(site->later); i++) {
    Str tag = value_text(value_at(site->later, i));
    printf("\nThere are no first texts in `%.*s`, so it is not among the languages yet. To add it: in "
           "content/site.yaml, add it to\n"
           "`languages`; then `pamphlet new page contact.%.*s.md` begins the translation of content/contact.md.\n",
           STR_ARG(tag), STR_ARG(tag));
  }
}

static void print_next(const NewSite *site) {
  fputs("\nSee it in your browser, and every edit at once:\n\n", stdout);
  if (!str_equal(site->folder, STR("."))) printf("    cd %.*s\n", STR_ARG(site->folder));
  fputs("    pamphlet serve --open\n"
        "\n"
        "Before patients see it, replace what is made up:\n\n"
        "    content/clinic.yaml   phone numbers, address, email, hours, the emergency number of your country\n"
        "    content/site.yaml     base_url: the address that the site will have\n"
        "    content/treatments/, content/conditions/, content/about.md   sample texts\n"
        "\n"
        "`made_up: true` in content/clinic.yaml makes each build tell what is left.\n",
        stdout);
  print_languages_later(site);
}

/* Everything is put together before anything is written, so that a mistake in a starter text leaves no half of a site.
 */
static bool write_site(NewSite *site) {
  Arena *arena = &site->command.arena;
  Str above = str_equal(site->folder, STR(".")) ? STR("") : STR_CONCAT(arena, site->folder, STR("/"));
  Str content = STR_CONCAT(arena, above, STR("content/"));
  Value hashes = value_map(arena, 16);
  site->files = value_map(arena, 32);
  fill_marks(site);
  bool good = !diag_has_errors(&site->command.diags, false) && plan_data(site, content);
  for (size_t i = 0; good && i < value_count(site->lang); i++) good = plan_pages(site, content, i, hashes);
  for (size_t i = 0; good && i < value_count(site->files); i++) {
    const ValueEntry *file = &site->files.map->entries[i];
    good = new_write(&site->command, file->key, value_text(file->value));
  }
  if (good) print_next(site);
  return good;
}

static int make(NewSite *site) {
  ThemeCommand *command = &site->command;
  ThemeOptions *options = &command->options;
  Question folder = {STR("Folder for the site"), STR("my-clinic"), check_folder, site};
  Question clinic = {STR("Name of the clinic"), STR("Example Clinic"), new_check_title, site};
  Question theme = {STR("Theme"), STR("clinic"), check_theme, site};
  Question languages = {STR("Languages, the main one first"), STR("en"), check_languages, site};
  if (!site->folder.s && !ask_possible())
    return cli_fail_usage(&cli_new_verb, "`new site` wants a folder: pamphlet new site my-clinic");
  if (!settle(site, &folder, "", &site->folder)) return CLI_USAGE;
  while (site->folder.len > 1 && str_ends(site->folder, STR("/"))) site->folder.len--;
  options->roots = cli_theme_roots(&command->arena, site->folder, &options->root_count);
  options->base_path = STR("/");
  options->settings_span = (Span){options->roots[0], STR_NONE, 0};
  if (!settle(site, &clinic, "--clinic: ", &site->clinic) || !settle(site, &theme, "--theme: ", &site->theme_name))
    return CLI_USAGE;
  options->name = site->theme_name;
  site->theme = theme_open(&command->arena, options, &command->diags);
  if (!site->theme) return new_end(command);
  site->known = known_languages(site);
  bool complete = value_count(site->known) || starter_fail_missing(site->theme, STR("pages/"));
  bool settled =
      !complete || (settle(site, &languages, "--lang: ", &site->languages) && new_dates(&command->arena, site->marks));
  if (complete && settled) write_site(site);
  theme_release(site->theme);
  return settled ? new_end(command) : CLI_USAGE;
}

int cli_new_site(int argc, char **argv) {
  NewSite site = {0};
  theme_command_begin(&site.command);
  site.command.diags = diag_list_new(&site.command.arena);
  site.marks = value_map(&site.command.arena, 32);
  const CliOption options[] = {{.name = "--clinic", .text = &site.clinic},
                               {.name = "--lang", .text = &site.languages},
                               {.name = "--theme", .text = &site.theme_name}};
  CliOptions parsed = {.verb = &cli_new_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &site.folder,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  return make(&site);
}
