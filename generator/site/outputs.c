/* The list of all files that the site will have, and the check that no two want the same place. */
#include "base/utf8.h"
#include "content/shape.h"
#include "content/addresses.h"
#include "site/feeds.h"
#include "site/site.h"
#include "site/terms.h"

typedef struct Listing {
  Site *site;
  Map paths;
  Map folded; /* paths in small letters */
  size_t capacity;
} Listing;

static size_t most_outputs(const Site *site) {
  size_t most =
      site->files.count + site->fallback_count + theme_asset_count(site->theme) + site->settings.language_count;
  most += 5 + feeds_sitemap_parts(site) + site->generated_count;
  for (size_t i = 0; i < site->page_count; i++) most += value_count(value_get(site->pages[i].meta, STR("aliases")));
  return most;
}

/* A list that the generator makes has no place. */
static void report_address(Site *site, const Output *output) {
  const ContentFile *file = output->page->file;
  DIAG(site->diags, TERM_ADDRESS, output->origin, output->page->title, file->url,
       files_shown(site->arena, &site->files, file->path));
}

/* Devices of Windows, whatever the letters' case and the ending: learn.microsoft.com, "Naming Files, Paths, and
 * Namespaces". */
static bool is_device(Str name) {
  static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"};
  Str stem;
  Str ending;
  str_cut(name, '.', &stem, &ending);
  for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
    Str device = str_from_c(devices[i]);
    bool numbered = i >= 4;
    if (stem.len != device.len + numbered || !str_equal_nocase(str_slice(stem, 0, 3), device)) continue;
    if (!numbered || (stem.s[3] >= '1' && stem.s[3] <= '9')) return true;
  }
  return false;
}

/* Why a part of a path can't exist everywhere, or empty. */
static Str name_fault(Str name) {
  if (is_device(name)) return STR("Windows has a device of that name");
  if (str_ends(name, STR(".")) || str_ends(name, STR(" "))) return STR("Windows drops a dot or space at the end");
  if (name.len > 255) return STR("it is longer than 255 bytes");
  for (size_t i = 0; i < name.len; i++)
    if (name.s[i] && str_find_byte(STR("\\:*?\"<>|"), name.s[i]) != STR_NONE)
      return STR("Windows takes none of \\ : * ? \" < > |");
  return (Str){"", 0};
}

static bool check_names(Listing *listing, const Output *output) {
  Str rest = output->path;
  while (rest.len) {
    Str name;
    str_cut(rest, '/', &name, &rest);
    Str fault = name_fault(name);
    if (!fault.len) continue;
    DIAG(listing->site->diags, FILE_NAME_ELSEWHERE, output->origin, name, fault);
    return false;
  }
  return true;
}

/* In small letters; as it is, which costs nothing, when it has no others. */
static Str fold(Arena *arena, Str path) {
  for (size_t i = 0; i < path.len; i++)
    if ((path.s[i] & 0x80) || (path.s[i] >= 'A' && path.s[i] <= 'Z')) return utf8_lower(arena, path);
  return path;
}

/* Two outputs that one place of a file system without capital letters would have to hold. */
static void check_case(Listing *listing, const Output *output) {
  Site *site = listing->site;
  bool added;
  size_t *place = map_place(&listing->folded, fold(site->arena, output->path), &added);
  if (added) {
    *place = site->output_count;
    return;
  }
  DIAG(site->diags, FILE_NAME_CASE, output->origin, output->path, site->outputs[*place].path);
  diag_note(site->diags, site->outputs[*place].origin, STR("the other one is here"));
}

static void add(Listing *listing, Output output) {
  Site *site = listing->site;
  bool added;
  if (!check_names(listing, &output)) return;
  size_t *place = map_place(&listing->paths, output.path, &added);
  if (!added && output.page && output.page->generated && output.kind == OUTPUT_PAGE) {
    report_address(site, &output);
    diag_note(site->diags, site->outputs[*place].origin, STR("it is here"));
    return;
  }
  if (!added) {
    DIAG(site->diags, DUPLICATE_URL, output.origin, STR_CONCAT(site->arena, STR("/"), output.path));
    diag_note(site->diags, site->outputs[*place].origin, STR("the other one is here"));
    return;
  }
  *place = site->output_count;
  check_case(listing, &output);
  site->outputs[site->output_count++] = output;
}

static Span whole(Str path) {
  return (Span){path, STR_NONE, 0};
}

static void add_aliases(Listing *listing, const Page *page) {
  Value aliases = value_get(page->meta, STR("aliases"));
  for (size_t i = 0; i < value_count(aliases); i++) {
    Value alias = value_at(aliases, i);
    Span span = shape_span(page->path, alias);
    Str path;
    if (!address_of_alias(listing->site->arena, alias.str, &path)) {
      DIAG(listing->site->diags, ALIAS, span, alias.str);
      continue;
    }
    add(listing, (Output){.path = path, .kind = OUTPUT_REDIRECT, .page = page, .origin = span});
  }
}

static void add_feeds(Listing *listing) {
  Site *site = listing->site;
  Span settings = whole(site->settings.path);
  size_t parts = feeds_sitemap_parts(site);
  if (parts > 1) {
    for (size_t i = 0; i < parts; i++)
      add(listing, (Output){.path = str_format(site->arena, "sitemap-%zu.xml", i + 1),
                            .kind = OUTPUT_SITEMAP,
                            .number = (int)i,
                            .origin = settings});
  }
  add(listing,
      (Output){.path = STR("sitemap.xml"), .kind = OUTPUT_SITEMAP, .number = parts > 1 ? -1 : 0, .origin = settings});
  for (size_t i = 0; i < site->settings.language_count; i++) {
    if (!site->homes[i]) continue;
    add(listing,
        (Output){.path = feeds_path(site, site->arena, i), .kind = OUTPUT_FEED, .number = (int)i, .origin = settings});
  }
  add(listing, (Output){.path = STR("robots.txt"), .kind = OUTPUT_ROBOTS, .origin = settings});
  add(listing, (Output){.path = STR("_headers"), .kind = OUTPUT_HEADERS, .origin = settings});
}

void site_list_outputs(Site *site) {
  if (!site->theme) return;
  Listing listing = {.site = site};
  listing.capacity = most_outputs(site);
  listing.paths = map_new(site->arena, listing.capacity);
  listing.folded = map_new(site->arena, listing.capacity);
  site->outputs = ARENA_ARRAY(site->arena, Output, listing.capacity);
  /* What takes longest comes first, so that no worker is left with it at the end. */
  add_feeds(&listing);
  for (size_t i = 0; i < theme_asset_count(site->theme); i++) {
    const ThemeAsset *asset = theme_asset(site->theme, i);
    add(&listing,
        (Output){.path = asset->output, .kind = OUTPUT_BYTES, .source = asset->bytes, .origin = whole(asset->name)});
  }
  for (size_t i = 0; i < site->files.count; i++) {
    const ContentFile *file = &site->files.items[i];
    Str path = files_shown(site->arena, &site->files, file->path);
    if (file->role == FILE_ASSET) {
      add(&listing, (Output){.path = file->output, .kind = OUTPUT_COPY, .source = path, .origin = whole(path)});
      continue;
    }
    const Page *page = &site->pages[file->page];
    if (!site_has_page(site, page)) continue;
    add(&listing, (Output){.path = file->output, .kind = OUTPUT_PAGE, .page = page, .origin = whole(path)});
  }
  for (size_t i = 0; i < site->fallback_count; i++) {
    const Page *page = &site->fallbacks[i];
    add(&listing, (Output){.path = page->file->output, .kind = OUTPUT_PAGE, .page = page, .origin = whole(page->path)});
  }
  for (size_t i = 0; i < site->generated_count; i++) {
    const Page *page = &site->generated[i];
    Span origin = page->term ? page->term->span : page->taxonomy->terms[0]->span;
    add(&listing, (Output){.path = page->file->output, .kind = OUTPUT_PAGE, .page = page, .origin = origin});
  }
  if (site->not_found)
    add(&listing, (Output){.path = STR("404.html"),
                           .kind = OUTPUT_404,
                           .page = site->not_found,
                           .origin = whole(site->settings.path)});
  /* After all pages: an alias that is also a page is the alias's mistake. */
  for (size_t i = 0; i < site->page_count; i++)
    if (site_has_page(site, &site->pages[i])) add_aliases(&listing, &site->pages[i]);
}
