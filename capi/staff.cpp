// The staff as a list and as cards, hiring again (M1-M7).
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

int32_t CRM_CALL crm_staff_json(crm_db* db, int64_t department, int64_t day, int32_t dismissed, const char** json) {
  return guard_text(db, json, [&](Base& base) {
    return staff_json(opened(base).staff({day_or_today(base, day), {department}, dismissed != 0}));
  });
}

int32_t CRM_CALL crm_user_card_json(crm_db* db, int64_t user, int64_t day, const char** json) {
  return guard_text(db, json, [&](Base& base) { return user_card_json(opened(base), {user}, day_or_today(base, day)); });
}

int32_t CRM_CALL crm_user_rehire(crm_db* db, int64_t user, int64_t day) {
  return guard(db, [&](Base& base) { opened(base).rehire({user}, day_or_today(base, day)); });
}
