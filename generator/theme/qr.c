#include "theme/qr.h"

#include "base/buf.h"

#include <qrencode.h>

enum {
  QUIET = 4,
  TEXT_MOST = 2331,  /* bytes in the largest code at level M */
  RUN_MOST = 12,     /* bytes of `m177 0h177` and more */
  SVG_MOST = 1 << 18 /* the largest code has 177 × 177 modules, half of them dark: 90 KB */
};

/* libqrencode's own way to a code with a given mask: exported, but in none of its installed headers. */
extern QRcode *QRcode_encodeMask(QRinput *input, int mask);

/* A number below 1000 at `to`; gives where it ends. */
static char *put_number(char *to, int number) {
  if (number >= 100) *to++ = (char)('0' + number / 100);
  if (number >= 10) *to++ = (char)('0' + number / 10 % 10);
  *to++ = (char)('0' + number % 10);
  return to;
}

/* A line one module high along the dark runs of a row: half the bytes of rectangles. */
static void add_row(Buf *svg, const unsigned char *modules, int width, int row) {
  char *room = buf_room(svg, (size_t)(width / 2 + 1) * RUN_MOST);
  char *to = room;
  int pen = -1; /* where the line ends; -1: no run in this row yet */
  for (int x = 0; room && x < width;) {
    int begin = x;
    bool dark = modules[x] & 1;
    while (x < width && (bool)(modules[x] & 1) == dark) x++;
    if (!dark) continue;
    *to++ = pen < 0 ? 'M' : 'm';
    to = put_number(to, pen < 0 ? begin : begin - pen);
    *to++ = ' ';
    to = put_number(to, pen < 0 ? row : 0);
    *to++ = 'h';
    to = put_number(to, x - begin);
    pen = x;
  }
  if (room) svg->len += (size_t)(to - room);
}

/* Modules alike in a row from `at` on, there and back, `step` bytes apart; `before` and `after` are how many there are.
 */
static int bar(const unsigned char *at, ptrdiff_t step, int before, int after) {
  int count = 1;
  for (int i = 1; i <= after && !((at[i * step] ^ *at) & 1); i++) count++;
  for (int i = 1; i <= before && !((at[-i * step] ^ *at) & 1); i++) count++;
  return count;
}

/* A bar of more than BAR_MOST modules covers one in BAR_MOST of them: no other is looked at. */
static bool has_bar(const QRcode *code) {
  enum { BAR_MOST = 12 }; /* modules; the frame of a corner mark has 7 */
  int width = code->width;
  for (int line = 0; line < width; line++)
    for (int at = BAR_MOST; at < width; at += BAR_MOST) {
      int after = width - 1 - at;
      if (bar(code->data + line * width + at, 1, at, after) > BAR_MOST) return true;
      if (bar(code->data + at * width + line, width, at, after) > BAR_MOST) return true;
    }
  return false;
}

static int count_dark(const QRcode *code) {
  int dark = 0;
  for (int i = 0; i < code->width * code->width; i++) dark += code->data[i] & 1;
  return dark;
}

/* No long bar, across or down, and about as much dark as light: what a mask is for. */
static bool is_even(const QRcode *code) {
  int all = code->width * code->width;
  int dark = count_dark(code);
  return dark * 100 >= 40 * all && dark * 100 <= 60 * all && !has_bar(code);
}

/* ISO/IEC 18004 has eight masks, of which readers take any. The library tries all to find the best, which is more work
 * than the rest of a page: the first that is even will do, and when none is, the library's choice. */
static QRcode *encode(Str text) {
  enum { MASKS = 8, LIBRARY_CHOICE = -1 };
  QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
  QRcode *code = NULL;
  if (!input) return NULL;
  if (QRinput_append(input, QR_MODE_8, (int)text.len, (const unsigned char *)text.s) == 0) {
    for (int mask = 0; mask < MASKS && !code; mask++) {
      code = QRcode_encodeMask(input, mask);
      if (!code) break; /* too long, whatever the mask */
      if (is_even(code)) continue;
      QRcode_free(code);
      code = NULL;
      if (mask + 1 == MASKS) code = QRcode_encodeMask(input, LIBRARY_CHOICE);
    }
  }
  QRinput_free(input);
  return code;
}

Str qr_svg(Arena *arena, Str text, Str label) {
  QRcode *code = text.len <= TEXT_MOST ? encode(text) : NULL;
  if (!code) return (Str){"", 0};
  Buf svg = buf_new(arena, SVG_MOST);
  int size = code->width + 2 * QUIET;
  /* Lines run along the middle of a row, so the picture begins half a module higher. */
  buf_add_format(&svg,
                 "<svg class=\"qr\" viewBox=\"-%d -%d.5 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"",
                 QUIET, QUIET, size, size, size * 4, size * 4);
  buf_add_escaped(&svg, label);
  buf_add_lit(&svg, "\" shape-rendering=\"crispEdges\"><path stroke=\"#000\" d=\"");
  for (int row = 0; row < code->width; row++) add_row(&svg, code->data + row * code->width, code->width, row);
  buf_add_lit(&svg, "\"/></svg>");
  QRcode_free(code);
  return svg.over ? (Str){"", 0} : buf_str(&svg);
}
