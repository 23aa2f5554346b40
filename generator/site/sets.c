#include "site/sets.h"

#include "content/data_texts.h"
#include "content/shape.h"

static const ShapeKey file_keys[] = {
    {"booklets", SHAPE_LIST, NULL}, {"bilingual", SHAPE_LIST, NULL}, {"wallet_cards", SHAPE_LIST, NULL}};
static const ShapeKey booklet_keys[] = {{"name", SHAPE_TEXT, NULL},         {"title", SHAPE_WORDS, NULL},
                                        {"description", SHAPE_WORDS, NULL}, {"reference", SHAPE_TEXT, NULL},
                                        {"version", SHAPE_TEXT, NULL},      {"pages", SHAPE_TEXTS, NULL}};
static const ShapeKey bilingual_keys[] = {{"page", SHAPE_TEXT, NULL}, {"languages", SHAPE_TEXTS, NULL}};
static const ShapeKey wallet_keys[] = {{"name", SHAPE_TEXT, NULL},      {"title", SHAPE_WORDS, NULL},
                                       {"therapy", SHAPE_WORDS, NULL},  {"text", SHAPE_WORDS, NULL},
                                       {"reference", SHAPE_TEXT, NULL}, {"version", SHAPE_TEXT, NULL}};
#define SHAPE_OF(table)                                                                                                 \
  { .keys = table, .count = sizeof table / sizeof *table }
static const Shape file_shape = SHAPE_OF(file_keys);
static const Shape booklet_shape = SHAPE_OF(booklet_keys);
static const Shape bilingual_shape = SHAPE_OF(bilingual_keys);
static const Shape wallet_shape = SHAPE_OF(wallet_keys);

typedef struct Sets {
  Site *site;
  ShapeFile file;
  Map ids;
} Sets;

static Str words_in(const Sets *sets, Value entry, Str key, size_t language) {
  Value words = value_get(entry, key);
  if (words.type == VALUE_MAP) return value_text(value_get(words, sets->site->settings.languages[language]));
  return language == 0 ? value_text(words) : (Str){"", 0};
}

/* The text that each language of the site has of a page; NULL where there is none. */
static const Page *text_in(const Site *site, const Page *page, size_t language) {
  const Page *found = site_page_in(page, language);
  return found->file->language == language && !found->original && site_has_page(site, found) ? found : NULL;
}

static const Page *find_page(const Sets *sets, Value name) {
  Site *site = sets->site;
  const ContentFile *file = files_find(&site->files, name.str);
  if (file && file->role != FILE_ASSET && site_has_page(site, &site->pages[file->page]))
    return &site->pages[file->page];
  DIAG(site->diags, HANDOUTS_PAGE, shape_span(sets->file.path, name), name.str, site_nearest_page(site, name.str));
  return NULL;
}

/* A name becomes the name of a PDF: letters of any script, digits, hyphens; not that of a page. */
static bool take_name(Sets *sets, Value name) {
  const Site *site = sets->site;
  bool good = name.str.len > 0 && name.str.len <= 100;
  for (size_t i = 0; i < name.str.len; i++) {
    char c = name.str.s[i];
    good = good && (ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_' || (unsigned char)c >= 0x80);
  }
  bool added = true;
  if (good) map_place(&sets->ids, name.str, &added);
  Str page = STR_CONCAT(site->arena, name.str, STR(".md"));
  Str section = STR_CONCAT(site->arena, name.str, STR("/_index.md"));
  bool taken = !added || files_find(&site->files, page) || files_find(&site->files, section);
  if (good && !taken) return true;
  DIAG(site->diags, HANDOUTS_NAME, shape_span(sets->file.path, name), name.str);
  return false;
}

static bool lacks(const Sets *sets, Value entry, const char *key) {
  if (value_is_defined(value_get(entry, str_from_c(key)))) return false;
  DIAG(sets->site->diags, HANDOUTS_INCOMPLETE, shape_span(sets->file.path, entry), str_from_c(key));
  return true;
}

static SheetSet *add(Sets *sets, SheetKind kind, Str id, const Page *home, Str title) {
  Site *site = sets->site;
  SheetSet *set = &site->sets[site->set_count++];
  Page *page = ARENA_NEW(site->arena, Page);
  *page = (Page){.file = home->file,
                 .path = sets->file.path,
                 .meta = value_map(site->arena, 8),
                 .title = title,
                 .generated = true};
  page->kind = kind == SHEET_WALLET ? STR("page") : home->kind; /* what is clinical stays so */
  *set = (SheetSet){.kind = kind, .id = id, .page = page};
  return set;
}

static void copy_meta(const SheetSet *set, Value from, Str key) {
  Value value = value_get(from, key);
  if (value_is_defined(value)) value_set(set->page->meta, key, value);
}

/* A booklet is as old as its oldest chapter, and due when the first of them is. */
static void copy_dates(SheetSet *set) {
  static const Str keys[] = {{"reviewed", 8}, {"review_due", 10}};
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
    Value first = {0};
    for (size_t i = 0; i < set->part_count; i++) {
      Value date = value_get(set->parts[i]->meta, keys[k]);
      if (value_is_text(date) && (!value_is_defined(first) || str_compare(date.str, first.str) < 0)) first = date;
    }
    if (value_is_defined(first)) value_set(set->page->meta, keys[k], first);
  }
}

static void make_booklet(Sets *sets, Value entry) {
  Site *site = sets->site;
  if (lacks(sets, entry, "name") || lacks(sets, entry, "title") || lacks(sets, entry, "pages")) return;
  Value names = value_get(entry, STR("pages"));
  size_t count = value_count(names);
  const Page **pages = ARENA_ARRAY(site->arena, const Page *, count + 1);
  for (size_t i = 0; i < count; i++)
    if (!(pages[i] = find_page(sets, value_at(names, i)))) return;
  Value name = value_get(entry, STR("name"));
  if (!count || !take_name(sets, name)) return;
  for (size_t language = 0; language < site->settings.language_count; language++) {
    Str title = words_in(sets, entry, STR("title"), language);
    const Page **parts = ARENA_ARRAY(site->arena, const Page *, count);
    size_t found = 0;
    while (found < count && (parts[found] = text_in(site, pages[found], language))) found++;
    if (!title.len || found < count) continue;
    SheetSet *set = add(sets, SHEET_BOOKLET, name.str, parts[0], title);
    set->parts = parts;
    set->part_count = count;
    set->page->description = words_in(sets, entry, STR("description"), language);
    copy_meta(set, entry, STR("reference"));
    copy_meta(set, entry, STR("version"));
    copy_dates(set);
  }
}

static bool is_language(const Sets *sets, Value lang, size_t *language) {
  const SiteSettings *settings = &sets->site->settings;
  for (*language = 0; *language < settings->language_count; ++*language)
    if (str_equal(settings->languages[*language], lang.str)) return true;
  DIAG(sets->site->diags, HANDOUTS_LANGUAGE, shape_span(sets->file.path, lang), lang.str);
  return false;
}

static void make_bilingual(Sets *sets, Value entry) {
  Site *site = sets->site;
  if (lacks(sets, entry, "page") || lacks(sets, entry, "languages")) return;
  Value name = value_get(entry, STR("page"));
  Value languages = value_get(entry, STR("languages"));
  const Page *page = find_page(sets, name);
  size_t which[2];
  if (!page) return;
  if (value_count(languages) != 2) {
    DIAG(site->diags, HANDOUTS_TWO, shape_span(sets->file.path, languages));
    return;
  }
  const Page **parts = ARENA_ARRAY(site->arena, const Page *, 2);
  for (size_t i = 0; i < 2; i++) {
    Value lang = value_at(languages, i);
    if (!is_language(sets, lang, &which[i])) return;
    parts[i] = text_in(site, page, which[i]);
    if (parts[i]) continue;
    DIAG(site->diags, HANDOUTS_TRANSLATION, shape_span(sets->file.path, lang), name.str, lang.str);
    return;
  }
  Sheet sheet = sheet_of_page(site->arena, parts[0], (SheetOptions){PAPER_A4, false});
  Str id = STR_CONCAT(site->arena, sheet.id, STR("."), parts[0]->file->lang, STR("-"), parts[1]->file->lang);
  Str title = STR_CONCAT(site->arena, parts[0]->title, STR(" · "), parts[1]->title);
  SheetSet *set = add(sets, SHEET_BILINGUAL, id, parts[0], title);
  set->parts = parts;
  set->part_count = 2;
  copy_meta(set, parts[0]->meta, STR("reference"));
  copy_meta(set, parts[0]->meta, STR("version"));
  copy_dates(set);
}

static void make_wallet(Sets *sets, Value entry) {
  Site *site = sets->site;
  if (lacks(sets, entry, "name") || lacks(sets, entry, "therapy") || lacks(sets, entry, "text")) return;
  Value name = value_get(entry, STR("name"));
  if (!take_name(sets, name)) return;
  for (size_t language = 0; language < site->settings.language_count; language++) {
    Str text = words_in(sets, entry, STR("text"), language);
    Str therapy = words_in(sets, entry, STR("therapy"), language);
    if (!text.len || !therapy.len || !site->homes[language]) continue;
    Str title = words_in(sets, entry, STR("title"), language);
    SheetSet *set = add(sets, SHEET_WALLET, name.str, site->homes[language], title.len ? title : therapy);
    set->page->description = text;
    Value about = value_map(site->arena, 1);
    value_put(about, "name", value_str(therapy));
    value_put(set->page->meta, "about", about);
    copy_meta(set, entry, STR("reference"));
    copy_meta(set, entry, STR("version"));
  }
}

static void each(Sets *sets, Value file, const char *key, const Shape *shape, void (*make)(Sets *sets, Value entry)) {
  Value list = value_get(file, str_from_c(key));
  for (size_t i = 0; i < value_count(list); i++) {
    Value entry = value_at(list, i);
    if (entry.type != VALUE_MAP)
      DIAG(sets->site->diags, HANDOUTS_ENTRY, shape_span(sets->file.path, entry), str_from_c(key));
    else if (shape_check(&sets->file, entry, shape))
      make(sets, entry);
  }
}

void site_make_sets(Site *site) {
  SettingsFiles files = {.arena = site->arena, .content = site->files.root, .diags = site->diags};
  DataFile data;
  site->sets = NULL;
  site->set_count = 0;
  if (!settings_read_file(&files, STR("handouts.yaml"), &data) || data.missing) return;
  if (data.value.type != VALUE_MAP) {
    DIAG(site->diags, DATA_NOT_A_MAP, shape_span(data.path, data.value), STR("handouts.yaml"));
    return;
  }
  data_texts_check_phones(&(DataTexts){data.path, site->arena, site->diags}, site->phones, data.value);
  Sets sets = {.site = site, .file = {data.path, data.text, site->arena, site->diags}, .ids = map_new(site->arena, 16)};
  if (!shape_check(&sets.file, data.value, &file_shape)) return;
  size_t most = 0;
  for (size_t i = 0; i < value_count(data.value); i++) most += value_count(data.value.map->entries[i].value);
  site->sets = ARENA_ARRAY(site->arena, SheetSet, most * site->settings.language_count + 1);
  each(&sets, data.value, "booklets", &booklet_shape, make_booklet);
  each(&sets, data.value, "bilingual", &bilingual_shape, make_bilingual);
  each(&sets, data.value, "wallet_cards", &wallet_shape, make_wallet);
}
