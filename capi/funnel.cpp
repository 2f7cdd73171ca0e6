// Analytics (M12).
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

int32_t CRM_CALL crm_funnel_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return funnel_json(opened(base), text_of(json, "json")); });
}
