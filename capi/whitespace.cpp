// Whitespace, demand, the matrices of all companies (P1, P4).
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

int32_t CRM_CALL crm_whitespace_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return whitespace_json(opened(base), text_of(json, "json")); });
}

int32_t CRM_CALL crm_underserved_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return underserved_json(opened(base), text_of(json, "json")); });
}

int32_t CRM_CALL crm_demanded_products_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return demanded_products_json(opened(base), text_of(json, "json")); });
}

int32_t CRM_CALL crm_company_matrices_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return company_matrices_json(opened(base), text_of(json, "json")); });
}
