/* urlize: addresses in text become links. What counts as an address is what Jinja 3.1 takes for one. */
#include "template/filters.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

typedef struct Urlize {
  TemplateCall *call;
  Buf *out;
  int64_t limit; /* characters of an address that are shown; -1: all */
  Str rel;       /* with the attribute's name and quotes, or empty */
  Str target;
  Value schemes; /* list of text, or undefined */
} Urlize;

static bool is_word(uint32_t c) {
  return c == '_' || (U_MASK(u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

/* Characters of a domain's label: word characters, `%` and, with `hyphen`, `-`. The count, or 0 when others are in it.
 */
static size_t label_length(Str s, bool hyphen) {
  size_t count = 0;
  for (size_t at = 0; at < s.len; count++) {
    uint32_t c = utf8_next(s, &at);
    if (!is_word(c) && c != '%' && !(hyphen && c == '-')) return 0;
  }
  return count;
}

static bool is_top_level(Str s) {
  bool letters = s.len >= 2 && s.len <= 63;
  for (size_t i = 0; i < s.len; i++) letters = letters && ascii_is_alpha(s.s[i]);
  if (letters) return true;
  if (s.len < 4 || !str_equal_nocase(str_slice(s, 0, 4), STR("xn--"))) return false;
  size_t count = label_length(str_skip(s, 4), false);
  return count >= 2 && count <= 59;
}

static bool is_known_top_level(Str s) {
  static const char *const known[] = {"com", "net", "int", "edu", "gov", "org", "info", "mil"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (str_equal_nocase(s, str_from_c(known[i]))) return true;
  return false;
}

/* `bare`: without a scheme only well-known ends make a domain. */
static bool is_domain(Str s, bool bare) {
  size_t labels = 0;
  for (;;) {
    Str label, rest;
    if (!str_cut(s, '.', &label, &rest)) break;
    size_t count = label_length(label, true);
    if (count == 0 || (bare && (count < 2 || count > 63))) return false;
    labels++;
    s = rest;
  }
  return bare ? labels > 0 && is_known_top_level(s) : is_top_level(s);
}

static bool is_ipv4(Str s) {
  for (int part = 0; part < 4; part++) {
    Str digits;
    bool more = str_cut(s, '.', &digits, &s);
    if (digits.len < 1 || digits.len > 3 || more != (part < 3)) return false;
    for (size_t i = 0; i < digits.len; i++)
      if (!ascii_is_digit(digits.s[i])) return false;
  }
  return true;
}

static bool is_ipv6(Str s) {
  size_t colons = 0;
  size_t digits = 0;
  for (size_t i = 1; i + 1 < s.len; i++) {
    char c = ascii_lower(s.s[i]);
    if (c == ':') {
      colons++;
      digits = 0;
    } else if (ascii_is_digit(c) || (c >= 'a' && c <= 'f')) {
      if (++digits > 4) return false;
    } else {
      return false;
    }
  }
  return colons >= 2 && colons <= 8;
}

/* A port, and a path, query or fragment. */
static bool is_address_rest(Str s) {
  if (s.len && s.s[0] == ':') {
    size_t i = 1;
    while (i < s.len && ascii_is_digit(s.s[i])) i++;
    if (i < 2 || i > 6) return false;
    s = str_skip(s, i);
  }
  return s.len == 0 || s.s[0] == '/' || s.s[0] == '?' || s.s[0] == '#';
}

static size_t host_length(Str s) {
  size_t i = 0;
  while (i < s.len && s.s[i] != ':' && s.s[i] != '/' && s.s[i] != '?' && s.s[i] != '#') i++;
  return i;
}

static bool starts_nocase(Str s, Str prefix) {
  return s.len >= prefix.len && str_equal_nocase(str_slice(s, 0, prefix.len), prefix);
}

static bool is_web_address(Str s) {
  size_t scheme = starts_nocase(s, STR("https://")) ? 8 : starts_nocase(s, STR("http://")) ? 7 : 0;
  Str rest = str_skip(s, scheme);
  if (scheme && str_starts(rest, STR("["))) {
    size_t end = str_find_byte(rest, ']');
    return end != STR_NONE && is_ipv6(str_slice(rest, 0, end + 1)) && is_address_rest(str_skip(rest, end + 1));
  }
  size_t host = host_length(rest);
  if (!is_address_rest(str_skip(rest, host))) return false;
  Str domain = str_slice(rest, 0, host);
  if (scheme) return is_domain(domain, false) || is_ipv4(domain);
  if (starts_nocase(domain, STR("www.")) && is_domain(str_skip(domain, 4), false)) return true;
  return is_domain(domain, true);
}

/* \S+@\w[\w.-]*\.\w+ */
static bool is_email(Str s) {
  size_t at = str_find_last_byte(s, '@');
  if (at == STR_NONE || at == 0) return false;
  Str domain = str_skip(s, at + 1);
  size_t dot = str_find_last_byte(domain, '.');
  if (dot == STR_NONE || dot == 0 || dot + 1 == domain.len) return false;
  for (size_t i = 0; i < domain.len;) {
    size_t begin = i;
    uint32_t c = utf8_next(domain, &i);
    if (!is_word(c) && (begin == 0 || begin > dot || (c != '.' && c != '-'))) return false;
  }
  return true;
}

static void add_link(Urlize *u, Str scheme, Str address, bool plain) {
  Str shown = address;
  bool cut = !plain && u->limit >= 0 && utf8_count(address) > (size_t)u->limit;
  if (cut) shown = str_slice(address, 0, utf8_offset(address, (size_t)u->limit));
  buf_add_lit(u->out, "<a href=\"");
  buf_add(u->out, scheme);
  buf_add(u->out, address);
  buf_add_byte(u->out, '"');
  if (!plain || scheme.len == 0) {
    buf_add(u->out, u->rel);
    buf_add(u->out, u->target);
  }
  buf_add_byte(u->out, '>');
  buf_add(u->out, shown);
  buf_add(u->out, cut ? STR("...</a>") : STR("</a>"));
}

static void add_middle(Urlize *u, Str middle) {
  if (is_web_address(middle)) {
    bool scheme = str_starts(middle, STR("https://")) || str_starts(middle, STR("http://"));
    add_link(u, scheme ? (Str){"", 0} : STR("https://"), middle, false);
  } else if (str_starts(middle, STR("mailto:")) && is_email(str_skip(middle, 7))) {
    add_link(u, STR("mailto:"), str_skip(middle, 7), true);
  } else if (!str_starts(middle, STR("www.")) && str_find_byte(middle, ':') == STR_NONE && is_email(middle)) {
    add_link(u, STR("mailto:"), middle, true);
  } else {
    for (size_t i = 0; i < value_count(u->schemes); i++) {
      Str scheme = value_text(value_at(u->schemes, i));
      if (str_equal(middle, scheme) || !str_starts(middle, scheme)) continue;
      add_link(u, (Str){"", 0}, middle, true);
      return;
    }
    buf_add(u->out, middle);
  }
}

static size_t head_length(Str s) {
  size_t i = 0;
  while (i < s.len) {
    if (s.s[i] == '(' || s.s[i] == '<')
      i++;
    else if (str_starts(str_skip(s, i), STR("&lt;")))
      i += 4;
    else
      break;
  }
  return i;
}

static size_t tail_length(Str s) {
  size_t end = s.len;
  while (end > 0) {
    char c = s.s[end - 1];
    if (c == ')' || c == '>' || c == '.' || c == ',' || c == '\n')
      end--;
    else if (str_ends(str_slice(s, 0, end), STR("&gt;")))
      end -= 4;
    else
      break;
  }
  return s.len - end;
}

static size_t count_of(Str s, Str what) {
  size_t count = 0;
  for (size_t at = str_find(s, what); at != STR_NONE; at = str_find(s, what)) {
    count++;
    s = str_skip(s, at + what.len);
  }
  return count;
}

/* A closing bracket at the end belongs to the address when the address opens it. */
static void add_word(Urlize *u, Str word) {
  static const Str pairs[][2] = {{{"(", 1}, {")", 1}}, {{"<", 1}, {">", 1}}, {{"&lt;", 4}, {"&gt;", 4}}};
  size_t head = head_length(word);
  Str middle = str_skip(word, head);
  middle.len -= tail_length(middle);
  Str tail = str_skip(word, head + middle.len);
  for (size_t i = 0; i < 3; i++) {
    size_t opened = count_of(middle, pairs[i][0]);
    if (opened <= count_of(middle, pairs[i][1])) continue;
    size_t closed = count_of(tail, pairs[i][1]);
    for (size_t k = 0; k < opened && k < closed; k++) {
      size_t end = str_find(tail, pairs[i][1]) + pairs[i][1].len;
      middle.len += end; /* the tail follows it in the same text */
      tail = str_skip(tail, end);
    }
  }
  buf_add(u->out, str_slice(word, 0, head));
  add_middle(u, middle);
  buf_add(u->out, tail);
}

/* The words of rel="…" in order, each once, with `noopener` always among them. */
static Str rel_attribute(TemplateCall *call, Value rel, bool nofollow) {
  Value words = value_list(call->arena, 4);
  value_push(words, value_c("noopener"));
  if (nofollow) value_push(words, value_c("nofollow"));
  Str rest = value_text(rel);
  while (rest.len) {
    Str word;
    str_cut(str_trim(rest), ' ', &word, &rest);
    bool known = word.len == 0;
    for (size_t i = 0; i < value_count(words); i++) known |= str_equal(value_text(value_at(words, i)), word);
    if (!known) value_push(words, value_str(word));
  }
  Buf out = filter_buf(call);
  Str last = {"", 0};
  for (size_t n = 0; n < value_count(words); n++) {
    Str next = {0};
    for (size_t i = 0; i < value_count(words); i++) {
      Str word = value_text(value_at(words, i));
      if (str_compare(word, last) > 0 && (!next.s || str_compare(word, next) < 0)) next = word;
    }
    if (n) buf_add_byte(&out, ' ');
    text_write_escaped(&out, next);
    last = next;
  }
  return STR_CONCAT(call->arena, STR(" rel=\""), filter_done(call, &out), STR("\""));
}

static bool is_scheme(Value value) {
  Str s = value_text(value);
  if (str_ends(s, STR("//")))
    s.len -= 2;
  else if (str_ends(s, STR("/")))
    s.len -= 1;
  if (s.len < 3 || s.s[s.len - 1] != ':') return false;
  for (size_t i = 0; i + 1 < s.len; i++)
    if (!ascii_is_alpha(s.s[i]) && !ascii_is_digit(s.s[i]) && str_find_byte(STR("_.+-"), s.s[i]) == STR_NONE)
      return false;
  return true;
}

static void add_words(Urlize *u, Str text) {
  for (size_t at = 0; at < text.len;) {
    size_t begin = at;
    size_t next = at;
    while (at < text.len && text_is_space(utf8_next(text, &next))) at = next;
    buf_add(u->out, str_slice(text, begin, at));
    begin = next = at;
    while (at < text.len && !text_is_space(utf8_next(text, &next))) at = next;
    if (at > begin) add_word(u, str_slice(text, begin, at));
    charge(call_frame(u->call), call_node(u->call), 1);
  }
}

Value filter_urlize(TemplateCall *call) {
  Frame *f = call_frame(call);
  Buf out = filter_buf(call);
  Urlize u = {.call = call, .out = &out, .limit = -1};
  if (!filter_whole(call, 0, "trim_url_limit", -1, &u.limit)) return value_null();
  u.rel = rel_attribute(call, filter_or(call, 3, "rel", (Value){0}), filter_flag(call, 1, "nofollow"));
  Value target = filter_or(call, 2, "target", (Value){0});
  if (value_is_text(target) && target.str.len)
    u.target = STR_CONCAT(call->arena, STR(" target=\""), html_of(f, call_node(call), target), STR("\""));
  u.schemes = filter_or(call, 4, "extra_schemes", (Value){0});
  for (size_t i = 0; i < value_count(u.schemes); i++)
    if (!is_scheme(value_at(u.schemes, i)))
      return refuse(call, "`%.*s` is not the beginning of an address", STR_ARG(value_text(value_at(u.schemes, i))));
  add_words(&u, html_of(f, call_node(call), call->input));
  Str text = filter_done(call, &out);
  return call->autoescape ? value_markup(text) : value_str(text);
}
