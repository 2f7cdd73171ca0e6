#include <stdio.h>

#include "json_text.h"
#include "rows.h"
#include "starter.h"

typedef struct copier {
  crm_db* db;
  json_text records;
  int types; /* of events that enter into a stage */
} copier;

static void begin_record(copier* c, const char* entity) {
  json_raw(&c->records, c->records.length > 1 ? ", {\"entity\": \"" : "{\"entity\": \"");
  json_raw(&c->records, entity);
  json_raw(&c->records, "\"");
}

static void put_text(copier* c, const char* name, const char* value) {
  json_name(&c->records, name);
  json_string(&c->records, value);
}

static void refer_to(copier* c, const char* name, const char* ref) {
  json_name(&c->records, name);
  json_raw(&c->records, "{");
  put_text(c, "$ref", ref);
  json_raw(&c->records, "}");
}

static void take_funnel(crm_cursor* cursor, void* user) {
  copier* c = user;
  begin_record(c, "funnel");
  put_text(c, "ref", "funnel");
  put_text(c, "code", crm_cursor_text(cursor, 0, NULL));
  put_text(c, "name_ru", crm_cursor_text(cursor, 1, NULL));
  put_text(c, "name_en", crm_cursor_text(cursor, 2, NULL));
  json_raw(&c->records, "}");
}

static void take_stage(crm_cursor* cursor, void* user) {
  copier* c = user;
  begin_record(c, "funnel_stage");
  refer_to(c, "funnel_id", "funnel");
  put_text(c, "ref", crm_cursor_text(cursor, 1, NULL));
  json_name(&c->records, "place");
  json_number(&c->records, crm_cursor_int(cursor, 0));
  put_text(c, "code", crm_cursor_text(cursor, 1, NULL));
  put_text(c, "name_ru", crm_cursor_text(cursor, 2, NULL));
  put_text(c, "name_en", crm_cursor_text(cursor, 3, NULL));
  json_raw(&c->records, "}");
}

/* The base's own record with that code, or 0. */
static int64_t coded(crm_db* db, const char* entity, const char* code) {
  char ask[300];
  snprintf(ask, sizeof ask, "{\"entity\": \"%s\", \"columns\": [\"id\"], \"where\": {\"field\": \"code\", \"value\": \"%s\"}}", entity, code);
  return row_id(db, ask);
}

static void take_rule(crm_cursor* cursor, void* user) {
  copier* c = user;
  const char* type = crm_cursor_text(cursor, 1, NULL);
  const char* code = type ? type : crm_cursor_text(cursor, 2, NULL);
  const int64_t id = code ? coded(c->db, type ? "event_type" : "host_document_kind", code) : 0;
  if (!id) return; /* the base has nothing of the kind */
  if (type) ++c->types;
  begin_record(c, "funnel_rule");
  refer_to(c, "funnel_id", "funnel");
  refer_to(c, "stage_id", crm_cursor_text(cursor, 0, NULL));
  json_name(&c->records, type ? "type_id" : "document_kind_id");
  json_number(&c->records, id);
  json_raw(&c->records, "}");
}

int starter_funnel(crm_db* db) {
  crm_db* set = NULL;
  copier c = {NULL, {NULL, 0, 0}, 0};
  const char* answer = NULL;
  int ok = 1;
  if (row_id(db, "{\"entity\": \"funnel\", \"columns\": [\"id\"], \"limit\": 1}")) return 1;
  c.db = db;
  json_raw(&c.records, "[");
  ok = crm_open("memory:", NULL, &set) == CRM_OK && crm_starter_set(set, CRM_RUSSIAN) == CRM_OK;
  if (ok) {
    each_row(set, "{\"entity\": \"funnel\", \"columns\": [\"code\", \"name_ru\", \"name_en\"]}", take_funnel, &c);
    each_row(set, "{\"entity\": \"funnel_stage\", \"columns\": [\"place\", \"code\", \"name_ru\", \"name_en\"], \"order\": [\"place\"]}", take_stage, &c);
    each_row(set, "{\"entity\": \"funnel_rule\", \"columns\": [\"stage.code\", \"type.code\", \"document_kind.code\"], \"order\": [\"id\"]}", take_rule, &c);
  }
  json_raw(&c.records, "]");
  crm_close(set);
  ok = ok && (c.types < 2 || crm_save_json(db, c.records.text, &answer) == CRM_OK);
  json_free(&c.records);
  return ok;
}
