#include "theme/check.h"
#include "theme/tags.h"
#include "theme/write.h"

#include "os/os.h"

/* An example from the parent's own settings, as comments: what can be changed, with what it is now. */
static void add_settings(Buf *out, const Theme *parent) {
  buf_add_lit(out,
              "# Settings of the theme that this one extends, as they are. Take the # away and change what you like;\n"
              "# `pamphlet theme settings` explains each.\n#settings:\n");
  for (size_t i = 0; i < parent->setting_count; i++) {
    const Setting *setting = &parent->settings[i];
    const Str *given = setting->given;
    if (setting->type == SETTING_COLOUR)
      buf_add_format(out, "#  %.*s: { light: \"%.*s\", dark: \"%.*s\" }\n", STR_ARG(setting->name),
                     STR_ARG(given[MODE_LIGHT]), STR_ARG(given[MODE_DARK]));
    else if (setting->type == SETTING_LENGTH || setting->type == SETTING_CHOICE || setting->type == SETTING_BOOLEAN)
      buf_add_format(out, "#  %.*s: %.*s\n", STR_ARG(setting->name), STR_ARG(given[MODE_LIGHT]));
  }
}

static Str manifest(const ThemeTools *tools, const Theme *parent, Str name) {
  Buf out = buf_new(tools->arena, THEME_TEXT_MOST);
  buf_add_format(&out, "name: %.*s\nversion: \"1.0\"\nextends: %.*s\ndescription: The clinic's own.\n", STR_ARG(name),
                 STR_ARG(parent->layers[0].name));
  buf_add_format(&out, "requires: \">=%s\"\n", PAMPHLET_VERSION);
  if (tools->language_count) buf_add_lit(&out, "languages: [");
  for (size_t i = 0; i < tools->language_count; i++) {
    if (i) buf_add_lit(&out, ", ");
    buf_add(&out, tools->languages[i]);
  }
  buf_add(&out, tools->language_count ? STR("]\n\n") : STR("\n"));
  add_settings(&out, parent);
  return buf_str(&out);
}

/* The names of all blocks that base.html offers, its ancestors' too. */
static void add_blocks(Buf *out, Theme *parent, Str file) {
  Value seen = value_map(parent->arena, 64);
  for (size_t level = 0; level < parent->layer_count; level++) {
    Source source;
    if (!layer_has(&parent->layers[level], file) || !check_read(parent, level, file, &source)) continue;
    size_t count;
    SourceBlock *blocks = source_blocks(parent->arena, source.text, &count);
    for (size_t i = 0; i < count; i++) value_set(seen, blocks[i].name, value_bool(true));
  }
  for (size_t i = 0; i < value_count(seen); i++) {
    if (i) buf_add(out, i % 8 ? STR(", ") : STR(",\n    "));
    buf_add(out, seen.map->entries[i].key);
  }
}

static Str template_text(const ThemeTools *tools, Theme *parent) {
  Buf out = buf_new(tools->arena, THEME_TEXT_MOST);
  buf_add_lit(
      &out,
      "{#- Extending the same name means the file of the theme that this one extends. Write only the blocks that\n"
      "    you change; super() is what the parent has in that place. Blocks to choose from:\n    ");
  add_blocks(&out, parent, STR("templates/base.html"));
  buf_add_format(&out, ".\n    `pamphlet theme eject templates/base.html:NAME` copies one here to change. -#}\n"
                       "{%% extends \"base.html\" %%}\n");
  return buf_str(&out);
}

/* The sheet that most rules belong to: theme.css by custom. */
static Str main_sheet(const Theme *parent) {
  Str custom = STR("css/theme.css");
  if (find_asset(parent, custom)) return custom;
  for (size_t i = 0; i < parent->asset_count; i++)
    if (str_ends(parent->assets[i].name, STR(".css")) && !str_equal(parent->assets[i].name, STR("css/settings.css")))
      return parent->assets[i].name;
  return custom;
}

static Str sheet_text(const ThemeTools *tools, const Theme *parent, Str sheet) {
  size_t slash = str_find_last_byte(sheet, '/');
  Buf out = buf_new(tools->arena, THEME_TEXT_MOST);
  buf_add_lit(&out, "/* Importing the same name means the sheet of the theme that this one extends. Your own rules "
                    "come after it. */\n");
  if (find_asset(parent, sheet))
    buf_add_format(&out, "@import \"%.*s\";\n", STR_ARG(str_skip(sheet, slash == STR_NONE ? 0 : slash + 1)));
  return buf_str(&out);
}

bool theme_create(const ThemeTools *tools, Str name, Str extends, Value *files) {
  *files = value_list(tools->arena, 3);
  Str folder = site_theme_folder(tools, name);
  if (!is_theme_name(name)) {
    DIAG(tools->diags, THEME_NAME, file_span(tools->site_root), name);
    return false;
  }
  if (os_stat(folder).kind != OS_NOTHING) {
    DIAG(tools->diags, THEME_EXISTS, file_span(folder), STR("choose another name, or change the theme that is there"));
    return false;
  }
  Theme *parent = tool_open(tools, extends);
  if (!parent) return false;
  Str sheet = main_sheet(parent);
  bool made = write_new(tools, STR_CONCAT(tools->arena, folder, STR("/theme.yaml")), manifest(tools, parent, name),
                        STR(""), files) &&
              write_new(tools, STR_CONCAT(tools->arena, folder, STR("/templates/base.html")),
                        template_text(tools, parent), STR(""), files) &&
              write_new(tools, STR_CONCAT(tools->arena, folder, STR("/assets/"), sheet),
                        sheet_text(tools, parent, sheet), STR(""), files);
  theme_release(parent);
  return made;
}
