/* Tests of the C ABI, in C. argv[1]: a folder for files. */
#include "check.h"

#include <stdlib.h>

int checks = 0;
int failures = 0;

int64_t make(crm_db *db, int32_t entity, int32_t field, const char *text) {
  crm_record *rec = NULL;
  int64_t id;
  CHECK_OK(db, crm_record_new(db, entity, &rec));
  CHECK_OK(db, crm_record_set_text(rec, field, text, -1));
  CHECK_OK(db, crm_record_save(rec));
  id = crm_record_id(rec);
  crm_record_close(rec);
  return id;
}

int64_t count(crm_db *db, const char *entity) {
  char json[200];
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  int32_t more = 0;
  int64_t rows = 0;
  snprintf(json, sizeof json, "{\"entity\": \"%s\", \"columns\": [\"id\"]}", entity);
  CHECK_OK(db, crm_query_new(db, json, &query));
  CHECK_OK(db, crm_query_run(query, &cursor));
  while (crm_cursor_next(cursor, &more) == CRM_OK && more) ++rows;
  crm_cursor_close(cursor);
  crm_query_close(query);
  return rows;
}

int main(int argc, char **argv) {
  const char *folder = argc > 1 ? argv[1] : ".";
  char path[1000];
  snprintf(path, sizeof path, "%s/capi-test.db", folder);
  test_life_cycle(path);
  test_bad_input(path);
  test_bad_databases(path);
  test_all_wrong_arguments();
  test_events();
  test_queries();
  test_matrices();
  test_threads();
  test_host();
  test_host_port();
  test_joined();
  test_texts();
  test_units();
  test_throwing_host();
  test_limits();
  printf("%d checks, %d failures\n", checks, failures);
  return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
