/* Bad input: its own code, the field, the value, a message; and the base stays as it was. */
#include "check.h"

#include <stddef.h>
#include <stdlib.h>

static crm_record *record(crm_db *db, int32_t entity) {
  crm_record *rec = NULL;
  CHECK_OK(db, crm_record_new(db, entity, &rec));
  return rec;
}

static void values_are_checked_when_they_are_set(crm_db *db) {
  crm_record *company = record(db, CRM_COMPANY);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.type", crm_record_set_int(company, CRM_COMPANY_NAME, 5));
  CHECK(crm_violation_count(db) == 1);
  CHECK(crm_violation_entity(db, 0) == CRM_COMPANY);
  CHECK(crm_violation_field(db, 0) == CRM_COMPANY_NAME);
  CHECK(strcmp(crm_violation_value(db, 0), "5") == 0);
  CHECK(strlen(crm_error_message(db)) > 10);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.unknown", crm_record_set_int(company, 999, 5));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.unknown", crm_record_set_int(company, -1, 5));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.nul", crm_record_set_text(company, CRM_COMPANY_NAME, "a\0b", 3));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.utf8", crm_record_set_text(company, CRM_COMPANY_NAME, "ab\xff", -1));
  CHECK(strstr(crm_violation_value(db, 0), "\\xff") != NULL || strstr(crm_violation_value(db, 0), "\\xFF") != NULL);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.enum", crm_record_set_int(company, CRM_COMPANY_STATUS, 44));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.kind", crm_record_set_text(company, CRM_COMPANY_STATUS, "asleep", -1));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.required", crm_record_save(company));
  CHECK(crm_violation_field(db, 0) == CRM_COMPANY_NAME);
  crm_record_close(company);
  CHECK(count(db, "company") == 0);
}

/* A value that the library makes is refused, not swallowed. */
static void what_the_library_makes_is_not_given(crm_db *db) {
  const char *answer = NULL;
  crm_record *company = record(db, CRM_COMPANY);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.read_only", crm_record_set_text(company, CRM_COMPANY_PHONE, "+7 383 212-34-56", -1));
  CHECK(crm_violation_field(db, 0) == CRM_COMPANY_PHONE);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.read_only", crm_record_set_int(company, CRM_COMPANY_SCORE, 100));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.read_only", crm_record_set_null(company, CRM_COMPANY_SEARCH_KEY));
  crm_record_close(company);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.read_only",
                crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"A\", \"score\": 100}]", &answer));
  CHECK(count(db, "company") == 0);
}

static void unknown_records_are_not_found(crm_db *db) {
  crm_record *rec = NULL;
  CHECK_REFUSED(db, CRM_NOT_FOUND, "record.not_found", crm_record_load(db, CRM_COMPANY, 12345, &rec));
  CHECK(rec == NULL);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "entity.unknown", crm_record_load(db, 4000, 1, &rec));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "entity.unknown", crm_record_new(db, 0, &rec));
}

static void a_reference_must_lead_somewhere(crm_db *db) {
  crm_record *rec = record(db, CRM_EMPLOYEE);
  CHECK_OK(db, crm_record_set_text(rec, CRM_EMPLOYEE_LAST_NAME, "Иванов", -1));
  CHECK_OK(db, crm_record_set_int(rec, CRM_EMPLOYEE_COMPANY_ID, 777));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "ref.missing", crm_record_save(rec));
  CHECK(crm_violation_entity(db, 0) == CRM_EMPLOYEE);
  CHECK(crm_violation_field(db, 0) == CRM_EMPLOYEE_COMPANY_ID);
  CHECK(strcmp(crm_violation_value(db, 0), "777") == 0);
  crm_record_close(rec);
  CHECK(count(db, "employee") == 0);
}

static void supervisors_make_no_cycle(crm_db *db) {
  const int64_t chief = make(db, CRM_USER, CRM_USER_LAST_NAME, "Петров");
  crm_record *rec = record(db, CRM_USER);
  int64_t junior;
  CHECK_OK(db, crm_record_set_text(rec, CRM_USER_LAST_NAME, "Сидоров", -1));
  CHECK_OK(db, crm_record_set_int(rec, CRM_USER_SUPERVISOR_ID, chief));
  CHECK_OK(db, crm_record_save(rec));
  junior = crm_record_id(rec);
  crm_record_close(rec);

  CHECK_OK(db, crm_record_load(db, CRM_USER, chief, &rec));
  CHECK_OK(db, crm_record_set_int(rec, CRM_USER_SUPERVISOR_ID, junior));
  CHECK_REFUSED(db, CRM_REFUSED, "M6.cycle", crm_record_save(rec));
  CHECK_OK(db, crm_record_set_int(rec, CRM_USER_SUPERVISOR_ID, chief));
  CHECK_REFUSED(db, CRM_REFUSED, "M6.self", crm_record_save(rec));
  CHECK(crm_violation_record(db, 0) == chief);
  crm_record_close(rec);

  CHECK_OK(db, crm_record_load(db, CRM_USER, chief, &rec));
  CHECK(crm_record_is_null(rec, CRM_USER_SUPERVISOR_ID) == 1);
  crm_record_close(rec);
}

static void requisites_are_checked(crm_db *db) {
  const int64_t company = make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вектор");
  crm_record *rec = record(db, CRM_LEGAL_ENTITY);
  CHECK_OK(db, crm_record_set_int(rec, CRM_LEGAL_ENTITY_COMPANY_ID, company));
  CHECK_OK(db, crm_record_set_text(rec, CRM_LEGAL_ENTITY_NAME, "ООО \"Вектор\"", -1));
  /* 7707083893 is valid; its last digit is changed */
  CHECK_OK(db, crm_record_set_text(rec, CRM_LEGAL_ENTITY_INN, "7707083894", -1));
  CHECK_REFUSED(db, CRM_REFUSED, "C2.inn_check", crm_record_save(rec));
  CHECK(crm_violation_field(db, 0) == CRM_LEGAL_ENTITY_INN);
  CHECK(strcmp(crm_violation_value(db, 0), "7707083894") == 0);
  CHECK_OK(db, crm_language_set(db, CRM_RUSSIAN));
  CHECK(strstr(crm_violation_text(db, 0) ? crm_violation_text(db, 0) : "", "ИНН") == NULL); /* that error is gone */
  CHECK(crm_record_save(rec) == CRM_REFUSED);
  CHECK(strstr(crm_error_message(db), "ИНН") != NULL);
  CHECK_OK(db, crm_language_set(db, CRM_ENGLISH));
  CHECK(count(db, "legal_entity") == 0);
  CHECK_OK(db, crm_record_set_text(rec, CRM_LEGAL_ENTITY_INN, "7707083893", -1));
  CHECK_OK(db, crm_record_save(rec));
  crm_record_close(rec);
}

static void json_is_checked(crm_db *db) {
  const char *answer = NULL;
  crm_query *query = NULL;
  const int64_t companies = count(db, "company");
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.syntax", crm_save_json(db, "[{", &answer));
  CHECK(answer == NULL);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.unknown",
                crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"A\"}, {\"entity\": \"company\", \"nam\": 1}]", &answer));
  CHECK(count(db, "company") == companies);
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "query.bad", crm_query_json(db, "{\"entity\": \"company\", \"limit\": -1}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.unknown",
                crm_query_new(db, "{\"entity\": \"company\", \"columns\": [\"nam\"]}", &query));
  CHECK(query == NULL);
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\", \"where\": {\"field\": \"id\", \"value\": {\"param\": 1}}}", &query));
  {
    crm_cursor *cursor = NULL;
    CHECK_REFUSED(db, CRM_MISUSE, "query.bad", crm_query_run(query, &cursor));
    CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "query.bad", crm_query_bind_int(query, 2, 1));
  }
  crm_query_close(query);
}

void test_bad_input(const char *path) {
  crm_db *db = NULL;
  (void)path;
  CHECK_OK(db, crm_open("memory:", NULL, &db));
  values_are_checked_when_they_are_set(db);
  what_the_library_makes_is_not_given(db);
  unknown_records_are_not_found(db);
  a_reference_must_lead_somewhere(db);
  supervisors_make_no_cycle(db);
  requisites_are_checked(db);
  json_is_checked(db);
  crm_close(db);
}

static void write_file(const char *path, const char *text) {
  FILE *file = fopen(path, "wb");
  CHECK(file != NULL);
  if (!file) return;
  fputs(text, file);
  fclose(file);
}

/* The schema version stands big-endian at byte 60 of the file (SQLite's user_version). */
static void make_newer(const char *path) {
  const unsigned char version[4] = {0, 0, 3, 0xe7};
  FILE *file = fopen(path, "r+b");
  CHECK(file != NULL);
  if (!file) return;
  CHECK(fseek(file, 60, SEEK_SET) == 0);
  CHECK(fwrite(version, 1, 4, file) == 4);
  fclose(file);
}

void test_bad_databases(const char *path) {
  crm_db *db = NULL;
  crm_db *other = NULL;
  crm_options options;
  char missing[1100];
  memset(&options, 0, sizeof options);
  options.struct_size = (int32_t)sizeof options;

  write_file(path, "This is a letter and not a database, and it is long enough to have a header of one.\n");
  CHECK_REFUSED(db, CRM_CORRUPT, "store.not_a_database", crm_open(path, NULL, &db));
  CHECK(db != NULL);
  CHECK(crm_begin(db) == CRM_MISUSE);
  crm_close(db);
  remove(path);

  snprintf(missing, sizeof missing, "%s/no/such/folder.db", path);
  CHECK(crm_open(missing, NULL, &db) == CRM_STORAGE);
  crm_close(db);

  CHECK(crm_open(path, &options, &db) == CRM_STORAGE); /* create_file is 0 and there is no file */
  crm_close(db);

  options.create_file = 1;
  options.language = 7;
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_open(path, &options, &db));
  crm_close(db);
  options.language = CRM_ENGLISH;

  options.zone = "Asia/Atlantis";
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "time.zone", crm_open(path, &options, &db));
  crm_close(db);
  options.zone = NULL;
  options.currency = "roubles";
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "money.currency_form", crm_open(path, &options, &db));
  crm_close(db);
  CHECK(fopen(path, "rb") == NULL); /* nothing was made */
  options.currency = (const char *)&options + 1; /* beyond what struct_size says, or half of it: not given */
  options.struct_size = (int32_t)(offsetof(crm_options, currency) + sizeof options.currency - 1);
  CHECK_OK(db, crm_open("memory:", &options, &db));
  crm_close(db);
  options.currency = NULL;

  options.struct_size = 3;
  CHECK(crm_open(path, &options, &db) == CRM_INVALID_ARGUMENT);
  crm_close(db);
  options.struct_size = (int32_t)sizeof options;

  options.busy_timeout_ms = 50;
  CHECK_OK(db, crm_open(path, &options, &db));
  CHECK_OK(other, crm_open(path, &options, &other));
  CHECK_OK(db, crm_begin(db));
  CHECK_REFUSED(other, CRM_BUSY, "store.locked", crm_begin(other));
  CHECK_OK(db, crm_rollback(db));
  CHECK_OK(other, crm_begin(other));
  CHECK_OK(other, crm_rollback(other));
  CHECK_REFUSED(db, CRM_DENIED, "handle.actor", crm_act_as(db, 4321));
  CHECK_REFUSED(db, CRM_DENIED, "handle.actor", crm_act_as_login(db, "nobody"));
  crm_close(other);
  crm_close(db);

  make_newer(path);
  CHECK_REFUSED(db, CRM_UNSUPPORTED, "store.newer_schema", crm_open(path, NULL, &db));
  crm_close(db);
  remove(path);
}
