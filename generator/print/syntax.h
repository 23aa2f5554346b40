/* PDF's own syntax: tokens of content streams and of objects written out as text.
 *
 * Source: ISO 32000-1, 7.2 and 7.3. Nothing is decoded: a token or value is the slice of the text that it is written
 * as. Owner: slices live as long as the text. Failure: none: what is no PDF syntax becomes words or ends early, and
 * nothing is read past the end. Nesting is counted, not recursed into, so that no input is too deep. */
#ifndef PAMPHLET_PRINT_SYNTAX_H
#define PAMPHLET_PRINT_SYNTAX_H

#include "base/str.h"

typedef enum PdfKind {
  PDF_END,
  PDF_NUMBER,
  PDF_NAME,   /* with its slash */
  PDF_STRING, /* (…) or <…> */
  PDF_OPEN,   /* [ or << */
  PDF_CLOSE,  /* ] or >> */
  PDF_WORD    /* an operator, true, false, null, R; also what is not understood */
} PdfKind;

typedef struct PdfLexer {
  Str text;
  size_t at;
} PdfLexer;

/* The next token; comments and white space are passed over. */
PdfKind pdf_token(PdfLexer *lexer, Str *token);
/* After the word ID of an inline image: moves behind its EI. */
void pdf_skip_inline_image(PdfLexer *lexer);
/* The next value of an array or dictionary: a token, all of an array or dictionary, or a reference `12 0 R`. Empty at
 * the end. */
Str pdf_value(PdfLexer *lexer);

/* Of a dictionary, with its << >>: the value of `key` ("/K"), or the empty Str. */
Str pdf_get(Str dictionary, Str key);
/* The dictionary with another value of `key`; an empty value takes the key out. */
Str pdf_with(Arena *arena, Str dictionary, Str key, Str value);
/* What is between the brackets, for reading by pdf_value(). */
PdfLexer pdf_inside(Str array_or_dictionary);
bool pdf_is_dictionary(Str value);
bool pdf_is_array(Str value);
/* The object that a reference names, or 0. */
int pdf_reference(Str value);
/* A whole number, or `otherwise`. */
int pdf_int(Str value, int otherwise);

/* The bytes of a string or name, its escapes resolved. */
Str pdf_bytes(Arena *arena, Str string_or_name);
/* Text (UTF-8) as a PDF text string: (ASCII) or <FEFF…> (ISO 32000-1, 7.9.2.2). */
Str pdf_text_string(Arena *arena, Str text);

#endif
