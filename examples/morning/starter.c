#include "starter.h"

#include <stdio.h>

#include "rows.h"

typedef struct part {
  const char *entity, *query;
  const char* fields[5]; /* the columns of the query, up to NULL */
} part;

static const part kParts[] = {
    {"role", "{\"entity\": \"role\", \"columns\": [\"code\", \"name_ru\", \"name_en\", \"scope\", \"may_write\"], \"order\": [\"id\"]}",
     {"code", "name_ru", "name_en", "scope", "may_write"}},
    {"escalation_step",
     "{\"entity\": \"escalation_step\", \"columns\": [\"trigger\", \"delay_minutes\", \"level\", \"raises\"], \"order\": [\"id\"]}",
     {"trigger", "delay_minutes", "level", "raises"}},
    {"notice_text", "{\"entity\": \"notice_text\", \"columns\": [\"kind\", \"text_ru\", \"text_en\"], \"order\": [\"id\"]}",
     {"kind", "text_ru", "text_en"}},
    {"host_document_kind",
     "{\"entity\": \"host_document_kind\", \"columns\": [\"code\", \"name_ru\", \"name_en\"], \"order\": [\"id\"]}",
     {"code", "name_ru", "name_en"}},
};

typedef struct receiver {
  crm_db* db;
  const part* of;
  int ok;
} receiver;

static void take_row(crm_cursor* cursor, void* user) {
  receiver* to = user;
  const int32_t entity = crm_entity_no(to->of->entity);
  const int32_t columns = crm_cursor_columns(cursor);
  crm_record* rec = NULL;
  int32_t i;
  to->ok = to->ok && crm_record_new(to->db, entity, &rec) == CRM_OK;
  for (i = 0; to->ok && i < columns; ++i) {
    const int32_t field = crm_field_no(entity, to->of->fields[i]);
    to->ok = (crm_cursor_kind(cursor, i) == CRM_TEXT ? crm_record_set_text(rec, field, crm_cursor_text(cursor, i, NULL), -1)
                                                     : crm_record_set_int(rec, field, crm_cursor_int(cursor, i))) == CRM_OK;
  }
  to->ok = to->ok && crm_record_save(rec) == CRM_OK;
  crm_record_close(rec);
}

static int take_part(crm_db* db, crm_db* set, const part* of) {
  receiver to = {NULL, NULL, 1};
  char any[100];
  to.db = db;
  to.of = of;
  snprintf(any, sizeof any, "{\"entity\": \"%s\", \"columns\": [\"id\"], \"limit\": 1}", of->entity);
  if (!row_id(db, any)) each_row(set, of->query, take_row, &to);
  return to.ok;
}

int starter_fill(crm_db* db) {
  crm_db* set = NULL;
  size_t i;
  int ok = crm_open("memory:", NULL, &set) == CRM_OK && crm_starter_set(set, CRM_RUSSIAN) == CRM_OK && crm_begin(db) == CRM_OK;
  for (i = 0; ok && i < sizeof kParts / sizeof *kParts; ++i) ok = take_part(db, set, &kParts[i]);
  crm_close(set);
  return ok && crm_commit(db) == CRM_OK;
}
