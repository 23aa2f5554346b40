/* What a sheet of paper has no room for, as far as the text tells: cards longer than the sheet, tables wider than it.
 *
 * Estimates that are low on purpose, on A4 with the margins and the size of css/print.css: what is reported does not
 * fit. `pamphlet print` measures what is printed (print/lint.h). */
#include "markdown/work.h"

#include "base/utf8.h"

/* 255 mm between the margins, lines of 12pt * 1.3: 46 and a third. */
enum { LINES_MOST = 46 };
/* In 170 mm; of Arial and of Noto Naskh Arabic, which are narrow. */
enum { LETTERS_A_LINE = 90 };
/* Tenths of a millimetre: what A4 has between the margins, the sides of a cell, a letter of 12pt Arial, and one of 12pt
 * and 18pt DejaVu Sans, bold, which is wide. */
enum { WIDTH_MOST = 1780, CELL_SIDES = 40, LETTER_WIDTH = 20, LETTER_WIDE = 27, LETTER_LARGE = 41 };

static size_t lines_of(Str text) {
  size_t lines = 0;
  while (text.len) {
    Str line;
    str_cut(text, '\n', &line, &text);
    size_t letters = utf8_count(line);
    lines += letters ? (letters + LETTERS_A_LINE - 1) / LETTERS_A_LINE : 0;
  }
  return lines;
}

void paper_check_card(Work *work, size_t from, Span title) {
  size_t lines = lines_of(html_plain_since(work, from));
  if (lines > LINES_MOST)
    DIAG(work->options->diags, CARD_PAPER, title, str_format(work->scratch, "%zu", lines),
         str_format(work->scratch, "%d", LINES_MOST));
}

void paper_enter_table(Work *work) {
  work->table_letters = ARENA_ARRAY(work->scratch, size_t, work->table_columns + 1);
}

/* A column is at least as wide as its longest word. */
void paper_add_cell(Work *work, Str text) {
  size_t letters = 0;
  if (work->table_column >= work->table_columns) return;
  size_t *most = &work->table_letters[work->table_column];
  for (size_t at = 0; at < text.len;) {
    uint32_t c = utf8_next(text, &at);
    letters = utf8_is_space(c) || c == '-' || c == '/' ? 0 : letters + 1; /* lines break there */
    if (letters > *most) *most = letters;
  }
}

static size_t table_width(const Work *work, size_t letter) {
  size_t width = 0;
  for (size_t i = 0; i < work->table_columns; i++) width += work->table_letters[i] * letter + CELL_SIDES;
  return width;
}

/* What may not fit is told to the style sheet, which then breaks words of that table when it is printed. */
Str paper_table_class(const Work *work) {
  if (table_width(work, LETTER_WIDE) > WIDTH_MOST) return STR(" table-wide");
  return table_width(work, LETTER_LARGE) > WIDTH_MOST ? STR(" table-wide-large") : STR("");
}

void paper_check_table(Work *work, const cmark_node *table) {
  size_t width = table_width(work, LETTER_WIDTH);
  if (width > WIDTH_MOST)
    DIAG(work->options->diags, TABLE_PAPER, positions_line(work, table->start_line),
         str_format(work->scratch, "%.1f", (double)width / 100), str_format(work->scratch, "%.1f", WIDTH_MOST / 100.0));
}
