#include "site/feeds.h"

#include <libxml/xmlwriter.h>

Str feeds_absolute(const Site *site, Arena *arena, Str url) {
  return STR_CONCAT(arena, site->settings.base_url, str_skip(url, site->settings.base_path.len));
}

/* A document that is being written. */
typedef struct Xml {
  Arena *arena;
  xmlBufferPtr buffer;
  xmlTextWriterPtr writer;
} Xml;

static bool xml_open(Xml *xml, Arena *arena) {
  xml->arena = arena;
  xml->buffer = xmlBufferCreate();
  xml->writer = xml->buffer ? xmlNewTextWriterMemory(xml->buffer, 0) : NULL;
  if (!xml->writer) {
    if (xml->buffer) xmlBufferFree(xml->buffer);
    return false;
  }
  xmlTextWriterSetIndent(xml->writer, 1);
  xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL);
  return true;
}

static Str xml_close(Xml *xml) {
  xmlTextWriterEndDocument(xml->writer);
  xmlFreeTextWriter(xml->writer);
  Str text = str_copy(xml->arena, str_from(xmlBufferContent(xml->buffer), (size_t)xmlBufferLength(xml->buffer)));
  xmlBufferFree(xml->buffer);
  return text;
}

static void begin(Xml *xml, const char *name) {
  xmlTextWriterStartElement(xml->writer, BAD_CAST name);
}

static void end(Xml *xml) {
  xmlTextWriterEndElement(xml->writer);
}

/* XML 1.0 has no control characters but tab and line ends, not even as references (section 2.2), and HTML gives no way
 * to see them: a space stands for them. */
static const char *allowed(Xml *xml, Str text) {
  char *copy = str_to_c(xml->arena, text);
  for (char *c = copy; *c; c++)
    if ((unsigned char)*c < 0x20 && !ascii_is_space(*c)) *c = ' ';
  return copy;
}

static void attribute(Xml *xml, const char *name, Str value) {
  xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, BAD_CAST allowed(xml, value));
}

static void element(Xml *xml, const char *name, Str text) {
  xmlTextWriterWriteElement(xml->writer, BAD_CAST name, BAD_CAST allowed(xml, text));
}

/* Authors' pages, then the lists that the generator made. Fallbacks repeat what stands elsewhere. */
static size_t sitemap_count(const Site *site) {
  return site->page_count + site->generated_count;
}

static const Page *sitemap_at(const Site *site, size_t index) {
  return index < site->page_count ? &site->pages[index] : &site->generated[index - site->page_count];
}

size_t feeds_sitemap_parts(const Site *site) {
  return sitemap_count(site) ? (sitemap_count(site) + SITEMAP_MOST - 1) / SITEMAP_MOST : 1;
}

static void alternate(Xml *xml, Str lang, Str url) {
  begin(xml, "xhtml:link");
  attribute(xml, "rel", STR("alternate"));
  attribute(xml, "hreflang", lang);
  attribute(xml, "href", url);
  end(xml);
}

static void sitemap_page(const Site *site, Xml *xml, const Page *page) {
  begin(xml, "url");
  element(xml, "loc", feeds_absolute(site, xml->arena, page->file->url));
  Str changed = site_page_changed(page);
  if (changed.len) element(xml, "lastmod", changed);
  if (site_is_translated(page)) {
    for (size_t i = 0; i < page->translation_count; i++) {
      const Page *other = page->translations[i];
      if (other->original) continue;
      Str url = feeds_absolute(site, xml->arena, other->file->url);
      alternate(xml, other->file->lang, url);
      if (other->file->language == 0) alternate(xml, STR("x-default"), url);
    }
  }
  end(xml);
}

static Str sitemap_index(const Site *site, Arena *arena) {
  Xml xml;
  if (!xml_open(&xml, arena)) return (Str){"", 0};
  begin(&xml, "sitemapindex");
  attribute(&xml, "xmlns", STR("http://www.sitemaps.org/schemas/sitemap/0.9"));
  for (size_t i = 0; i < feeds_sitemap_parts(site); i++) {
    begin(&xml, "sitemap");
    element(&xml, "loc", STR_CONCAT(arena, site->settings.base_url, str_format(arena, "sitemap-%zu.xml", i + 1)));
    end(&xml);
  }
  end(&xml);
  return xml_close(&xml);
}

Str feeds_sitemap(const Site *site, Arena *arena, int part) {
  if (part < 0) return sitemap_index(site, arena);
  Xml xml;
  if (!xml_open(&xml, arena)) return (Str){"", 0};
  begin(&xml, "urlset");
  attribute(&xml, "xmlns", STR("http://www.sitemaps.org/schemas/sitemap/0.9"));
  if (site->settings.language_count > 1) attribute(&xml, "xmlns:xhtml", STR("http://www.w3.org/1999/xhtml"));
  size_t first = (size_t)part * SITEMAP_MOST;
  for (size_t i = first; i < sitemap_count(site) && i < first + SITEMAP_MOST; i++) {
    const Page *page = sitemap_at(site, i);
    if (site_has_page(site, page) && !page->original) sitemap_page(site, &xml, page);
  }
  end(&xml);
  return xml_close(&xml);
}

static bool is_before(Str changed, const Page *page, Str other_changed, const Page *other) {
  int order = str_compare(changed, other_changed);
  return order ? order > 0 : str_compare(page->file->path, other->file->path) < 0;
}

/* Few are kept and most pages are older than all of them, so that no page costs more than a look. */
size_t feeds_newest(const Site *site, size_t language, bool (*wanted)(const Page *page),
                    const Page *newest[FEED_MOST]) {
  Str dates[FEED_MOST];
  size_t count = 0;
  for (size_t i = 0; i < site->page_count; i++) {
    const Page *page = &site->pages[i];
    if (page->file->language != language || !site_has_page(site, page) || (wanted && !wanted(page))) continue;
    Str changed = site_page_changed(page);
    if (!changed.len) continue;
    if (count == FEED_MOST && !is_before(changed, page, dates[count - 1], newest[count - 1])) continue;
    size_t at = count < FEED_MOST ? count++ : count - 1;
    for (; at > 0 && is_before(changed, page, dates[at - 1], newest[at - 1]); at--) {
      dates[at] = dates[at - 1];
      newest[at] = newest[at - 1];
    }
    dates[at] = changed;
    newest[at] = page;
  }
  return count;
}

static Str timestamp(Arena *arena, Str date) {
  return STR_CONCAT(arena, date, STR("T00:00:00Z"));
}

static void feed_link(Xml *xml, Str rel, Str url) {
  begin(xml, "link");
  if (rel.len) attribute(xml, "rel", rel);
  attribute(xml, "href", url);
  end(xml);
}

static void feed_entry(const Site *site, Xml *xml, const Page *page) {
  Str url = feeds_absolute(site, xml->arena, page->file->url);
  begin(xml, "entry");
  element(xml, "title", page->title);
  element(xml, "id", url);
  feed_link(xml, (Str){"", 0}, url);
  element(xml, "updated", timestamp(xml->arena, site_page_changed(page)));
  if (page->description.len) element(xml, "summary", page->description);
  end(xml);
}

Str feeds_path(const Site *site, Arena *arena, size_t language) {
  if (language == 0) return STR("feed.xml");
  return STR_CONCAT(arena, site->settings.languages[language], STR("/feed.xml"));
}

Str feeds_atom(const Site *site, Arena *arena, size_t language) {
  Str lang = site->settings.languages[language];
  const Page *pages[FEED_MOST];
  size_t count = feeds_newest(site, language, NULL, pages);
  Str home = feeds_absolute(site, arena, site->homes[language]->file->url);
  Str self = STR_CONCAT(arena, site->settings.base_url, feeds_path(site, arena, language));
  Xml xml;
  if (!xml_open(&xml, arena)) return (Str){"", 0};
  begin(&xml, "feed");
  attribute(&xml, "xmlns", STR("http://www.w3.org/2005/Atom"));
  attribute(&xml, "xml:lang", lang);
  const SiteWords *words = &site->settings.words[language];
  element(&xml, "title", words->title);
  if (words->description.len) element(&xml, "subtitle", words->description);
  element(&xml, "id", home);
  feed_link(&xml, STR("self"), self);
  feed_link(&xml, (Str){"", 0}, home);
  element(&xml, "updated", timestamp(arena, count ? site_page_changed(pages[0]) : STR("1970-01-01")));
  begin(&xml, "author");
  element(&xml, "name", words->title);
  end(&xml);
  for (size_t i = 0; i < count; i++) feed_entry(site, &xml, pages[i]);
  end(&xml);
  return xml_close(&xml);
}

Str feeds_robots(const Site *site, Arena *arena) {
  return STR_CONCAT(arena, STR("User-agent: *\nAllow: /\n\nSitemap: "), site->settings.base_url, STR("sitemap.xml\n"));
}
