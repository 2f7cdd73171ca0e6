/* A CRM on the host's own SQLite connection (X3): his COMMIT and ROLLBACK are ours. */
#include "check.h"

#include <sqlite3.h>

static void run(sqlite3 *base, const char *sql) { CHECK(sqlite3_exec(base, sql, NULL, NULL, NULL) == SQLITE_OK); }

#ifdef CRM_SQLITE_INSIDE
static void it_is_not_there_where_sqlite_is_inside(sqlite3 *base) {
  crm_db *db = NULL;
  CHECK_REFUSED(db, CRM_UNSUPPORTED, "store.unsupported", crm_open_joined(base, NULL, &db));
  crm_close(db);
}
#else
static int number(sqlite3 *base, const char *sql) {
  sqlite3_stmt *stmt = NULL;
  int found = -1;
  CHECK(sqlite3_prepare_v2(base, sql, -1, &stmt, NULL) == SQLITE_OK);
  if (sqlite3_step(stmt) == SQLITE_ROW) found = sqlite3_column_int(stmt, 0);
  sqlite3_finalize(stmt);
  return found;
}

static void both_commit_or_neither(sqlite3 *base) {
  crm_db *db = NULL;
  const char *answer = NULL;
  CHECK_OK(db, crm_open_joined(base, NULL, &db));
  run(base, "BEGIN; INSERT INTO invoice VALUES('1')");
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вектор");
  run(base, "COMMIT");
  CHECK(number(base, "SELECT count(*) FROM invoice") == 1);
  CHECK(count(db, "company") == 1);

  run(base, "BEGIN; INSERT INTO invoice VALUES('2')");
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Ромб");
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.required", crm_save_json(db, "[{\"entity\": \"company\"}]", &answer));
  CHECK(count(db, "company") == 2);
  run(base, "ROLLBACK");
  CHECK(number(base, "SELECT count(*) FROM invoice") == 1);
  CHECK(count(db, "company") == 1);

  CHECK_OK(db, crm_begin(db)); /* a unit of ours is his transaction as well */
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Куб");
  run(base, "INSERT INTO invoice VALUES('3')");
  CHECK_OK(db, crm_rollback(db));
  CHECK(number(base, "SELECT count(*) FROM invoice") == 1);
  CHECK(count(db, "company") == 1);
  crm_close(db);
  CHECK(number(base, "SELECT count(*) FROM invoice") == 1); /* the connection goes on */
}
#endif

void test_joined(void) {
  sqlite3 *base = NULL;
  CHECK(sqlite3_open(":memory:", &base) == SQLITE_OK);
  run(base, "CREATE TABLE invoice(number TEXT)");
#ifdef CRM_SQLITE_INSIDE
  it_is_not_there_where_sqlite_is_inside(base);
#else
  both_commit_or_neither(base);
#endif
  CHECK(sqlite3_close(base) == SQLITE_OK);
}
