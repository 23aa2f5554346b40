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

/* No long bar, across or down, and about as much dark as light: what a mask is for. */
static bool is_even(const QRcode *code) {
  enum { BAR_MOST = 12 }; /* modules; the frame of a corner mark has 7 */
  int width = code->width;
  int dark = 0;
  for (int i = 0; i < width; i++) {
    int across = 0;
    int down = 0;
    for (int j = 0; j < width; j++) {
      dark += code->data[i * width + j] & 1;
      across = j && !((code->data[i * width + j] ^ code->data[i * width + j - 1]) & 1) ? across + 1 : 1;
      down = j && !((code->data[j * width + i] ^ code->data[(j - 1) * width + i]) & 1) ? down + 1 : 1;
      if (across > BAR_MOST || down > BAR_MOST) return false;
    }
  }
  return dark * 100 >= 40 * width * width && dark * 100 <= 60 * width * width;
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
