/* A CRM over the host's own storage, a store written in C. */
#include "../conformance/host_store.h"
#include "check.h"

static void a_crm_works_over_it(void) {
  host_base *base = host_base_new();
  crm_store store;
  crm_db *db = NULL;
  crm_db *second = NULL;
  crm_record *mine = NULL;
  crm_record *theirs = NULL;
  const char *answer = NULL;
  int64_t id;
  int calls;
  host_store(base, &store);
  CHECK_OK(db, crm_open_store(&store, NULL, &db));
  id = make(db, CRM_COMPANY, CRM_COMPANY_NAME, "ООО \"Вектор\"");
  CHECK_OK(db, crm_contacts_json(db, "вект", 10, &answer));
  CHECK(strstr(answer, "Вектор") != NULL);
  CHECK_OK(second, crm_open_store(&store, NULL, &second));
  CHECK_OK(db, crm_record_load(db, CRM_COMPANY, id, &mine));
  CHECK_OK(second, crm_record_load(second, CRM_COMPANY, id, &theirs));
  CHECK_OK(second, crm_record_set_text(theirs, CRM_COMPANY_COMMENT, "первый", -1));
  CHECK_OK(second, crm_record_save(theirs));
  CHECK_OK(db, crm_record_set_text(mine, CRM_COMPANY_COMMENT, "второй", -1));
  CHECK_REFUSED(db, CRM_CONFLICT, "record.conflict", crm_record_save(mine));
  crm_record_close(mine);
  crm_record_close(theirs);

  /* a point operation asks for rows, never for tables: as many callbacks over a hundred cards as over one */
  host_fail_at(base, -1);
  CHECK_OK(db, crm_record_load(db, CRM_COMPANY, id, &mine));
  calls = host_calls(base);
  crm_record_close(mine);
  for (int i = 0; i < 100; ++i) make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Клиент");
  host_fail_at(base, -1);
  CHECK_OK(db, crm_record_load(db, CRM_COMPANY, id, &mine));
  CHECK(host_calls(base) == calls);
  crm_record_close(mine);

  crm_close(db);
  CHECK(host_destroyed(base) == 1);
  crm_close(second);
  CHECK(host_destroyed(base) == 2);
  host_base_free(base);
}

static void what_a_callback_says_is_told(void) {
  host_base *base = host_base_new();
  crm_store store;
  crm_db *db = NULL;
  crm_record *rec = NULL;
  host_store(base, &store);
  CHECK_OK(db, crm_open_store(&store, NULL, &db));
  CHECK_OK(db, crm_record_new(db, CRM_COMPANY, &rec));
  CHECK_OK(db, crm_record_set_text(rec, CRM_COMPANY_NAME, "Вектор", -1));
  host_fail_at(base, 3);
  CHECK_REFUSED(db, CRM_HOST, "store.host", crm_record_save(rec));
  CHECK(strstr(crm_error_message(db), "no disk") != NULL);
  host_fail_at(base, -1);
  CHECK(count(db, "company") == 0);
  CHECK_OK(db, crm_record_save(rec));
  crm_record_close(rec);
  crm_close(db);

  host_base_free(base);
}

static void a_store_is_destroyed_once_however_opening_fails(void) {
  host_base *base = host_base_new();
  crm_store store;
  crm_options options;
  crm_db *db = NULL;
  host_store(base, &store);
  memset(&options, 0, sizeof options);
  options.struct_size = (int32_t)sizeof options;
  options.language = 99;
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_open_store(&store, &options, &db));
  CHECK(host_destroyed(base) == 1);
  crm_close(db);
  CHECK(crm_open_store(&store, NULL, NULL) == CRM_INVALID_ARGUMENT);
  CHECK(host_destroyed(base) == 2);
  host_fail_at(base, 2);
  CHECK_REFUSED(db, CRM_HOST, "store.host", crm_open_store(&store, NULL, &db));
  CHECK(host_destroyed(base) == 3);
  crm_close(db);
  host_fail_at(base, -1);
  store.begin = NULL;
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "store.callback", crm_open_store(&store, NULL, &db));
  CHECK(host_destroyed(base) == 4);
  crm_close(db);
  CHECK(host_destroyed(base) == 4);
  host_base_free(base);
}

/* What was opened before the handle was closed says so, and asks the store nothing. */
static void what_outlives_the_handle_asks_the_store_nothing(void) {
  host_base *base = host_base_new();
  crm_store store;
  crm_db *db = NULL;
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  crm_record *rec = NULL;
  int32_t more;
  host_store(base, &store);
  CHECK_OK(db, crm_open_store(&store, NULL, &db));
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вектор");
  CHECK_OK(db, crm_record_new(db, CRM_COMPANY, &rec));
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\", \"columns\": [\"name\"]}", &query));
  CHECK_OK(db, crm_query_run(query, &cursor));
  crm_close(db);
  CHECK(host_units(base) == 0);
  CHECK(host_destroyed(base) == 1);
  host_fail_at(base, -1);
  CHECK(crm_cursor_next(cursor, &more) == CRM_MISUSE);
  CHECK(crm_record_save(rec) == CRM_MISUSE);
  crm_cursor_close(cursor);
  crm_query_close(query);
  crm_record_close(rec);
  CHECK(host_calls(base) == 0);
  host_base_free(base);
}

/* Calls back into the handle from inside a callback: told, not hung. */
static crm_store of_base;
static crm_db *called_back;
static int32_t answered;

static int32_t CRM_CALL calling_back(void *user, int32_t writing) {
  const char *answer;
  if (called_back) answered = crm_query_json(called_back, "{\"entity\": \"company\"}", &answer);
  return of_base.begin(user, writing);
}

static void a_callback_that_calls_back_is_told(void) {
  host_base *base = host_base_new();
  crm_store store;
  crm_db *db = NULL;
  host_store(base, &of_base);
  store = of_base;
  store.begin = calling_back;
  CHECK_OK(db, crm_open_store(&store, NULL, &db));
  called_back = db;
  CHECK(count(db, "company") == 0);
  CHECK(answered == CRM_MISUSE);
  called_back = NULL;
  crm_close(db);
  host_base_free(base);
}

void test_host(void) {
  a_crm_works_over_it();
  what_a_callback_says_is_told();
  a_store_is_destroyed_once_however_opening_fails();
  what_outlives_the_handle_asks_the_store_nothing();
  a_callback_that_calls_back_is_told();
}
