/* Cursors, cells, JSON, and what a host reads of an answer. */
#include "check.h"

static void cells_come_in_batches(crm_db *db) {
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  crm_cell cells[2 * 2];
  int32_t rows = 0;
  int32_t total = 0;
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\", \"columns\": [\"id\", \"name\"]}", &query));
  CHECK_OK(db, crm_query_run(query, &cursor));
  CHECK(crm_cursor_columns(cursor) == 2);
  CHECK(sizeof(crm_cell) == 16);
  do {
    CHECK_OK(db, crm_cursor_cells(cursor, 2, cells, &rows));
    total += rows;
    if (rows) {
      CHECK(cells[0].kind == CRM_INTEGER);
      CHECK(cells[1].kind == CRM_TEXT);
      CHECK((size_t)cells[1].size == strlen(cells[1].value.text));
    }
  } while (rows == 2);
  CHECK(total == 3);
  crm_cursor_close(cursor);
  crm_query_close(query);
}

static void parameters_are_bound_and_bound_again(crm_db *db) {
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  int32_t more = 0;
  int32_t length = 0;
  const char *names[] = {"Вектор", "Север"};
  int i;
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\", \"columns\": [\"name\", \"score\"], \"where\": "
                                 "{\"field\": \"name\", \"value\": {\"param\": 1}}}", &query));
  for (i = 0; i < 2; ++i) {
    CHECK_OK(db, crm_query_bind_text(query, 1, names[i], -1));
    CHECK_OK(db, crm_query_run(query, &cursor));
    CHECK_OK(db, crm_cursor_next(cursor, &more));
    CHECK(more == 1);
    CHECK(strcmp(crm_cursor_text(cursor, 0, &length), names[i]) == 0);
    CHECK(length == (int32_t)strlen(names[i]));
    CHECK(crm_cursor_kind(cursor, 1) == CRM_INTEGER);
    CHECK(crm_cursor_int(cursor, 1) == 100); /* no profile asks for anything */
    CHECK(crm_cursor_text(cursor, 1, NULL) == NULL);
    CHECK(crm_cursor_text(cursor, 99, NULL) == NULL);
    CHECK_OK(db, crm_cursor_next(cursor, &more));
    CHECK(more == 0);
    CHECK_OK(db, crm_cursor_next(cursor, &more));
    CHECK(more == 0);
    crm_cursor_close(cursor);
  }
  crm_query_close(query);
}

static void null_is_bound_and_a_refusal_tells_its_place(crm_db *db) {
  crm_query *query = NULL;
  const char *answer = NULL;
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\", \"columns\": [\"name\"], \"where\": {\"field\": \"source\", \"value\": {\"param\": 1}},"
                                 " \"order\": [\"source\"], \"after\": [{\"param\": 2}, {\"param\": 3}]}", &query));
  CHECK_OK(db, crm_query_bind_null(query, 1));
  CHECK_OK(db, crm_query_bind_null(query, 2));
  CHECK_OK(db, crm_query_bind_int(query, 3, 1)); /* the first company was the last one seen */
  CHECK_OK(db, crm_query_rows_json(query, &answer));
  CHECK(strstr(answer, "[[\"Север\"],[\"Юг\"]]") != NULL);
  CHECK(crm_query_bind_null(query, 3) == CRM_INVALID_ARGUMENT); /* an id is always there */
  CHECK(crm_query_bind_null(query, 4) == CRM_INVALID_ARGUMENT);
  crm_query_close(query);
  CHECK(crm_query_json(db, "{\"entity\": \"company\", \"where\": {\"all\": [{\"field\": \"name\", \"vaule\": 1}]}}", &answer) == CRM_INVALID_ARGUMENT);
  CHECK(strstr(crm_error_message(db), "where.all[0].vaule") != NULL);
}

static void a_search_takes_any_text(void) {
  const char *texts[] = {"ИП_Иванов", "да_нет", "нет_да", "ва_нов", "ск%идка", "10%_скидка", "по_адресу", "НДС_20", "по%цене", "\"\"\"", "а\"б\"в", "* OR *"};
  crm_db *db = NULL;
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  const char *answer = NULL;
  int32_t more = 0;
  size_t i;
  char records[200];
  CHECK_OK(db, crm_open(":memory:", NULL, &db));
  for (i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
    CHECK_OK(db, crm_contacts_json(db, texts[i], 10, &answer)); /* nothing there yet */
    CHECK(strcmp(answer, "[]") == 0);
  }
  for (i = 0; i < sizeof texts / sizeof texts[0]; ++i)
    if (!strchr(texts[i], '"')) {
      snprintf(records, sizeof records, "[{\"entity\": \"company\", \"name\": \"%s\"}]", texts[i]);
      CHECK_OK(db, crm_save_json(db, records, &answer));
      CHECK_OK(db, crm_contacts_json(db, texts[i], 10, &answer));
      CHECK(strstr(answer, texts[i]) != NULL);
    }
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\", \"columns\": [\"name\"], \"where\": {\"text\": \"НЕТ_Д\"}}", &answer));
  CHECK(strstr(answer, "[[\"нет_да\"]]") != NULL);
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\", \"columns\": [\"name\"], \"where\": "
                                 "{\"field\": \"search_key\", \"op\": \"contains\", \"value\": {\"param\": 1}}}", &query));
  for (i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
    CHECK_OK(db, crm_query_bind_text(query, 1, texts[i], -1));
    CHECK_OK(db, crm_query_run(query, &cursor));
    CHECK_OK(db, crm_cursor_next(cursor, &more));
    crm_cursor_close(cursor);
  }
  crm_query_close(query);
  crm_close(db);
}

void test_queries(void) {
  crm_db *db = NULL;
  const char *answer = NULL;
  int32_t entity = 0;
  int64_t id = 0;
  CHECK_OK(db, crm_open(":memory:", NULL, &db));
  CHECK_OK(db, crm_save_json(db,
      "[{\"entity\": \"company\", \"ref\": \"v\", \"name\": \"Вектор\","
      "  \"external_id\": {\"system\": \"s-market\", \"kind\": \"counterparty\", \"key\": \"17\"}},"
      " {\"entity\": \"employee\", \"company_id\": {\"$ref\": \"v\"}, \"last_name\": \"Иванов\"},"
      " {\"entity\": \"company\", \"name\": \"Север\"}, {\"entity\": \"company\", \"name\": \"Юг\"}]", &answer));
  CHECK(strstr(answer, "\"entity\":\"employee\"") != NULL);
  cells_come_in_batches(db);
  parameters_are_bound_and_bound_again(db);
  null_is_bound_and_a_refusal_tells_its_place(db);
  CHECK_OK(db, crm_external_find(db, "s-market", "counterparty", "17", &entity, &id));
  CHECK(entity == CRM_COMPANY);
  CHECK(id > 0);
  CHECK_OK(db, crm_external_find(db, "s-market", "counterparty", "18", &entity, &id));
  CHECK(entity == 0);
  CHECK_OK(db, crm_contacts_json(db, "иван", 10, &answer));
  CHECK(strstr(answer, "Вектор") != NULL);
  CHECK_OK(db, crm_card_json(db, 1, 5, &answer));
  CHECK(strstr(answer, "\"employees\":[{") != NULL);
  CHECK_OK(db, crm_completeness_json(db, 1, &answer));
  CHECK(strstr(answer, "\"score\":100") != NULL);
  CHECK_OK(db, crm_schema_json(db, &answer));
  CHECK(strstr(answer, "\"legal_entity\"") != NULL);
  crm_close(db);
  a_search_takes_any_text();
}
