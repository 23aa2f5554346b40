#include "site/headers.h"

/* Pages hold no script or style of their own and load nothing from elsewhere, so a browser may refuse all of that
 * (Content Security Policy Level 3). `data:` is for the small pictures in style sheets. Camera, microphone and place
 * are nobody's business on a leaflet. */
const SiteHeader site_headers[] = {
    {"Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                                "form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "strict-origin-when-cross-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};
const size_t site_header_count = sizeof site_headers / sizeof *site_headers;

const char *headers_cache(bool named_by_content) {
  return named_by_content ? "public, max-age=31536000, immutable" : "no-cache";
}

Str headers_file(Arena *arena, Str base_path, bool assets_named_by_content) {
  Buf out = buf_new(arena, 1 << 16);
  buf_add(&out, base_path);
  buf_add_lit(&out, "*\n");
  for (size_t i = 0; i < site_header_count; i++)
    buf_add_format(&out, "  %s: %s\n", site_headers[i].name, site_headers[i].value);
  if (!assets_named_by_content) return buf_str(&out);
  buf_add_lit(&out, "\n");
  buf_add(&out, base_path);
  /* For all else the hosts' own Cache-Control is right, and a second one for the same path would be joined to it. */
  buf_add_format(&out, "assets/*\n  Cache-Control: %s\n", headers_cache(true));
  return buf_str(&out);
}
