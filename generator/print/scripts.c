#include "print/scripts.h"

#include "data/json.h"

#define SCRIPT_BYTES_MOST ((size_t)16 << 20)

/* `words` joins text as it is read: a box inside a heading (the label of a card) is a word of its own.
 * Chromium 156 keeps `lang` of elements with a role alone; a `group` is a Div for it. */
static const char prepare[] =
    "(async () => {\n"
    "  const shown = (element) => element.getClientRects().length > 0;\n"
    "  const inline = (element) => getComputedStyle(element).display === 'inline';\n"
    "  const words = (element) => {\n"
    "    let text = '';\n"
    "    let last = null;\n"
    "    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);\n"
    "    for (let node = walker.nextNode(); node; node = walker.nextNode()) {\n"
    "      if (node.nodeType === Node.ELEMENT_NODE) {\n"
    "        if (node.localName === 'img' && node.alt) text += ' ' + node.alt + ' ';\n"
    "        continue;\n"
    "      }\n"
    "      const parent = node.parentElement;\n"
    "      if (!shown(parent)) continue;\n"
    "      if (last && last !== parent && !(inline(last) && inline(parent))) text += ' ';\n"
    "      text += node.data;\n"
    "      last = parent;\n"
    "    }\n"
    "    return text.replace(/\\u00AD/g, '').replace(/[ \\t\\r\\n]+/g, ' ').trim();\n"
    "  };\n"
    "  for (const element of document.querySelectorAll('body div[lang], body span[lang], body bdi[lang]'))\n"
    "    if (!element.hasAttribute('role')) element.setAttribute('role', 'group');\n"
    "  for (const rule of document.querySelectorAll('hr')) rule.setAttribute('aria-hidden', 'true');\n"
    "  await document.fonts.ready;\n"
    "  const broken = [];\n"
    "  await Promise.all([...document.images].map((picture) =>\n"
    "    picture.decode().catch(() => broken.push(picture.alt || picture.src.slice(0, 80)))));\n"
    "  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown)\n"
    "    .map((heading) => ({ level: Number(heading.localName[1]), text: words(heading) }));\n"
    "  const links = [...document.querySelectorAll('a[href]')].filter(shown)\n"
    "    .map((link) => ({ href: link.href, text: link.getAttribute('aria-label') || words(link) }));\n"
    "  return { headings, links, broken };\n"
    "})()";

const Str script_prepare = {prepare, sizeof prepare - 1};

Str script_fill(Arena *arena, Value texts) {
  Buf script = buf_new(arena, SCRIPT_BYTES_MOST);
  buf_add_lit(&script, "{ const texts = ");
  json_write(&script, texts, JSON_OUT_COMPACT, 0);
  buf_add_lit(&script, "; for (const place of document.querySelectorAll('[data-page-of]'))"
                       " if (texts[place.dataset.pageOf]) place.textContent = texts[place.dataset.pageOf]; }");
  return buf_str(&script);
}
