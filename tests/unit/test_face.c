/* Values and pages as bytes and back; bytes that are no page, or only a part of one. */
#include "report.h"

#include "check/parity.h"
#include "data/pack.h"
#include "site/face.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 28);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static Value sample_map(void) {
  Value list = value_list(&arena, 0);
  value_push(list, value_int(-5));
  value_push(list, value_float(2.5));
  value_push(list, value_bool(true));
  value_push(list, value_null());
  value_push(list, (Value){0});
  Value map = value_map(&arena, 0);
  value_put(map, "list", list);
  for (int i = 0; i < 20; i++) value_set(map, str_format(&arena, "key %d", i), value_c(i % 2 ? "" : "text"));
  value_put(map, "markup", value_markup(STR("<b>")));
  Value placed = value_c("placed");
  placed.origin = 300;
  value_put(map, "placed", placed);
  map.map->entries[1].key_origin = 77;
  return map;
}

static Str packed(Value value) {
  Buf out = buf_new(&arena, 1 << 20);
  assert_true(pack_value(&out, value));
  return buf_str(&out);
}

static void numbers_of_any_size_come_back(void **state) {
  (void)state;
  const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, INT64_MAX, UINT64_MAX};
  Buf out = buf_new(&arena, 1 << 10);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) pack_number(&out, numbers[i]);
  Unpack in = {.arena = &arena, .rest = buf_str(&out)};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) assert_true(unpack_number(&in) == numbers[i]);
  assert_int_equal(in.rest.len, 0);
  assert_false(in.bad);
}

static void values_come_back_with_their_places(void **state) {
  (void)state;
  Value map = sample_map();
  Str bytes = packed(map);
  Unpack in = {.arena = &arena, .rest = bytes};
  Value back = unpack_value(&in);
  assert_false(in.bad);
  assert_int_equal(in.rest.len, 0);
  assert_true(value_equal(map, back));
  assert_int_equal(value_get(back, STR("placed")).origin, 300);
  assert_int_equal(value_get(back, STR("markup")).type, VALUE_MARKUP);
  assert_int_equal(back.map->entries[1].key_origin, 77);
  assert_true(str_equal(packed(back), bytes));
}

static void objects_and_endless_depth_are_refused(void **state) {
  (void)state;
  static const ValueClass nothing = {{"nothing", 7}, NULL, NULL, 0};
  Buf out = buf_new(&arena, 1 << 20);
  assert_false(pack_value(&out, (Value){.type = VALUE_OBJECT, .object = {&nothing, NULL}}));
  Value inner = value_list(&arena, 1);
  for (int i = 0; i < PACK_DEPTH_MOST; i++) {
    Value outer = value_list(&arena, 1);
    value_push(outer, inner);
    inner = outer;
  }
  assert_false(pack_value(&out, inner));
  out.len = 0;
  for (int i = 0; i < 1000; i++) buf_add(&out, str_from((const char[]){VALUE_LIST, 0, 1}, 3));
  Unpack in = {.arena = &arena, .rest = buf_str(&out)};
  unpack_value(&in);
  assert_true(in.bad);
}

static Page sample_page(void) {
  Page page = {.path = STR("content/a.md"), .title = STR("A"), .description = STR("About A"), .kind = STR("faq")};
  page.meta = sample_map();
  page.about = value_map(&arena, 0);
  value_put(page.about, "type", value_c("Thing"));
  page.weight = INT64_MAX;
  page.draft = true;
  page.links = ARENA_ARRAY(&arena, PageLink, 2);
  page.link_count = 2;
  page.links[0] = (PageLink){.page = 2, .fragment = STR("part"), .span = {page.path, 400, 12}};
  page.links[1] = (PageLink){.page = 0, .span = {page.path, STR_NONE, 0}};
  static Str anchors[] = {STR("part")};
  static MarkdownQuestion questions[] = {{STR("why"), STR("Why?"), STR("So.")}};
  page.doc.anchors = anchors;
  page.doc.faq = questions;
  page.doc.anchor_count = page.doc.faq_count = 1;
  ParityText *parity = ARENA_NEW(&arena, ParityText);
  parity->hash = STR("01234567");
  parity->numbers = (Numbers){.items = ARENA_ARRAY(&arena, Number, 1), .count = 1, .blocks = 3};
  parity->numbers.items[0] = (Number){.kind = NUMBER_CLOCK,
                                      .hour = -1,
                                      .minute = 30,
                                      .half = true,
                                      .block = 2,
                                      .offset = 90,
                                      .len = 4,
                                      .text = STR("8d30")};
  page.parity = parity;
  return page;
}

static Str face_of(const Page *page) {
  Buf out = buf_new(&arena, 1 << 20);
  assert_true(face_write_shown(page, &out));
  assert_true(face_write_checked(page, &out));
  return buf_str(&out);
}

static void a_face_has_what_others_need(void **state) {
  (void)state;
  Page page = sample_page();
  Str face = face_of(&page);
  Page back = {.path = page.path};
  assert_true(face_read(face, 3, &arena, &back));
  assert_true(back.slim && back.draft && !back.broken);
  assert_str(&arena, back.title, "A");
  assert_str(&arena, back.description, "About A");
  assert_str(&arena, back.kind, "faq");
  assert_true(back.weight == INT64_MAX);
  assert_true(value_equal(back.meta, page.meta) && value_equal(back.about, page.about));
  assert_int_equal(back.link_count, 2);
  assert_int_equal(back.links[0].page, 2);
  assert_str(&arena, back.links[0].fragment, "part");
  assert_int_equal(back.links[0].span.offset, 400);
  assert_true(back.links[1].span.offset == STR_NONE);
  assert_int_equal(back.doc.anchor_count, 1);
  assert_str(&arena, back.doc.anchors[0], "part");
  assert_int_equal(back.doc.faq_count, 1);
  assert_str(&arena, back.doc.faq[0].question, "Why?");
  assert_str(&arena, back.parity->hash, "01234567");
  const Number *number = back.parity->numbers.items;
  assert_true(number->kind == NUMBER_CLOCK && number->hour == -1 && number->minute == 30 && number->half &&
              number->len == 4);
  assert_str(&arena, number->text, "8d30");
  assert_true(str_equal(face_of(&back), face));
}

static void a_page_with_parts_of_other_files_is_not_kept(void **state) {
  (void)state;
  Page page = sample_page();
  Buf out = buf_new(&arena, 1 << 20);
  page.links[1].span.path = STR("content/_snippets/b.md");
  assert_false(face_write_checked(&page, &out));
}

/* Each beginning of a face, and faces that lead to pages that are not there. */
static void what_is_no_face_is_refused(void **state) {
  (void)state;
  Page page = sample_page();
  Str face = face_of(&page);
  for (size_t len = 0; len < face.len; len++) {
    ArenaMark mark = arena_mark(&arena);
    Page back = {.path = page.path};
    assert_false(face_read(str_slice(face, 0, len), 3, &arena, &back));
    arena_rewind(&arena, mark);
  }
  Page back = {.path = page.path};
  assert_false(face_read(face, 2, &arena, &back));
  assert_false(face_read(STR_CONCAT(&arena, face, STR("x")), 3, &arena, &back));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_of_any_size_come_back),
      cmocka_unit_test(values_come_back_with_their_places),
      cmocka_unit_test(objects_and_endless_depth_are_refused),
      cmocka_unit_test(a_face_has_what_others_need),
      cmocka_unit_test(a_page_with_parts_of_other_files_is_not_kept),
      cmocka_unit_test(what_is_no_face_is_refused),
  };
  return cmocka_run_group_tests_name("face", tests, set_up, tear_down);
}
