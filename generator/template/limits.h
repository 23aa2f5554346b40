/* The bounds of the template language, in one place, each with the reason for its number.
 *
 * A template is written by people who are trusted to mean well and not trusted to be right: every page must end in
 * bounded time and memory. Every message about a bound names it. Units are given by each line. */
#ifndef PAMPHLET_TEMPLATE_LIMITS_H
#define PAMPHLET_TEMPLATE_LIMITS_H

enum {
  /* Bytes of one template. The largest template of a popular generator's themes is below 100 KB. */
  TEMPLATE_SOURCE_MOST = 1 << 20,
  /* Levels of parentheses, operators and filters in one expression. Each level takes about 1 KB of C stack in the
   * parser and as much in the evaluator; CPython's own parser stops at 200 parentheses. */
  TEMPLATE_EXPRESSION_DEPTH_MOST = 200,
  /* Statements inside each other in one file. People lose track at 10; CPython, and so Jinja, stops at 20 nested loops.
   */
  TEMPLATE_BLOCK_DEPTH_MOST = 100,
  /* Blocks of one file: names are compared one by one. The theme with most that we know has 60. */
  TEMPLATE_BLOCKS_MOST = 1000,
  /* Files including, extending or importing each other. Real themes stay below 10. */
  TEMPLATE_INCLUDE_DEPTH_MOST = 50,
  /* Macros, caller(), loop() and super() calls inside each other: a menu tree has fewer than 20 levels. Bounded by C
   * stack: see TEMPLATE_STACK_MOST. */
  TEMPLATE_CALL_DEPTH_MOST = 200,
  /* Bytes of C stack that one rendering may use: half of the usual 8 MiB. The counts above cannot foresee how deep an
   * expression stands inside a macro inside an include, or how large a sanitizer makes a frame. */
  TEMPLATE_STACK_MOST = 4 << 20,
  /* Values inside each other that are printed or compared: CPython stops at about 1000; data files have fewer than 20.
   */
  TEMPLATE_VALUE_DEPTH_MOST = 100,
  /* Steps of one page: expressions, statements, loop turns, items looked at by filters, and one for every 64 bytes of
   * text made. A page of 200 outputs takes about 2,000; this many take below 2 seconds. */
  TEMPLATE_STEPS_MOST = 20000000,
  /* Bytes of one text value and of one page: a hundred times the largest page anyone would want to load. */
  TEMPLATE_TEXT_MOST = 16 << 20,
  /* Bytes that one rendering may take from its scratch arena. */
  TEMPLATE_MEMORY_MOST = 256 << 20,
  /* Items of range() and of lists that are made by repetition: as Jinja's sandbox. */
  TEMPLATE_RANGE_MOST = 100000,
};

#endif
