#include "report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "json_text.h"
#include "rows.h"

typedef struct printer {
  crm_db* db;
  FILE* out;
  long shown, most;
  char last[200];
  int64_t ids[20];
  long histogram[11];
} printer;

static void count_score(crm_cursor* cursor, void* user) {
  printer* p = user;
  const int64_t score = crm_cursor_int(cursor, 0);
  ++p->histogram[score < 0 ? 0 : score >= 100 ? 10 : score / 10];
}

static void worst_card(crm_cursor* cursor, void* user) {
  printer* p = user;
  if (p->shown < 10) p->ids[p->shown++] = crm_cursor_int(cursor, 0);
}

static void completeness(printer* p) {
  int i;
  long top = 1;
  title(p->out, "Полнота карточек клиентов");
  each_row(p->db, "{\"entity\": \"company\", \"columns\": [\"score\"], \"where\": {\"field\": \"status\", \"value\": \"active\"}}", count_score, p);
  for (i = 0; i <= 10; ++i)
    if (p->histogram[i] > top) top = p->histogram[i];
  for (i = 10; i >= 0; --i) {
    long bar = p->histogram[i] * 40 / top;
    if (i == 10) fprintf(p->out, "    100 ");
    else fprintf(p->out, "%3d..%2d ", i * 10, i * 10 + 9);
    fprintf(p->out, "%4ld ", p->histogram[i]);
    while (bar-- > 0) fputs("█", p->out);
    fputc('\n', p->out);
  }
  fprintf(p->out, "\nХуже всех заполнены:\n");
  p->shown = 0;
  each_row(p->db, "{\"entity\": \"company\", \"columns\": [\"id\"], \"order\": [\"score\"], \"limit\": 10, \"where\": {\"field\": \"status\", "
                  "\"value\": \"active\"}}", worst_card, p);
  for (i = 0; i < p->shown; ++i) {
    crm_record* rec = NULL;
    const char* json = NULL;
    char missing[200];
    int n;
    if (crm_record_load(p->db, CRM_COMPANY, p->ids[i], &rec) != CRM_OK) continue;
    fprintf(p->out, "%3d  ", (int)crm_record_int(rec, CRM_COMPANY_SCORE));
    pad(p->out, crm_record_text(rec, CRM_COMPANY_NAME, NULL), 30);
    crm_record_close(rec);
    if (crm_completeness_json(p->db, p->ids[i], &json) != CRM_OK) continue;
    for (n = 0; n < 3 && json_find_text(json, "text", n, missing, sizeof missing); ++n)
      fprintf(p->out, "%s%s", n ? "; " : "", missing);
    fputs(json_find_text(json, "text", 3, missing, sizeof missing) ? "; ...\n" : "\n", p->out);
  }
}

static void event_line(crm_cursor* cursor, void* user) {
  printer* p = user;
  char who[200];
  const char* chief = crm_cursor_text(cursor, 1, NULL);
  snprintf(who, sizeof who, "%s%s%s", crm_cursor_text(cursor, 0, NULL), chief ? "  ← руководитель " : "", chief ? chief : "");
  if (++p->shown > p->most) return;
  if (strcmp(who, p->last) != 0) fprintf(p->out, "%s\n", who);
  snprintf(p->last, sizeof p->last, "%s", who);
  fputs("    ", p->out);
  print_moment(p->db, crm_cursor_int(cursor, 2), crm_cursor_int(cursor, 6) != 0, p->out);
  pad(p->out, crm_cursor_text(cursor, 3, NULL), 24);
  pad(p->out, crm_cursor_text(cursor, 4, NULL), 28);
  fprintf(p->out, "%s\n", crm_cursor_text(cursor, 5, NULL) ? crm_cursor_text(cursor, 5, NULL) : "");
}

static void events(printer* p, const char* where, long most) {
  char ask[700];
  p->shown = 0;
  p->most = most;
  p->last[0] = '\0';
  snprintf(ask, sizeof ask,
           "{\"entity\": \"event\", \"columns\": [\"executor.last_name\", \"executor.supervisor.last_name\", \"start_at\", "
           "\"type.name_ru\", \"company.name\", \"purpose\", \"all_day\"], \"order\": [\"executor.supervisor.last_name\", \"executor.last_name\", "
           "\"start_at\"], \"where\": %s}", where);
  each_row(p->db, ask, event_line, p);
  if (p->shown > most) fprintf(p->out, "    ... и ещё %ld\n", p->shown - most);
  if (!p->shown) fprintf(p->out, "    нет\n");
}

static void dismissed_line(crm_cursor* cursor, void* user) {
  printer* p = user;
  const char* day = NULL;
  crm_date_text(p->db, crm_cursor_int(cursor, 2), &day);
  fprintf(p->out, "    %s  %s %s\n", day, crm_cursor_text(cursor, 0, NULL), crm_cursor_text(cursor, 1, NULL) ? crm_cursor_text(cursor, 1, NULL) : "");
}

static void left_alone(printer* p, int64_t today) {
  const char* answer = NULL;
  int64_t found[8];
  long all = 0, shown = 0, i;
  const char* at;
  title(p->out, "Уволены");
  if (!each_row(p->db, "{\"entity\": \"user\", \"columns\": [\"last_name\", \"first_name\", \"dismissed\"], \"order\": [\"dismissed\"], "
                       "\"where\": {\"field\": \"dismissed\", \"op\": \"not_null\"}}", dismissed_line, p))
    fprintf(p->out, "    никто\n");
  title(p->out, "Клиенты без менеджера");
  if (crm_orphans_json(p->db, today, &answer) != CRM_OK) return;
  for (at = answer; *at; ++at)
    if (*at >= '0' && *at <= '9' && (at == answer || at[-1] == '[' || at[-1] == ',')) {
      if (shown < 8) found[shown++] = strtoll(at, NULL, 10);
      ++all;
    }
  fprintf(p->out, "    всего %ld\n", all);
  for (i = 0; i < shown; ++i) {
    crm_record* rec = NULL;
    if (crm_record_load(p->db, CRM_COMPANY, found[i], &rec) != CRM_OK) continue;
    fprintf(p->out, "    %s\n", crm_record_text(rec, CRM_COMPANY_NAME, NULL));
    crm_record_close(rec);
  }
}

static void print_texts(printer* p, const char* caption, const char* json, const char* array, const char* member, int most) {
  char* part = json_array_of(json, array);
  char text[300];
  int n;
  for (n = 0; part && n < most && json_find_text(part, member, n, text, sizeof text); ++n)
    fprintf(p->out, "%s%s", n ? ", " : caption, text);
  if (n) fputc('\n', p->out);
  free(part);
}

static void card(printer* p, int64_t company) {
  const char* json = NULL;
  char text[300];
  title(p->out, "Карточка клиента");
  if (crm_card_json(p->db, company, 5, &json) != CRM_OK) return;
  if (json_find_text(json, "name", 0, text, sizeof text)) fprintf(p->out, "    %s", text);
  fprintf(p->out, ", полнота %d\n", (int)json_find_number(json, "score", 0));
  print_texts(p, "    контакты:   ", json, "contacts", "value", 3);
  print_texts(p, "    юрлицо:     ", json, "legal_entities", "name", 1);
  print_texts(p, "    ИНН:        ", json, "legal_entities", "inn", 1);
  print_texts(p, "    сотрудники: ", json, "employees", "last_name", 4);
  print_texts(p, "    адрес:      ", json, "addresses", "settlement", 1);
  print_texts(p, "    сферы:      ", json, "spheres", "name", 3);
  print_texts(p, "    менеджеры:  ", json, "managers", "name", 3);
  print_texts(p, "    события:    ", json, "events", "purpose", 5);
}

/* A part of some name, as one types it: without its first letter. */
static void name_part(crm_cursor* cursor, void* user) {
  const char* name = crm_cursor_text(cursor, 0, NULL);
  char* part = user;
  int letters = 0;
  if (*part || !name) return;
  ++name;
  while (((unsigned char)*name & 0xc0) == 0x80) ++name;
  for (; *name && letters < 5; ++name)
    if (((unsigned char)name[1] & 0xc0) != 0x80) ++letters, *part++ = *name;
    else *part++ = *name;
  *part = '\0';
}

static void search(printer* p, const char* what) {
  const char* json = NULL;
  char name[200], company[200], phone[100];
  int n;
  fprintf(p->out, "\n== Поиск контактов: «%s»\n", what);
  if (crm_contacts_json(p->db, what, 5, &json) != CRM_OK) return;
  for (n = 0; json_find_text(json, "name", n, name, sizeof name); ++n) {
    json_find_text(json, "company", n, company, sizeof company);
    if (!json_find_text(json, "phone", n, phone, sizeof phone)) phone[0] = '\0';
    fputs("    ", p->out);
    pad(p->out, name, 30);
    pad(p->out, strcmp(name, company) == 0 ? "" : company, 30);
    fprintf(p->out, "%s\n", phone);
  }
  if (!n) fprintf(p->out, "    никого\n");
}

typedef struct cell_names {
  crm_db* db;
  int64_t product, sphere;
} cell_names;

static void first_cell(crm_cursor* cursor, void* user) {
  cell_names* cell = user;
  if (!cell->product) cell->product = crm_cursor_int(cursor, 0), cell->sphere = crm_cursor_int(cursor, 1);
}

static void matrix(printer* p, int64_t company, int64_t today) {
  const char* json = NULL;
  crm_record *rec = NULL;
  cell_names cell;
  char ask[400], text[300];
  long cells = 0;
  int n;
  title(p->out, "Продуктовая матрица клиента");
  if (crm_matrix_json(p->db, company, today, &json) != CRM_OK) return;
  for (n = 0; json[n]; ++n) cells += json[n] == '{';
  fprintf(p->out, "    ячеек (продукт × сфера): %ld\n", cells);
  memset(&cell, 0, sizeof cell);
  /* a cell of a sphere of the client that is not his */
  snprintf(ask, sizeof ask, "{\"entity\": \"company_sphere\", \"columns\": [\"sphere_id\", \"sphere_id\"], \"where\": {\"field\": \"company_id\", \"value\": %" PRId64 "}}", company);
  each_row(p->db, ask, first_cell, &cell);
  if (!cell.product) {
    fprintf(p->out, "    у клиента нет сфер бизнеса\n");
    return;
  }
  cell.sphere = cell.product;
  cell.product = 0;
  cell.product = row_id(p->db, "{\"entity\": \"product\", \"columns\": [\"id\"], \"order\": [\"-id\"], \"limit\": 1}");
  if (crm_record_load(p->db, CRM_PRODUCT, cell.product, &rec) == CRM_OK) {
    fprintf(p->out, "    продукт «%s»: ", crm_record_text(rec, CRM_PRODUCT_NAME, NULL));
    crm_record_close(rec);
  }
  if (crm_matrix_explain_json(p->db, company, cell.product, cell.sphere, today, &json) != CRM_OK) return;
  fprintf(p->out, "%s\n", strstr(json, "\"included\":true") ? "входит" : "не входит");
  for (n = 0; json_find_text(json, "text", n, text, sizeof text); ++n) fprintf(p->out, "        %s\n", text);
}

void print_report(crm_db* db, const char* set, FILE* out) {
  printer p;
  int64_t today = 0, company = 0, start = 0, end = 0;
  const char* wall = NULL;
  char where[300], part[60] = "";
  memset(&p, 0, sizeof p);
  p.db = db;
  p.out = out;
  crm_today(db, &today);
  crm_date_text(db, today, &wall);
  fprintf(out, "%s, утро %s\n", set, wall);
  completeness(&p);
  title(out, "События на сегодня");
  crm_day_start(db, today, &start);
  crm_day_start(db, today + 1, &end);
  snprintf(where, sizeof where, "{\"all\": [{\"field\": \"start_at\", \"op\": \"ge\", \"value\": %" PRId64 "}, {\"field\": \"start_at\", \"op\": \"lt\", \"value\": %" PRId64 "}]}", start, end);
  events(&p, where, 20);
  title(out, "Просроченные события");
  events(&p, "{\"field\": \"state\", \"value\": \"overdue\"}", 25);
  left_alone(&p, today);
  company = row_id(db, "{\"entity\": \"company\", \"columns\": [\"id\"], \"order\": [\"-score\"], \"limit\": 1, \"where\": {\"field\": \"status\", \"value\": \"active\"}}");
  card(&p, company);
  if (!each_row(db, "{\"entity\": \"employee\", \"columns\": [\"last_name\"], \"limit\": 1}", name_part, part))
    each_row(db, "{\"entity\": \"company\", \"columns\": [\"name\"], \"limit\": 1}", name_part, part);
  search(&p, part);
  matrix(&p, company, today);
}
