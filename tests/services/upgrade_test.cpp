// A file of an older release is opened, upgraded and used.
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// A file made by a script of an older release.
struct OldFile {
  std::string path = (std::filesystem::temp_directory_path() / ("crm_old_" + std::to_string(getpid()) + ".db")).string();

  explicit OldFile(const char* script) {
    remove();
    std::ifstream in(std::filesystem::path(__FILE__).parent_path() / "fixtures" / script, std::ios::binary);
    REQUIRE(in);
    std::stringstream text;
    text << in.rdbuf();
    sqlite3* base = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &base) == SQLITE_OK);
    char* told = nullptr;
    const int result = sqlite3_exec(base, text.str().c_str(), nullptr, nullptr, &told);
    INFO(std::string(told ? told : ""));
    CHECK(result == SQLITE_OK);
    sqlite3_free(told);
    sqlite3_close(base);
  }
  ~OldFile() { remove(); }
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  }
};

std::vector<PlanCell> cells(Crm& db) {
  Query all;
  all.order = {{PlanCell::kUser}, {PlanCell::kMeasure}, {PlanCell::kProduct}};
  return db.list<PlanCell>(std::move(all));
}

}  // namespace

TEST_CASE("a file of version 4 gets a row for each planned number and knows how many products an event has") {
  const OldFile file("crm_v4.sql");
  for (int opened = 0; opened < 2; ++opened) {  // the second time there is nothing to do
    CAPTURE(opened);
    Crm db = crm::open(file.path);

    const auto plan = cells(db);
    REQUIRE(plan.size() == 4);
    CHECK(plan[0].user == UserId{1});
    CHECK(plan[0].measure == PlanCell::Measure::amount);
    CHECK(plan[0].amount == Money{700, Currency("USD")});
    CHECK(plan[1].events == 9);
    CHECK(!plan[1].product);
    CHECK(plan[2].events == 5);
    CHECK(!plan[2].amount);
    CHECK(plan[3].measure == PlanCell::Measure::amount);
    CHECK(plan[3].amount == Money{100000, Currency("RUB")});
    CHECK(plan[3].product == plan[2].product);
    CHECK(db.load(EventId{1}).products == 2);
    CHECK(db.load(EventId{2}).products == 0);
    CHECK(db.search_contacts("луч").size() == 1);
  }
}

TEST_CASE("a file of version 5 knows which events reports count, and which not") {
  const OldFile file("crm_v5.sql");
  Crm db = crm::open(file.path);
  // Held ones that await, were accepted or were returned, one that was removed, a held one, a planned one.
  const std::optional<Instant> expected[] = {at("2026-02-02T10:00:00+07:00"), at("2026-02-03T10:00:00+07:00"), {}, {}, at("2026-02-06T10:00:00+07:00"), {}};
  for (Id id : {1, 2, 3, 5, 6}) CHECK(db.load(EventId{id}).counted_at == expected[id - 1]);

  PivotQuery query;
  query.from = day("2026-02-01");
  query.to = day("2026-03-01");
  query.rows = {{Dimension::product, {}}};
  CHECK(db.pivot(query).series.at(0).total == 3);
  query.counted = EventsCounted::accepted;
  CHECK(db.pivot(query).series.at(0).total == 1);
  query.counted = EventsCounted::held_any;
  CHECK(db.pivot(query).series.at(0).total == 4);
}

TEST_CASE("an upgraded file takes what its new release brings") {
  const OldFile file("crm_v4.sql");
  Crm db = crm::open(file.path);
  db.host().clock = [] { return at("2026-03-02T09:00:00+07:00"); };
  Department department;
  department.name = "Продажи";
  db.save(department);

  PlanCell cell;
  cell.department = department.id;  // a plan of no user: the table was made anew for it
  cell.from = day("2026-03-01");
  cell.to = day("2026-04-01");
  cell.events = 3;
  db.save(cell);
  Funnel funnel;
  funnel.code = "sales";
  funnel.name_ru = "Продажи";
  db.save(funnel);

  CHECK(cells(db).size() == 5);
  CHECK(db.load(cell.id).made_at == at("2026-03-02T09:00:00+07:00"));
  CHECK(refusal([&] { db.save(cell); }) == "M8.append_only");
}

TEST_CASE("the change log of an older file gets the indexes of a new one") {
  for (const char* script : {"crm_v4.sql", "crm_v5.sql"}) {
    const OldFile file(script);
    { crm::open(file.path); }
    sqlite3* base = nullptr;
    REQUIRE(sqlite3_open(file.path.c_str(), &base) == SQLITE_OK);
    std::string names;
    const auto take = [](void* to, int, char** values, char**) { return *static_cast<std::string*>(to) += values[0], 0; };
    const char* const ask = "SELECT name || ' ' FROM sqlite_schema WHERE tbl_name = 'change_log' AND type = 'index' ORDER BY 1";
    CHECK(sqlite3_exec(base, ask, take, &names, nullptr) == SQLITE_OK);
    sqlite3_close(base);
    CHECK(names == "ix_change_log_at ix_change_log_erased ");
  }
}
