#include "theme/colour.h"
#include "theme/colour_space.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* CSS Color 4, section 6.1. In byte order. */
static const struct {
  Str name;
  uint32_t rgb;
} names[] = {
    /* clang-format off */
    {STR("aliceblue"), 0xf0f8ff}, {STR("antiquewhite"), 0xfaebd7}, {STR("aqua"), 0x00ffff},
    {STR("aquamarine"), 0x7fffd4}, {STR("azure"), 0xf0ffff}, {STR("beige"), 0xf5f5dc},
    {STR("bisque"), 0xffe4c4}, {STR("black"), 0x000000}, {STR("blanchedalmond"), 0xffebcd},
    {STR("blue"), 0x0000ff}, {STR("blueviolet"), 0x8a2be2}, {STR("brown"), 0xa52a2a},
    {STR("burlywood"), 0xdeb887}, {STR("cadetblue"), 0x5f9ea0}, {STR("chartreuse"), 0x7fff00},
    {STR("chocolate"), 0xd2691e}, {STR("coral"), 0xff7f50}, {STR("cornflowerblue"), 0x6495ed},
    {STR("cornsilk"), 0xfff8dc}, {STR("crimson"), 0xdc143c}, {STR("cyan"), 0x00ffff},
    {STR("darkblue"), 0x00008b}, {STR("darkcyan"), 0x008b8b}, {STR("darkgoldenrod"), 0xb8860b},
    {STR("darkgray"), 0xa9a9a9}, {STR("darkgreen"), 0x006400}, {STR("darkgrey"), 0xa9a9a9},
    {STR("darkkhaki"), 0xbdb76b}, {STR("darkmagenta"), 0x8b008b}, {STR("darkolivegreen"), 0x556b2f},
    {STR("darkorange"), 0xff8c00}, {STR("darkorchid"), 0x9932cc}, {STR("darkred"), 0x8b0000},
    {STR("darksalmon"), 0xe9967a}, {STR("darkseagreen"), 0x8fbc8f}, {STR("darkslateblue"), 0x483d8b},
    {STR("darkslategray"), 0x2f4f4f}, {STR("darkslategrey"), 0x2f4f4f}, {STR("darkturquoise"), 0x00ced1},
    {STR("darkviolet"), 0x9400d3}, {STR("deeppink"), 0xff1493}, {STR("deepskyblue"), 0x00bfff},
    {STR("dimgray"), 0x696969}, {STR("dimgrey"), 0x696969}, {STR("dodgerblue"), 0x1e90ff},
    {STR("firebrick"), 0xb22222}, {STR("floralwhite"), 0xfffaf0}, {STR("forestgreen"), 0x228b22},
    {STR("fuchsia"), 0xff00ff}, {STR("gainsboro"), 0xdcdcdc}, {STR("ghostwhite"), 0xf8f8ff},
    {STR("gold"), 0xffd700}, {STR("goldenrod"), 0xdaa520}, {STR("gray"), 0x808080}, {STR("green"), 0x008000},
    {STR("greenyellow"), 0xadff2f}, {STR("grey"), 0x808080}, {STR("honeydew"), 0xf0fff0},
    {STR("hotpink"), 0xff69b4}, {STR("indianred"), 0xcd5c5c}, {STR("indigo"), 0x4b0082},
    {STR("ivory"), 0xfffff0}, {STR("khaki"), 0xf0e68c}, {STR("lavender"), 0xe6e6fa},
    {STR("lavenderblush"), 0xfff0f5}, {STR("lawngreen"), 0x7cfc00}, {STR("lemonchiffon"), 0xfffacd},
    {STR("lightblue"), 0xadd8e6}, {STR("lightcoral"), 0xf08080}, {STR("lightcyan"), 0xe0ffff},
    {STR("lightgoldenrodyellow"), 0xfafad2}, {STR("lightgray"), 0xd3d3d3}, {STR("lightgreen"), 0x90ee90},
    {STR("lightgrey"), 0xd3d3d3}, {STR("lightpink"), 0xffb6c1}, {STR("lightsalmon"), 0xffa07a},
    {STR("lightseagreen"), 0x20b2aa}, {STR("lightskyblue"), 0x87cefa}, {STR("lightslategray"), 0x778899},
    {STR("lightslategrey"), 0x778899}, {STR("lightsteelblue"), 0xb0c4de}, {STR("lightyellow"), 0xffffe0},
    {STR("lime"), 0x00ff00}, {STR("limegreen"), 0x32cd32}, {STR("linen"), 0xfaf0e6}, {STR("magenta"), 0xff00ff},
    {STR("maroon"), 0x800000}, {STR("mediumaquamarine"), 0x66cdaa}, {STR("mediumblue"), 0x0000cd},
    {STR("mediumorchid"), 0xba55d3}, {STR("mediumpurple"), 0x9370db}, {STR("mediumseagreen"), 0x3cb371},
    {STR("mediumslateblue"), 0x7b68ee}, {STR("mediumspringgreen"), 0x00fa9a},
    {STR("mediumturquoise"), 0x48d1cc}, {STR("mediumvioletred"), 0xc71585}, {STR("midnightblue"), 0x191970},
    {STR("mintcream"), 0xf5fffa}, {STR("mistyrose"), 0xffe4e1}, {STR("moccasin"), 0xffe4b5},
    {STR("navajowhite"), 0xffdead}, {STR("navy"), 0x000080}, {STR("oldlace"), 0xfdf5e6},
    {STR("olive"), 0x808000}, {STR("olivedrab"), 0x6b8e23}, {STR("orange"), 0xffa500},
    {STR("orangered"), 0xff4500}, {STR("orchid"), 0xda70d6}, {STR("palegoldenrod"), 0xeee8aa},
    {STR("palegreen"), 0x98fb98}, {STR("paleturquoise"), 0xafeeee}, {STR("palevioletred"), 0xdb7093},
    {STR("papayawhip"), 0xffefd5}, {STR("peachpuff"), 0xffdab9}, {STR("peru"), 0xcd853f},
    {STR("pink"), 0xffc0cb}, {STR("plum"), 0xdda0dd}, {STR("powderblue"), 0xb0e0e6}, {STR("purple"), 0x800080},
    {STR("rebeccapurple"), 0x663399}, {STR("red"), 0xff0000}, {STR("rosybrown"), 0xbc8f8f},
    {STR("royalblue"), 0x4169e1}, {STR("saddlebrown"), 0x8b4513}, {STR("salmon"), 0xfa8072},
    {STR("sandybrown"), 0xf4a460}, {STR("seagreen"), 0x2e8b57}, {STR("seashell"), 0xfff5ee},
    {STR("sienna"), 0xa0522d}, {STR("silver"), 0xc0c0c0}, {STR("skyblue"), 0x87ceeb},
    {STR("slateblue"), 0x6a5acd}, {STR("slategray"), 0x708090}, {STR("slategrey"), 0x708090},
    {STR("snow"), 0xfffafa}, {STR("springgreen"), 0x00ff7f}, {STR("steelblue"), 0x4682b4},
    {STR("tan"), 0xd2b48c}, {STR("teal"), 0x008080}, {STR("thistle"), 0xd8bfd8}, {STR("tomato"), 0xff6347},
    {STR("turquoise"), 0x40e0d0}, {STR("violet"), 0xee82ee}, {STR("wheat"), 0xf5deb3}, {STR("white"), 0xffffff},
    {STR("whitesmoke"), 0xf5f5f5}, {STR("yellow"), 0xffff00}, {STR("yellowgreen"), 0x9acd32},
    /* clang-format on */
};

typedef enum Unit { UNIT_NONE, UNIT_PERCENT, UNIT_DEG, UNIT_GRAD, UNIT_RAD, UNIT_TURN } Unit;

/* One component of a colour function. */
typedef struct Part {
  double value;
  Unit unit;
} Part;

/* The arguments between the brackets. `commas`: the older syntax, which allows less. */
typedef struct Parts {
  Part parts[4];
  size_t count; /* without alpha */
  double alpha;
  bool commas;
} Parts;

static int hex_digit(char c) {
  if (ascii_is_digit(c)) return c - '0';
  char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static Colour from_bytes(unsigned r, unsigned g, unsigned b, unsigned alpha) {
  return (Colour){r / 255.0, g / 255.0, b / 255.0, alpha / 255.0};
}

static bool parse_hex(Str digits, Colour *colour) {
  unsigned channels[4] = {0, 0, 0, 255};
  if (digits.len != 3 && digits.len != 4 && digits.len != 6 && digits.len != 8) return false;
  size_t width = digits.len < 6 ? 1 : 2;
  for (size_t i = 0; i < digits.len / width; i++) {
    int high = hex_digit(digits.s[i * width]);
    int low = hex_digit(digits.s[i * width + width - 1]);
    if (high < 0 || low < 0) return false;
    channels[i] = (unsigned)high * 16 + (unsigned)low;
  }
  *colour = from_bytes(channels[0], channels[1], channels[2], channels[3]);
  return true;
}

static bool parse_name(Str text, Colour *colour) {
  if (str_equal_nocase(text, STR("transparent"))) {
    *colour = (Colour){0, 0, 0, 0};
    return true;
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!str_equal_nocase(text, names[i].name)) continue;
    *colour = from_bytes(names[i].rgb >> 16, names[i].rgb >> 8 & 255, names[i].rgb & 255, 255);
    return true;
  }
  return false;
}

static void skip_space(Str *text) {
  while (text->len && ascii_is_space(text->s[0])) *text = str_skip(*text, 1);
}

static bool take(Str *text, char c) {
  if (!text->len || text->s[0] != c) return false;
  *text = str_skip(*text, 1);
  return true;
}

/* A CSS <number-token>, read by hand because strtod follows the locale and takes more (CSS Syntax 3, section 4.3.12).
 */
static bool take_number(Str *text, double *value) {
  double sign = 1;
  Str rest = *text;
  if (take(&rest, '-'))
    sign = -1;
  else
    take(&rest, '+');
  size_t digits = 0;
  double whole = 0;
  for (; rest.len && ascii_is_digit(rest.s[0]); rest = str_skip(rest, 1), digits++)
    whole = whole * 10 + (rest.s[0] - '0');
  double place = 0.1;
  if (rest.len > 1 && rest.s[0] == '.' && ascii_is_digit(rest.s[1])) {
    for (rest = str_skip(rest, 1); rest.len && ascii_is_digit(rest.s[0]); rest = str_skip(rest, 1), digits++) {
      whole += (rest.s[0] - '0') * place;
      place /= 10;
    }
  }
  if (digits == 0 || digits > 32) return false; /* more digits than any screen needs; keeps the value finite */
  *value = sign * whole;
  *text = rest;
  return true;
}

static bool take_unit(Str *text, Unit *unit) {
  static const struct {
    Str name;
    Unit unit;
  } units[] = {{STR("deg"), UNIT_DEG}, {STR("grad"), UNIT_GRAD}, {STR("rad"), UNIT_RAD}, {STR("turn"), UNIT_TURN}};
  *unit = UNIT_NONE;
  if (take(text, '%')) {
    *unit = UNIT_PERCENT;
    return true;
  }
  size_t len = 0;
  while (len < text->len && ascii_is_alpha(text->s[len])) len++;
  if (len == 0) return true;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (!str_equal_nocase(str_slice(*text, 0, len), units[i].name)) continue;
    *unit = units[i].unit;
    *text = str_skip(*text, len);
    return true;
  }
  return false;
}

static bool take_part(Str *text, bool commas, Part *part) {
  skip_space(text);
  if (!commas && text->len >= 4 && str_equal_nocase(str_slice(*text, 0, 4), STR("none"))) {
    *part = (Part){0, UNIT_NONE};
    *text = str_skip(*text, 4);
    return true;
  }
  return take_number(text, &part->value) && take_unit(text, &part->unit);
}

static bool alpha_of(Part part, double *alpha) {
  if (part.unit != UNIT_NONE && part.unit != UNIT_PERCENT) return false;
  double value = part.unit == UNIT_PERCENT ? part.value / 100 : part.value;
  *alpha = value < 0 ? 0 : value > 1 ? 1 : value;
  return true;
}

/* "1, 2, 3, 0.5" or "1 2 3 / 50%". */
static bool parse_parts(Str text, Parts *parts) {
  Part alpha = {1, UNIT_NONE};
  *parts = (Parts){.commas = str_find_byte(text, ',') != STR_NONE};
  for (parts->count = 0; parts->count < 3; parts->count++) {
    if (parts->count && parts->commas) {
      skip_space(&text);
      if (!take(&text, ',')) return false;
    } else if (parts->count && !(text.len && ascii_is_space(text.s[0]))) {
      return false;
    }
    if (!take_part(&text, parts->commas, &parts->parts[parts->count])) return false;
  }
  skip_space(&text);
  if (take(&text, parts->commas ? ',' : '/') && !take_part(&text, parts->commas, &alpha)) return false;
  skip_space(&text);
  return text.len == 0 && alpha_of(alpha, &parts->alpha);
}

static bool is_plain(Part part) {
  return part.unit == UNIT_NONE || part.unit == UNIT_PERCENT;
}

static double scaled(Part part, double hundred_percent) {
  return part.unit == UNIT_PERCENT ? part.value / 100 * hundred_percent : part.value;
}

static bool hue_of(Part part, double *degrees) {
  switch (part.unit) {
    case UNIT_NONE:
    case UNIT_DEG: *degrees = part.value; return true;
    case UNIT_GRAD: *degrees = part.value * 0.9; return true;
    case UNIT_RAD: *degrees = part.value * 180 / pi; return true;
    case UNIT_TURN: *degrees = part.value * 360; return true;
    case UNIT_PERCENT: return false;
  }
  return false;
}

static double clamped(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

static bool from_rgb(const Parts *p, Colour *colour) {
  double channels[3];
  for (size_t i = 0; i < 3; i++) {
    if (!is_plain(p->parts[i])) return false;
    if (p->commas && p->parts[i].unit != p->parts[0].unit) return false;
    channels[i] = round(clamped(scaled(p->parts[i], 255), 0, 255)) / 255;
  }
  *colour = (Colour){channels[0], channels[1], channels[2], p->alpha};
  return true;
}

/* CSS Color 4, section 7.1. */
static double hsl_channel(double hue, double saturation, double lightness, double n) {
  double k = fmod(n + hue / 30, 12);
  double spread = saturation * fmin(lightness, 1 - lightness);
  return lightness - spread * fmax(-1, fmin(fmin(k - 3, 9 - k), 1));
}

static Colour hsl(double hue, double saturation, double lightness, double alpha) {
  hue = fmod(fmod(hue, 360) + 360, 360);
  return (Colour){hsl_channel(hue, saturation, lightness, 0), hsl_channel(hue, saturation, lightness, 8),
                  hsl_channel(hue, saturation, lightness, 4), alpha};
}

/* Saturation and lightness, or whiteness and blackness: a number without % means percent too. */
static bool two_percentages(const Parts *p, double *first, double *second) {
  for (size_t i = 1; i < 3; i++) {
    if (!is_plain(p->parts[i])) return false;
    if (p->commas && p->parts[i].unit != UNIT_PERCENT) return false;
  }
  *first = clamped(p->parts[1].value / 100, 0, 1);
  *second = clamped(p->parts[2].value / 100, 0, 1);
  return true;
}

static bool from_hsl(const Parts *p, Colour *colour) {
  double hue, saturation, lightness;
  if (!hue_of(p->parts[0], &hue) || !two_percentages(p, &saturation, &lightness)) return false;
  *colour = hsl(hue, saturation, lightness, p->alpha);
  return true;
}

static bool from_hwb(const Parts *p, Colour *colour) {
  double hue, white, black;
  if (p->commas || !hue_of(p->parts[0], &hue) || !two_percentages(p, &white, &black)) return false;
  if (white + black >= 1) {
    double grey = white / (white + black);
    *colour = (Colour){grey, grey, grey, p->alpha};
    return true;
  }
  Colour pure = hsl(hue, 1, 0.5, p->alpha);
  double left = 1 - white - black;
  *colour = (Colour){pure.r * left + white, pure.g * left + white, pure.b * left + white, p->alpha};
  return true;
}

/* 100% of a, b and chroma is 0.4 (CSS Color 4, section 9). */
static bool from_oklab(const Parts *p, Colour *colour) {
  if (p->commas || !is_plain(p->parts[0]) || !is_plain(p->parts[1]) || !is_plain(p->parts[2])) return false;
  *colour = colour_from_oklab(clamped(scaled(p->parts[0], 1), 0, 1), scaled(p->parts[1], 0.4), scaled(p->parts[2], 0.4),
                              p->alpha);
  return true;
}

static bool from_oklch(const Parts *p, Colour *colour) {
  double hue;
  if (p->commas || !is_plain(p->parts[0]) || !is_plain(p->parts[1]) || !hue_of(p->parts[2], &hue)) return false;
  double chroma = fmax(scaled(p->parts[1], 0.4), 0);
  *colour = colour_from_oklab(clamped(scaled(p->parts[0], 1), 0, 1), chroma * cos(hue * pi / 180),
                              chroma * sin(hue * pi / 180), p->alpha);
  return true;
}

bool colour_parse(Str text, Colour *colour) {
  static const struct {
    Str name;
    bool (*make)(const Parts *, Colour *);
  } functions[] = {{STR("rgb"), from_rgb},    {STR("rgba"), from_rgb}, {STR("hsl"), from_hsl},
                   {STR("hsla"), from_hsl},   {STR("hwb"), from_hwb},  {STR("oklab"), from_oklab},
                   {STR("oklch"), from_oklch}};
  text = str_trim(text);
  if (str_starts(text, STR("#"))) return parse_hex(str_skip(text, 1), colour);
  size_t bracket = str_find_byte(text, '(');
  if (bracket == STR_NONE) return parse_name(text, colour);
  if (!str_ends(text, STR(")"))) return false;
  Parts parts;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (!str_equal_nocase(str_slice(text, 0, bracket), functions[i].name)) continue;
    return parse_parts(str_slice(text, bracket + 1, text.len - 1), &parts) && functions[i].make(&parts, colour);
  }
  return false;
}
