#include "schema/clinic.h"

#include <string.h>

Value clinic_make_website(const NodeMaker *maker, Value site, Str lang) {
  Value node = node_with_id(maker, "WebSite", node_id(maker, maker->base_url, "website"));
  node_put_url(maker, node, "url", maker->base_url);
  node_put_text(node, "name", node_text(maker, site, STR("title")));
  Value languages = node_member(maker, site, STR("languages"));
  Value tags = value_list(maker->arena, value_count(languages));
  for (size_t i = 0; i < value_count(languages); i++) {
    Str tag = node_text(maker, value_at(languages, i), STR("lang"));
    if (tag.len) value_push(tags, value_str(tag));
  }
  node_put(node, "inLanguage", value_count(tags) > 1 ? tags : value_str(lang));
  node_put(node, "publisher", node_reference(maker, node_id(maker, maker->base_url, "clinic")));
  return node;
}

/* --- specialty --- */

/* schema.org's MedicalSpecialty, by how a department's name begins, in British and American spelling. */
static const struct {
  Str stem, specialty;
} specialties[] = {
    {STR("anaesth"), STR("Anesthesia")},
    {STR("anesth"), STR("Anesthesia")},
    {STR("cardio"), STR("Cardiovascular")},
    {STR("community"), STR("CommunityHealth")},
    {STR("dent"), STR("Dentistry")},
    {STR("dermat"), STR("Dermatologic")},
    {STR("diet"), STR("DietNutrition")},
    {STR("emergency"), STR("Emergency")},
    {STR("endocrin"), STR("Endocrine")},
    {STR("gastro"), STR("Gastroenterologic")},
    {STR("genetic"), STR("Genetic")},
    {STR("geriatr"), STR("Geriatric")},
    {STR("gynaec"), STR("Gynecologic")},
    {STR("gynec"), STR("Gynecologic")},
    {STR("haemat"), STR("Hematologic")},
    {STR("hemat"), STR("Hematologic")},
    {STR("infectious"), STR("Infectious")},
    {STR("laborator"), STR("LaboratoryScience")},
    {STR("midwi"), STR("Midwifery")},
    {STR("musculo"), STR("Musculoskeletal")},
    {STR("nephro"), STR("Renal")},
    {STR("neuro"), STR("Neurologic")},
    {STR("nurs"), STR("Nursing")},
    {STR("obstet"), STR("Obstetric")},
    {STR("oncolog"), STR("Oncologic")},
    {STR("optom"), STR("Optometric")},
    {STR("orthop"), STR("Musculoskeletal")},
    {STR("otolaryn"), STR("Otolaryngologic")},
    {STR("paediatr"), STR("Pediatric")},
    {STR("patholog"), STR("Pathology")},
    {STR("pediatr"), STR("Pediatric")},
    {STR("pharm"), STR("PharmacySpecialty")},
    {STR("physio"), STR("Physiotherapy")},
    {STR("plastic"), STR("PlasticSurgery")},
    {STR("podiatr"), STR("Podiatric")},
    {STR("primary care"), STR("PrimaryCare")},
    {STR("psychiatr"), STR("Psychiatric")},
    {STR("public health"), STR("PublicHealth")},
    {STR("pulmon"), STR("Pulmonary")},
    {STR("radiol"), STR("Radiography")},
    {STR("renal"), STR("Renal")},
    {STR("respiratory"), STR("RespiratoryTherapy")},
    {STR("rheumat"), STR("Rheumatologic")},
    {STR("speech"), STR("SpeechPathology")},
    {STR("surg"), STR("Surgical")},
    {STR("toxic"), STR("Toxicologic")},
    {STR("urolog"), STR("Urologic")},
};

Str clinic_specialty(Str department) {
  for (size_t i = 0; i < sizeof specialties / sizeof *specialties; i++) {
    Str stem = specialties[i].stem;
    if (str_equal_nocase(str_slice(department, 0, stem.len), stem)) return specialties[i].specialty;
  }
  return (Str){"", 0};
}

/* --- opening hours --- */

#define DAY(name) STR("https://schema.org/" name)
static const Str day_urls[] = {DAY("Monday"), DAY("Tuesday"),  DAY("Wednesday"), DAY("Thursday"),
                               DAY("Friday"), DAY("Saturday"), DAY("Sunday")};
enum { DAY_NAME = sizeof "https://schema.org/" - 1 };

/* 0 for Monday … 6, or -1. "Mon", "Tues", "monday" and "Mondays" are days. */
static int day_number(Str word) {
  if (word.len > 3 && ascii_lower(word.s[word.len - 1]) == 's' && word.s[word.len - 2] != 'e') word.len--;
  for (int day = 0; day < 7; day++)
    if (word.len >= 3 && str_equal_nocase(word, str_slice(day_urls[day], DAY_NAME, DAY_NAME + word.len))) return day;
  return -1;
}

static void add_day(Value days, int day) {
  for (size_t i = 0; i < value_count(days); i++)
    if (str_equal(value_text(value_at(days, i)), day_urls[day])) return;
  value_push(days, value_str(day_urls[day]));
}

static size_t word_length(Str text) {
  size_t len = 0;
  while (len < text.len && ascii_is_alpha(text.s[len])) len++;
  return len;
}

void clinic_add_days(Str text, Value days) {
  int previous = -1;
  bool range = false;
  while (text.len) {
    size_t len = word_length(text);
    Str word = str_slice(text, 0, len);
    int day = day_number(word);
    bool dash = str_starts(text, STR("-")) || str_starts(text, STR("\u2013"));
    if (day >= 0) {
      for (int d = previous; range && d >= 0 && d != day; d = (d + 1) % 7) add_day(days, d);
      add_day(days, day);
      previous = day;
      range = false;
    } else if (dash || str_equal_nocase(word, STR("to")) || str_equal_nocase(word, STR("through"))) {
      range = true;
    } else if (str_equal_nocase(word, STR("daily"))) {
      for (int d = 0; d < 7; d++) add_day(days, d);
    }
    text = str_skip(text, len ? len : 1);
  }
}

/* "8:00" and "08:00" to "08:00"; empty for what is no time of day. */
static Str time_of(const NodeMaker *maker, Str text) {
  Str hour;
  Str minute;
  if (!str_cut(text, ':', &hour, &minute)) return (Str){"", 0};
  bool right = hour.len >= 1 && hour.len <= 2 && minute.len == 2;
  for (size_t i = 0; right && i < hour.len; i++) right = ascii_is_digit(hour.s[i]);
  for (size_t i = 0; right && i < minute.len; i++) right = ascii_is_digit(minute.s[i]);
  if (!right || (hour.len == 2 && str_compare(hour, STR("24")) > 0) || minute.s[0] > '5') return (Str){"", 0};
  return hour.len == 1 ? STR_CONCAT(maker->arena, STR("0"), text) : text;
}

/* An entry of `hours`. Closed all day is written as from 00:00 to 00:00 (Google's documentation of LocalBusiness). */
static void add_hours(const NodeMaker *maker, Value entry, Value list) {
  Value days = value_list(maker->arena, 7);
  Value given = node_member(maker, entry, STR("days"));
  clinic_add_days(value_text(given), days);
  for (size_t i = 0; given.type == VALUE_LIST && i < value_count(given); i++)
    clinic_add_days(value_text(value_at(given, i)), days);
  bool closed = value_to_bool(node_member(maker, entry, STR("closed")), false);
  Str opens = closed ? STR("00:00") : time_of(maker, node_text(maker, entry, STR("opens")));
  Str closes = closed ? STR("00:00") : time_of(maker, node_text(maker, entry, STR("closes")));
  if (value_count(days) == 0 || opens.len == 0 || closes.len == 0) return;
  Value node = node_new(maker, "OpeningHoursSpecification");
  node_put(node, "dayOfWeek", value_count(days) == 1 ? value_at(days, 0) : days);
  node_put_text(node, "opens", opens);
  node_put_text(node, "closes", closes);
  value_push(list, node);
}

/* --- the clinic --- */

static void add_address(const NodeMaker *maker, Value location, Value list) {
  static const struct {
    Str from;
    const char *to;
  } members[] = {
      {STR("name"), "name"},
      {STR("street"), "streetAddress"},
      {STR("city"), "addressLocality"},
      {STR("region"), "addressRegion"},
      {STR("postcode"), "postalCode"},
      {STR("country"), "addressCountry"},
  };
  Value node = node_new(maker, "PostalAddress");
  for (size_t i = 0; i < sizeof members / sizeof *members; i++)
    node_put_text(node, members[i].to, node_text(maker, location, members[i].from));
  if (value_count(node) > 1) value_push(list, node);
}

static Value make_geo(const NodeMaker *maker, Value from) {
  Value geo = node_member(maker, from, STR("geo"));
  Value latitude = node_member(maker, geo, STR("latitude"));
  Value longitude = node_member(maker, geo, STR("longitude"));
  bool numbers = (latitude.type == VALUE_FLOAT || latitude.type == VALUE_INT) &&
                 (longitude.type == VALUE_FLOAT || longitude.type == VALUE_INT);
  if (!numbers) return (Value){0};
  Value node = node_new(maker, "GeoCoordinates");
  node_put(node, "latitude", latitude);
  node_put(node, "longitude", longitude);
  return node;
}

static void put_phones(const NodeMaker *maker, Value phones, Value node) {
  Str main_number = node_text(maker, node_member(maker, phones, STR("reception")), STR("number"));
  Value points = value_list(maker->arena, value_count(phones));
  for (size_t i = 0; phones.type == VALUE_MAP && i < value_count(phones); i++) {
    Value phone = phones.map->entries[i].value;
    Str number = node_text(maker, phone, STR("number"));
    if (number.len == 0) continue;
    if (main_number.len == 0) main_number = number;
    Value point = node_new(maker, "ContactPoint");
    node_put_text(point, "contactType", node_text(maker, phone, STR("label")));
    node_put_text(point, "telephone", number);
    value_push(points, point);
  }
  node_put_text(node, "telephone", main_number);
  node_put(node, "contactPoint", points);
}

/* One alone stands for itself, several as a list. */
static Value one_or_list(Value list) {
  return value_count(list) == 1 ? value_at(list, 0) : list;
}

Value clinic_make_node(const NodeMaker *maker, Value clinic) {
  Value node = node_with_id(maker, "MedicalClinic", node_id(maker, maker->base_url, "clinic"));
  node_put_text(node, "name", node_text(maker, clinic, STR("name")));
  node_put_url(maker, node, "url", maker->base_url);
  put_phones(maker, node_member(maker, clinic, STR("phones")), node);
  node_put_text(node, "email", node_text(maker, clinic, STR("email")));

  Value locations = node_member(maker, clinic, STR("locations"));
  Value addresses = value_list(maker->arena, value_count(locations));
  for (size_t i = 0; i < value_count(locations); i++) add_address(maker, value_at(locations, i), addresses);
  node_put(node, "address", one_or_list(addresses));
  Value geo = make_geo(maker, clinic);
  if (!value_is_defined(geo) && value_count(locations) == 1) geo = make_geo(maker, value_at(locations, 0));
  node_put(node, "geo", geo);

  Value hours = node_member(maker, clinic, STR("hours"));
  Value list = value_list(maker->arena, value_count(hours));
  for (size_t i = 0; i < value_count(hours); i++) add_hours(maker, value_at(hours, i), list);
  node_put(node, "openingHoursSpecification", list);

  Str department = node_text(maker, clinic, STR("department"));
  Str specialty = clinic_specialty(department);
  if (specialty.len)
    node_put_text(node, "medicalSpecialty", STR_CONCAT(maker->arena, STR("https://schema.org/"), specialty));
  if (department.len) {
    Value part = node_new(maker, "MedicalOrganization");
    node_put_text(part, "name", department);
    node_put(node, "department", part);
  }
  return node;
}
