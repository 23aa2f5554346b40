#include "check/measures.h"

#include "base/utf8.h"

#include <string.h>

typedef struct Word {
  Str text;
  uint8_t means;
} Word;

enum { UNIT_HOUR = 23 };

/* "h" is none of them: "20 h" is a time of day in Spanish. */
static const Word units[] = {
    {{"mg", 2}, 1},        {{"ملغم", 8}, 1},     {{"ملغ", 6}, 1},      {{"ملجم", 8}, 1},     {{"مجم", 6}, 1},
    {{"g", 1}, 2},         {{"غم", 4}, 2},       {{"جم", 4}, 2},       {{"غ", 2}, 2},        {{"kg", 2}, 3},
    {{"كغم", 6}, 3},       {{"كغ", 4}, 3},       {{"كجم", 6}, 3},      {{"mcg", 3}, 4},      {{"µg", 3}, 4},
    {{"μg", 3}, 4},        {{"ug", 2}, 4},       {{"مكغ", 6}, 4},      {{"ng", 2}, 5},       {{"ml", 2}, 6},
    {{"mL", 2}, 6},        {{"cc", 2}, 6},       {{"مل", 4}, 6},       {{"l", 1}, 7},        {{"L", 1}, 7},
    {{"لتر", 6}, 7},       {{"dl", 2}, 8},       {{"dL", 2}, 8},       {{"IU", 2}, 9},       {{"UI", 2}, 9},
    {{"mmol", 4}, 10},     {{"mEq", 3}, 11},     {{"°C", 3}, 12},      {{"ºC", 3}, 12},      {{"°م", 4}, 12},
    {{"°F", 3}, 13},       {{"ºF", 3}, 13},      {{"°ف", 4}, 13},      {{"mmHg", 4}, 14},    {{"kPa", 3}, 15},
    {{"km", 2}, 16},       {{"m²", 3}, 28},      {{"m2", 2}, 28},      {{"m", 1}, 17},       {{"cm", 2}, 18},
    {{"mm", 2}, 19},       {{"%", 1}, 20},       {{"٪", 2}, 20},       {{"seconds", 7}, 21}, {{"second", 6}, 21},
    {{"segundos", 8}, 21}, {{"segundo", 7}, 21}, {{"ثانية", 10}, 21},  {{"ثوان", 8}, 21},    {{"ثواني", 10}, 21},
    {{"minutes", 7}, 22},  {{"minute", 6}, 22},  {{"min", 3}, 22},     {{"minutos", 7}, 22}, {{"minuto", 6}, 22},
    {{"دقيقة", 10}, 22},   {{"دقائق", 10}, 22},  {{"hours", 5}, 23},   {{"hour", 4}, 23},    {{"horas", 5}, 23},
    {{"hora", 4}, 23},     {{"ساعة", 8}, 23},    {{"ساعات", 10}, 23},  {{"days", 4}, 24},    {{"day", 3}, 24},
    {{"días", 5}, 24},     {{"día", 4}, 24},     {{"يوم", 6}, 24},     {{"أيام", 8}, 24},    {{"ايام", 8}, 24},
    {{"يوما", 8}, 24},     {{"يومًا", 10}, 24},   {{"weeks", 5}, 25},   {{"week", 4}, 25},    {{"semanas", 7}, 25},
    {{"semana", 6}, 25},   {{"أسبوع", 10}, 25},  {{"أسابيع", 12}, 25}, {{"اسبوع", 10}, 25},  {{"اسابيع", 12}, 25},
    {{"أسبوعا", 12}, 25},  {{"أسبوعًا", 14}, 25}, {{"months", 6}, 26},  {{"month", 5}, 26},   {{"meses", 5}, 26},
    {{"mes", 3}, 26},      {{"شهر", 6}, 26},     {{"أشهر", 8}, 26},    {{"شهور", 8}, 26},    {{"شهرا", 8}, 26},
    {{"شهرًا", 10}, 26},    {{"years", 5}, 27},   {{"year", 4}, 27},    {{"años", 5}, 27},    {{"año", 4}, 27},
    {{"سنة", 6}, 27},      {{"سنوات", 10}, 27},  {{"عام", 6}, 27},     {{"أعوام", 10}, 27},  {{"عاما", 8}, 27},
    {{"عامًا", 10}, 27},
};

static const Word months[] = {
    {{"January", 7}, 1},     {{"February", 8}, 2},    {{"March", 5}, 3},      {{"April", 5}, 4},
    {{"May", 3}, 5},         {{"June", 4}, 6},        {{"July", 4}, 7},       {{"August", 6}, 8},
    {{"September", 9}, 9},   {{"October", 7}, 10},    {{"November", 8}, 11},  {{"December", 8}, 12},
    {{"Jan", 3}, 1},         {{"Feb", 3}, 2},         {{"Mar", 3}, 3},        {{"Apr", 3}, 4},
    {{"Jun", 3}, 6},         {{"Jul", 3}, 7},         {{"Aug", 3}, 8},        {{"Sep", 3}, 9},
    {{"Oct", 3}, 10},        {{"Nov", 3}, 11},        {{"Dec", 3}, 12},       {{"Sept", 4}, 9},
    {{"enero", 5}, 1},       {{"Enero", 5}, 1},       {{"febrero", 7}, 2},    {{"Febrero", 7}, 2},
    {{"marzo", 5}, 3},       {{"Marzo", 5}, 3},       {{"abril", 5}, 4},      {{"Abril", 5}, 4},
    {{"mayo", 4}, 5},        {{"Mayo", 4}, 5},        {{"junio", 5}, 6},      {{"Junio", 5}, 6},
    {{"julio", 5}, 7},       {{"Julio", 5}, 7},       {{"agosto", 6}, 8},     {{"Agosto", 6}, 8},
    {{"septiembre", 10}, 9}, {{"Septiembre", 10}, 9}, {{"octubre", 7}, 10},   {{"Octubre", 7}, 10},
    {{"noviembre", 9}, 11},  {{"Noviembre", 9}, 11},  {{"diciembre", 9}, 12}, {{"Diciembre", 9}, 12},
    {{"setiembre", 9}, 9},   {{"يناير", 10}, 1},      {{"فبراير", 12}, 2},    {{"مارس", 8}, 3},
    {{"أبريل", 10}, 4},      {{"مايو", 8}, 5},        {{"يونيو", 10}, 6},     {{"يوليو", 10}, 7},
    {{"أغسطس", 10}, 8},      {{"سبتمبر", 12}, 9},     {{"أكتوبر", 12}, 10},   {{"نوفمبر", 12}, 11},
    {{"ديسمبر", 12}, 12},    {{"ابريل", 10}, 4},      {{"اغسطس", 10}, 8},     {{"اكتوبر", 12}, 10},
};

Str measures_unit(uint8_t unit) {
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (units[i].means == unit) return units[i].text;
  return (Str){"", 0};
}

bool measures_is_hour(uint8_t unit) {
  return unit == UNIT_HOUR;
}

size_t measures_skip_space(Str text, size_t at) {
  static const Str spaces[] = {{"\xC2\xA0", 2}, {"\xE2\x80\xAF", 3}, {"&nbsp;", 6}};
  if (at < text.len && text.s[at] == ' ') return at + 1;
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
    if (str_starts(str_skip(text, at), spaces[i])) return at + spaces[i].len;
  return at;
}

static bool is_emphasis(char c) {
  return c == '*' || c == '_';
}

/* To the word behind a number: past a space and the stars of `**5** mg`. */
static size_t next_word(Str text, size_t at) {
  while (at < text.len && is_emphasis(text.s[at])) at++;
  at = measures_skip_space(text, at);
  while (at < text.len && is_emphasis(text.s[at])) at++;
  return at;
}

static bool letter_at(Str text, size_t at) {
  return at < text.len && utf8_is_letter(utf8_next(text, &at));
}

static const Word *word_at(Str text, size_t at, const Word *words, size_t count) {
  if (at >= text.len) return NULL;
  char first = text.s[at];
  for (size_t i = 0; i < count; i++)
    if (words[i].text.s[0] == first && str_starts(str_skip(text, at), words[i].text) &&
        !letter_at(text, at + words[i].text.len))
      return &words[i];
  return NULL;
}

static void read_unit(Str text, size_t at, Measure *measure) {
  enum { COUNT = sizeof units / sizeof *units };
  const Word *unit = word_at(text, at, units, COUNT);
  if (!unit) return;
  measure->unit = unit->means;
  at += unit->text.len;
  if (at >= text.len || text.s[at] != '/') return;
  const Word *per = word_at(text, at + 1, units, COUNT);
  if (per) measure->per = per->means;
}

/* "4 March", "4 de marzo". */
static const Word *month_after(Str text, size_t at) {
  if (str_starts(str_skip(text, at), STR("de "))) at += 3;
  return word_at(text, at, months, sizeof months / sizeof *months);
}

/* "March 4", "marzo de 2026". */
static const Word *month_before(Str text, size_t at) {
  if (at < 2 || text.s[at - 1] != ' ') return NULL;
  size_t end = at - 1;
  if (end > 3 && memcmp(text.s + end - 3, " de", 3) == 0) end -= 3;
  size_t begin = end;
  while (begin > 0 && ((unsigned char)text.s[begin - 1] >= 0x80 || ascii_is_alpha(text.s[begin - 1]))) begin--;
  const Word *month = word_at(str_slice(text, 0, end), begin, months, sizeof months / sizeof *months);
  if (!month || begin + month->text.len != end) return NULL;
  /* "26 de junio de 2026": the month is said of its day already. */
  size_t before = begin;
  if (before > 3 && memcmp(text.s + before - 3, "de ", 3) == 0) before -= 3;
  return before > 1 && text.s[before - 1] == ' ' && ascii_is_digit(text.s[before - 2]) ? NULL : month;
}

Measure measures_around(Str text, size_t begin, size_t end) {
  Measure measure = {0};
  size_t at = next_word(text, end);
  if (at < text.len) read_unit(text, at, &measure);
  if (measure.unit) return measure;
  const Word *month = month_after(text, at);
  if (!month) month = month_before(text, begin);
  if (month) measure.month = month->means;
  return measure;
}
