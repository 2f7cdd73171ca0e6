#include "rows.h"

#include <stdio.h>

long each_row(crm_db* db, const char* query_text, row_function row, void* user) {
  crm_query* query = NULL;
  crm_cursor* cursor = NULL;
  int32_t more = 0;
  long rows = 0;
  if (crm_query_new(db, query_text, &query) != CRM_OK || crm_query_run(query, &cursor) != CRM_OK) {
    fprintf(stderr, "%s\n%s\n", query_text, crm_error_message(db));
    crm_query_close(query);
    return 0;
  }
  while (crm_cursor_next(cursor, &more) == CRM_OK && more) {
    ++rows;
    if (row) row(cursor, user);
  }
  crm_cursor_close(cursor);
  crm_query_close(query);
  return rows;
}

static void keep_first(crm_cursor* cursor, void* user) {
  int64_t* id = user;
  if (!*id) *id = crm_cursor_int(cursor, 0);
}

int64_t row_id(crm_db* db, const char* query) {
  int64_t id = 0;
  each_row(db, query, keep_first, &id);
  return id;
}

void field_text(crm_db* db, int32_t entity, int64_t id, int32_t field, char* text, size_t size) {
  crm_record* rec = NULL;
  const char* found = id && crm_record_load(db, entity, id, &rec) == CRM_OK ? crm_record_text(rec, field, NULL) : NULL;
  snprintf(text, size, "%s", found ? found : "");
  crm_record_close(rec);
}
