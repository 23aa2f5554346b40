/* Contact sections: a phone number or an address for email that comes from clinic.yaml can be pressed, without a link
 * written around it. */
#include "markdown/work.h"

static bool has_letter(Str text) {
  for (size_t i = 0; i < text.len; i++)
    if (ascii_is_alpha(text.s[i]) || text.s[i] & 0x80) return true;
  return false;
}

/* "555-0142", and not "Call 911 at any time". */
static bool is_phone(const Work *work, Str text) {
  return !has_letter(text) && phones_known(work->options->phones, phones_digits(work->scratch, text));
}

static bool is_email(Str text) {
  size_t at = str_find_byte(text, '@');
  return at != STR_NONE && at > 0 && at + 1 < text.len && str_find_byte(text, ' ') == STR_NONE;
}

static void write_plain(Work *work, Str text) {
  if (work->options->rtl)
    bidi_text(work, text);
  else
    html_text(work, text);
}

static void write_link(Work *work, Str scheme, Str address, Str text) {
  bool phone = str_equal(scheme, STR("tel:"));
  buf_add(&work->html, phone ? STR("<a class=\"phone\" href=\"") : STR("<a href=\""));
  links_url(&work->html, STR_CONCAT(work->scratch, scheme, address));
  buf_add_lit(&work->html, "\">");
  if (phone && work->options->rtl) buf_add_lit(&work->html, "<bdi dir=\"ltr\">");
  html_text(work, text);
  buf_add(&work->html, phone && work->options->rtl ? STR("</bdi></a>") : STR("</a>"));
}

void contact_text(Work *work, Str literal) {
  Section *section = sections_around(work, STR("contact"));
  size_t at = 0;
  Str before;
  for (Insert *insert; (insert = values_next(work, literal, &at, &before));) {
    write_plain(work, before);
    Str text = values_of(work, insert);
    bool clinic = str_starts(insert->name, STR("clinic."));
    section->filled = section->filled || clinic;
    if (clinic && is_phone(work, text))
      write_link(work, STR("tel:"), phones_dial(work->scratch, text), text);
    else if (clinic && is_email(text))
      write_link(work, STR("mailto:"), text, text);
    else
      write_plain(work, text);
  }
  write_plain(work, before);
}
