#include "theme/check.h"
#include "theme/eject.h"
#include "theme/tags.h"
#include "theme/write.h"

#include "os/os.h"
#include "base/utf8.h"

bool eject_find(Theme *theme, Str what, Ejected *found) {
  Str file, block;
  bool has_block = str_cut(what, ':', &file, &block);
  *found = (Ejected){.file = file, .block = block, .level = find_layer(theme, file, 1)};
  if (found->level >= theme->layer_count) return false;
  found->path = layer_path(theme->arena, &theme->layers[found->level], file);
  int error = os_read_file(theme->arena, found->path, THEME_ASSET_MOST, &found->text);
  if (error) {
    DIAG(theme->diags, FILE_READ, file_span(found->path), os_error_text(error));
    return false;
  }
  while (has_block) {
    size_t count;
    SourceBlock *blocks = source_blocks(theme->arena, found->text, &count);
    const SourceBlock *source = source_block(blocks, count, block);
    if (source) {
      found->text = str_slice(found->text, source->begin, source->end);
      return true;
    }
    /* The parent may itself only change other blocks of the file: then the block is further up. */
    found->level = find_layer(theme, file, found->level + 1);
    Source above;
    if (found->level >= theme->layer_count || !check_read(theme, found->level, file, &above)) return false;
    found->path = above.path;
    found->text = above.text;
  }
  return true;
}

Str eject_store(Arena *arena, const Layer *own, const Ejected *ejected) {
  return STR_CONCAT(arena, own->folder, STR("/.parent/"), ejected->file, ejected->block.len ? STR("@") : STR(""),
                    ejected->block);
}

/* How a comment is written in a file of that kind; false: not at all. */
static bool comment_marks(Str file, Str *begin, Str *end) {
  static const struct {
    Str ending, begin, end;
  } marks[] = {
      {STR(".html"), STR("{#- "), STR(" -#}\n")}, {STR(".xml"), STR("{#- "), STR(" -#}\n")},
      {STR(".txt"), STR("{#- "), STR(" -#}\n")},  {STR(".css"), STR("/* "), STR(" */\n")},
      {STR(".js"), STR("/* "), STR(" */\n")},     {STR(".yaml"), STR("# "), STR("\n")},
      {STR(".svg"), STR("<!-- "), STR(" -->\n")},
  };
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (!str_ends(file, marks[i].ending)) continue;
    *begin = marks[i].begin;
    *end = marks[i].end;
    return true;
  }
  return false;
}

/* "From base 0.1, templates/base.html (3f29ab01c4d5e6f7). `pamphlet theme diff` tells what changes there." */
static void add_note(Buf *out, const Theme *theme, const Ejected *ejected) {
  Str begin, end;
  const Layer *parent = &theme->layers[ejected->level];
  if (!comment_marks(ejected->file, &begin, &end)) return;
  buf_add(out, begin);
  buf_add_format(out, "From %.*s", STR_ARG(parent->name));
  if (parent->version.len) buf_add_format(out, " %.*s", STR_ARG(parent->version));
  buf_add_format(out, ", %.*s", STR_ARG(ejected->file));
  if (ejected->block.len) buf_add_format(out, ", block %.*s", STR_ARG(ejected->block));
  buf_add_format(out, " (%.*s). `pamphlet theme diff` tells what changes there.",
                 STR_ARG(fingerprint(theme->arena, ejected->text)));
  buf_add(out, end);
}

static bool in_layers(const Theme *theme, Str file) {
  return find_layer(theme, file, 1) < theme->layer_count;
}

static bool report_unknown(Theme *theme, Str what, const Ejected *missing) {
  Value names = value_list(theme->arena, 64);
  bool is_block = missing->block.len && in_layers(theme, missing->file);
  for (size_t level = 1; level < theme->layer_count; level++) {
    const Layer *layer = &theme->layers[level];
    Source source;
    size_t count = 0;
    for (size_t i = 0; !is_block && i < layer->file_count; i++) value_push(names, value_str(layer->files[i]));
    if (!is_block || !layer_has(layer, missing->file) || !check_read(theme, level, missing->file, &source)) continue;
    SourceBlock *blocks = source_blocks(theme->arena, source.text, &count);
    for (size_t i = 0; i < count; i++) value_push(names, value_str(blocks[i].name));
  }
  Str name = is_block ? missing->block : missing->file.len ? missing->file : what;
  Str below = STR_CONCAT(theme->arena, STR("templates/"), name);
  Str nearest = in_layers(theme, below) ? below : nearest_in_list(name, names, theme->arena);
  DIAG(theme->diags, THEME_EJECT_UNKNOWN, file_span(theme->layers[0].manifest), theme->layers[0].name,
       is_block ? STR("block") : STR("file"), name, nearest);
  return false;
}

/* A block goes into a template that extends the parent's, after what is there already. */
static bool put_block(const ThemeTools *tools, Theme *theme, const Ejected *ejected, Value *files) {
  const Layer *own = &theme->layers[0];
  Str path = layer_path(tools->arena, own, ejected->file);
  Str name = str_skip(ejected->file, sizeof "templates/" - 1);
  Buf text = buf_new(tools->arena, THEME_TEXT_MOST * 2);
  Source mine;
  if (layer_has(own, ejected->file) && check_read(theme, 0, ejected->file, &mine)) {
    size_t count;
    SourceBlock *blocks = source_blocks(tools->arena, mine.text, &count);
    if (source_block(blocks, count, ejected->block)) {
      DIAG(tools->diags, THEME_EXISTS, file_span(path), STR("the block is there: change it, or take it out first"));
      return false;
    }
    buf_add(&text, mine.text);
    if (!str_ends(mine.text, STR("\n"))) buf_add_byte(&text, '\n');
  } else {
    buf_add_format(&text, "{%% extends \"%.*s\" %%}\n", STR_ARG(name));
  }
  buf_add_byte(&text, '\n');
  add_note(&text, theme, ejected);
  buf_add(&text, ejected->text);
  buf_add_byte(&text, '\n');
  if (!write_over(tools, path, buf_str(&text))) return false;
  value_push(*files, value_str(path));
  return true;
}

static bool put_file(const ThemeTools *tools, Theme *theme, const Ejected *ejected, Value *files) {
  Buf text = buf_new(tools->arena, THEME_ASSET_MOST * 2);
  Str begin, end;
  /* A byte-for-byte copy where no comment can stand, or where the first line must stay the first. */
  bool noted = comment_marks(ejected->file, &begin, &end) && utf8_find_invalid(ejected->text) == STR_NONE &&
               !str_starts(ejected->text, STR("@charset")) && !str_starts(ejected->text, STR("<?xml"));
  if (noted) add_note(&text, theme, ejected);
  buf_add(&text, ejected->text);
  return write_new(tools, layer_path(tools->arena, &theme->layers[0], ejected->file), buf_str(&text),
                   STR("the theme has a file of its own there; move it away first"), files);
}

static bool eject_into(const ThemeTools *tools, Theme *theme, Str what, Value *files) {
  Ejected ejected;
  if (!is_site_theme(tools, theme)) return false;
  if (!eject_find(theme, what, &ejected) || str_equal(ejected.file, STR("theme.yaml")))
    return report_unknown(theme, what, &ejected);
  bool put = ejected.block.len ? put_block(tools, theme, &ejected, files) : put_file(tools, theme, &ejected, files);
  return put && write_over(tools, eject_store(tools->arena, &theme->layers[0], &ejected), ejected.text);
}

bool theme_eject(const ThemeTools *tools, Str child, Str what, Value *files) {
  *files = value_list(tools->arena, 1);
  Theme *theme = tool_open(tools, child);
  if (!theme) return false;
  bool done = eject_into(tools, theme, what, files);
  theme_release(theme);
  return done;
}
