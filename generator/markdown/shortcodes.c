/* Shortcodes of Hugo (`{{< figure src="a.jpg" >}}`, `{{% notice %}}`) and what to write instead of each. */
#include "markdown/work.h"

typedef struct Shortcode {
  Str name;
  Str instead;
} Shortcode;

#define SHORTCODE(name, instead)                                                                                       \
  {                                                                                                                    \
    {"" name, sizeof name - 1}, {                                                                                      \
      "" instead, sizeof instead - 1                                                                                   \
    }                                                                                                                  \
  }
#define CARD "write a card, as in `> [!WARNING] Title`, with each line of its text behind a `>`"
#define FILM "write a card `> [!VIDEO] Title` with a link to it and its transcript"
static const Shortcode shortcodes[] = {
    SHORTCODE("figure", "write `![what it shows](picture.jpg \"Caption\")`"),
    SHORTCODE("img", "write `![what it shows](picture.jpg \"Caption\")`"),
    SHORTCODE("ref", "write the path to the file, seen from this one: `[words](page.md)`"),
    SHORTCODE("relref", "write the path to the file, seen from this one: `[words](page.md)`"),
    SHORTCODE("param", "write the name of what stands in clinic.yaml or facts.yaml, between double braces alone"),
    SHORTCODE("youtube", FILM),
    SHORTCODE("vimeo", FILM),
    SHORTCODE("video", FILM),
    SHORTCODE("notice", CARD),
    SHORTCODE("alert", CARD),
    SHORTCODE("admonition", CARD),
    SHORTCODE("callout", CARD),
    SHORTCODE("hint", CARD),
    SHORTCODE("toc", "take it out: each page has its contents beside it"),
};
#undef CARD
#undef FILM
#undef SHORTCODE

bool shortcode_report(Work *work, Str inside, Span span) {
  Str name = inside;
  if (!str_starts(name, STR("<")) && !str_starts(name, STR("%"))) return false;
  char last = name.s[name.len - 1];
  name = str_trim(str_slice(name, 1, name.len - (name.len > 1 && (last == '>' || last == '%'))));
  Str instead = STR("write it as Markdown, or take it out");
  if (str_starts(name, STR("/"))) instead = STR("it ends what was opened above; take it out");
  Str word = str_slice(name, 0, str_find_byte(name, ' '));
  for (size_t i = 0; i < sizeof shortcodes / sizeof *shortcodes; i++)
    if (str_equal(word, shortcodes[i].name)) instead = shortcodes[i].instead;
  DIAG(work->options->diags, SHORTCODE, span, name, instead);
  return true;
}
