/* Open, save, load, change, conflict, close, open again. */
#include "check.h"

#include <stdlib.h>

static void remove_database(const char *path) {
  char name[1100];
  const char *tails[] = {"", "-wal", "-shm"};
  int i;
  for (i = 0; i < 3; ++i) {
    snprintf(name, sizeof name, "%s%s", path, tails[i]);
    remove(name);
  }
}

static void a_saved_record_is_loaded_again(const char *path) {
  crm_db *db = NULL;
  crm_record *rec = NULL;
  int64_t id;
  int32_t length = 0;
  CHECK_OK(db, crm_open(path, NULL, &db));
  id = make(db, CRM_COMPANY, CRM_COMPANY_NAME, "ООО \"Вектор\"");
  CHECK(id > 0);
  crm_close(db);

  CHECK_OK(db, crm_open(path, NULL, &db));
  CHECK_OK(db, crm_record_load(db, CRM_COMPANY, id, &rec));
  CHECK(strcmp(crm_record_text(rec, CRM_COMPANY_NAME, &length), "ООО \"Вектор\"") == 0);
  CHECK(length == (int32_t)strlen("ООО \"Вектор\""));
  CHECK(crm_record_int(rec, CRM_COMPANY_STATUS) == CRM_COMPANY_STATUS_DRAFT);
  CHECK(crm_record_is_null(rec, CRM_COMPANY_COMMENT) == 1);
  CHECK(crm_record_text(rec, CRM_COMPANY_COMMENT, NULL) == NULL);
  crm_record_close(rec);
  crm_close(db);
}

static void a_lost_update_is_a_conflict(const char *path) {
  crm_db *one = NULL;
  crm_db *two = NULL;
  crm_record *mine = NULL;
  crm_record *theirs = NULL;
  int64_t id;
  CHECK_OK(one, crm_open(path, NULL, &one));
  CHECK_OK(two, crm_open(path, NULL, &two));
  id = make(one, CRM_COMPANY, CRM_COMPANY_NAME, "Север");
  CHECK_OK(one, crm_record_load(one, CRM_COMPANY, id, &mine));
  CHECK_OK(two, crm_record_load(two, CRM_COMPANY, id, &theirs));
  CHECK_OK(two, crm_record_set_text(theirs, CRM_COMPANY_COMMENT, "первый", -1));
  CHECK_OK(two, crm_record_save(theirs));

  CHECK_OK(one, crm_record_set_text(mine, CRM_COMPANY_COMMENT, "второй", -1));
  CHECK_REFUSED(one, CRM_CONFLICT, "record.conflict", crm_record_save(mine));

  crm_record_close(mine);
  crm_record_close(theirs);
  CHECK_OK(one, crm_record_load(one, CRM_COMPANY, id, &mine));
  CHECK(strcmp(crm_record_text(mine, CRM_COMPANY_COMMENT, NULL), "первый") == 0);
  crm_record_close(mine);
  crm_close(one);
  crm_close(two);
}

static void a_unit_of_work_is_all_or_nothing(const char *path) {
  crm_db *db = NULL;
  int64_t before;
  CHECK_OK(db, crm_open(path, NULL, &db));
  before = count(db, "company");

  CHECK_OK(db, crm_begin(db));
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Первая");
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вторая");
  CHECK_OK(db, crm_rollback(db));
  CHECK(count(db, "company") == before);

  CHECK_OK(db, crm_begin(db));
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Первая");
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вторая");
  CHECK_OK(db, crm_commit(db));
  CHECK(count(db, "company") == before + 2);

  CHECK_REFUSED(db, CRM_MISUSE, "handle.transaction", crm_commit(db));
  CHECK_REFUSED(db, CRM_MISUSE, "handle.transaction", crm_rollback(db));
  crm_close(db);
}

static void what_is_left_open_answers_misuse(const char *path) {
  crm_db *db = NULL;
  crm_record *rec = NULL;
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  crm_cursor *other = NULL;
  int32_t more = 0;
  CHECK_OK(db, crm_open(path, NULL, &db));
  CHECK_OK(db, crm_record_new(db, CRM_COMPANY, &rec));
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\"}", &query));
  CHECK_OK(db, crm_query_run(query, &cursor));
  crm_close(db);

  CHECK(crm_record_set_text(rec, CRM_COMPANY_NAME, "x", -1) == CRM_OK);
  CHECK(crm_record_save(rec) == CRM_MISUSE);
  CHECK(crm_cursor_next(cursor, &more) == CRM_MISUSE);
  CHECK(crm_query_run(query, &other) == CRM_MISUSE);
  CHECK(other == NULL);
  crm_cursor_close(cursor);
  crm_query_close(query);
  crm_record_close(rec);
}

void test_life_cycle(const char *path) {
  remove_database(path);
  a_saved_record_is_loaded_again(path);
  a_lost_update_is_a_conflict(path);
  a_unit_of_work_is_all_or_nothing(path);
  what_is_left_open_answers_misuse(path);
  CHECK(strcmp(crm_version(), "0.5.0") == 0);
  CHECK(strcmp(crm_status_name(CRM_CONFLICT), "conflict") == 0);
  CHECK(strcmp(crm_status_name(77), "unknown") == 0);
  CHECK(crm_entity_no("legal_entity") == CRM_LEGAL_ENTITY);
  CHECK(crm_field_no(CRM_LEGAL_ENTITY, "inn") == CRM_LEGAL_ENTITY_INN);
  remove_database(path);
}
