#include "serve/html.h"

void html_begin(Buf *out, Str title) {
  buf_add_lit(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
  buf_add_escaped(out, title);
  buf_add_lit(out, "</title>\n<link rel=\"stylesheet\" href=\"/__preview.css\">\n</head>\n<body class=\"own\">\n"
                   "<nav aria-label=\"Preview\"><a href=\"/\">Site</a> <a href=\"/__pages\">Pages</a> "
                   "<a href=\"/__messages\">Messages</a></nav>\n<main>\n<h1>");
  buf_add_escaped(out, title);
  buf_add_lit(out, "</h1>\n");
}

void html_end(Buf *out) {
  buf_add_lit(out, "</main>\n</body>\n</html>\n");
}
