#include "site/inputs.h"

#include "content/cascade.h"
#include "data/pack.h"
#include "os/os.h"

#include <xxhash.h>

enum { INPUTS_MOST = 1 << 30, FILE_MOST = 256 << 20 };

typedef struct Inputs {
  const Site *site;
  Arena *scratch;
  Arena reading; /* of one file at a time */
  Buf text;
  bool failed;
  bool *touched; /* a file was changed after the build began */
} Inputs;

static void add_hash(Inputs *inputs, Str bytes) {
  XXH128_hash_t hash = XXH3_128bits(bytes.s, bytes.len);
  pack_number(&inputs->text, bytes.len);
  buf_add(&inputs->text, str_from((const char *)&hash, sizeof hash));
}

static void look_at_time(Inputs *inputs, Str path) {
  OsStat there = os_stat(path);
  Str real;
  if (there.kind == OS_LINK && !os_real_path(inputs->scratch, path, &real)) {
    OsStat target = os_stat(real);
    if (target.changed_ns > there.changed_ns) there = target;
  }
  if (there.changed_ns >= inputs->site->begun) *inputs->touched = true;
}

/* A file that is not there is another input than an empty one. */
static void add_file(Inputs *inputs, Str path) {
  look_at_time(inputs, path);
  Str bytes = {"", 0};
  int error = os_read_file(&inputs->reading, path, FILE_MOST, &bytes);
  pack_text(&inputs->text, path);
  pack_number(&inputs->text, (uint64_t)error);
  add_hash(inputs, bytes);
  arena_rewind(&inputs->reading, (ArenaMark){inputs->reading.begin});
}

static void add_options(Inputs *inputs) {
  const Site *site = inputs->site;
  const BuildOptions *options = site->options;
  inputs->failed = !os_program_build(&inputs->text);
  pack_text(&inputs->text, STR(PAMPHLET_VERSION));
  pack_text(&inputs->text, site->today);
  pack_text(&inputs->text, options->source);
  pack_text(&inputs->text, options->theme);
  pack_text(&inputs->text, options->base_url);
  pack_number(&inputs->text, options->drafts);
  for (size_t i = 0; i < options->theme_root_count; i++) pack_text(&inputs->text, options->theme_roots[i]);
}

static void add_data(Inputs *inputs) {
  const ContentFiles *files = &inputs->site->files;
  for (size_t i = 0; files_data[i]; i++)
    add_file(inputs, files_shown(inputs->scratch, files, str_from_c(files_data[i])));
  OsEntries snippets;
  Str root = files_shown(inputs->scratch, files, STR("_snippets"));
  if (os_walk(inputs->scratch, root, NULL, &snippets)) return;
  for (size_t i = 0; i < snippets.count; i++)
    if (snippets.items[i].stat.kind == OS_FILE)
      add_file(inputs, STR_CONCAT(inputs->scratch, root, STR("/"), snippets.items[i].path));
}

/* Where links lead, and which page has which number. */
static void add_table(Inputs *inputs) {
  const ContentFiles *files = &inputs->site->files;
  pack_text(&inputs->text, files->root);
  pack_number(&inputs->text, files->count);
  for (size_t i = 0; i < files->count; i++) {
    const ContentFile *file = &files->items[i];
    pack_text(&inputs->text, file->path);
    pack_text(&inputs->text, file->url);
    pack_number(&inputs->text, (uint64_t)file->role);
    pack_number(&inputs->text, file->language);
  }
}

static void add_theme(Inputs *inputs) {
  const Theme *theme = inputs->site->theme;
  Value files = theme_files(theme, inputs->scratch);
  for (size_t i = 0; i < value_count(files); i++) add_file(inputs, value_text(value_at(files, i)));
  /* What came out of them: style sheets may have gone through another program. */
  for (size_t i = 0; i < theme_asset_count(theme); i++) {
    pack_text(&inputs->text, theme_asset(theme, i)->output);
    add_hash(inputs, theme_asset(theme, i)->bytes);
  }
}

bool site_inputs(const Site *site, uint64_t hash[2], bool *touched) {
  *touched = false;
  if (!site->theme) return false;
  Arena scratch = arena_reserve((size_t)INPUTS_MOST * 2);
  Inputs inputs = {.site = site, .touched = touched, .scratch = &scratch, .text = buf_new(&scratch, INPUTS_MOST)};
  inputs.reading = arena_reserve(FILE_MOST + 4096);
  add_options(&inputs);
  add_data(&inputs);
  add_theme(&inputs);
  add_table(&inputs);
  inputs.failed = !cascades_pack(site->cascades, &inputs.text) || inputs.failed || inputs.text.over;
  XXH128_hash_t all = XXH3_128bits(inputs.text.s, inputs.text.len);
  hash[0] = all.high64;
  hash[1] = all.low64;
  arena_release(&inputs.reading);
  arena_release(&scratch);
  return !inputs.failed;
}
