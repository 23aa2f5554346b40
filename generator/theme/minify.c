#include "theme/private.h"

#include "os/filter.h"
#include "os/os.h"

/* Only white space and comments: nothing is rewritten, so that what a theme maker reads in the browser's tools is what
 * they wrote. */
static const char *const command[] = {"esbuild",      "--minify-whitespace", "--legal-comments=none",
                                      "--loader=css", "--log-level=error",   NULL};

static const double seconds_most = 60; /* it takes 0.05 s; a first start from a slow disk a few */

bool minify_css(Theme *theme, Str name, Str *css) {
  OsFilter filter = {.argv = command, .input = *css, .most = THEME_CSS_MOST, .seconds = seconds_most};
  int error = os_filter(theme->arena, &filter);
  Str why = str_trim(error ? os_error_text(error) : filter.messages);
  if (!error && filter.status == 0) {
    *css = filter.output;
    return true;
  }
  if (error) theme->minify = false; /* it would be the same with every sheet: once is enough */
  DIAG(theme->diags, CSS_MINIFY, file_span(theme->settings_span.path), name,
       str_slice(why, 0, str_find_byte(why, '\n')));
  return false;
}
