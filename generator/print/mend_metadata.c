/* Source: ISO 14289-1, 5 and 7.1: XMP with the title and the mark of PDF/UA; ISO 32000-1, 14.3. */
#include "base/buf.h"
#include "print/mend.h"
#include "print/syntax.h"

#define XMP_BYTES_MOST ((size_t)1 << 20)

static void add_element(Buf *xmp, const char *name, Str text) {
  if (!text.len) return;
  buf_add_format(xmp, "<%s>", name);
  buf_add_escaped(xmp, text);
  buf_add_format(xmp, "</%s>\n", name);
}

/* An array of one, as Dublin Core wants it: Alt, Bag or Seq. */
static void add_array(Buf *xmp, const char *name, const char *kind, const char *attributes, Str text) {
  if (!text.len) return;
  buf_add_format(xmp, "<%s><rdf:%s><rdf:li%s>", name, kind, attributes);
  buf_add_escaped(xmp, text);
  buf_add_format(xmp, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

static Str make_xmp(Arena *arena, const MendWords *words) {
  Buf xmp = buf_new(arena, XMP_BYTES_MOST);
  Str moment = words->date.len ? STR_CONCAT(arena, words->date, STR("T00:00:00Z")) : (Str){"", 0};
  buf_add_lit(&xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                    "<pdfuaid:part>1</pdfuaid:part>\n");
  add_array(&xmp, "dc:title", "Alt", " xml:lang=\"x-default\"", words->title);
  add_array(&xmp, "dc:language", "Bag", "", words->lang);
  add_array(&xmp, "dc:creator", "Seq", "", words->author);
  add_element(&xmp, "dc:identifier", words->reference);
  add_element(&xmp, "xmp:CreateDate", moment);
  add_element(&xmp, "xmp:ModifyDate", moment);
  add_element(&xmp, "xmp:CreatorTool", STR("pamphlet " PAMPHLET_VERSION));
  buf_add_lit(&xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
  return buf_str(&xmp);
}

/* "2026-10-05" → "D:20261005000000Z" */
static Str pdf_date(Arena *arena, Str date) {
  if (date.len < 10) return (Str){"", 0};
  return STR_CONCAT(arena, STR("(D:"), str_slice(date, 0, 4), str_slice(date, 5, 7), str_slice(date, 8, 10),
                    STR("000000Z)"));
}

static Str make_info(Arena *arena, const MendWords *words, Str producer) {
  Str info = STR("<< >>");
  Str date = pdf_date(arena, words->date);
  info = pdf_with(arena, info, STR("/Title"), pdf_text_string(arena, words->title));
  if (words->author.len) info = pdf_with(arena, info, STR("/Author"), pdf_text_string(arena, words->author));
  info = pdf_with(arena, info, STR("/Creator"), STR("(pamphlet " PAMPHLET_VERSION ")"));
  info = pdf_with(arena, info, STR("/Producer"), producer);
  info = pdf_with(arena, info, STR("/CreationDate"), date);
  return pdf_with(arena, info, STR("/ModDate"), date);
}

void mend_metadata(const Pdf *pdf, const MendWords *words) {
  Arena *arena = pdf->arena;
  int catalog_number = pdf_catalog(pdf);
  int xmp = pdf_add_stream(pdf, STR("<< /Type /Metadata /Subtype /XML >>"), make_xmp(arena, words));
  Str catalog = pdf_object(pdf, catalog_number);
  catalog = pdf_with(arena, catalog, STR("/Metadata"), str_format(arena, "%d 0 R", xmp));
  catalog = pdf_with(arena, catalog, STR("/Lang"), pdf_text_string(arena, words->lang));
  catalog = pdf_with(arena, catalog, STR("/MarkInfo"), STR("<< /Marked true >>"));
  catalog =
      pdf_with(arena, catalog, STR("/ViewerPreferences"),
               words->rtl ? STR("<< /DisplayDocTitle true /Direction /R2L >>") : STR("<< /DisplayDocTitle true >>"));
  pdf_put(pdf, catalog_number, catalog);
  Str before = pdf_resolved(pdf, pdf_get(pdf_trailer(pdf), STR("/Info")));
  int info = pdf_add(pdf, make_info(arena, words, pdf_get(before, STR("/Producer"))));
  pdf_put_trailer(pdf, STR("/Info"), str_format(arena, "%d 0 R", info));
}
