#include "schema/clinic.h"

#include "schema/hours.h"

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

static void put_specialty(const NodeMaker *maker, Value node, Str name) {
  Str specialty = clinic_specialty(name);
  if (specialty.len)
    node_put_text(node, "medicalSpecialty", STR_CONCAT(maker->arena, STR("https://schema.org/"), specialty));
}

/* The one that the clinic calls itself by, and those that it lists. `specialty` is a name in English, where the
 * department's own is in another language. */
static void put_departments(const NodeMaker *maker, Value clinic, Value node) {
  Value given = node_member(maker, clinic, STR("departments"));
  Value list = value_list(maker->arena, value_count(given) + 1);
  Str own = node_text(maker, clinic, STR("department"));
  Str specialty = node_text(maker, clinic, STR("specialty"));
  put_specialty(maker, node, specialty.len ? specialty : own);
  if (own.len) {
    Value part = node_new(maker, "MedicalOrganization");
    node_put_text(part, "name", own);
    value_push(list, part);
  }
  for (size_t i = 0; i < value_count(given); i++) {
    Value from = value_at(given, i);
    Value part = node_new(maker, "MedicalOrganization");
    node_put_text(part, "name", node_text(maker, from, STR("name")));
    node_put_text(part, "telephone", node_text(maker, from, STR("phone")));
    specialty = node_text(maker, from, STR("specialty"));
    put_specialty(maker, part, specialty.len ? specialty : node_text(maker, from, STR("name")));
    if (value_count(part) > 1) value_push(list, part);
  }
  node_put(node, "department", one_or_list(list));
}

/* Where there are several, each with its own place on the map. */
static void put_places(const NodeMaker *maker, Value locations, Value node) {
  Value places = value_list(maker->arena, value_count(locations));
  for (size_t i = 0; value_count(locations) > 1 && i < value_count(locations); i++) {
    Value geo = make_geo(maker, value_at(locations, i));
    if (!value_is_defined(geo)) continue;
    Value place = node_new(maker, "Place");
    node_put_text(place, "name", node_text(maker, value_at(locations, i), STR("name")));
    node_put(place, "geo", geo);
    value_push(places, place);
  }
  node_put(node, "location", one_or_list(places));
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
  put_places(maker, locations, node);

  node_put(node, "openingHoursSpecification", hours_make_week(maker, node_member(maker, clinic, STR("hours"))));
  node_put(node, "specialOpeningHoursSpecification",
           hours_make_holidays(maker, node_member(maker, clinic, STR("holidays"))));
  put_departments(maker, clinic, node);
  return node;
}

void clinic_add_services(const NodeMaker *maker, Value clinic, Value services, Value node) {
  static const struct {
    Str word;
    const char *type;
  } types[] = {{STR("procedure"), "MedicalProcedure"}, {STR("test"), "MedicalTest"}, {STR(""), "MedicalTherapy"}};
  Value list = value_list(maker->arena, value_count(services));
  for (size_t i = 0; i < value_count(services); i++) {
    Value service = value_at(services, i);
    Str word = node_text(maker, service, STR("type"));
    size_t type = 0;
    while (types[type].word.len && !str_equal(types[type].word, word)) type++;
    Value entry = node_new(maker, types[type].type);
    node_put_text(entry, "name", node_text(maker, service, STR("name")));
    node_put_url(maker, entry, "url", node_text(maker, service, STR("url")));
    if (value_count(entry) > 1) value_push(list, entry);
  }
  node_put(node, "availableService", list);
  node_put(node, "isAcceptingNewPatients", node_member(maker, clinic, STR("accepting_new_patients")));
}
