#include "cli/theme.h"
#include "data/json.h"
#include "os/os.h"
#include "base/limits.h"
#include "template/template.h"

/* 1 GiB of address space: trees of a theme take a few MB, one rendering at most TEMPLATE_MEMORY_MOST. */
enum { ARENA_BYTES = 1 << 30, DATA_MOST = 64 << 20 };

/* Templates beside each other in one folder. */
typedef struct Folder {
  Arena *arena;
  Str path; /* with a slash at its end, or empty */
  DiagList *diags;
} Folder;

/* Names stay inside the folder. */
static bool leaves_folder(Str name) {
  if (name.len == 0 || name.s[0] == '/' || str_find_byte(name, '\0') != STR_NONE) return true;
  while (name.len) {
    Str part;
    str_cut(name, '/', &part, &name);
    if (str_equal(part, STR(".."))) return true;
  }
  return false;
}

static bool load(void *context, Str name, int from, TemplateSource *source, bool *reported) {
  Folder *folder = context;
  if (from > 0 || leaves_folder(name)) return false;
  source->path = STR_CONCAT(folder->arena, folder->path, name);
  if (os_stat(source->path).kind == OS_NOTHING) return false;
  int error = os_read_file(folder->arena, source->path, TEMPLATE_SOURCE_MOST, &source->text);
  if (!error) return true;
  DIAG(folder->diags, FILE_READ, ((Span){source->path, STR_NONE, 0}), os_error_text(error));
  *reported = true;
  return false;
}

static Value names(void *context, Arena *arena) {
  const Folder *folder = context;
  Value list = value_list(arena, 0);
  OsEntries entries = {0};
  os_list(arena, folder->path.len ? folder->path : STR("."), &entries);
  for (size_t i = 0; i < entries.count; i++)
    if (entries.items[i].stat.kind == OS_FILE) value_push(list, value_str(entries.items[i].path));
  return list;
}

static bool read_data(Folder *folder, Str path, Value *data) {
  *data = value_map(folder->arena, 0);
  if (path.len == 0) return true;
  Str text;
  Span span = {path, STR_NONE, 0};
  int error = os_read_file(folder->arena, path, DATA_MOST, &text);
  if (error) {
    DIAG(folder->diags, FILE_READ, span, os_error_text(error));
    return false;
  }
  if (!json_read(folder->arena, path, text, folder->diags, data)) return false;
  if (data->type == VALUE_MAP) return true;
  DIAG(folder->diags, JSON_SYNTAX, span, STR("the data of a template is an object: {\"name\": value}"));
  return false;
}

static bool render(Folder *folder, Str template_path, Str data_path, const TemplateOptions *options) {
  Value data;
  if (!read_data(folder, data_path, &data)) return false;
  size_t slash = str_find_last_byte(template_path, '/');
  if (slash != STR_NONE) folder->path = str_slice(template_path, 0, slash + 1);
  TemplateEngine *engine = template_engine_new(folder->arena, options, folder->diags);
  const Template *t = template_load(engine, slash == STR_NONE ? template_path : str_skip(template_path, slash + 1));
  if (!t) return false;
  Arena scratch = arena_reserve(ARENA_BYTES);
  Buf out = buf_new(&scratch, TEMPLATE_TEXT_MOST);
  bool good = template_render(t, data, &scratch, folder->diags, &out);
  if (good) cli_print(buf_str(&out));
  arena_release(&scratch);
  return good;
}

int cli_theme_render(int argc, char **argv) {
  Arena arena = arena_reserve(ARENA_BYTES);
  DiagList diags = diag_list_new(&arena);
  Folder folder = {.arena = &arena, .diags = &diags};
  Str data = {"", 0};
  TemplateOptions templates = {.loader = {&folder, load, names}};
  const CliOption options[] = {
      {.name = "--data", .text = &data},
      {.name = "--trim-blocks", .flag = &templates.trim_blocks},
      {.name = "--lstrip-blocks", .flag = &templates.lstrip_blocks},
      {.name = "--keep-trailing-newline", .flag = &templates.keep_trailing_newline},
  };
  Str word = {"", 0};
  CliOptions parsed = {.verb = &cli_theme_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &word,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (parsed.word_count != 1) return cli_fail_usage(&cli_theme_verb, "theme render wants a template");
  bool good = render(&folder, word, data, &templates);
  diag_sort(&diags);
  cli_print_diags(&arena, &diags, false);
  arena_release(&arena);
  return good ? CLI_CLEAN : CLI_CONTENT;
}
