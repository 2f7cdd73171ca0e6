#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "rows.h"

static long count(crm_db* db, const char* entity, const char* where) {
  char ask[500];
  snprintf(ask, sizeof ask, "{\"entity\": \"%s\", \"columns\": [\"id\"]%s%s}", entity, *where ? ", \"where\": " : "", where);
  return each_row(db, ask, NULL, NULL);
}

typedef struct tally {
  char name[100];
  long states[5], all;
} tally;

typedef struct tallies {
  tally types[50];
  size_t count;
} tallies;

static void count_event(crm_cursor* cursor, void* user) {
  tallies* all = user;
  const char* type = crm_cursor_text(cursor, 0, NULL);
  const int64_t state = crm_cursor_int(cursor, 1);
  size_t i;
  for (i = 0; i < all->count && strcmp(all->types[i].name, type) != 0; ++i) continue;
  if (i == all->count && i < 49) snprintf(all->types[all->count++].name, sizeof all->types[i].name, "%s", type);
  if (state >= 0 && state < 5) ++all->types[i].states[state];
  ++all->types[i].all;
}

typedef struct money_sums {
  char currency[10][4];
  int64_t sums[10];
  size_t count;
} money_sums;

static void add_money(crm_cursor* cursor, void* user) {
  money_sums* all = user;
  const char* currency = crm_cursor_text(cursor, 1, NULL);
  size_t i;
  if (!currency) return;
  for (i = 0; i < all->count && strcmp(all->currency[i], currency) != 0; ++i) continue;
  if (i == all->count) {
    if (i == 10) return;
    snprintf(all->currency[all->count++], 4, "%s", currency);
  }
  all->sums[i] += crm_cursor_int(cursor, 0);
}

static void print_money(crm_db* db, const char* name, const char* entity, FILE* out) {
  money_sums all;
  char ask[200];
  long rows;
  size_t i;
  memset(&all, 0, sizeof all);
  snprintf(ask, sizeof ask, "{\"entity\": \"%s\", \"columns\": [\"amount\", \"currency\"]}", entity);
  rows = each_row(db, ask, add_money, &all);
  fprintf(out, ",\n  \"%s\": {\"count\": %ld, \"sums\": {", name, rows);
  for (i = 0; i < all.count; ++i) fprintf(out, "%s\"%s\": %" PRId64, i ? ", " : "", all.currency[i], all.sums[i]);
  fprintf(out, "}}");
}

static void print_events(crm_db* db, FILE* out) {
  static const char* const kStates[] = {"planned", "rescheduled", "postponed", "held", "cancelled"};
  tallies all;
  long total;
  size_t i, s;
  memset(&all, 0, sizeof all);
  total = each_row(db, "{\"entity\": \"event\", \"columns\": [\"type.code\", \"stored_state\"]}", count_event, &all);
  fprintf(out, ",\n  \"events\": {");
  for (i = 0; i < all.count; ++i) {
    const char* comma = "";
    fprintf(out, "%s\n    \"%s\": {", i ? "," : "", all.types[i].name);
    for (s = 0; s < 5; ++s)
      if (all.types[i].states[s]) {
        fprintf(out, "%s\"%s\": %ld", comma, kStates[s], all.types[i].states[s]);
        comma = ", ";
      }
    fprintf(out, "}");
  }
  fprintf(out, "\n  },\n  \"events_total\": %ld", total);
}

static int by_place(const void* a, const void* b) {
  const told *x = a, *y = b;
  const int file = strcmp(x->file, y->file);
  return file ? file : (x->line > y->line) - (x->line < y->line);
}

static void print_told(const load_result* result, FILE* out) {
  size_t i, j;
  const char* comma = "";
  told* rows = malloc((result->count + 1) * sizeof *rows);
  if (!rows) abort();
  if (result->count) memcpy(rows, result->rows, result->count * sizeof *rows);
  qsort(rows, result->count, sizeof *rows, by_place);
  fprintf(out, ",\n  \"events_left_out\": {");
  for (i = 0; i < result->count; ++i) {
    long n = 0;
    int first = strcmp(rows[i].role, "events") == 0;
    for (j = 0; first && j < result->count; ++j)
      if (strcmp(rows[j].role, "events") == 0 && strcmp(rows[j].field, rows[i].field) == 0) {
        if (j < i) first = 0;
        ++n;
      }
    if (!first) continue;
    fprintf(out, "%s\"%s\": %ld", comma, rows[i].field, n);
    comma = ", ";
  }
  fprintf(out, "},\n  \"told\": [");
  for (i = 0; i < result->count; ++i)
    fprintf(out, "%s\n    \"%s:%ld:%s\"", i ? "," : "", rows[i].file, rows[i].line, rows[i].field);
  fprintf(out, "%s]", result->count ? "\n  " : "");
  free(rows);
}

void print_counts(crm_db* db, const map* mapping, const load_result* result, FILE* out) {
  int64_t today = 0;
  const char* answer = NULL;
  long orphans = 0, lines = 0;
  size_t i;
  crm_today(db, &today);
  if (crm_orphans_json(db, today, &answer) == CRM_OK && answer[1] != ']')
    for (orphans = 1; *answer; ++answer) orphans += *answer == ',';
  for (i = 0; i < map_sections(mapping); ++i) {
    const map_section* section = map_section_at(mapping, i);
    char where[200];
    if (strcmp(map_role(section), "product_lines") != 0 || !map_reference(section, "id")) continue;
    snprintf(where, sizeof where, "{\"field\": \"kind\", \"value\": \"%s\"}", map_reference(section, "id"));
    lines += count(db, "external_id", where);
  }
  fprintf(out, "{\n  \"set\": \"%s\"", map_setting(mapping, "system"));
  fprintf(out, ",\n  \"clients\": %ld", count(db, "company", "{\"field\": \"status\", \"op\": \"ne\", \"value\": \"draft\"}"));
  fprintf(out, ",\n  \"clients_draft\": %ld", count(db, "company", "{\"field\": \"status\", \"value\": \"draft\"}"));
  fprintf(out, ",\n  \"clients_without_manager\": %ld", orphans);
  fprintf(out, ",\n  \"contacts\": %ld", count(db, "employee", ""));
  fprintf(out, ",\n  \"staff\": %ld", count(db, "user", ""));
  fprintf(out, ",\n  \"products\": %ld", count(db, "product", "") - lines);
  fprintf(out, ",\n  \"product_lines\": %ld", lines);
  fprintf(out, ",\n  \"spheres\": %ld", count(db, "sphere", ""));
  fprintf(out, ",\n  \"legal_entities\": %ld", count(db, "legal_entity", ""));
  fprintf(out, ",\n  \"bank_accounts\": %ld", count(db, "bank_account", ""));
  fprintf(out, ",\n  \"assignments\": %ld", count(db, "assignment", ""));
  print_events(db, out);
  print_money(db, "lines", "event_line", out);
  print_money(db, "payments", "receipt", out);
  print_told(result, out);
}
