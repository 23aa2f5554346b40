#include "check/syllables.h"

#include "base/utf8.h"

#include <string.h>

enum { LETTERS_MOST = 64 }; /* of a word that is looked at; the longest in medicine have under 50 */

/* The ASCII letters of a word, small. */
typedef struct Letters {
  char s[LETTERS_MOST + 1];
  size_t len;
} Letters;

static bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool ends(const Letters *word, const char *end) {
  size_t len = strlen(end);
  return word->len >= len && !memcmp(word->s + word->len - len, end, len);
}

/* --- English --- */

typedef struct Pattern {
  const char *text; /* ^ and $ stand for the ends of the word */
  int more;         /* syllables more than groups of vowels, or fewer */
} Pattern;

/* Found anywhere in `^word$`, each place counts. Where a group of vowels is two syllables, or an e is silent. */
static const Pattern patterns[] = {
    {"ia", 1},        {"cia", -1},     {"tia", -1},     {"sia$", -1},        {"gian", -1},   {"ssia", -1},
    {"riage", -1},    {"io", 1},       {"tio", -1},     {"sio", -1},         {"cio", -1},    {"gio", -1},
    {"nion$", -1},    {"xio", -1},     {"lion", -1},    {"iu", 1},           {"ienc", 1},    {"tienc", -1},
    {"cienc", -1},    {"^scien", 1},   {"iet", 1},      {"ier$", 1},         {"iers$", 1},   {"iest$", 1},
    {"ient", 1},      {"tient", -1},   {"cient", -1},   {"eo", 1},           {"peop", -1},   {"geo", -1},
    {"^geo", 1},      {"ua", 1},       {"qua", -1},     {"gua", -1},         {"suade", -1},  {"uou", 1},
    {"eous", -1},     {"ueu", 1},      {"uel", 1},      {"quel", -1},        {"crea", 1},    {"creas", -1},
    {"idea", 1},      {"area", 1},     {"^rea", 1},     {"^read", -1},       {"^real$", -1}, {"^really", -1},
    {"^reas", -1},    {"^reach", -1},  {"^rear", -1},   {"^ream", -1},       {"ying", 1},    {"eing", 1},
    {"oing", 1},      {"uing", 1},     {"quing", -1},   {"ism", 1},          {"thm", 1},     {"ewa", 1},
    {"^coop", 1},     {"^coor", 1},    {"poe", 1},      {"nuit", 1},         {"ruin", 1},    {"fluid", 1},
    {"suicid", 1},    {"truis", 1},    {"aic$", 1},     {"aos$", 1},         {"naiv", 1},    {"ely$", -1},
    {"ement$", -1},   {"ements$", -1}, {"eful", -1},    {"eless", -1},       {"eness", -1},  {"something", -1},
    {"someone", -1},  {"sometim", -1}, {"where", -1},   {"therefore", -1},   {"every", -1},  {"evening", -1},
    {"business", -1}, {"vegetab", -1}, {"several", -1}, {"temperature", -1}, {"safety", -1}, {"ninety", -1},
    {"careg", -1},    {"lifest", -1},  {"lifetim", -1}, {"sideeff", -1},     {"hereb", -1},  {"laborato", -1},
    {"hour", 1},      {"^our$", 1},    {"^ours", 1},    {"flour", 1},        {"sour", 1},    {"resour", -1},
    {"^sourc", -1},   {"fire", 1},     {"tired", 1},    {"aisle", -1},       {"isle", -1},   {"ciat", 1},
    {"tiat", 1},      {"eement", 1},   {"aying", -1},   {"eying", -1},       {"oying", -1},  {"uying", -1},
    {"eye", -1},      {"ically$", -1}, {"siol", 1},
};

static int count_pattern(const char *word, const char *pattern) {
  int count = 0;
  for (const char *at = strstr(word, pattern); at; at = strstr(at + 1, pattern)) count++;
  return count;
}

/* A y between vowels, or before the first one, is a consonant: player, yes. */
static bool sounds(const Letters *word, size_t at) {
  if (!is_vowel(word->s[at])) return false;
  bool vowel_follows = at + 1 < word->len && is_vowel(word->s[at + 1]);
  return word->s[at] != 'y' || !vowel_follows || (at > 0 && !is_vowel(word->s[at - 1]));
}

static int groups_of_vowels(const Letters *word) {
  int groups = 0;
  for (size_t i = 0; i < word->len; i++) groups += sounds(word, i) && (i == 0 || !sounds(word, i - 1));
  return groups;
}

/* "table", "labels": the l is a syllable. */
static bool l_sounds(const Letters *word, size_t at) {
  return word->s[at] == 'l' && at > 0 && !is_vowel(word->s[at - 1]);
}

/* Is the e at the end, or before an s or d there, silent? In one group with a vowel before it, it is not counted at
 * all. */
static bool has_silent_end(const Letters *word) {
  size_t len = word->len;
  if (len > 2 && ends(word, "e")) return !is_vowel(word->s[len - 2]) && !l_sounds(word, len - 2);
  if (len < 4 || (!ends(word, "es") && !ends(word, "ed"))) return false;
  char c = word->s[len - 3];
  char before = word->s[len - 4];
  if (is_vowel(c)) return c == 'y' && is_vowel(before) && ends(word, "ed"); /* stayed */
  if (ends(word, "ed")) {
    bool l =
        l_sounds(word, len - 3) && before != 'l' && before != 'r' && before != 'w'; /* handled; not called, curled */
    return c != 't' && c != 'd' && !l;
  }
  if (c == 'h') return before != 'c' && before != 's';
  return !l_sounds(word, len - 3) && c != 's' && c != 'x' && c != 'z' && c != 'c' && c != 'g';
}

static bool is_consonant_word(const Letters *word) {
  for (size_t i = 0; i < word->len; i++)
    if (is_vowel(word->s[i])) return false;
  return word->len > 0;
}

static size_t count_english(const Letters *word) {
  if (is_consonant_word(word)) return word->len; /* "CRS", read letter by letter; "w" is one off */
  int count = groups_of_vowels(word) - (has_silent_end(word) ? 1 : 0);
  char edged[LETTERS_MOST + 4];
  edged[0] = '^';
  memcpy(edged + 1, word->s, word->len);
  edged[word->len + 1] = '$';
  edged[word->len + 2] = '\0';
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
    count += patterns[i].more * count_pattern(edged, patterns[i].text);
  return count > 1 ? (size_t)count : 1;
}

static Letters english_letters(Str word) {
  Letters letters = {.len = 0};
  for (size_t i = 0; i < word.len && letters.len < LETTERS_MOST; i++)
    if (ascii_is_alpha(word.s[i])) letters.s[letters.len++] = ascii_lower(word.s[i]);
  return letters;
}

/* didn't, couldn't: n't after a consonant is a syllable. */
static size_t contraction(Str word) {
  size_t at = str_find(word, STR("n't"));
  if (at == STR_NONE) at = str_find(word, STR("n\xE2\x80\x99t"));
  return at != STR_NONE && at > 1 && !is_vowel(ascii_lower(word.s[at - 1]));
}

/* --- Spanish --- */

typedef enum SpanishSound { CONSONANT, WEAK, STRONG } SpanishSound;

static SpanishSound sound_of(uint32_t c) {
  switch (c) {
    case 'a':
    case 'e':
    case 'o':
    case 0xE1: /* á */
    case 0xE9: /* é */
    case 0xF3: /* ó */
    case 0xED: /* í: the accent makes it a syllable of its own beside a, e, o */
    case 0xFA: /* ú */ return STRONG;
    case 'i':
    case 'u':
    case 0xFC: /* ü */ return WEAK;
    default: return CONSONANT;
  }
}

static size_t count_spanish(Str word) {
  size_t count = 0;
  SpanishSound before = CONSONANT;
  for (size_t at = 0; at < word.len;) {
    uint32_t c = utf8_next(word, &at);
    if (c < 0x80) c = (uint32_t)(unsigned char)ascii_lower((char)c);
    if (c >= 0xC0 && c <= 0xDE) c += 0x20; /* Latin-1 capitals */
    SpanishSound sound = sound_of(c);
    if (c == 'y' && at == word.len) sound = WEAK; /* muy, y */
    if (sound != CONSONANT && (before == CONSONANT || (before == STRONG && sound == STRONG))) count++;
    before = sound;
  }
  return count ? count : 1;
}

static bool is_language(Str lang, Str base) {
  return str_starts(lang, base) && (lang.len == base.len || lang.s[base.len] == '-');
}

bool syllables_known(Str lang) {
  return is_language(lang, STR("en")) || is_language(lang, STR("es"));
}

size_t syllables_count(Str word, Str lang) {
  if (is_language(lang, STR("es"))) return count_spanish(word);
  if (!is_language(lang, STR("en"))) return 0;
  Letters letters = english_letters(word);
  return letters.len ? count_english(&letters) + contraction(word) : 1;
}
