/* The menu: what site.yaml lists, else the sections and pages at the top. */
#include "content/targets.h"
#include "content/shape.h"
#include "site/site.h"

enum { MENU_MOST = 7 }; /* entries of a menu nobody chose: what fits one line of a desktop page */

static const Page *find_page(Site *site, Value from) {
  Str path = value_text(from);
  const ContentFile *file = files_find(&site->files, path);
  if (file && file->role != FILE_ASSET) return &site->pages[file->page];
  DIAG(site->diags, MENU_PAGE, shape_span(site->settings.path, from), path, site_nearest_page(site, path));
  return NULL;
}

static void make_entry(Site *site, Value item, MenuEntry *entry);

static const Str *titles_by_language(Site *site, Value title) {
  Str *titles = ARENA_ARRAY(site->arena, Str, site->settings.language_count);
  /* A title that is plain text is written in the site's own language; the others show their pages' titles. */
  size_t count = title.type == VALUE_MAP ? site->settings.language_count : 1;
  for (size_t i = 0; i < count; i++)
    titles[i] = value_text(settings_in_language(site->arena, &site->settings, title, i));
  return titles;
}

static MenuEntry *make_entries(Site *site, Value list, size_t *count) {
  MenuEntry *entries = ARENA_ARRAY(site->arena, MenuEntry, value_count(list) + 1);
  *count = 0;
  for (size_t i = 0; i < value_count(list); i++) {
    make_entry(site, value_at(list, i), &entries[*count]);
    if (entries[*count].page) ++*count;
  }
  return entries;
}

static void make_entry(Site *site, Value item, MenuEntry *entry) {
  Value page = item.type == VALUE_STR ? item : value_get(item, STR("page"));
  if (page.type != VALUE_STR) {
    DIAG(site->diags, MENU_ENTRY, shape_span(site->settings.path, item));
    return;
  }
  entry->page = find_page(site, page);
  if (!entry->page || !site_has_page(site, entry->page)) {
    entry->page = NULL;
    return;
  }
  entry->titles = titles_by_language(site, value_get(item, STR("title")));
  entry->children = make_entries(site, value_get(item, STR("children")), &entry->child_count);
}

void site_make_menu(Site *site) {
  if (site->settings.menu.type == VALUE_LIST) {
    site->menu = make_entries(site, site->settings.menu, &site->menu_count);
    return;
  }
  const Page *home = site->homes[0];
  if (!home) return;
  site->menu = ARENA_ARRAY(site->arena, MenuEntry, MENU_MOST);
  for (size_t i = 0; i < home->child_count && site->menu_count < MENU_MOST; i++)
    site->menu[site->menu_count++] =
        (MenuEntry){.page = home->children[i], .titles = titles_by_language(site, (Value){0})};
}
