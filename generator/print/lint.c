#include "print/lint.h"

#include "site/sheet_inline.h"

static void report(DiagList *diags, Span sheet, Value finding) {
  Str kind = value_text(value_get(finding, STR("kind")));
  Str what = value_text(value_get(finding, STR("what")));
  Str is = value_text(value_get(finding, STR("is")));
  Str most = value_text(value_get(finding, STR("most")));
  if (str_equal(kind, STR("tall"))) DIAG(diags, PRINT_TALL, sheet, what, is, most);
  if (str_equal(kind, STR("wide"))) DIAG(diags, PRINT_WIDE, sheet, what, is, most);
  if (str_equal(kind, STR("cut"))) DIAG(diags, PRINT_CUT, sheet, what, is, most);
  if (str_equal(kind, STR("coarse"))) DIAG(diags, PRINT_COARSE, sheet, what, is, most);
  if (str_equal(kind, STR("grey"))) DIAG(diags, PRINT_GREY, sheet, what, is);
}

bool lint_findings(DiagList *diags, Span sheet, Value findings) {
  bool good = true;
  for (size_t i = 0; i < value_count(findings); i++) {
    Str kind = value_text(value_get(value_at(findings, i), STR("kind")));
    report(diags, sheet, value_at(findings, i));
    good = good && !str_equal(kind, STR("wide")) && !str_equal(kind, STR("cut"));
  }
  return good;
}

Value lint_keep(Arena *arena, Value findings) {
  static const Str keys[] = {{"kind", 4}, {"what", 4}, {"is", 2}, {"most", 4}};
  Value kept = value_list(arena, value_count(findings));
  for (size_t i = 0; i < value_count(findings); i++) {
    Value finding = value_map(arena, sizeof keys / sizeof *keys);
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
      Str text = value_text(value_get(value_at(findings, i), keys[k]));
      value_set(finding, keys[k], value_str(str_copy(arena, text)));
    }
    value_push(kept, finding);
  }
  return kept;
}

/* What stands in the margins are attributes of the document's start tag. */
bool lint_emergency(const Site *site, const Sheet *sheet, Str html, DiagList *diags) {
  Value emergency = value_get(site->data[sheet->language].clinic, STR("emergency"));
  Str number = value_text(value_get(emergency, STR("number")));
  size_t start = str_find(html, STR("<html"));
  if (!number.len || start == STR_NONE) return true;
  if (str_find(inline_tag(str_skip(html, start)), number) != STR_NONE) return true;
  DIAG(diags, PRINT_EMERGENCY, ((Span){sheet->page->path, STR_NONE, 0}), number, STR("parts/sheet-margins.html"));
  return false;
}
