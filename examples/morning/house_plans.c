#include <inttypes.h>
#include <stdio.h>

#include "house.h"
#include "json_text.h"
#include "rows.h"

static void add_id(crm_cursor* cursor, void* user) {
  json_text* ids = user;
  char id[32];
  snprintf(id, sizeof id, "%s%" PRId64, ids->length > 1 ? ", " : "", crm_cursor_int(cursor, 0));
  json_raw(ids, id);
}

/* Managers in service to whom clients have paid. */
static void put_managers(crm_db* db, json_text* ask) {
  json_text ids = {0};
  json_raw(&ids, "[");
  each_row(db, "{\"entity\": \"user\", \"columns\": [\"id\"], \"order\": [\"id\"], \"where\": {\"all\": [{\"field\": \"dismissed\", \"op\": \"is_null\"}, "
               "{\"exists\": {\"entity\": \"receipt\", \"link\": \"user_id\"}}]}}", add_id, &ids);
  json_raw(&ids, "]");
  json_raw(ask, "\"user_ids\": ");
  json_raw(ask, ids.text);
  json_free(&ids);
}

/* A number of the director's for the first quarter, shared out among his managers month by month as the last quarter went. */
static int share_out(crm_db* db, const char* number) {
  json_text ask = {0};
  const char* answer = NULL;
  int ok;
  json_raw(&ask, "{");
  json_raw(&ask, number);
  json_raw(&ask, ", ");
  put_managers(db, &ask);
  json_raw(&ask, ", \"periods\": [[\"2026-01-01\", \"2026-02-01\"], [\"2026-02-01\", \"2026-03-01\"], [\"2026-03-01\", \"2026-04-01\"]], "
                 "\"facts_of\": [\"2025-10-01\", \"2026-01-01\"]}");
  ok = crm_plans_set_json(db, ask.text, &answer) == CRM_OK;
  json_free(&ask);
  return ok;
}

int house_plans(crm_db* db) {
  if (row_id(db, "{\"entity\": \"plan_cell\", \"columns\": [\"id\"], \"limit\": 1}")) return 1;
  return crm_begin(db) == CRM_OK && share_out(db, "\"measure\": \"receipts\", \"amount\": 1200000000, \"currency\": \"RUB\"") &&
         share_out(db, "\"measure\": \"events\", \"events\": 750") && crm_commit(db) == CRM_OK;
}
