#include "theme/private.h"

#include "base/utf8.h"
#include "theme/plain.h"
#include "theme/qr.h"

#include <unicode/uchar.h>

static Value refuse(TemplateCall *call, Str error, Str hint) {
  call->error = error;
  call->hint = hint;
  return (Value){0};
}

static Str did_you_mean(Arena *arena, Str nearest) {
  return nearest.len ? STR_CONCAT(arena, STR("did you mean `"), nearest, STR("`?")) : (Str){"", 0};
}

static Str language(const TemplateCall *call) {
  Str lang = value_text(template_call_lookup(call, STR("lang")));
  return lang.len ? lang : STR("en");
}

/* Text as input, or a refusal that names the filter. */
static bool wants_text(TemplateCall *call, const char *filter) {
  if (value_is_text(call->input)) return true;
  refuse(call, str_format(call->arena, "`%s` wants text, not %.*s", filter, STR_ARG(value_type_name(call->input))),
         (Str){"", 0});
  return false;
}

/* --- date, phone, slug, plain, url --- */

static Str nearest_style(Str style) {
  Str names[16];
  size_t count = 0;
  for (const char *const *known = locale_date_styles(); *known && count < 16; known++)
    names[count++] = str_from_c(*known);
  return str_nearest(style, names, count);
}

static Value filter_date(TemplateCall *call) {
  const Theme *theme = call->context;
  if (!wants_text(call, "date")) return (Value){0};
  Value style = template_call_arg(call, 0, STR("style"));
  Str style_name = value_is_defined(style) ? value_text(style) : STR("long");
  if (!locale_is_date(call->input.str))
    return refuse(call,
                  str_format(call->arena, "`date` wants a date like 2026-03-01, not `%.*s`", STR_ARG(call->input.str)),
                  (Str){"", 0});
  Str text = locale_date(theme->locale, call->arena, language(call), style_name, call->input.str);
  if (!text.len)
    return refuse(call, str_format(call->arena, "`date` has no style `%.*s`", STR_ARG(style_name)),
                  did_you_mean(call->arena, nearest_style(style_name)));
  return value_str(text);
}

/* RFC 3966: digits of any script become ASCII, one leading +, an extension in a parameter. */
static bool add_phone(Buf *out, Str number) {
  bool extension = false;
  size_t digits = 0;
  for (size_t at = 0; at < number.len;) {
    size_t begin = at;
    uint32_t c = utf8_next(number, &at);
    int32_t digit = u_charDigitValue((UChar32)c);
    if (digit >= 0 && digit <= 9) {
      buf_add_byte(out, (char)('0' + digit));
      digits++;
    } else if (c == '+' && digits == 0) {
      buf_add_byte(out, '+');
    } else if (c < 0x80 && ascii_is_alpha((char)c)) {
      Str word = str_skip(number, begin);
      bool known = str_starts(word, STR("ext")) || str_starts(word, STR("Ext")) || str_starts(word, STR("x"));
      if (extension || !digits || !known) return false;
      extension = true;
      buf_add_lit(out, ";ext=");
      digits = 0;
      while (at < number.len && (ascii_is_alpha(number.s[at]) || number.s[at] == '.')) at++;
    } else if (utf8_is_letter(c)) {
      return false;
    }
  }
  return digits > 0;
}

static Value filter_phone(TemplateCall *call) {
  Buf out = buf_new(call->arena, 256);
  Value input = call->input;
  if (input.type == VALUE_INT) input = value_str(str_format(call->arena, "%lld", (long long)input.i)); /* 911 in YAML */
  if (input.type == VALUE_MAP) input = value_get(input, STR("number"));
  buf_add_lit(&out, "tel:");
  if (value_is_text(input) && add_phone(&out, input.str) && !out.over) return value_str(buf_str(&out));
  return refuse(call,
                str_format(call->arena, "`phone` wants a phone number like 555-0100, not %s%.*s%s",
                           value_is_text(input) ? "`" : "",
                           STR_ARG(value_is_text(input) ? input.str : value_type_name(call->input)),
                           value_is_text(input) ? "`" : ""),
                (Str){"", 0});
}

static Value filter_slug(TemplateCall *call) {
  if (!wants_text(call, "slug")) return (Value){0};
  return value_str(utf8_slug(call->arena, call->input.str));
}

static Value filter_plain(TemplateCall *call) {
  if (!wants_text(call, "plain")) return (Value){0};
  return call->input.type == VALUE_STR ? call->input : value_str(plain_text(call->arena, call->input.str));
}

/* {{ page.permalink | qr("This page on the web") }} */
static Value filter_qr(TemplateCall *call) {
  if (!wants_text(call, "qr")) return (Value){0};
  Str label = value_text(template_call_arg(call, 0, STR("label")));
  if (!label.len)
    return refuse(call, STR("`qr` wants a text alternative"),
                  STR("write what the code leads to: `| qr(\"This page on the web\")`"));
  Str svg = qr_svg(call->arena, call->input.str, label);
  if (svg.len) return value_markup(svg);
  return refuse(call, STR("`qr` wants text of 1 to 2331 bytes"), (Str){"", 0});
}

static bool has_scheme(Str url) {
  size_t colon = str_find_byte(url, ':');
  size_t slash = str_find_byte(url, '/');
  return colon != STR_NONE && (slash == STR_NONE || colon < slash);
}

static Value filter_url(TemplateCall *call) {
  const Theme *theme = call->context;
  if (!wants_text(call, "url")) return (Value){0};
  Str path = call->input.str;
  if (has_scheme(path) || str_starts(path, STR("//")))
    return refuse(call,
                  str_format(call->arena, "`url` wants a path of this site like /contact/, not `%.*s`", STR_ARG(path)),
                  STR("print an address of another site without the filter"));
  while (path.len && path.s[0] == '/') path = str_skip(path, 1);
  return value_str(STR_CONCAT(call->arena, theme->base_path, path));
}

/* --- assets and icons --- */

static const ThemeAsset *wanted_asset(TemplateCall *call, const char *filter) {
  const Theme *theme = call->context;
  if (!wants_text(call, filter)) return NULL;
  const ThemeAsset *asset = find_asset(theme, call->input.str);
  if (asset) return asset;
  refuse(call, str_format(call->arena, "the theme has no asset `%.*s`", STR_ARG(call->input.str)),
         did_you_mean(call->arena, nearest_key(call->input.str, theme->asset_index, call->arena)));
  return NULL;
}

static Value filter_asset(TemplateCall *call) {
  const ThemeAsset *asset = wanted_asset(call, "asset");
  return asset ? value_str(asset->url) : (Value){0};
}

static Value filter_integrity(TemplateCall *call) {
  const ThemeAsset *asset = wanted_asset(call, "integrity");
  if (asset && !asset->integrity.len)
    return refuse(
        call,
        str_format(call->arena, "`integrity` is for style sheets and scripts; `%.*s` is neither", STR_ARG(asset->name)),
        (Str){"", 0});
  return asset ? value_str(asset->integrity) : (Value){0};
}

/* {% if "js/menu.js" is asset %} */
static Value test_asset(TemplateCall *call) {
  return value_bool(value_is_text(call->input) && find_asset(call->context, call->input.str));
}

/* With a label the icon speaks for itself: role and name instead of silence. */
static Value labelled(Arena *arena, Str svg, Str label) {
  static const char silent[] = " aria-hidden=\"true\"";
  Buf out = buf_new(arena, THEME_TEXT_MOST * 2);
  size_t at = str_find(svg, STR(" aria-hidden=\"true\""));
  buf_add(&out, str_slice(svg, 0, at == STR_NONE ? 4 : at));
  buf_add_lit(&out, " role=\"img\" aria-label=\"");
  buf_add_escaped(&out, label);
  buf_add_lit(&out, "\"");
  buf_add(&out, str_skip(svg, at == STR_NONE ? 4 : at + sizeof silent - 1));
  return value_markup(buf_str(&out));
}

static Value function_icon(TemplateCall *call) {
  const Theme *theme = call->context;
  Value name = template_call_arg(call, 0, STR("name"));
  Value label = template_call_arg(call, 1, STR("label"));
  const ValueEntry *icon = value_entry(theme->icons, value_text(name));
  if (!icon)
    return refuse(call, str_format(call->arena, "the theme has no icon `%.*s`", STR_ARG(value_text(name))),
                  did_you_mean(call->arena, nearest_key(value_text(name), theme->icons, call->arena)));
  return value_text(label).len ? labelled(call->arena, icon->value.str, label.str) : icon->value;
}

/* --- words --- */

typedef struct Filling {
  TemplateCall *call;
  Locale *locale;
  Str lang;
  Buf out;
  bool markup; /* one of the variables is markup, so the result is, and everything else is escaped */
} Filling;

static void fill_text(Filling *f, Str text) {
  if (f->markup)
    buf_add_escaped(&f->out, text);
  else
    buf_add(&f->out, text);
}

static bool fill_variable(Filling *f, Str name) {
  Value value = template_call_arg(f->call, STR_NONE, name);
  switch ((ValueType)value.type) {
    case VALUE_STR: fill_text(f, value.str); return true;
    case VALUE_MARKUP: buf_add(&f->out, value.str); return true;
    case VALUE_INT: fill_text(f, locale_number(f->locale, f->call->arena, f->lang, (double)value.i)); return true;
    case VALUE_FLOAT: fill_text(f, locale_number(f->locale, f->call->arena, f->lang, value.f)); return true;
    default: return false;
  }
}

static bool is_variable_name(Str name) {
  for (size_t i = 0; i < name.len; i++)
    if (!ascii_is_alpha(name.s[i]) && !ascii_is_digit(name.s[i]) && name.s[i] != '_') return false;
  return name.len > 0;
}

/* Returns the name of the variable that is missing, or the empty Str. */
static Str fill_words(Filling *f, Str text) {
  while (text.len) {
    size_t open = str_find_byte(text, '{');
    size_t close = open == STR_NONE ? STR_NONE : str_find_byte(str_skip(text, open), '}');
    Str name = close == STR_NONE ? (Str){"", 0} : str_slice(text, open + 1, open + close);
    if (!is_variable_name(name)) {
      size_t plain = open == STR_NONE ? text.len : open + 1;
      fill_text(f, str_slice(text, 0, plain));
      text = str_skip(text, plain);
      continue;
    }
    fill_text(f, str_slice(text, 0, open));
    if (!fill_variable(f, name)) return name;
    text = str_skip(text, open + close + 1);
  }
  return (Str){"", 0};
}

static bool pick_form(Filling *f, Value *word) {
  Value count = template_call_arg(f->call, STR_NONE, STR("count"));
  if (count.type != VALUE_INT && count.type != VALUE_FLOAT) return false;
  double number = count.type == VALUE_INT ? (double)count.i : count.f;
  Str form = locale_plural(f->locale, f->call->arena, f->lang, number);
  const ValueEntry *entry = value_entry(*word, form);
  *word = entry ? entry->value : value_get(*word, STR("other"));
  return true;
}

static Value filter_t(TemplateCall *call) {
  const Theme *theme = call->context;
  if (!wants_text(call, "t")) return (Value){0};
  Str key = call->input.str;
  Str other = value_text(template_call_arg(call, STR_NONE, STR("lang")));
  Filling f = {.call = call,
               .locale = theme->locale,
               .lang = other.len ? other : language(call),
               .out = buf_new(call->arena, THEME_TEXT_MOST)};
  Value words = theme_words(theme, f.lang);
  Value word = value_get(words, key);
  if (!value_is_defined(word))
    return refuse(call, str_format(call->arena, "the theme has no words `%.*s`", STR_ARG(key)),
                  did_you_mean(call->arena, nearest_key(key, words, call->arena)));
  if (word.type == VALUE_MAP && !pick_form(&f, &word))
    return refuse(call,
                  str_format(call->arena, "the words `%.*s` have plural forms, so they need a number", STR_ARG(key)),
                  str_format(call->arena, "write `| t(count=…)`"));
  for (size_t i = 0; i < call->named_count; i++) f.markup = f.markup || call->named[i].value.type == VALUE_MARKUP;
  Str missing = fill_words(&f, value_text(word));
  if (missing.len) {
    Str place = STR_CONCAT(call->arena, STR("{"), missing, STR("}"));
    bool here = word_has_place(value_get(theme_words(theme, STR("en")), key), place);
    Str hint =
        here ? str_format(call->arena, "write `| t(%.*s=…)`", STR_ARG(missing))
             : str_format(call->arena,
                          "`%.*s` stands in i18n/%.*s.yaml and not in the English words: write it there as they do",
                          STR_ARG(place), STR_ARG(f.lang));
    return refuse(call, str_format(call->arena, "the words `%.*s` need `%.*s`", STR_ARG(key), STR_ARG(missing)), hint);
  }
  return f.markup ? value_markup(buf_str(&f.out)) : value_str(buf_str(&f.out));
}

void add_filters(Theme *theme) {
  static const struct {
    Str name;
    TemplateFunction *function;
  } filters[] = {
      {STR("date"), filter_date},           {STR("phone"), filter_phone}, {STR("slug"), filter_slug},
      {STR("plain"), filter_plain},         {STR("url"), filter_url},     {STR("asset"), filter_asset},
      {STR("integrity"), filter_integrity}, {STR("t"), filter_t},         {STR("qr"), filter_qr},
  };
  for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
    template_add_filter(theme->engine, filters[i].name, filters[i].function, theme);
  template_add_test(theme->engine, STR("asset"), test_asset, theme);
  template_add_function(theme->engine, STR("icon"), function_icon, theme);
}
