#include "arguments.h"

void test_all_wrong_arguments(void) {
  struct fixture f;
  memset(&f, 0, sizeof f);
  f.units[0] = 'x';
  CHECK_OK(f.db, crm_open("memory:", NULL, &f.db));
  CHECK_OK(f.db, crm_record_new(f.db, CRM_COMPANY, &f.record));
  CHECK_OK(f.db, crm_query_new(f.db, "{\"entity\": \"company\"}", &f.query));
  CHECK_OK(f.db, crm_query_run(f.query, &f.cursor));

  test_wrong_arguments(&f);

  /* None of it has broken anything: the handles still work. */
  crm_cursor_close(f.cursor);
  CHECK_OK(f.db, crm_record_set_text(f.record, CRM_COMPANY_NAME, "Вектор", -1));
  CHECK_OK(f.db, crm_record_save(f.record));
  CHECK(crm_record_id(f.record) > 0);
  crm_query_close(f.query);
  crm_record_close(f.record);
  crm_close(f.db);
}
