// Plans, plan-fact, receipts and shipments (M8-M10).
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

int32_t CRM_CALL crm_plans_set_json(crm_db* db, const char* json, const char** answer) {
  return guard_written(db, answer, [&](Base& base) {
    return [&base, given = text_of(json, "json")] { return set_plans_json(opened(base), given); };
  });
}

int32_t CRM_CALL crm_plan_fact_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return plan_fact_json(opened(base), text_of(json, "json")); });
}

int32_t CRM_CALL crm_plan_fact_ids_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return plan_fact_ids_json(opened(base), text_of(json, "json")); });
}

int32_t CRM_CALL crm_receipts_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return receipts_json(opened(base), text_of(json, "json")); });
}
