/* The new text of one page in a site that is connected, for the preview: most edits change nothing for other pages. */
#include "site/site.h"

/* What other pages see of its questions: that they are asked. The answers are its own. */
static bool ask_the_same(const MarkdownDoc *a, const MarkdownDoc *b) {
  if (a->faq_count != b->faq_count) return false;
  for (size_t i = 0; i < a->faq_count; i++)
    if (!str_equal(a->faq[i].question, b->faq[i].question)) return false;
  return true;
}

static bool have_the_same_anchors(const MarkdownDoc *a, const MarkdownDoc *b) {
  if (a->anchor_count != b->anchor_count) return false;
  for (size_t i = 0; i < a->anchor_count; i++)
    if (!str_equal(a->anchors[i], b->anchors[i])) return false;
  return true;
}

/* The front matter is the same, byte for byte, and so is what connecting takes from the text. */
static bool look_the_same(const Page *a, const Page *b) {
  return !b->broken && a->head == b->head && str_equal(a->title, b->title) && have_the_same_anchors(&a->doc, &b->doc) &&
         ask_the_same(&a->doc, &b->doc);
}

/* The place of the one among the pages, the text of the other. */
static Page join(const Page *place, const Page *text) {
  Page page = *place;
  page.meta = text->meta;
  page.inherited = text->inherited;
  page.doc = text->doc;
  page.pieces = text->pieces;
  page.title = text->title;
  page.description = text->description;
  page.kind = text->kind;
  page.about = text->about;
  page.links = text->links;
  page.link_count = text->link_count;
  page.parity = text->parity;
  return page;
}

/* --- its checks, and those of its translations --- */

typedef struct Group {
  Page *pages[2]; /* the page alone, when it has no translations */
  Page **items;
  size_t count;
} Group;

static void group_of(Page *page, Group *group) {
  *group = (Group){.pages = {page}, .items = page->translations, .count = page->translation_count};
  if (group->count) return;
  group->items = group->pages;
  group->count = 1;
}

static bool is_in(const void *context, const Diag *diag) {
  const Group *group = context;
  for (size_t i = 0; i < group->count; i++)
    if (str_equal(group->items[i]->path, diag->span.path)) return true;
  return false;
}

/* Those of site_check_page(). */
static bool is_of_check(DiagId id) {
  static const DiagId ids[] = {DIAG_LINK_DRAFT,           DIAG_LINK_ANCHOR,         DIAG_REVIEW_OVERDUE,
                               DIAG_REVIEW_OVERDUE_STOPS, DIAG_GOVERNANCE_MISSING,  DIAG_HANDOUT_REVIEW,
                               DIAG_PARITY_NUMBER,        DIAG_PARITY_EXTRA,        DIAG_PARITY_MISSING,
                               DIAG_TRANSLATION_STALE,    DIAG_TRANSLATION_UNMARKED};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
    if (ids[i] == id) return true;
  return false;
}

static bool has_other_reports(const Site *site, const Group *group) {
  for (const Diag *diag = site->diags->first; diag; diag = diag->next)
    if (!is_of_check(diag->id) && is_in(group, diag)) return true;
  return false;
}

/* False: there is a mistake now. */
static bool check_again(Site *site, const Group *group) {
  DiagList *all = site->diags;
  DiagList own = diag_list_new(site->arena);
  site->diags = &own;
  for (size_t i = 0; i < group->count; i++)
    if (!group->items[i]->original && !group->items[i]->generated) site_check_page(site, group->items[i]);
  site->diags = all;
  if (diag_has_errors(&own, false)) return false;
  diag_drop(all, is_in, group);
  diag_merge(all, &own);
  return true;
}

bool site_take_text(Site *site, size_t index, const Page *fresh) {
  Page *page = &site->pages[index];
  Group group;
  if (!site_has_page(site, page) || !look_the_same(page, fresh)) return false;
  group_of(page, &group);
  if (site->diags->dropped || diag_has_errors(site->diags, false) || has_other_reports(site, &group)) return false;
  Page before = *page;
  *page = join(page, fresh);
  if (!check_again(site, &group)) {
    *page = before;
    return false;
  }
  for (size_t i = 0; i < site->fallback_count; i++)
    if (site->fallbacks[i].original == page) site->fallbacks[i] = join(&site->fallbacks[i], fresh);
  return true;
}
