/* What paper does not show well, as it is known when a sheet is printed.
 *
 * The build tells what a text alone tells (`card-paper`, `table-paper`, `image-paper`, `handout-review`); here sheets
 * are measured as they are (print/scripts.h). Failure: reported; false: patients would miss something on this sheet. */
#ifndef PAMPHLET_PRINT_LINT_H
#define PAMPHLET_PRINT_LINT_H

#include "site/sheet.h"

/* `findings`: of script_prepare(). */
bool lint_findings(DiagList *diags, Span sheet, Value findings);
/* The findings in `arena`, for a later run. */
Value lint_keep(Arena *arena, Value findings);
/* Every sheet of paper says the clinic's emergency number, if it has one. */
bool lint_emergency(const Site *site, const Sheet *sheet, Str html, DiagList *diags);

#endif
