#include "serve/maker.h"

#include "os/event.h"
#include "os/os.h"
#include "serve/answer.h"
#include "serve/change.h"
#include "serve/check.h"

/* Of address space, emptied before each message. The largest answers lie in the workers' memory. */
#define MAKER_SCRATCH_BYTES ((size_t)1 << 30)
/* After the last edit; while somebody types and saves, all processors are theirs. */
#define CHECK_AFTER_SECONDS 0.2

typedef struct Maker {
  const ServeOptions *options;
  int link;
  Arena memory;  /* for as long as the maker lives */
  Arena scratch; /* emptied before each message */
  Model *model;  /* what is shown; NULL: nothing was ever right enough */
  bool behind;   /* the latest settings are wrong, so that `model` is of older ones */
  Arena other_arena;
  DiagList other_diags; /* while `behind`: what is wrong */
  Renderer *renderer;
  Check check;
  double check_at; /* when the next check begins; 0: none is wanted */
  Arena checked_arena;
  DiagList checked_diags; /* what the last check found */
  Messages messages;
  uint64_t generation;
  uint64_t message_count; /* rises when they change */
} Maker;

/* --- telling the server --- */

typedef enum Occasion { ON_CHANGE, ON_CHANGE_OF_FILES, ON_CHECK } Occasion;

static bool tell_state(Maker *maker, Str news, Occasion occasion) {
  Arena *arena = &maker->scratch;
  const Model *model = maker->model;
  LinkMessage state = {.kind = LINK_STATE,
                       .generation = maker->generation,
                       .messages = maker->message_count,
                       .errors = messages_errors(&maker->messages),
                       .warnings = messages_warnings(&maker->messages),
                       .reply = occasion != ON_CHECK,
                       .files_changed = occasion == ON_CHANGE_OF_FILES};
  state.texts[0] = news;
  if (model) {
    state.pages = model->read.page_count;
    state.texts[1] = model->read.settings.base_path;
    state.texts[2] = model->read.files.root;
  }
  if (!state.texts[1].len) state.texts[1] = STR("/");
  if (!state.texts[2].len) state.texts[2] = STR_CONCAT(arena, maker->options->build.source, STR("/content"));
  return link_send(maker->link, &state);
}

static Str gather_messages(Maker *maker) {
  Str news;
  DiagList *diags = messages_begin(&maker->messages);
  if (maker->behind || !maker->model)
    diag_copy(diags, &maker->other_diags);
  else
    model_add_messages(maker->model, diags);
  diag_copy(diags, &maker->checked_diags);
  if (messages_end(&maker->messages, &news)) maker->message_count++;
  return news;
}

/* --- changes --- */

static void keep_messages(Maker *maker, const Model *model) {
  arena_rewind(&maker->other_arena, (ArenaMark){maker->other_arena.begin});
  maker->other_diags = diag_list_new(&maker->other_arena);
  if (model) model_add_messages(model, &maker->other_diags);
}

static void forget_check(Maker *maker) {
  arena_rewind(&maker->checked_arena, (ArenaMark){maker->checked_arena.begin});
  maker->checked_diags = diag_list_new(&maker->checked_arena);
}

static bool is_right(const Model *model) {
  return model && model->usable && !model->data_failed;
}

/* Settings that are wrong may make every page wrong: then the last site that was right stays. */
static void read_all(Maker *maker) {
  BuildOptions build = maker->options->build;
  if (!build.now) build.now = os_now();
  Model *fresh = model_open(&build);
  bool good = is_right(fresh);
  forget_check(maker);
  if (fresh && (good || !is_right(maker->model))) {
    model_close(maker->model);
    maker->model = fresh;
    maker->behind = false;
    return;
  }
  maker->behind = true;
  keep_messages(maker, fresh);
  if (!fresh) DIAG(&maker->other_diags, WORKERS_FAILED, ((Span){STR(""), STR_NONE, 0}));
  model_close(fresh);
}

static void read_changed(Maker *maker, const ChangePlan *plan) {
  Model *model = maker->model;
  if (plan->theme) model_read_theme(model);
  if (plan->page_count && !model_read_pages(model, plan->pages, plan->page_count)) {
    read_all(maker);
    return;
  }
  bool texts = !plan->theme;
  for (size_t i = 0; i < plan->page_count && texts; i++) texts = model_show_text(model, plan->pages[i]);
  if (!texts) model_show(model);
}

static bool take_changes(Maker *maker, const LinkMessage *changes) {
  Model *model = maker->model;
  ChangePlan plan = {.all = changes->all || maker->behind || !is_right(model)};
  if (!plan.all) plan = change_plan(&maker->scratch, model, changes->texts[0]);
  if (!plan.all && !plan.theme && !plan.page_count) return tell_state(maker, (Str){"", 0}, ON_CHANGE);
  check_stop(&maker->check);
  if (plan.all)
    read_all(maker);
  else
    read_changed(maker, &plan);
  maker->generation++;
  maker->check_at = os_seconds() + CHECK_AFTER_SECONDS;
  return tell_state(maker, gather_messages(maker), plan.all ? ON_CHANGE_OF_FILES : ON_CHANGE);
}

/* --- the check --- */

static void start_check(Maker *maker) {
  maker->check_at = 0;
  if (maker->behind || !maker->model || !maker->model->usable) return;
  check_start(&maker->check, &maker->model->shown, maker->options->build.jobs);
}

static bool take_check(Maker *maker) {
  uint64_t before = maker->message_count;
  forget_check(maker);
  bool pdfs_hold = check_take(&maker->check, &maker->checked_diags);
  if (!pdfs_hold) {
    model_show(maker->model);
    maker->generation++;
  }
  Str news = gather_messages(maker);
  /* A good moment: nobody waits for anything. */
  if (!maker->behind && model_is_full(maker->model)) read_all(maker);
  return (pdfs_hold && maker->message_count == before) || tell_state(maker, news, ON_CHECK);
}

/* --- the loop --- */

static bool take_message(Maker *maker) {
  LinkMessage message;
  if (!link_receive(maker->link, &maker->scratch, &message)) return false;
  if (message.kind == LINK_CHANGED) return take_changes(maker, &message);
  Answerer answerer = {
      .model = maker->model, .messages = &maker->messages, .renderer = maker->renderer, .arena = &maker->scratch};
  LinkMessage answer = answer_question(&answerer, &message);
  answer.generation = maker->generation;
  return link_send(maker->link, &answer);
}

static double wait_for(const Maker *maker) {
  if (!maker->check_at) return -1;
  double left = maker->check_at - os_seconds();
  return left > 0 ? left : 0;
}

static void serve_link(Maker *maker) {
  bool good = true;
  while (good) {
    OsPoll items[] = {{.descriptor = maker->link}, {.descriptor = maker->check.descriptor}};
    os_poll(items, 2, wait_for(maker));
    arena_rewind(&maker->scratch, (ArenaMark){maker->scratch.begin});
    if (items[0].ready)
      good = take_message(maker);
    else if (items[1].ready)
      good = take_check(maker);
    else if (maker->check_at && wait_for(maker) <= 0)
      start_check(maker);
  }
}

int maker_run(void *context) {
  const MakerStart *start = context;
  os_signals_leave();
  os_close_others(start->link);
  Maker maker = {.options = start->options, .link = start->link, .check = {.descriptor = -1}};
  maker.memory = arena_reserve(1 << 20);
  maker.scratch = arena_reserve(MAKER_SCRATCH_BYTES);
  maker.other_arena = arena_reserve(MAKER_SCRATCH_BYTES);
  maker.checked_arena = arena_reserve(MAKER_SCRATCH_BYTES);
  maker.messages = messages_open(start->options);
  maker.renderer = renderer_open(&maker.memory);
  /* Above that of any maker before it, so that no page that a browser has looks newer than it is. */
  maker.generation = (uint64_t)os_now() * 1000;
  forget_check(&maker);
  keep_messages(&maker, NULL);
  if (!maker.renderer) return 1;
  read_all(&maker);
  maker.check_at = os_seconds();
  if (tell_state(&maker, gather_messages(&maker), ON_CHANGE)) serve_link(&maker);
  check_stop(&maker.check);
  renderer_close(maker.renderer);
  model_close(maker.model);
  messages_close(&maker.messages);
  return 0;
}
