/* Whitespace, demand, the matrices of all companies (P1-P4). */
#include "check.h"

/* Вектор builds roads: cement and steel are meant for it, it bought cement; flour is for nobody and was bought all the same. */
static void fill(crm_db *db) {
  const char *answer = NULL;
  CHECK_OK(db, crm_save_json(db,
      "[{\"entity\": \"sphere\", \"ref\": \"s\", \"name\": \"дороги\"},"
      " {\"entity\": \"product\", \"ref\": \"c\", \"name\": \"цемент\"}, {\"entity\": \"product\", \"ref\": \"t\", \"name\": \"сталь\"},"
      " {\"entity\": \"product\", \"ref\": \"f\", \"name\": \"мука\"},"
      " {\"entity\": \"organisation_cell\", \"product_id\": {\"$ref\": \"c\"}, \"sphere_id\": {\"$ref\": \"s\"}},"
      " {\"entity\": \"organisation_cell\", \"product_id\": {\"$ref\": \"t\"}, \"sphere_id\": {\"$ref\": \"s\"}},"
      " {\"entity\": \"user\", \"ref\": \"u\", \"last_name\": \"Иванов\", \"hired\": \"2020-01-09\"},"
      " {\"entity\": \"user_cell\", \"user_id\": {\"$ref\": \"u\"}, \"product_id\": {\"$ref\": \"t\"}, \"sphere_id\": {\"$ref\": \"s\"}},"
      " {\"entity\": \"company\", \"ref\": \"v\", \"name\": \"Вектор\", \"status\": \"active\"},"
      " {\"entity\": \"company_sphere\", \"company_id\": {\"$ref\": \"v\"}, \"sphere_id\": {\"$ref\": \"s\"}},"
      " {\"entity\": \"assignment\", \"company_id\": {\"$ref\": \"v\"}, \"user_id\": {\"$ref\": \"u\"}, \"role\": \"main\","
      "  \"from_date\": \"2026-01-01\"},"
      " {\"entity\": \"receipt\", \"kind\": \"shipment\", \"company_id\": {\"$ref\": \"v\"}, \"product_id\": {\"$ref\": \"c\"},"
      "  \"date\": \"2026-02-01\", \"quantity\": \"5\", \"amount\": 1000, \"currency\": \"RUB\"},"
      " {\"entity\": \"receipt\", \"kind\": \"shipment\", \"company_id\": {\"$ref\": \"v\"}, \"product_id\": {\"$ref\": \"f\"},"
      "  \"date\": \"2026-02-02\", \"quantity\": \"1.5\", \"amount\": 7000, \"currency\": \"RUB\"}]", &answer));
}

static void answers(crm_db *db) {
  const char *answer = NULL;
  CHECK_OK(db, crm_whitespace_json(db, "{\"day\": \"2026-03-02\", \"with_totals\": true}", &answer));
  CHECK(strstr(answer, "\"cells\":[{\"product_id\":1,\"sphere_id\":1,\"status\":\"owned\"},"
                       "{\"product_id\":2,\"sphere_id\":1,\"status\":\"never_offered\"},"
                       "{\"product_id\":3,\"sphere_id\":1,\"status\":\"not_eligible\",\"sold_all_the_same\":true}]") != NULL);
  CHECK(strstr(answer, "\"total\":{\"not_eligible\":1,\"owned\":1,\"never_offered\":1,\"refused\":0,\"in_work\":0,"
                       "\"sold_all_the_same\":1}") != NULL);
  CHECK_OK(db, crm_whitespace_json(db, "{\"day\": \"2026-03-02\", \"base\": \"company_matrix\", \"statuses\": [\"never_offered\"]}", &answer));
  CHECK(strcmp(answer, "{\"day\":\"2026-03-02\",\"clients\":[{\"company_id\":1,\"name\":\"Вектор\",\"cells\":["
                       "{\"product_id\":2,\"sphere_id\":1,\"status\":\"never_offered\"}]}]}") == 0);
  CHECK_OK(db, crm_underserved_json(db, "{\"day\": \"2026-03-02\"}", &answer));
  CHECK(strcmp(answer, "{\"day\":\"2026-03-02\",\"count\":1,\"clients\":[{\"company_id\":1,\"name\":\"Вектор\",\"range\":2,"
                       "\"never_offered\":1,\"product_ids\":[2]}]}") == 0);
  CHECK_OK(db, crm_demanded_products_json(db, "{\"limit\": 1}", &answer));
  CHECK(strcmp(answer, "[{\"product_id\":3,\"name\":\"мука\",\"amount\":7000,\"currency\":\"RUB\"}]") == 0);
  CHECK_OK(db, crm_demanded_products_json(db, "{\"by\": \"quantity\", \"to\": \"2026-02-02\"}", &answer));
  CHECK(strcmp(answer, "[{\"product_id\":1,\"name\":\"цемент\",\"quantity\":\"5\"}]") == 0);
  CHECK_OK(db, crm_company_matrices_json(db, "{\"day\": \"2026-03-02\"}", &answer));
  CHECK(strcmp(answer, "{\"companies\":[{\"company_id\":1,\"spheres\":[{\"sphere_id\":1,\"product_ids\":[2]}]}]}") == 0);
}

static void questions_that_make_no_sense(crm_db *db) {
  const char *answer = NULL;
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.kind", crm_whitespace_json(db, "{\"status\": \"owned\"}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.kind", crm_whitespace_json(db, "{\"statuses\": [\"bought\"]}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.kind", crm_underserved_json(db, "{\"after\": 1}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.kind", crm_demanded_products_json(db, "[]", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "date.order",
                crm_demanded_products_json(db, "{\"from\": \"2026-03-02\", \"to\": \"2026-03-02\"}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_company_matrices_json(db, "{\"limit\": 10001}", &answer));
  CHECK_REFUSED(db, CRM_NOT_FOUND, "record.not_found", crm_whitespace_json(db, "{\"sphere_id\": 99}", &answer));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "json.syntax", crm_underserved_json(db, "{", &answer));
}

void test_matrices(void) {
  crm_db *db = NULL;
  CHECK_OK(db, crm_open(":memory:", NULL, &db));
  fill(db);
  answers(db);
  questions_that_make_no_sense(db);
  crm_close(db);
}
