// A store whose n-th call fails, under every function of the C ABI, outside and inside a unit of work (X3).
#include "../../capi/functions.hpp"
#include "../../capi/handles.hpp"
#include "calls.hpp"
#include "conformance/state.hpp"
#include "crm/services/json_door.hpp"

using namespace crm;
using namespace crm::test;
using conformance::Fault;
using conformance::state_of;

namespace {

/// A handle of the C ABI on a base that is made already.
crm_db* handle_on(Crm made) {
  capi::Base& base = *capi::Pool<capi::Base>::of_process().take();
  crm_db* const db = capi::make_handle<crm_db>(base);
  base.crm.emplace(std::move(made));
  base.user.store(std::this_thread::get_id());
  base.use.store(capi::Use::free);
  return db;
}

/// The office, or a base with nothing in it, and a handle on it whose store calls may fail.
struct Stage {
  Stage(const std::string& path, Place place)
      : office(path), empty(path), base(place == Place::empty_base ? empty : static_cast<Failing&>(office)), db(handle_on(base.made())) {}
  ~Stage() { crm_close(db); }
  Stage(const Stage&) = delete;

  void prepare(Desk& desk, const Call& call) {
    desk.db = db;
    supply(db);
    REQUIRE(crm_clock_set(db, office.now.time_since_epoch().count()) == CRM_OK);
    call.prepare(desk);
  }

  Office office;
  Failing empty;
  Failing& base;
  crm_db* const db;
};

/// What the handle answers, out of what it keeps and what it reads.
std::string answers(Stage& stage) {
  const char* text = nullptr;
  std::string all;
  const auto add = [&](std::int32_t status) { all += status == CRM_OK ? text : crm_error_message(stage.db); };
  add(crm_query_json(stage.db, R"({"entity": "company", "columns": ["name", "status", "score", "search_key"]})", &text));
  add(crm_query_json(stage.db, R"({"entity": "event", "columns": ["state", "executor.last_name", "products"]})", &text));
  add(crm_query_json(stage.db, R"({"entity": "organisation", "columns": ["name"]})", &text));
  add(crm_contacts_json(stage.db, "200-10-20", 10, &text));
  add(crm_contacts_json(stage.db, "новый", 10, &text));
  if (&stage.base != &stage.empty) add(crm_completeness_json(stage.db, stage.office.vektor.value, &text));
  return all;
}

/// What stands before the call in its unit of work: a card touched, an event made.
void begin(Stage& stage) {
  const char* answer = nullptr;
  REQUIRE(crm_begin(stage.db) == CRM_OK);
  if (&stage.base != &stage.empty)
    REQUIRE(crm_save_json(stage.db, R"([{"entity": "company", "id": 1, "comment": "до вызова"}, {"entity": "event", "type_id": 1, "company_id": 1,
      "executor_id": 3, "setter_id": 2, "start_at": "2026-03-27T03:00:00Z"}])", &answer) == CRM_OK);
}

/// Fails the call at its first store call, its second one, ..., until it succeeds; each time nothing has changed.
void fail_everywhere(Stage& stage, const Call& call) {
  const auto before = state_of(*stage.base.store);
  const std::string told = answers(stage);
  for (int failures = 0;; ++failures) {
    Desk desk(stage.office);
    stage.prepare(desk, call);
    stage.base.fault = Fault{failures};
    const std::int32_t status = call.run(desk);
    stage.base.fault = Fault{};
    if (status == CRM_OK) return;
    CAPTURE(failures);
    CAPTURE(std::string(crm_error_message(stage.db)));
    REQUIRE(status == CRM_STORAGE);
    REQUIRE(std::string_view(crm_violation_rule(stage.db, 0)) == "fault");
    desk.clear();
    if (call.does != Does::asks || failures % 7 == 0) REQUIRE(state_of(*stage.base.store) == before);
    if (failures % 7 == 0) REQUIRE(answers(stage) == told);
  }
}

void check_alike(Stage& stage, Stage& lucky) {
  CHECK(state_of(*stage.base.store) == state_of(*lucky.base.store));
  CHECK(answers(stage) == answers(lucky));
}

/// The same on a base whose store does not fail.
void run_luckily(Stage& lucky, const Call& call) {
  Desk desk(lucky.office);
  lucky.prepare(desk, call);
  REQUIRE(call.run(desk) == CRM_OK);
}

}  // namespace

TEST_CASE("every function of the C ABI is called by the tests of faults") {
  std::set<std::string_view> called;
  for (const Call& call : all_calls()) called.insert(call.name);
  for (const capi::Function& function : capi::functions()) {
    CAPTURE(function.name);
    CHECK(called.erase(function.name) == 1);
  }
  CHECK(called.empty());
}

TEST_CASE("a call that fails at any store call inside a unit of work has changed nothing, and the unit ends as if it had not been made") {
  for (const std::string& path : stores())
    for (const Call& call : all_calls()) {
      if (call.place == Place::not_in_a_unit) continue;
      CAPTURE(path);
      CAPTURE(std::string(call.name));
      Stage stage(path, call.place), lucky(path, call.place);
      begin(stage);
      begin(lucky);

      fail_everywhere(stage, call);
      run_luckily(lucky, call);

      if (call.does == Does::asks) continue;
      check_alike(stage, lucky);
      CHECK(crm_commit(stage.db) == CRM_OK);
      CHECK(crm_commit(lucky.db) == CRM_OK);
      check_alike(stage, lucky);
    }
}

TEST_CASE("a call that fails at any store call outside a unit of work has changed nothing") {
  for (const std::string& path : stores())
    for (const Call& call : all_calls()) {
      if (call.does == Does::steps || call.does == Does::ends) continue;
      CAPTURE(path);
      CAPTURE(std::string(call.name));
      Stage stage(path, call.place), lucky(path, call.place);

      fail_everywhere(stage, call);
      run_luckily(lucky, call);

      check_alike(stage, lucky);
    }
}

TEST_CASE("nobody begins or ends a unit of work inside a call of it") {
  CRM_EVERY_STORE {
    House house(store);
    for (const bool in_unit : {false, true}) {
      if (in_unit) house.db.begin();
      CHECK(refusal([&] { house.db.as_one([&] { house.db.rollback(); }); }) == "handle.transaction");
      CHECK(refusal([&] { house.db.as_one([&] { house.company("Вектор"), house.db.commit(); }); }) == "handle.transaction");
      CHECK(refusal([&] { house.db.as_one([&] { house.db.begin(); }); }) == "handle.transaction");
      CHECK(house.db.in_unit() == in_unit);
    }
    house.company("Север");
    house.db.commit();
    CHECK(house.db.list<Company>({}).size() == 1);
  }
}

TEST_CASE("where the store has no way back, a call that fails loses the unit of work, which every call tells until it is rolled back") {
  Failing base("memory:");
  base.fault.goes_back = false;
  Crm db = base.made();
  Company card;
  card.name = "До";
  db.save(card);
  const auto before = state_of(*base.store);
  db.begin();
  db.save(card);

  CHECK(refusal([&] { save_json(db, R"([{"entity": "company", "name": "Новый"}, {"entity": "company", "name": ""}])"); }) == "field.required");

  CHECK(refusal([&] { db.save(card); }) == "store.unit_lost");
  CHECK(refusal([&] { db.list<Company>({}); }) == "store.unit_lost");
  CHECK(refusal([&] { query_json(db, R"({"entity": "company", "columns": ["name"]})"); }) == "store.unit_lost");
  CHECK(refusal([&] { db.as_one([] {}); }) == "store.unit_lost");
  SUBCASE("rolled back") { db.rollback(); }
  SUBCASE("committed all the same") { CHECK(refusal([&] { db.commit(); }) == "store.unit_lost"); }
  CHECK(state_of(*base.store) == before);
  CHECK(refusal([&] { db.save(card); }) == "");
}
