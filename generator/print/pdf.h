/* One PDF in memory, object by object, as text: libqpdf behind a few functions. Nothing else calls that library.
 *
 * An object is read and written as PDF writes it (print/syntax.h); its number stays the same until pdf_write().
 * Owner: pdf_open() to pdf_close(); texts are in the arena given to pdf_open().
 * Failure: once libqpdf refuses something, pdf_fault() says what, and nothing that was written since counts. */
#ifndef PAMPHLET_PRINT_PDF_H
#define PAMPHLET_PRINT_PDF_H

#include "base/str.h"

typedef struct Pdf {
  struct _qpdf_data *library;
  Arena *arena;
} Pdf;

bool pdf_open(Pdf *pdf, Arena *arena, Str bytes);
void pdf_close(Pdf *pdf);
/* What went wrong first, or the empty Str. */
Str pdf_fault(const Pdf *pdf);

int pdf_catalog(const Pdf *pdf);
Str pdf_trailer(const Pdf *pdf);
void pdf_put_trailer(const Pdf *pdf, Str key, Str value);
int pdf_page_count(const Pdf *pdf);
int pdf_page(const Pdf *pdf, int index); /* 0-based */

/* The object, of a stream its dictionary. */
Str pdf_object(const Pdf *pdf, int number);
/* What a value is: the object that it names, else itself. */
Str pdf_resolved(const Pdf *pdf, Str value);
void pdf_put(const Pdf *pdf, int number, Str object);
int pdf_add(const Pdf *pdf, Str object);
int pdf_add_stream(const Pdf *pdf, Str dictionary, Str bytes);
/* Decoded. False: it cannot be. */
bool pdf_stream(const Pdf *pdf, int number, Str *bytes);
void pdf_put_stream(const Pdf *pdf, int number, Str bytes);

/* The file, the same for the same objects. */
bool pdf_write(const Pdf *pdf, Str *bytes);

#endif
