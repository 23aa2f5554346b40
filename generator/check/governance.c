#include "check/governance.h"

#include "content/shape.h"

/* "`owner`, `reviewed` and `review_due`": those that the page lacks. */
static Str missing_keys(const Page *page, Buf *text) {
  static const Str keys[] = {{"owner", 5}, {"reviewed", 8}, {"review_due", 10}};
  Str missing[sizeof keys / sizeof *keys];
  size_t count = 0;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (!value_text(value_get(page->meta, keys[i])).len) missing[count++] = keys[i];
  for (size_t i = 0; i < count; i++) {
    if (i) buf_add(text, i + 1 == count ? STR(" and ") : STR(", "));
    buf_add_format(text, "`%.*s`", STR_ARG(missing[i]));
  }
  return buf_str(text);
}

/* Nobody has reviewed a page tomorrow: month and day changed places, or the year is wrong. News of a day to come are
 * read today. */
static void check_days_to_come(const Page *page, Str today, DiagList *diags) {
  static const Str keys[] = {{"reviewed", 8}, {"updated", 7}, {"date", 4}};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    Value day = value_get(page->meta, keys[i]);
    if (!value_is_text(day) || str_compare(day.str, today) <= 0) continue;
    DIAG(diags, DATE_TO_COME, page_span(page, keys[i], day), keys[i], day.str);
    page_note_origin(page, keys[i], day, diags);
  }
}

void governance_check(const Page *page, const SiteSettings *settings, Str today, DiagList *diags) {
  Value due = value_get(page->meta, STR("review_due"));
  if (value_is_text(due) && str_compare(due.str, today) < 0) {
    Span span = page_span(page, STR("review_due"), due);
    if (settings->overdue_stops)
      DIAG(diags, REVIEW_OVERDUE_STOPS, span, due.str);
    else
      DIAG(diags, REVIEW_OVERDUE, span, due.str);
    page_note_origin(page, STR("review_due"), due, diags);
  }
  check_days_to_come(page, today, diags);
  Value handout = value_get(page->meta, STR("handout"));
  bool dated = value_text(value_get(page->meta, STR("reviewed"))).len > 0;
  if (!page_kind_is_clinical(page->kind)) {
    if (value_to_bool(handout, false) && !dated)
      DIAG(diags, HANDOUT_REVIEW, page_span(page, STR("handout"), handout));
    return;
  }
  Buf text = buf_new(diags->arena, 128);
  Str missing = missing_keys(page, &text);
  if (!missing.len) return;
  Value kind = value_get(page->meta, STR("kind"));
  DIAG(diags, GOVERNANCE_MISSING, page_span(page, STR("kind"), kind), page->kind, missing);
}
