#include "print/ledger.h"

#include "data/json.h"
#include "os/os.h"

#include <errno.h>
#include <nettle/sha2.h>

Str sha256_hex(Arena *arena, Str bytes) {
  struct sha256_ctx context;
  uint8_t digest[SHA256_DIGEST_SIZE];
  Buf hex = buf_new(arena, LEDGER_HASH + 1);
  sha256_init(&context);
  sha256_update(&context, bytes.len, (const uint8_t *)bytes.s);
  sha256_digest(&context, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) buf_add_format(&hex, "%02x", digest[i]);
  return buf_str(&hex);
}

static const Str no_hash = {"0000000000000000000000000000000000000000000000000000000000000000", LEDGER_HASH};

static bool is_hash(Str text) {
  if (text.len != LEDGER_HASH) return false;
  for (size_t i = 0; i < text.len; i++)
    if (!ascii_is_digit(text.s[i]) && !(text.s[i] >= 'a' && text.s[i] <= 'f')) return false;
  return true;
}

static Str get(Value value, const char *key) {
  return value_text(value_get(value, str_from_c(key)));
}

static bool read_line(Arena *arena, Span span, Str text, DiagList *diags, LedgerLine *line) {
  DiagList syntax = diag_list_new(arena);
  *line = (LedgerLine){.span = span};
  bool good = json_read(arena, span.path, text, &syntax, &line->value) && line->value.type == VALUE_MAP;
  line->time = get(line->value, "time");
  line->name = get(line->value, "name");
  line->pdf = get(line->value, "pdf");
  line->text = get(line->value, "text");
  if (good && line->time.len && line->name.len && is_hash(line->pdf) && is_hash(line->text)) return true;
  DIAG(diags, LEDGER_LINE, span);
  return false;
}

/* What a line says about its place: its number, the hash of the one before, a time that is not earlier. */
static bool check_place(Arena *arena, const Ledger *ledger, const LedgerLine *line, DiagList *diags) {
  bool first = ledger->count == 0;
  int64_t number = value_to_int(value_get(line->value, STR("line")), 0);
  if (!str_equal(get(line->value, "before"), ledger->last_hash)) {
    if (first)
      DIAG(diags, LEDGER_FIRST, line->span);
    else
      DIAG(diags, LEDGER_CHAIN, line->span, str_format(arena, "%zu", ledger->count));
    return false;
  }
  if (number != (int64_t)ledger->count + 1) {
    DIAG(diags, LEDGER_NUMBER, line->span, str_format(arena, "%lld", (long long)number),
         str_format(arena, "%zu", ledger->count + 1));
    return false;
  }
  if (!first && str_compare(line->time, ledger->lines[ledger->count - 1].time) < 0) {
    DIAG(diags, LEDGER_TIME, line->span, line->time);
    return false;
  }
  return true;
}

static void read_lines(Arena *arena, Str text, DiagList *diags, Ledger *ledger) {
  size_t capacity = 1;
  for (size_t i = 0; i < text.len; i++) capacity += text.s[i] == '\n';
  ledger->lines = ARENA_ARRAY(arena, LedgerLine, capacity);
  for (size_t at = 0; at < text.len;) {
    size_t len = str_find_byte(str_skip(text, at), '\n');
    if (len == STR_NONE) {
      ledger->torn = true;
      return;
    }
    Str bytes = str_slice(text, at, at + len);
    LedgerLine *line = &ledger->lines[ledger->count];
    bool good = read_line(arena, (Span){ledger->path, at, len}, bytes, diags, line);
    good = good && check_place(arena, ledger, line, diags);
    ledger->broken = ledger->broken || !good;
    ledger->last_hash = sha256_hex(arena, bytes);
    ledger->count++;
    at += len + 1;
    ledger->bytes = at;
  }
}

void ledger_read(Arena *arena, Str path, DiagList *diags, Ledger *ledger) {
  Str text;
  *ledger = (Ledger){.path = path, .last_hash = no_hash};
  int error = os_read_file(arena, path, LEDGER_BYTES_MOST, &text);
  if (error == ENOENT) return;
  if (error) {
    DIAG(diags, FILE_READ, ((Span){path, STR_NONE, 0}), os_error_text(error));
    ledger->broken = true;
    return;
  }
  read_lines(arena, text, diags, ledger);
}

Str ledger_line(Arena *arena, size_t number, Str before, Value value) {
  Value line = value_map(arena, value_count(value) + 2);
  value_put(line, "line", value_int((int64_t)number));
  for (size_t i = 0; i < value.map->count; i++) value_set(line, value.map->entries[i].key, value.map->entries[i].value);
  value_put(line, "before", value_str(before));
  Buf text = buf_new(arena, (size_t)1 << 20);
  json_write(&text, line, JSON_OUT_UTF8, 0);
  return buf_str(&text);
}
