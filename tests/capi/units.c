/* A call that fails inside a unit of work leaves nothing behind, and the unit goes on. */
#include "check.h"

static crm_db *answering; /* the handle whose authoriser is asked */

static int32_t CRM_CALL forbid_new_assignments(void *user, const char *question) {
  const int forbidden = strstr(question, "\"assignment\"") && strstr(question, "\"insert\"");
  (void)user;
  return crm_host_answer(answering, forbidden ? "\"not now\"" : "null");
}

static int64_t id_in(const char *answer, const char *entity) {
  char before[60];
  long long id = 0;
  const char *at;
  snprintf(before, sizeof before, "\"entity\":\"%s\",\"id\":", entity);
  at = strstr(answer, before);
  if (at) sscanf(at + strlen(before), "%lld", &id);
  return id;
}

static void test_batch(crm_db *db) {
  const char *answer = NULL;
  CHECK_OK(db, crm_begin(db));
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"Before\"}]", &answer));

  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.required",
                crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"Good\"}, {\"entity\": \"company\", \"name\": null}]", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.kind",
                crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"X\", \"external_id\": {\"system\": 1}}]", &answer));
  CHECK(count(db, "company") == 1);

  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"After\"}]", &answer));
  CHECK_OK(db, crm_commit(db));
  CHECK(count(db, "company") == 2);
  CHECK(count(db, "external_id") == 0);
}

static void test_plans(crm_db *db) {
  const char *answer = NULL;
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"user\", \"last_name\": \"One\"}]", &answer));
  CHECK_OK(db, crm_begin(db));

  CHECK_REFUSED(db, CRM_REFUSED, "date.order",
                crm_plans_set_json(db, "[{\"user_id\": 1, \"from_date\": \"2026-01-01\", \"to_date\": \"2026-02-01\", \"measure\": \"events\", \"events\": 5},"
                                   "{\"user_id\": 1, \"from_date\": \"2026-02-01\", \"to_date\": \"2026-01-01\", \"measure\": \"events\", \"events\": 5}]", &answer));

  CHECK_OK(db, crm_commit(db));
  CHECK(count(db, "plan_cell") == 0);
}

/* The host's authoriser lets the old assignment end and forbids the new one: the old one goes on. */
static void test_assign(crm_db *db) {
  const char *answer = NULL;
  int64_t company, chief;
  crm_host host;
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"Client\", \"status\": \"active\"},"
                             "{\"entity\": \"user\", \"last_name\": \"Chief\", \"administrator\": true}]", &answer));
  company = id_in(answer, "company");
  chief = id_in(answer, "user");
  CHECK_OK(db, crm_assign(db, company, 1, CRM_ASSIGNMENT_ROLE_MAIN, CRM_NONE, NULL, NULL));
  memset(&host, 0, sizeof host);
  host.struct_size = (int32_t)sizeof host;
  host.authorise = forbid_new_assignments;
  answering = db;
  CHECK_OK(db, crm_host_set(db, &host));
  CHECK_OK(db, crm_act_as(db, chief));
  CHECK_OK(db, crm_begin(db));

  CHECK_REFUSED(db, CRM_DENIED, "X1.authoriser", crm_assign(db, company, chief, CRM_ASSIGNMENT_ROLE_MAIN, CRM_NONE, NULL, NULL));

  CHECK_OK(db, crm_commit(db));
  CHECK_OK(db, crm_act_as(db, 0));
  host.authorise = NULL;
  CHECK_OK(db, crm_host_set(db, &host));
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"assignment\", \"columns\": [\"user_id\", \"to_date\"]}", &answer));
  CHECK(strstr(answer, "\"rows\":[[1,null]]") != NULL);
}

void test_units(void) {
  static const char *const kPaths[] = {"memory:", ":memory:"};
  for (int i = 0; i < 2; ++i) {
    crm_db *db = NULL;
    CHECK_OK(db, crm_open(kPaths[i], NULL, &db));
    test_batch(db);
    test_plans(db);
    test_assign(db);
    crm_close(db);
  }
}
