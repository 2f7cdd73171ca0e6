// A host in C++ whose callbacks throw: its exceptions end at the C ABI, and the handle is as after an error of the callback.
#include <cstdint>
#include <cstring>
#include <stdexcept>

extern "C" {
#include "check.h"
}

namespace {

bool throws = true;

std::int32_t CRM_CALL clock_that_throws(void* user, const char*) {
  if (throws) throw std::runtime_error("no battery");
  return crm_host_answer(static_cast<crm_db*>(user), "\"2026-03-02T09:00:00+07:00\"");
}

std::int32_t CRM_CALL authorise_that_throws(void*, const char*) { throw 42; }

void CRM_CALL destroy_that_throws(void*) { throw 42; }

}  // namespace

extern "C" void test_throwing_host(void) {
  crm_db* db = nullptr;
  const char* answer = nullptr;
  std::int64_t now = 0;
  CHECK_OK(db, crm_open("memory:", nullptr, &db));
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"user\", \"last_name\": \"A\", \"administrator\": true}]", &answer));
  crm_host host{};
  host.struct_size = static_cast<std::int32_t>(sizeof host);
  host.user = db;
  host.clock = clock_that_throws;
  host.destroy = destroy_that_throws;
  CHECK_OK(db, crm_host_set(db, &host));

  CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_now(db, &now));
  CHECK(std::strstr(crm_error_message(db), "no battery") != nullptr);
  CHECK(crm_host_answer(db, "true") == CRM_MISUSE);  // it is not asked any more
  CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_begin(db));
  throws = false;
  CHECK_OK(db, crm_now(db, &now));
  CHECK(now == 1772416800000000);  // date -u -d 2026-03-02T02:00 +%s
  CHECK_OK(db, crm_begin(db));
  CHECK_OK(db, crm_rollback(db));

  host.authorise = authorise_that_throws;
  CHECK_OK(db, crm_host_set(db, &host));  // the one before it is destroyed
  CHECK_OK(db, crm_act_as(db, 1));
  CHECK_OK(db, crm_begin(db));
  CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"B\"}]", &answer));
  CHECK(crm_host_answer(db, "true") == CRM_MISUSE);
  CHECK_OK(db, crm_commit(db));
  CHECK(count(db, "company") == 0);

  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "clock.range", crm_clock_set(db, INT64_MAX));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "clock.range", crm_clock_set(db, -2208988800000001));  // a microsecond before 1900
  CHECK_OK(db, crm_clock_set(db, -2208988800000000));
  CHECK_OK(db, crm_clock_reset(db));
  crm_close(db);
}
