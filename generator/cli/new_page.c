/* `pamphlet new page`: an outline to fill in, or a translation to begin. */
#include "base/utf8.h"
#include "cli/new.h"
#include "content/clinic.h"
#include "content/page.h"
#include "data/yaml.h"
#include "os/os.h"
#include "theme/language.h"
#include "theme/starter.h"

#include <stdio.h>

typedef struct NewPage {
  ThemeCommand command;
  Theme *theme;
  Str content; /* "content/", with --source before it */
  Str name;    /* below content/: "treatments/infusion.es.md" */
  Str lang;
  Str original; /* below content/: what it translates, or empty */
  Str kind;
  Str title;
  Value kinds;
  Value marks;
} NewPage;

/* --- where it goes --- */

static Str check_part(Arena *arena, Str part, bool last) {
  bool index = last && (str_equal(part, STR("_index.md")) || str_starts(part, STR("_index.")));
  if (!part.len) return last ? STR("ends with a slash: name the page too") : STR("has an empty part");
  if (str_equal(part, STR("..")) || str_equal(part, STR(".")))
    return STR("must stay below content/: write it without dots, like treatments/infusion.md");
  if (str_starts(part, STR(".")) || (str_starts(part, STR("_")) && !index))
    return str_format(arena, "cannot be a page: names that begin with `%c` are left out of the site", part.s[0]);
  if (str_ends(part, STR("~"))) return STR("cannot be a page: names that end with `~` are left out of the site");
  return STR("");
}

static Str check_path(Arena *arena, Str path) {
  static const Str foreign[] = {{".html", 5}, {".htm", 4}, {".txt", 4}, {".markdown", 9},
                                {".docx", 5}, {".pdf", 4}, {".yaml", 5}};
  if (str_starts(path, STR("/"))) return STR("must stay below content/: write it like treatments/infusion.md");
  if (new_check_title(NULL, arena, path).len) return new_check_title(NULL, arena, path);
  Str stem = str_ends(path, STR(".md")) ? str_slice(path, 0, path.len - 3) : path;
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
    if (str_ends(stem, foreign[i])) return STR("cannot be a page: pages are Markdown, and their names end with .md");
  for (Str rest = path; rest.len || str_equal(rest, path);) {
    Str part;
    bool more = str_cut(rest, '/', &part, &rest);
    Str problem = check_part(arena, part, !more);
    if (problem.len || !more) return problem;
    if (!rest.len) return check_part(arena, rest, true);
  }
  return STR("");
}

/* "./content/a", "a.md" and "a" are the same page. */
static Str tidy_path(NewPage *page, Str path) {
  while (str_starts(path, STR("./"))) path = str_skip(path, 2);
  if (str_starts(path, page->content)) path = str_skip(path, page->content.len);
  if (str_starts(path, STR("content/"))) path = str_skip(path, sizeof "content/" - 1);
  if (!path.len || str_ends(path, STR(".md")) || str_ends(path, STR("/"))) return path;
  return STR_CONCAT(&page->command.arena, path, STR(".md"));
}

/* "contact.es.md" is Spanish where Spanish is one of the site's further languages, and translates contact.md. */
static void find_language(NewPage *page) {
  const SiteSettings *settings = &page->command.site;
  Arena *arena = &page->command.arena;
  Str stem = str_slice(page->name, 0, page->name.len - 3);
  page->lang = settings->lang;
  for (size_t i = 1; i < settings->language_count; i++) {
    if (!str_ends(stem, STR_CONCAT(arena, STR("."), settings->languages[i]))) continue;
    page->lang = settings->languages[i];
    Str original = STR_CONCAT(arena, str_slice(stem, 0, stem.len - page->lang.len - 1), STR(".md"));
    if (os_stat(STR_CONCAT(arena, page->content, original)).kind == OS_FILE) page->original = original;
  }
}

/* "contact.fr.md" on a site that has no French would be a page of its own at /contact-fr/. */
static Str check_language(NewPage *page) {
  Arena *arena = &page->command.arena;
  Str stem = str_slice(page->name, 0, page->name.len - 3);
  size_t dot = str_find_last_byte(stem, '.');
  Str tag = dot == STR_NONE ? (Str){"", 0} : str_skip(stem, dot + 1);
  if (tag.len != 2 || !ascii_is_alpha(tag.s[0]) || !ascii_is_alpha(tag.s[1])) return STR("");
  for (size_t i = 0; i < page->command.site.language_count; i++)
    if (str_equal(page->command.site.languages[i], tag)) return STR("");
  return str_format(arena,
                    "would be in `%.*s`, which is not among the `languages` in content/site.yaml: add it there first",
                    STR_ARG(tag));
}

/* --- what it is --- */

static Str check_kind(void *context, Arena *arena, Str kind) {
  NewPage *page = context;
  Str *names = ARENA_ARRAY(arena, Str, value_count(page->kinds));
  for (size_t i = 0; i < value_count(page->kinds); i++) {
    names[i] = value_text(value_at(page->kinds, i));
    if (str_equal(names[i], kind)) return STR("");
  }
  Str near = str_nearest(kind, names, value_count(page->kinds));
  if (near.len) return str_format(arena, "is no kind of page; did you mean `%.*s`?", STR_ARG(near));
  return STR_CONCAT(arena, STR("is no kind of page; there are "), new_join(arena, page->kinds));
}

/* Outlines without those in a particular language: "treatment", not "treatment.es". */
static Value known_kinds(NewPage *page) {
  Value names = starter_names(page->theme, STR("outlines/"));
  Value kinds = value_list(&page->command.arena, 8);
  for (size_t i = 0; i < value_count(names); i++) {
    Str name = value_text(value_at(names, i));
    if (!str_ends(name, STR(".md"))) continue;
    name.len -= 3;
    if (str_find_byte(name, '.') == STR_NONE) value_push(kinds, value_str(name));
  }
  return kinds;
}

/* "treatments/after-the-infusion.md" gives "After the infusion". */
static Str title_from_name(NewPage *page) {
  Arena *arena = &page->command.arena;
  Str stem = str_slice(page->name, 0, page->name.len - 3);
  Str language = STR_CONCAT(arena, STR("."), page->lang);
  if (str_ends(stem, language)) stem.len -= language.len;
  if (str_ends(stem, STR("/_index"))) stem.len -= sizeof "/_index" - 1;
  size_t slash = str_find_last_byte(stem, '/');
  stem = str_skip(stem, slash == STR_NONE ? 0 : slash + 1);
  Buf title = buf_new(arena, stem.len + 1);
  for (size_t i = 0; i < stem.len; i++) {
    char c = stem.s[i] == '-' || stem.s[i] == '_' ? ' ' : stem.s[i];
    buf_add_byte(&title, i == 0 && c >= 'a' && c <= 'z' ? (char)(c - 0x20) : c);
  }
  return buf_str(&title);
}

/* The answers that are missing, and those of the command line. False: said so. */
static bool settle(NewPage *page) {
  Arena *arena = &page->command.arena;
  Question kind = {STR_CONCAT(arena, STR("Kind of page ("), new_join(arena, page->kinds), STR(")")), STR("page"),
                   check_kind, page};
  Question title = {STR("Title"), title_from_name(page), new_check_title, page};
  bool asking = ask_possible();
  if (!page->kind.s && !asking) {
    cli_fail_usage(&cli_new_verb, "`new page` wants --kind with one of: %.*s", STR_ARG(new_join(arena, page->kinds)));
    return false;
  }
  if (!page->kind.s && !ask(arena, &kind, &page->kind)) return false;
  Str problem = check_kind(page, arena, page->kind);
  if (problem.len) cli_fail_usage(&cli_new_verb, "--kind: `%.*s` %.*s", STR_ARG(page->kind), STR_ARG(problem));
  if (problem.len) return false;
  if (!page->title.s && asking && !ask(arena, &title, &page->title)) return false;
  if (!page->title.s) page->title = title.otherwise;
  problem = new_check_title(NULL, arena, page->title);
  if (problem.len) cli_fail_usage(&cli_new_verb, "--title: `%.*s` %.*s", STR_ARG(page->title), STR_ARG(problem));
  return !problem.len;
}

/* --- reference numbers --- */

typedef struct Reference {
  Str prefix; /* "EC-HEM-" */
  int number;
  int width;
} Reference;

static bool read_reference(Str text, Reference *reference) {
  size_t digits = 0;
  while (digits < text.len && digits < 6 && ascii_is_digit(text.s[text.len - 1 - digits])) digits++;
  *reference = (Reference){str_slice(text, 0, text.len - digits), 0, (int)digits};
  for (size_t i = text.len - digits; i < text.len; i++) reference->number = reference->number * 10 + (text.s[i] - '0');
  return digits > 0;
}

/* `reference` of a page's front matter, or empty. */
static Str reference_of(Arena *arena, Str path) {
  DiagList unheard = diag_list_new(arena);
  Str text;
  size_t begin, end, body;
  Value meta = {0};
  if (os_read_file(arena, path, PAGE_FILE_MOST, &text) || utf8_find_invalid(text) != STR_NONE) return STR("");
  if (!front_matter_find(text, &begin, &end, &body)) return STR("");
  if (str_find(str_slice(text, begin, end), STR("reference:")) == STR_NONE) return STR("");
  yaml_read(arena, &(YamlText){path, text, begin, end}, &unheard, &meta);
  return value_text(value_get(meta, STR("reference")));
}

/* One more than the highest of the site that begins like the last one of them in order of their text; the letters of
 * the clinic's name and 001 when there is none. */
static Str next_reference(NewPage *page, Str clinic) {
  Arena *arena = &page->command.arena;
  Arena scratch = arena_reserve((size_t)1 << 30);
  OsEntries entries = {0};
  os_walk(arena, str_slice(page->content, 0, page->content.len - 1), NULL, &entries);
  Reference most = {0};
  for (size_t i = 0; i < entries.count; i++) {
    ArenaMark mark = arena_mark(&scratch);
    Reference one;
    if (entries.items[i].stat.kind == OS_FILE && str_ends(entries.items[i].path, STR(".md")) &&
        read_reference(reference_of(&scratch, STR_CONCAT(&scratch, page->content, entries.items[i].path)), &one)) {
      int order = most.width ? str_compare(one.prefix, most.prefix) : 1;
      if (order > 0 || (order == 0 && one.number > most.number)) {
        most = one;
        most.prefix = str_copy(arena, one.prefix);
      }
    }
    arena_rewind(&scratch, mark);
  }
  arena_release(&scratch);
  if (!most.width) return STR_CONCAT(arena, new_initials(arena, clinic), STR("-001"));
  return str_format(arena, "%.*s%0*d", STR_ARG(most.prefix), most.width, most.number + 1);
}

/* --- writing --- */

static Str clinic_name(NewPage *page) {
  Arena *arena = &page->command.arena;
  DiagList unheard = diag_list_new(arena);
  SettingsFiles files = {
      .arena = arena, .content = str_slice(page->content, 0, page->content.len - 1), .diags = &unheard};
  Value clinic;
  clinic_read(&files, &clinic);
  return value_text(settings_in_language(arena, &page->command.site, value_get(clinic, STR("name")), 0));
}

static bool write_outline(NewPage *page) {
  Arena *arena = &page->command.arena;
  Str file = STR_CONCAT(arena, STR("outlines/"), page->kind, STR("."), page->lang, STR(".md"));
  bool own_language = starter_has(page->theme, file);
  if (!own_language) file = STR_CONCAT(arena, STR("outlines/"), page->kind, STR(".md"));
  value_put(page->marks, "title", value_str(starter_yaml(arena, page->title)));
  value_put(page->marks, "reference", value_str(starter_yaml(arena, next_reference(page, clinic_name(page)))));
  Str text;
  if (!starter_fill(page->theme, file, page->marks, &text)) return false;
  if (!new_write(&page->command, STR_CONCAT(arena, page->content, page->name), text)) return false;
  if (!own_language && !str_equal(page->lang, STR("en")))
    printf("\nIts headings and notes are in English: there is no outline of this kind in %.*s. Translate them.\n",
           STR_ARG(language_name(arena, page->lang)));
  fputs("\nIt is a draft: `pamphlet serve --drafts` shows it. Fill in its sections, then take out the line `draft: "
        "true`.\n",
        stdout);
  return true;
}

/* Without the lines of a key at the top of the YAML: its own, and those below it that belong to it. */
static Str without_key(Arena *arena, Str yaml, Str key) {
  Buf kept = buf_new(arena, yaml.len + 1);
  bool leaving = false;
  while (yaml.len) {
    Str line;
    str_cut(yaml, '\n', &line, &yaml);
    bool inside = !line.len || ascii_is_space(line.s[0]) || line.s[0] == '-' || line.s[0] == '#';
    if (!inside) leaving = str_starts(line, key) && str_starts(str_skip(line, key.len), STR(":"));
    if (leaving) continue;
    buf_add(&kept, line);
    buf_add_byte(&kept, '\n');
  }
  return buf_str(&kept);
}

static bool write_translation(NewPage *page) {
  static const Str own[] = {{"aliases", 7}, {"draft", 5}, {"source_hash", 11}};
  Arena *arena = &page->command.arena;
  Str from = STR_CONCAT(arena, page->content, page->original), text;
  size_t begin, end, body;
  int error = os_read_file(arena, from, PAGE_FILE_MOST, &text);
  if (error) DIAG(&page->command.diags, FILE_READ, ((Span){from, STR_NONE, 0}), os_error_text(error));
  if (error) return false;
  if (!front_matter_find(text, &begin, &end, &body))
    DIAG(&page->command.diags, FRONT_MATTER_MISSING, ((Span){from, STR_NONE, 0}));
  if (diag_has_errors(&page->command.diags, false)) return false;
  Str yaml = str_slice(text, begin, end);
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) yaml = without_key(arena, yaml, own[i]);
  yaml = STR_CONCAT(arena, yaml,
                    STR("draft: true # take this line out when the translation has been checked\nsource_hash: \""),
                    new_source_hash(arena, text), STR("\"\n"));
  Str made = STR_CONCAT(arena, STR("---\n"), yaml, STR("---\n"), str_skip(text, body));
  if (!new_write(&page->command, STR_CONCAT(arena, page->content, page->name), made)) return false;
  Str language = language_name(arena, page->lang);
  printf("\nIt holds the text of %.*s. Write it in %.*s (%.*s), from the title to the last line; keep the numbers, the "
         "{{ … }} and\n"
         "the file names of links. It is a draft, so readers see the original: take out the line `draft: true` when it "
         "is checked.\n",
         STR_ARG(from), STR_ARG(language), STR_ARG(page->lang));
  return true;
}

static int make(NewPage *page, Str path) {
  ThemeCommand *command = &page->command;
  Arena *arena = &command->arena;
  if (!theme_command_read(command, (Str){"", 0})) return new_end(command);
  page->content =
      str_equal(command->source, STR(".")) ? STR("content/") : STR_CONCAT(arena, command->source, STR("/content/"));
  Str folder = str_slice(page->content, 0, page->content.len - 1);
  if (os_stat(folder).kind != OS_FOLDER) DIAG(&command->diags, NO_SITE, ((Span){folder, STR_NONE, 0}));
  if (diag_has_errors(&command->diags, false)) return new_end(command);
  page->name = tidy_path(page, path);
  Str problem = check_path(arena, page->name);
  if (!problem.len) problem = check_language(page);
  if (problem.len) return cli_fail_usage(&cli_new_verb, "`%.*s` %.*s", STR_ARG(path), STR_ARG(problem));
  find_language(page);
  page->theme = theme_open(arena, &command->options, &command->diags);
  if (!page->theme) return new_end(command);
  page->kinds = known_kinds(page);
  bool translates = page->original.len > 0;
  bool complete = translates || value_count(page->kinds) || starter_fail_missing(page->theme, STR("outlines/"));
  bool settled = !complete || ((translates || settle(page)) && new_dates(arena, page->marks));
  if (complete && settled && translates) write_translation(page);
  if (complete && settled && !translates) write_outline(page);
  theme_release(page->theme);
  return settled ? new_end(command) : CLI_USAGE;
}

int cli_new_page(int argc, char **argv) {
  NewPage page = {0};
  Str path = {0};
  theme_command_begin(&page.command);
  page.marks = value_map(&page.command.arena, 8);
  const CliOption options[] = {{.name = "--kind", .text = &page.kind},
                               {.name = "--title", .text = &page.title},
                               {.name = "--source", .text = &page.command.source}};
  CliOptions parsed = {.verb = &cli_new_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &path,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!path.s)
    return cli_fail_usage(&cli_new_verb,
                          "`new page` wants a path: pamphlet new page treatments/infusion --kind treatment");
  return make(&page, path);
}
