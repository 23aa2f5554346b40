#include "print/browser.h"

#include "os/interrupt.h"
#include "os/os.h"
#include "print/chromium.h"
#include "print/scripts.h"

#include <nettle/base64.h>

#define SECONDS_TO_OPEN 60.0 /* a tab: 0.05 s alone */
/* A message with a PDF in base64, its text, the PDF, and what mending it needs. Only what is touched costs memory. */
#define MESSAGE_ARENA_BYTES (CDP_BYTES_MOST * 8)
#define TAB_ARENA_BYTES (CDP_BYTES_MOST)
enum { TRIES_MOST = 2, FALSE_STARTS_MOST = 2 };

typedef enum TabState {
  TAB_CLOSED,
  TAB_CREATING,
  TAB_ATTACHING,
  TAB_HIDING,
  TAB_IDLE,
  TAB_PREPARING,
  TAB_PRINTING
} TabState;

typedef struct Tab {
  TabState state;
  Str session;
  Str target;
  int64_t awaited;    /* the request whose answer moves it on */
  int64_t content_id; /* the request that gave it its document */
  double deadline;
  size_t item;
  int pass;
  Str asked;   /* an address that the document wanted from the network */
  Value facts; /* what script_prepare() gave */
  Arena ids;   /* session, target */
  Arena arena; /* of one document */
} Tab;

typedef struct Browser {
  const BrowserRun *run;
  Arena *arena;
  Arena messages; /* emptied after each message */
  Chromium chromium;
  Tab tabs[BROWSER_TABS_MOST];
  uint8_t *tries; /* by item */
  size_t next;    /* the first item that no tab has had */
  size_t *again;  /* items to try once more, */
  size_t again_count;
  size_t again_at;  /* the first of them that is still to do */
  bool one_by_one;  /* of `again`: it is not known which of them ended the browser */
  int false_starts; /* in a row: it ended before any document was in it */
} Browser;

static Cdp *cdp(Browser *browser) {
  return &browser->chromium.cdp;
}

static bool is_busy(const Tab *tab) {
  return tab->state == TAB_PREPARING || tab->state == TAB_PRINTING;
}

static int busy_count(const Browser *browser) {
  int count = 0;
  for (int i = 0; i < browser->run->tabs; i++) count += is_busy(&browser->tabs[i]);
  return count;
}

static size_t again_left(const Browser *browser) {
  return browser->again_count - browser->again_at;
}

/* --- tabs --- */

static Value params_of(Browser *browser) {
  return value_map(&browser->messages, 6);
}

static void open_tab(Browser *browser, Tab *tab) {
  Value params = params_of(browser);
  value_put(params, "url", value_c("about:blank"));
  arena_rewind(&tab->ids, (ArenaMark){tab->ids.begin});
  tab->session = tab->target = (Str){"", 0};
  tab->awaited = cdp_send(cdp(browser), tab->session, STR("Target.createTarget"), params);
  tab->state = TAB_CREATING;
  tab->deadline = os_seconds() + SECONDS_TO_OPEN;
}

static void attach(Browser *browser, Tab *tab, Value result) {
  Value params = params_of(browser);
  tab->target = str_copy(&tab->ids, value_text(value_get(result, STR("targetId"))));
  value_put(params, "targetId", value_str(tab->target));
  value_put(params, "flatten", value_bool(true));
  tab->awaited = cdp_send(cdp(browser), (Str){"", 0}, STR("Target.attachToTarget"), params);
  tab->state = TAB_ATTACHING;
}

/* What holds for all documents of a tab. Nothing waits for the answers: a request is carried out after those before it.
 */
static void set_up(Browser *browser, Tab *tab, Value result) {
  tab->session = str_copy(&tab->ids, value_text(value_get(result, STR("sessionId"))));
  cdp_send(cdp(browser), tab->session, STR("Page.enable"), (Value){0});
  cdp_send(cdp(browser), tab->session, STR("Inspector.enable"), (Value){0});
  Value every = params_of(browser);
  Value patterns = value_list(&browser->messages, 1);
  Value pattern = params_of(browser);
  value_put(pattern, "urlPattern", value_c("*"));
  value_push(patterns, pattern);
  value_put(every, "patterns", patterns);
  cdp_send(cdp(browser), tab->session, STR("Fetch.enable"), every);
  Value media = params_of(browser);
  value_put(media, "media", value_c("print"));
  cdp_send(cdp(browser), tab->session, STR("Emulation.setEmulatedMedia"), media);
  Value scripts = params_of(browser);
  value_put(scripts, "value", value_bool(true));
  cdp_send(cdp(browser), tab->session, STR("Emulation.setScriptExecutionDisabled"), scripts);
  Value which = params_of(browser);
  value_put(which, "targetId", value_str(tab->target));
  tab->awaited = cdp_send(cdp(browser), (Str){"", 0}, STR("Browser.getWindowForTarget"), which);
  tab->state = TAB_HIDING;
}

/* A window that nobody could see paints no screen, which is a quarter of the work. A browser that has no windows prints
 * as well. */
static void hide(Browser *browser, Tab *tab, Value result) {
  Value params = params_of(browser);
  Value bounds = params_of(browser);
  value_put(bounds, "windowState", value_c("minimized"));
  value_put(params, "windowId", value_get(result, STR("windowId")));
  value_put(params, "bounds", bounds);
  if (value_count(result)) cdp_send(cdp(browser), (Str){"", 0}, STR("Browser.setWindowBounds"), params);
  tab->state = TAB_IDLE;
}

/* --- a document in a tab --- */

static int64_t evaluate(Browser *browser, const Tab *tab, Str script) {
  Value params = params_of(browser);
  value_put(params, "expression", value_str(script));
  value_put(params, "awaitPromise", value_bool(true));
  value_put(params, "returnByValue", value_bool(true));
  return cdp_send(cdp(browser), tab->session, STR("Runtime.evaluate"), params);
}

static void print_tab(Browser *browser, Tab *tab) {
  Value params = params_of(browser);
  value_put(params, "preferCSSPageSize", value_bool(true));
  value_put(params, "printBackground", value_bool(true));
  value_put(params, "generateTaggedPDF", value_bool(true));
  value_put(params, "generateDocumentOutline", value_bool(true));
  tab->awaited = cdp_send(cdp(browser), tab->session, STR("Page.printToPDF"), params);
  tab->state = TAB_PRINTING;
  tab->pass++;
}

static void begin(Browser *browser, Tab *tab, size_t item) {
  Str html;
  arena_rewind(&tab->arena, (ArenaMark){tab->arena.begin});
  if (!browser->run->html(browser->run->context, item, &tab->arena, &html)) return;
  Value params = params_of(browser);
  value_put(params, "frameId", value_str(tab->target)); /* a tab and its main frame have one id */
  value_put(params, "html", value_str(html));
  tab->item = item;
  tab->pass = 0;
  tab->asked = (Str){"", 0};
  tab->content_id = cdp_send(cdp(browser), tab->session, STR("Page.setDocumentContent"), params);
  tab->awaited = evaluate(browser, tab, script_prepare());
  tab->state = TAB_PREPARING;
  tab->deadline = os_seconds() + browser->run->seconds;
}

/* The next item for an idle tab. */
static bool take(Browser *browser, size_t *item) {
  if (again_left(browser)) {
    if (browser->one_by_one && busy_count(browser)) return false;
    *item = browser->again[browser->again_at++];
    return true;
  }
  if (browser->one_by_one && busy_count(browser)) return false; /* the last of them is still in work */
  browser->one_by_one = false;
  if (browser->next == browser->run->count) return false;
  *item = browser->next++;
  return true;
}

static void give_work(Browser *browser) {
  for (int i = 0; i < browser->run->tabs; i++) {
    size_t item;
    Tab *tab = &browser->tabs[i];
    while (tab->state == TAB_IDLE && take(browser, &item)) begin(browser, tab, item);
  }
}

/* --- what can go wrong with one --- */

static void lose(Browser *browser, const Tab *tab, BrowserLoss loss, Str detail) {
  browser->run->lost(browser->run->context, tab->item, loss, detail);
}

/* Tries the tab's item once more, or gives it up. */
static void try_again(Browser *browser, const Tab *tab, BrowserLoss loss, Str detail) {
  if (++browser->tries[tab->item] >= TRIES_MOST)
    lose(browser, tab, loss, detail);
  else
    browser->again[browser->again_count++] = tab->item;
}

static void tab_crashed(Browser *browser, Tab *tab) {
  Value params = params_of(browser);
  value_put(params, "targetId", value_str(tab->target));
  cdp_send(cdp(browser), (Str){"", 0}, STR("Target.closeTarget"), params);
  if (is_busy(tab)) try_again(browser, tab, BROWSER_LOSS_CRASH, (Str){"", 0});
  open_tab(browser, tab);
}

static void request_paused(Browser *browser, Tab *tab, Value event) {
  Value params = params_of(browser);
  Str url = value_text(value_path(event, STR("request.url"), &browser->messages));
  if (!tab->asked.len) tab->asked = str_copy(&tab->arena, url);
  value_put(params, "requestId", value_get(event, STR("requestId")));
  value_put(params, "errorReason", value_c("AddressUnreachable"));
  cdp_send(cdp(browser), tab->session, STR("Fetch.failRequest"), params);
}

/* Why a prepared document must not be printed; false: it may. */
static bool find_fault(const Tab *tab, Value prepared, BrowserLoss *loss, Str *detail) {
  Value broken = value_get(prepared, STR("broken"));
  if (tab->asked.len) {
    *loss = BROWSER_LOSS_REQUEST;
    *detail = tab->asked;
    return true;
  }
  if (value_count(broken)) {
    *loss = BROWSER_LOSS_PICTURE;
    *detail = value_text(value_at(broken, 0));
    return true;
  }
  return false;
}

/* --- answers --- */

static Value copy_facts(Arena *arena, Value from) {
  if (from.type == VALUE_STR) return value_str(str_copy(arena, from.str));
  if (from.type == VALUE_LIST) {
    Value list = value_list(arena, from.list->count);
    for (size_t i = 0; i < from.list->count; i++) value_push(list, copy_facts(arena, from.list->items[i]));
    return list;
  }
  if (from.type != VALUE_MAP) return from;
  Value map = value_map(arena, from.map->count);
  for (size_t i = 0; i < from.map->count; i++)
    value_set(map, str_copy(arena, from.map->entries[i].key), copy_facts(arena, from.map->entries[i].value));
  return map;
}

static void prepared(Browser *browser, Tab *tab, Value result) {
  BrowserLoss loss;
  Str detail;
  Value value = value_path(result, STR("result.value"), &browser->messages);
  Value thrown = value_path(result, STR("exceptionDetails.exception.description"), &browser->messages);
  if (value_is_defined(value_get(result, STR("exceptionDetails")))) {
    tab->state = TAB_IDLE;
    try_again(browser, tab, BROWSER_LOSS_REFUSED, value_text(thrown));
  } else if (find_fault(tab, value, &loss, &detail)) {
    tab->state = TAB_IDLE;
    lose(browser, tab, loss, detail);
  } else {
    tab->facts = copy_facts(&tab->arena, value);
    print_tab(browser, tab);
  }
}

static bool decode(Arena *arena, Str base64, Str *bytes) {
  struct base64_decode_ctx decoder;
  size_t len = BASE64_DECODE_LENGTH(base64.len);
  uint8_t *room = arena_alloc(arena, len + 1, 1);
  base64_decode_init(&decoder);
  bool good = base64_decode_update(&decoder, &len, room, base64.len, base64.s) && base64_decode_final(&decoder);
  *bytes = str_from(room, len);
  return good;
}

static void printed(Browser *browser, Tab *tab, Value result) {
  BrowserPrint print = {.facts = tab->facts, .pass = tab->pass};
  tab->state = TAB_IDLE;
  if (!decode(&browser->messages, value_text(value_get(result, STR("data"))), &print.pdf)) {
    try_again(browser, tab, BROWSER_LOSS_REFUSED, STR("its PDF came damaged"));
    return;
  }
  browser->false_starts = 0;
  Value texts = browser->run->printed(browser->run->context, tab->item, &browser->messages, &print);
  if (!value_is_defined(texts)) return;
  evaluate(browser, tab, script_fill(&browser->messages, texts));
  print_tab(browser, tab);
}

static void failed(Browser *browser, Tab *tab, Str why) {
  if (!is_busy(tab)) {
    open_tab(browser, tab); /* its deadline says when to give up */
    return;
  }
  tab->state = TAB_IDLE;
  try_again(browser, tab, BROWSER_LOSS_REFUSED, why);
}

static void answered(Browser *browser, Tab *tab, Value message) {
  Value result = value_get(message, STR("result"));
  Value error = value_get(message, STR("error"));
  if (value_is_defined(error) && tab->state != TAB_HIDING) {
    failed(browser, tab, value_text(value_get(error, STR("message"))));
    return;
  }
  switch (tab->state) {
    case TAB_CREATING: attach(browser, tab, result); break;
    case TAB_ATTACHING: set_up(browser, tab, result); break;
    case TAB_HIDING: hide(browser, tab, result); break;
    case TAB_PREPARING: prepared(browser, tab, result); break;
    case TAB_PRINTING: printed(browser, tab, result); break;
    case TAB_CLOSED:
    case TAB_IDLE: break;
  }
}

static void handle(Browser *browser, Value message) {
  int64_t id = value_to_int(value_get(message, STR("id")), 0);
  Str session = value_text(value_get(message, STR("sessionId")));
  Str method = value_text(value_get(message, STR("method")));
  bool error = value_is_defined(value_get(message, STR("error")));
  for (int i = 0; i < browser->run->tabs; i++) {
    Tab *tab = &browser->tabs[i];
    if (id && (id == tab->awaited || (error && id == tab->content_id && is_busy(tab)))) {
      answered(browser, tab, message);
      return;
    }
    if (id || !session.len || !str_equal(session, tab->session)) continue;
    if (str_equal(method, STR("Fetch.requestPaused"))) request_paused(browser, tab, value_get(message, STR("params")));
    if (str_equal(method, STR("Inspector.targetCrashed"))) tab_crashed(browser, tab);
    return;
  }
}

/* --- the browser as a whole --- */

static BrowserEnd start(Browser *browser, Str *detail) {
  BrowserEnd end = chromium_start(&browser->chromium, browser->run->program, browser->arena, detail);
  if (end != BROWSER_DONE) return end;
  for (int i = 0; i < browser->run->tabs; i++) open_tab(browser, &browser->tabs[i]);
  return BROWSER_DONE;
}

/* After its end, or to be rid of one that hangs. */
static BrowserEnd restart(Browser *browser, Str *detail) {
  chromium_end(&browser->chromium, browser->arena);
  for (int i = 0; i < browser->run->tabs; i++) browser->tabs[i].state = TAB_CLOSED;
  return start(browser, detail);
}

/* It ended by itself: any of the documents in it may be the cause. */
static BrowserEnd survive_end(Browser *browser, Str *detail) {
  int busy = busy_count(browser);
  if (!busy && ++browser->false_starts >= FALSE_STARTS_MOST) {
    *detail = STR("it ended before it had printed anything");
    return BROWSER_NO_START;
  }
  if (busy > 1) browser->one_by_one = true;
  for (int i = 0; i < browser->run->tabs; i++)
    if (is_busy(&browser->tabs[i])) try_again(browser, &browser->tabs[i], BROWSER_LOSS_CRASH, (Str){"", 0});
  return restart(browser, detail);
}

/* One document takes too long: the others in the browser are not to blame and lose no try. */
static BrowserEnd survive_hang(Browser *browser, Tab *late, Str *detail) {
  bool busy = is_busy(late);
  if (!busy && ++browser->false_starts >= FALSE_STARTS_MOST) {
    *detail = STR("it opens no page");
    return BROWSER_NO_START;
  }
  if (busy) try_again(browser, late, BROWSER_LOSS_TIME, (Str){"", 0});
  for (int i = 0; i < browser->run->tabs; i++) {
    Tab *tab = &browser->tabs[i];
    if (tab != late && is_busy(tab)) browser->again[browser->again_count++] = tab->item;
  }
  return restart(browser, detail);
}

static Tab *find_late(Browser *browser, double *wait) {
  double now = os_seconds();
  *wait = 1.0;
  for (int i = 0; i < browser->run->tabs; i++) {
    Tab *tab = &browser->tabs[i];
    if (tab->state == TAB_IDLE || tab->state == TAB_CLOSED) continue;
    if (tab->deadline <= now) return tab;
    if (tab->deadline - now < *wait) *wait = tab->deadline - now;
  }
  return NULL;
}

static bool is_finished(const Browser *browser) {
  return !busy_count(browser) && browser->next == browser->run->count && !again_left(browser);
}

static BrowserEnd step(Browser *browser, Str *detail) {
  double wait;
  Value message;
  Tab *late = find_late(browser, &wait);
  if (late) return survive_hang(browser, late, detail);
  give_work(browser);
  if (is_finished(browser)) return BROWSER_DONE;
  int error = cdp_receive(cdp(browser), &browser->messages, wait, &message);
  if (error) return survive_end(browser, detail);
  if (value_is_defined(message)) handle(browser, message);
  return BROWSER_DONE;
}

static void open_arenas(Browser *browser) {
  browser->messages = arena_reserve(MESSAGE_ARENA_BYTES);
  for (int i = 0; i < browser->run->tabs; i++) {
    browser->tabs[i].arena = arena_reserve(TAB_ARENA_BYTES);
    browser->tabs[i].ids = arena_reserve(4096);
  }
}

static void release_arenas(Browser *browser) {
  arena_release(&browser->messages);
  for (int i = 0; i < browser->run->tabs; i++) {
    arena_release(&browser->tabs[i].arena);
    arena_release(&browser->tabs[i].ids);
  }
}

BrowserEnd browser_run(const BrowserRun *run, Arena *arena, Str *detail) {
  Browser *browser = ARENA_NEW(arena, Browser);
  browser->run = run;
  browser->arena = arena;
  browser->tries = ARENA_ARRAY(arena, uint8_t, run->count + 1);
  /* A hang puts the other documents back without counting it as a try: at most all tabs' once a try. */
  browser->again = ARENA_ARRAY(arena, size_t, run->count * TRIES_MOST * (size_t)run->tabs + 1);
  open_arenas(browser);
  BrowserEnd end = start(browser, detail);
  while (end == BROWSER_DONE && !is_finished(browser)) {
    end = os_interrupted() ? BROWSER_STOPPED : step(browser, detail);
    arena_rewind(&browser->messages, (ArenaMark){browser->messages.begin});
  }
  chromium_end(&browser->chromium, arena);
  release_arenas(browser);
  return end;
}
