#include "site/part.h"

bool part_is_whole(const BuildOptions *options) {
  return !options->section.len && !options->lang.len;
}

static void add_name(Buf *name, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.s[i];
    bool plain = ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_';
    buf_add_format(name, plain ? "%c" : "%%%02X", (unsigned char)c);
  }
}

Str part_state(Arena *arena, const BuildOptions *options) {
  if (part_is_whole(options)) return STR_CONCAT(arena, options->out, STR("/.pamphlet"));
  Buf name = buf_new(arena, options->out.len + 3 * (options->section.len + options->lang.len) + 32);
  buf_add(&name, options->out);
  buf_add_lit(&name, "/.pamphlet/parts/");
  add_name(&name, options->section);
  if (options->lang.len) buf_add_byte(&name, ',');
  add_name(&name, options->lang);
  return buf_str(&name);
}

/* Below content/, of what an author has put there; empty for what belongs to the whole site. */
static Str place_of(const Site *site, const Output *output) {
  if (output->kind == OUTPUT_COPY) return str_skip(output->source, site->files.root.len + 1);
  bool page = output->kind == OUTPUT_PAGE || output->kind == OUTPUT_REDIRECT;
  return page && !output->page->generated ? output->page->file->name : (Str){"", 0};
}

static bool is_in_section(Str section, Str place) {
  if (!section.len) return true;
  if (str_equal(section, STR("/"))) return str_find_byte(place, '/') == STR_NONE;
  return place.len > section.len && str_starts(place, section) && place.s[section.len] == '/';
}

static size_t language_of(const Output *output) {
  if (output->kind == OUTPUT_FEED) return (size_t)output->number;
  return output->page ? output->page->file->language : 0;
}

static void report_language(Site *site) {
  const SiteSettings *settings = &site->settings;
  DIAG(site->diags, PART_LANGUAGE, ((Span){settings->path, STR_NONE, 0}), site->options->lang,
       str_nearest(site->options->lang, settings->languages, settings->language_count));
}

static void report_section(Site *site) {
  Str *folders = ARENA_ARRAY(site->arena, Str, site->output_count + 1);
  size_t count = 0;
  for (size_t i = 0; i < site->output_count; i++) {
    Str place = place_of(site, &site->outputs[i]);
    size_t slash = str_find_last_byte(place, '/');
    if (slash != STR_NONE) folders[count++] = str_slice(place, 0, slash);
  }
  DIAG(site->diags, PART_SECTION, ((Span){site->files.root, STR_NONE, 0}), site->options->section,
       str_nearest(site->options->section, folders, count));
}

void site_keep_part(Site *site) {
  const BuildOptions *options = site->options;
  size_t language = 0;
  if (part_is_whole(options)) return;
  if (options->lang.len) {
    while (language < site->settings.language_count && !str_equal(site->settings.languages[language], options->lang))
      language++;
    if (language == site->settings.language_count) {
      report_language(site);
      return;
    }
  }
  bool found = false;
  size_t kept = 0;
  for (size_t i = 0; i < site->output_count; i++) {
    const Output *output = &site->outputs[i];
    if (!is_in_section(options->section, place_of(site, output))) continue;
    found = true;
    if (!options->lang.len || language_of(output) == language) site->outputs[kept++] = *output;
  }
  if (!found)
    report_section(site);
  else
    site->output_count = kept;
}
