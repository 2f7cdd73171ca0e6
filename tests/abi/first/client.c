/* A client of the first crm.h, kept as it was: prints every call with its answer. It must go on with any later library, whatever
 * fields, functions and members that brings. argv[1]: a file for the database. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "crm.h"

static crm_db *db;

static void told(const char *call, int32_t status) {
  printf("%s: %s\n", call, crm_status_name(status));
  if (status != CRM_OK) printf("  %s\n", crm_violation_rule(db, 0));
}

#define CALL(call) told(#call, call)

/* Members that a later release added stand behind ours: a caller of today gives a struct that is too long for the first library, and
 * the first caller one that is too short for today's. */
struct longer_options {
  crm_options options;
  int64_t not_given[28]; /* room for what releases since have added: whoever says that he gives a member gives it */
  int64_t unheard_of[4];
};

static void opening(const char *path) {
  struct longer_options longer;
  crm_options shorter;
  memset(&longer, 0x7f, sizeof longer);
  memset(&longer, 0, offsetof(struct longer_options, unheard_of));
  longer.options.struct_size = (int32_t)sizeof longer;
  longer.options.create_file = 1;
  CALL(crm_open(path, (const crm_options *)&longer, &db));
  crm_close(db);
  memset(&shorter, 0x7f, sizeof shorter);
  shorter.struct_size = 8;
  shorter.durability = CRM_DURABILITY_NORMAL;
  CALL(crm_open(path, &shorter, &db));
}

static int64_t company(const char *name) {
  crm_record *rec;
  const char *stored;
  int32_t length;
  int64_t id;
  CALL(crm_record_new(db, CRM_COMPANY, &rec));
  CALL(crm_record_set_text(rec, CRM_COMPANY_NAME, name, -1));
  CALL(crm_record_set_int(rec, CRM_COMPANY_STATUS, CRM_COMPANY_STATUS_ACTIVE));
  CALL(crm_record_set_int(rec, 9999, 1));
  CALL(crm_record_save(rec));
  stored = crm_record_text(rec, CRM_COMPANY_NAME, &length);
  printf("name: %s, %d bytes\n", stored, (int)length);
  printf("status: %d, score: %d\n", (int)crm_record_int(rec, CRM_COMPANY_STATUS), (int)crm_record_int(rec, CRM_COMPANY_SCORE));
  id = crm_record_id(rec);
  crm_record_close(rec);
  CALL(crm_record_load(db, CRM_COMPANY, 12345, &rec));
  return id;
}

static void meeting(int64_t at_company) {
  crm_record *rec;
  crm_record *ev;
  crm_action action;
  int64_t type, user, start, version = 0;
  CALL(crm_record_new(db, CRM_EVENT_TYPE, &rec));
  CALL(crm_record_set_text(rec, CRM_EVENT_TYPE_CODE, "meeting", -1));
  CALL(crm_record_set_text(rec, CRM_EVENT_TYPE_NAME_RU, "встреча", -1));
  CALL(crm_record_save(rec));
  type = crm_record_id(rec);
  crm_record_close(rec);
  CALL(crm_record_new(db, CRM_USER, &rec));
  CALL(crm_record_set_text(rec, CRM_USER_LAST_NAME, "Иванов", -1));
  CALL(crm_record_save(rec));
  user = crm_record_id(rec);
  crm_record_close(rec);

  CALL(crm_record_new(db, CRM_EVENT, &ev));
  CALL(crm_record_set_int(ev, CRM_EVENT_TYPE_ID, type));
  CALL(crm_record_set_int(ev, CRM_EVENT_COMPANY_ID, at_company));
  CALL(crm_record_set_int(ev, CRM_EVENT_EXECUTOR_ID, user));
  CALL(crm_record_set_int(ev, CRM_EVENT_SETTER_ID, user));
  CALL(crm_instant_parse(db, "2026-03-02T09:00:00Z", &start));
  CALL(crm_record_set_int(ev, CRM_EVENT_START_AT, start));
  CALL(crm_event_plan(db, ev, NULL, 0));
  printf("state: %d\n", (int)crm_record_int(ev, CRM_EVENT_STATE));

  memset(&action, 0, sizeof action);
  action.struct_size = (int32_t)sizeof action;
  action.start_at = action.end_at = action.until_day = CRM_NONE;
  CALL(crm_event_act(db, crm_record_id(ev), 1, CRM_ACTION_CANCEL, &action, &version));
  action.reason = "клиент просил";
  CALL(crm_event_act(db, crm_record_id(ev), 0, CRM_ACTION_CANCEL, &action, &version));
  CALL(crm_event_act(db, crm_record_id(ev), version, CRM_ACTION_POSTPONE, &action, &version));
  crm_record_close(ev);
}

/* A record as JSON may have members of which this client knows nothing: it gives them back as they are. */
static void giving_back(void) {
  char text[4096];
  crm_record *rec;
  const char *answer;
  CALL(crm_record_load(db, CRM_ORGANISATION, 1, &rec));
  CALL(crm_record_json(rec, &answer));
  snprintf(text, sizeof text, "[%s]", answer);
  crm_record_close(rec);
  CALL(crm_save_json(db, text, &answer));
}

static void asking(void) {
  crm_query *query;
  crm_cursor *cursor;
  crm_cell cells[6];
  const char *answer;
  int32_t rows = 0, more = 0, i;
  CALL(crm_query_new(db, "{\"entity\": \"event\", \"columns\": [\"company.name\", \"stored_state\", \"reason\"]}", &query));
  CALL(crm_query_run(query, &cursor));
  CALL(crm_cursor_next(cursor, &more));
  for (i = 0; i < crm_cursor_columns(cursor); ++i) printf("column of kind %d\n", (int)crm_cursor_kind(cursor, i));
  printf("%s, %d\n", crm_cursor_text(cursor, 0, NULL), (int)crm_cursor_int(cursor, 1));
  crm_cursor_close(cursor);
  CALL(crm_query_run(query, &cursor));
  CALL(crm_cursor_cells(cursor, 2, cells, &rows));
  printf("%d row, %s: %s\n", (int)rows, cells[0].value.text, cells[2].value.text);
  crm_cursor_close(cursor);
  crm_query_close(query);
  CALL(crm_contacts_json(db, "вект", 10, &answer));
  printf("%s\n", answer);
  CALL(crm_query_json(db, "{\"entity\": \"company\", \"columns\": [\"name\"]}", &answer));
  printf("%s\n", answer);
  CALL(crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"Север\"}]", &answer));
}

int main(int argc, char **argv) {
  const char *path = argc > 1 ? argv[1] : ":memory:";
  opening(path);
  CALL(crm_clock_set(db, INT64_C(1772420400000000)));
  meeting(company("Вектор"));
  giving_back();
  asking();
  CALL(crm_begin(db));
  CALL(crm_begin(db));
  CALL(crm_rollback(db));
  crm_close(db);
  return 0;
}
