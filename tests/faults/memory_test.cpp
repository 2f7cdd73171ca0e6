// No memory: the n-th allocation of the library, or of SQLite, fails in every function of the C ABI.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <new>
#include <utility>

#include "disk.hpp"
#include "house/rounds.hpp"
#include "trial.hpp"
#include "worlds.hpp"

using namespace crm::test;

namespace {

struct Counter {
  bool armed = false;
  long fails_at = 0;
  bool sticky = false;
  long count = 0;

  bool fails() {
    if (!armed) return false;
    ++count;
    return fails_at && (count == fails_at || (sticky && count > fails_at));
  }
};
Counter of_new, of_sqlite;

void* allocated(std::size_t size) { return of_new.fails() ? nullptr : std::malloc(size ? size : 1); }
void* allocated(std::size_t size, std::align_val_t align) {
  const auto to = static_cast<std::size_t>(align);
  return of_new.fails() ? nullptr : std::aligned_alloc(to, (size + to - 1) / to * to);
}
void* or_throw(void* place) {
  if (!place) throw std::bad_alloc();
  return place;
}

sqlite3_mem_methods of_system;
void* sqlite_malloc(int size) { return of_sqlite.fails() ? nullptr : of_system.xMalloc(size); }
void* sqlite_realloc(void* old, int size) { return of_sqlite.fails() ? nullptr : of_system.xRealloc(old, size); }

/// Once, before SQLite is used at all.
void watch_sqlite() {
  static bool is_watched = false;
  if (std::exchange(is_watched, true)) return;
  REQUIRE(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &of_system) == SQLITE_OK);
  sqlite3_mem_methods ours = of_system;
  ours.xMalloc = sqlite_malloc;
  ours.xRealloc = sqlite_realloc;
  REQUIRE(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK);
  REQUIRE(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);  // small ones as well
}

Source source(const std::string& kind, Counter& of, bool sticky) {
  return {kind, [&of, sticky](long n) { of = {true, n, sticky, 0}; },
          [&of] {
            of.armed = false;
            return of.count;
          },
          {CRM_OUT_OF_MEMORY}};
}

}  // namespace

void* operator new(std::size_t size) { return or_throw(allocated(size)); }
void* operator new[](std::size_t size) { return or_throw(allocated(size)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocated(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocated(size); }
void* operator new(std::size_t size, std::align_val_t align) { return or_throw(allocated(size, align)); }
void* operator new[](std::size_t size, std::align_val_t align) { return or_throw(allocated(size, align)); }
void operator delete(void* place) noexcept { std::free(place); }
void operator delete[](void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }
void operator delete[](void* place, std::size_t) noexcept { std::free(place); }
void operator delete(void* place, std::align_val_t) noexcept { std::free(place); }
void operator delete[](void* place, std::align_val_t) noexcept { std::free(place); }
void operator delete(void* place, std::size_t, std::align_val_t) noexcept { std::free(place); }
void operator delete[](void* place, std::size_t, std::align_val_t) noexcept { std::free(place); }

static void try_all(bool joined) {
  watch_sqlite();
  use_faulty_disk();
  Worlds worlds("memory", 0, joined);
  Trials trials(worlds.office, worlds.full, worlds.empty);
  const std::string where = joined ? ", joined" : "";
  const std::vector<Source> sources = {source("allocation" + where, of_new, false), source("allocation and all after it" + where, of_new, true),
                                       source("SQLite's allocation" + where, of_sqlite, false),
                                       source("SQLite's allocation and all after it" + where, of_sqlite, true)};
  for (const Call& call : all_calls()) {
    trials.run(call, sources, Way::warm, joined ? 2 : rounds(6, 2));
    trials.run(call, sources, Way::cold, joined ? 1 : rounds(2, 1));
    trials.run(call, sources, Way::in_unit, joined ? 1 : rounds(2, 1));
  }
  trials.tally.print("memory");
}

TEST_CASE("a call that runs out of memory says so, has changed nothing, and the handle goes on") { try_all(false); }

TEST_CASE("... and on a connection of the host's") { try_all(true); }

/// The answer of a handle that has kept nothing.
static std::string told_anew(const FileBase& base, const Office& office, const Call& call) {
  Desk desk(office);
  crm_db* db = nullptr;
  REQUIRE(crm_open(base.path().c_str(), nullptr, &db) == CRM_OK);
  REQUIRE(crm_clock_set(db, office.now.time_since_epoch().count()) == CRM_OK);
  desk.db = db;
  REQUIRE(call.run(desk) == CRM_OK);
  const std::string told = desk.told();
  desk.clear();
  crm_close(db);
  return told;
}

TEST_CASE("a report that runs out of memory while what it keeps is brought up to date is right the next time") {
  watch_sqlite();
  use_faulty_disk();
  Worlds worlds("reports", 0, false);
  FileBase& base = worlds.full;
  for (const Call& call : asking_calls()) {
    const std::string_view name = call.name;
    if (!name.starts_with("crm_pivot") && !name.starts_with("crm_plan_fact") && name != "crm_funnel_json" && name != "crm_receipts_json" &&
        name != "crm_whitespace_json" && name != "crm_company_matrices_json" && name != "crm_demanded_products_json" && name != "crm_classifier_counts_json")
      continue;
    base.fresh();
    crm_clock_set(base.db(), worlds.office.now.time_since_epoch().count());
    const auto change = [&] {  // what every report tells of
      const char* answer = nullptr;
      const std::int32_t status = crm_save_json(base.db(), R"([{"entity": "company", "name": "Ещё", "status": "active", "ref": "c"},
        {"entity": "company_sphere", "company_id": {"$ref": "c"}, "sphere_id": 1},
        {"entity": "receipt", "company_id": {"$ref": "c"}, "user_id": 3, "product_id": 1, "date": "2026-03-05", "amount": 5000, "currency": "RUB"},
        {"entity": "event", "action": "record", "type_id": 1, "company_id": {"$ref": "c"}, "executor_id": 3, "setter_id": 2, "result": "да",
         "start_at": "2026-03-05T03:00:00Z", "lines": [{"product_id": 1}]}])", &answer);
      REQUIRE_MESSAGE(status == CRM_OK, std::string(crm_error_message(base.db())));
    };
    const auto ask = [&](const Source* source, long n) {
      Desk desk(worlds.office);
      desk.db = base.db();
      if (source) source->arm(n);
      const std::int32_t status = call.run(desk);
      if (source) source->disarm();
      return status == CRM_OK ? desk.told() : "";
    };
    for (int i = 0; i < 2; ++i) REQUIRE(ask(nullptr, 0) != "");
    const Source sources[] = {source("", of_new, false), source("", of_sqlite, false)};
    for (const Source& source : sources) {
      change();
      source.arm(0);
      Desk desk(worlds.office);
      desk.db = base.db();
      REQUIRE(call.run(desk) == CRM_OK);
      const long steps = source.disarm();
      for (const long n : Trials::places(steps, rounds(30, 5))) {
        CAPTURE(std::string(name));
        CAPTURE(n);
        change();
        const std::string told = ask(&source, n);
        const std::string anew = told_anew(base, worlds.office, call);
        if (told != "") CHECK(told == anew);
        CHECK(ask(nullptr, 0) == anew);
      }
    }
  }
}
