#include "theme/qr.h"

#include "base/buf.h"

#include <qrencode.h>

enum { QUIET = 4, SVG_MOST = 1 << 18 }; /* the largest code has 177 × 177 modules, half of them dark: 90 KB */

/* A line one module high along the dark runs of a row: half the bytes of rectangles. */
static void add_row(Buf *svg, const unsigned char *modules, int width, int row) {
  int pen = -1; /* where the line ends; -1: no run in this row yet */
  for (int x = 0; x < width;) {
    int begin = x;
    bool dark = modules[x] & 1;
    while (x < width && (bool)(modules[x] & 1) == dark) x++;
    if (!dark) continue;
    if (pen < 0)
      buf_add_format(svg, "M%d %d", begin, row);
    else
      buf_add_format(svg, "m%d 0", begin - pen);
    buf_add_format(svg, "h%d", x - begin);
    pen = x;
  }
}

Str qr_svg(Arena *arena, Str text, Str label) {
  QRcode *code = QRcode_encodeString8bit(str_to_c(arena, text), 0, QR_ECLEVEL_M);
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
