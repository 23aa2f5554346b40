#include "print/pdf.h"

#include "print/syntax.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>

static bool failed(QPDF_ERROR_CODE code) {
  return (code & (QPDF_ERRORS)) != 0;
}

bool pdf_open(Pdf *pdf, Arena *arena, Str bytes) {
  *pdf = (Pdf){qpdf_init(), arena};
  qpdf_set_suppress_warnings(pdf->library, QPDF_TRUE);
  qpdf_silence_errors(pdf->library);
  return !failed(qpdf_read_memory(pdf->library, "printed", bytes.s, bytes.len, NULL));
}

void pdf_close(Pdf *pdf) {
  qpdf_cleanup(&pdf->library);
}

Str pdf_fault(const Pdf *pdf) {
  if (!qpdf_has_error(pdf->library)) return (Str){"", 0};
  qpdf_error error = qpdf_get_error(pdf->library);
  return str_copy(pdf->arena, str_from_c(qpdf_get_error_full_text(pdf->library, error)));
}

/* Handles are given back at once: the library keeps a table of them that would grow with each call. */
static Str text_of(const Pdf *pdf, qpdf_oh object) {
  const char *text = qpdf_oh_unparse_resolved(pdf->library, object);
  Str copy = str_copy(pdf->arena, str_from(text, qpdf_get_last_string_length(pdf->library)));
  qpdf_oh_release(pdf->library, object);
  return copy;
}

static int number_of(const Pdf *pdf, qpdf_oh object) {
  int number = qpdf_oh_get_object_id(pdf->library, object);
  qpdf_oh_release(pdf->library, object);
  return number;
}

static qpdf_oh find(const Pdf *pdf, int number) {
  return qpdf_get_object_by_id(pdf->library, number, 0);
}

/* An object of its text. The library's own parser takes no references, so what holds one is put together here. */
static qpdf_oh parse(const Pdf *pdf, Str text) {
  int number = pdf_reference(text);
  if (number) return find(pdf, number);
  bool dictionary = pdf_is_dictionary(text);
  if (str_find(text, STR(" R")) == STR_NONE || !(dictionary || pdf_is_array(text)))
    return qpdf_oh_parse(pdf->library, str_to_c(pdf->arena, text));
  qpdf_oh object = dictionary ? qpdf_oh_new_dictionary(pdf->library) : qpdf_oh_new_array(pdf->library);
  PdfLexer lexer = pdf_inside(text);
  for (;;) {
    Str key = dictionary ? pdf_value(&lexer) : (Str){"", 0};
    Str value = pdf_value(&lexer);
    if (!value.len) return object;
    qpdf_oh item = parse(pdf, value);
    if (dictionary)
      qpdf_oh_replace_key(pdf->library, object, str_to_c(pdf->arena, key), item);
    else
      qpdf_oh_append_item(pdf->library, object, item);
    qpdf_oh_release(pdf->library, item);
  }
}

int pdf_catalog(const Pdf *pdf) {
  return number_of(pdf, qpdf_get_root(pdf->library));
}

Str pdf_trailer(const Pdf *pdf) {
  return text_of(pdf, qpdf_get_trailer(pdf->library));
}

void pdf_put_trailer(const Pdf *pdf, Str key, Str value) {
  qpdf_oh trailer = qpdf_get_trailer(pdf->library);
  qpdf_oh object = parse(pdf, value);
  qpdf_oh_replace_key(pdf->library, trailer, str_to_c(pdf->arena, key), object);
  qpdf_oh_release(pdf->library, object);
  qpdf_oh_release(pdf->library, trailer);
}

int pdf_page_count(const Pdf *pdf) {
  int count = qpdf_get_num_pages(pdf->library);
  return count > 0 ? count : 0;
}

int pdf_page(const Pdf *pdf, int index) {
  return number_of(pdf, qpdf_get_page_n(pdf->library, (size_t)index));
}

Str pdf_object(const Pdf *pdf, int number) {
  qpdf_oh object = find(pdf, number);
  if (!qpdf_oh_is_stream(pdf->library, object)) return text_of(pdf, object);
  qpdf_oh dictionary = qpdf_oh_get_dict(pdf->library, object);
  qpdf_oh_release(pdf->library, object);
  return text_of(pdf, dictionary);
}

Str pdf_resolved(const Pdf *pdf, Str value) {
  int number = pdf_reference(value);
  return number ? pdf_object(pdf, number) : value;
}

void pdf_put(const Pdf *pdf, int number, Str text) {
  qpdf_oh object = parse(pdf, text);
  qpdf_replace_object(pdf->library, number, 0, object);
  qpdf_oh_release(pdf->library, object);
}

int pdf_add(const Pdf *pdf, Str text) {
  qpdf_oh direct = parse(pdf, text);
  int number = number_of(pdf, qpdf_make_indirect_object(pdf->library, direct));
  qpdf_oh_release(pdf->library, direct);
  return number;
}

static void put_bytes(const Pdf *pdf, qpdf_oh stream, Str bytes) {
  qpdf_oh none = qpdf_oh_new_null(pdf->library);
  qpdf_oh_replace_stream_data(pdf->library, stream, (const unsigned char *)bytes.s, bytes.len, none, none);
  qpdf_oh_release(pdf->library, none);
}

int pdf_add_stream(const Pdf *pdf, Str dictionary, Str bytes) {
  qpdf_oh stream = qpdf_oh_new_stream(pdf->library);
  qpdf_oh parsed = qpdf_oh_get_dict(pdf->library, stream);
  PdfLexer lexer = pdf_inside(dictionary);
  for (;;) {
    Str key = pdf_value(&lexer);
    Str value = pdf_value(&lexer);
    if (!value.len) break;
    qpdf_oh object = parse(pdf, value);
    qpdf_oh_replace_key(pdf->library, parsed, str_to_c(pdf->arena, key), object);
    qpdf_oh_release(pdf->library, object);
  }
  qpdf_oh_release(pdf->library, parsed);
  put_bytes(pdf, stream, bytes);
  return number_of(pdf, stream);
}

bool pdf_stream(const Pdf *pdf, int number, Str *bytes) {
  qpdf_oh stream = find(pdf, number);
  unsigned char *data = NULL;
  size_t len = 0;
  QPDF_BOOL decoded = QPDF_FALSE;
  bool good = qpdf_oh_is_stream(pdf->library, stream) &&
              !failed(qpdf_oh_get_stream_data(pdf->library, stream, qpdf_dl_generalized, &decoded, &data, &len)) &&
              decoded;
  *bytes = good ? str_copy(pdf->arena, str_from(data, len)) : (Str){"", 0};
  free(data);
  qpdf_oh_release(pdf->library, stream);
  return good;
}

void pdf_put_stream(const Pdf *pdf, int number, Str bytes) {
  qpdf_oh stream = find(pdf, number);
  put_bytes(pdf, stream, bytes);
  qpdf_oh_release(pdf->library, stream);
}

bool pdf_write(const Pdf *pdf, Str *bytes) {
  if (qpdf_has_error(pdf->library)) return false;
  if (failed(qpdf_init_write_memory(pdf->library))) return false;
  qpdf_set_object_stream_mode(pdf->library, qpdf_o_generate);
  qpdf_set_deterministic_ID(pdf->library, QPDF_TRUE);
  qpdf_force_pdf_version(pdf->library, "1.7");
  if (failed(qpdf_write(pdf->library))) return false;
  *bytes = str_copy(pdf->arena, str_from(qpdf_get_buffer(pdf->library), qpdf_get_buffer_length(pdf->library)));
  return true;
}
