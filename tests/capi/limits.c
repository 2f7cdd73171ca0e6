/* Limits as options of opening: each with a call just within it and one just above, which is refused by its rule and changes nothing. */
#include "check.h"

static crm_db *opened(int64_t crm_options_limit(crm_options *, int64_t), int64_t limit) {
  crm_options options;
  crm_db *db;
  memset(&options, 0, sizeof options);
  options.struct_size = (int32_t)sizeof options;
  options.create_file = 1;
  crm_options_limit(&options, limit);
  CHECK_OK(db, crm_open(":memory:", &options, &db));
  return db;
}

#define LIMIT(name) \
  static int64_t name(crm_options *options, int64_t limit) { return options->name = limit; }
LIMIT(max_nesting)
LIMIT(max_text_bytes)
LIMIT(max_search_bytes)
LIMIT(max_conditions)
LIMIT(max_columns)
LIMIT(max_values)
LIMIT(max_answer_rows)
LIMIT(max_answer_bytes)

/* `within` is answered and `above` is refused. */
static void of_questions(int64_t limit_of(crm_options *, int64_t), int64_t limit, const char *rule, const char *within, const char *above) {
  crm_db *db = opened(limit_of, limit);
  crm_query *query = NULL;
  const char *answer = NULL;
  CHECK_OK(db, crm_query_json(db, within, &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, rule, crm_query_json(db, above, &answer));
  CHECK(crm_query_new(db, above, &query) == CRM_INVALID_ARGUMENT);
  crm_query_close(query);
  CHECK_OK(db, crm_query_json(db, within, &answer));
  crm_close(db);
}

static void questions(void) {
  of_questions(max_nesting, 4, "limit.nesting", "{\"entity\": \"company\", \"where\": {\"all\": [{\"field\": \"id\", \"value\": 1}]}}",
               "{\"entity\": \"company\", \"where\": {\"all\": [{\"all\": [{\"field\": \"id\", \"value\": 1}]}]}}");
  of_questions(max_search_bytes, 5, "limit.search", "{\"entity\": \"company\", \"where\": {\"text\": \"abcde\"}}",
               "{\"entity\": \"company\", \"where\": {\"text\": \"abcdef\"}}");
  of_questions(max_search_bytes, 5, "limit.search",
               "{\"entity\": \"company\", \"where\": {\"field\": \"name\", \"op\": \"starts_with\", \"value\": \"abcde\"}}",
               "{\"entity\": \"company\", \"where\": {\"field\": \"name\", \"op\": \"contains\", \"value\": \"abcdef\"}}");
  of_questions(max_text_bytes, 5, "limit.text", "{\"entity\": \"company\", \"where\": {\"field\": \"name\", \"value\": \"abcde\"}}",
               "{\"entity\": \"company\", \"where\": {\"field\": \"name\", \"value\": \"abcdef\"}}");
  of_questions(max_conditions, 2, "limit.conditions",
               "{\"entity\": \"company\", \"where\": {\"any\": [{\"field\": \"id\", \"value\": 1}, {\"field\": \"id\", \"value\": 2}]}}",
               "{\"entity\": \"company\", \"where\": {\"any\": [{\"field\": \"id\", \"value\": 1}, {\"field\": \"id\", \"value\": 2}, {\"all\": []}]}}");
  of_questions(max_columns, 2, "limit.columns", "{\"entity\": \"company\", \"columns\": [\"id\", \"name\"]}",
               "{\"entity\": \"company\", \"columns\": [\"id\", \"name\", \"id\"]}");
  of_questions(max_values, 3, "limit.values",
               "{\"entity\": \"company\", \"where\": {\"field\": \"id\", \"op\": \"in\", \"value\": [1, 2, 3]}}",
               "{\"entity\": \"company\", \"where\": {\"any\": [{\"field\": \"id\", \"op\": \"in\", \"value\": [1, 2]}, {\"field\": \"id\", "
               "\"op\": \"in\", \"value\": [3, 4]}]}}");
}

static void texts_of_records(void) {
  crm_db *db = opened(max_text_bytes, 6);
  crm_record *rec = NULL;
  const char *answer = NULL;
  CHECK_OK(db, crm_record_new(db, CRM_COMPANY, &rec));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.too_long", crm_record_set_text(rec, CRM_COMPANY_NAME, "abcdefg", -1));
  CHECK_OK(db, crm_record_set_text(rec, CRM_COMPANY_NAME, "abcdef", -1));
  CHECK_OK(db, crm_record_save(rec));
  crm_record_close(rec);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.too_long", crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"abcdefg\"}]", &answer));
  CHECK_OK(db, crm_external_link(db, "system", "kind", "key", CRM_COMPANY, 1));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.too_long", crm_external_link(db, "systems", "kind", "key", CRM_COMPANY, 1));
  CHECK(count(db, "company") == 1);
  CHECK(count(db, "external_id") == 1);
  crm_close(db);
}

static void answers(void) {
  crm_db *db = opened(max_answer_rows, 2);
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  const char *answer = NULL;
  int32_t more = 1, rows = -1;
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "One");
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Two");
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\"}", &answer));
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Three");
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "limit.rows", crm_query_json(db, "{\"entity\": \"company\"}", &answer));
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\", \"limit\": 2}", &answer));
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\", \"columns\": [\"id\"]}", &query));
  CHECK_OK(db, crm_query_run(query, &cursor));
  for (; more; ++rows) CHECK_OK(db, crm_cursor_next(cursor, &more)); /* a cursor has no end */
  CHECK(rows == 3);
  crm_cursor_close(cursor);
  crm_query_close(query);
  crm_close(db);

  db = opened(max_answer_bytes, 100);
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "One");
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\", \"columns\": [\"name\"]}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "limit.bytes", crm_query_json(db, "{\"entity\": \"company\"}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "limit.bytes", crm_schema_json(db, &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "limit.bytes", crm_calendar_svg(db, "{}", &answer));
  CHECK_OK(db, crm_orphans_json(db, CRM_NONE, &answer));
  crm_close(db);
}

static void options_are_checked(void) {
  crm_options options;
  crm_db *db;
  const char *answer = NULL;
  memset(&options, 0, sizeof options);
  options.struct_size = (int32_t)sizeof options;
  options.create_file = 1;
  options.max_values = -1;
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_open(":memory:", &options, &db));
  crm_close(db);
  options.max_values = INT64_MAX;
  options.max_nesting = INT64_MAX;
  CHECK_OK(db, crm_open(":memory:", &options, &db));
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\"}", &answer));
  crm_close(db);
  options.struct_size = 32; /* a host compiled before there were limits */
  options.max_values = 1;
  CHECK_OK(db, crm_open(":memory:", &options, &db));
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\", \"where\": {\"field\": \"id\", \"op\": \"in\", \"value\": [1, 2, 3]}}", &answer));
  crm_close(db);
}

void test_limits(void) {
  questions();
  texts_of_records();
  answers();
  options_are_checked();
}
