// A call ended from another thread, or from a function of the host: over every store, inside a unit of work and outside.
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Asks for the end of whatever call is under way, from the moment it is let go until it is dropped.
class Impatient {
 public:
  explicit Impatient(Crm& db, bool at_once = true) : let_go(at_once), thread_([this, &db] {
    while (!done_)
      if (let_go) db.interrupt();
  }) {}
  ~Impatient() {
    done_ = true;
    thread_.join();
  }
  std::atomic<bool> let_go;

 private:
  std::atomic<bool> done_{false};
  std::thread thread_;
};

/// The first company, and then those of a condition that takes the third power of their number of steps for each, and holds for none.
Query first_and_then_nothing() {
  Filter none = where::eq(Company::kName, std::string("нет такого"));
  for (int i = 0; i < 3; ++i) none = where::exists(Company::kEntity, Company::kStatus, Company::kStatus, {std::move(none)});
  Query query;
  query.entity = Company::kEntity;
  query.columns = {kId};
  query.filter = where::any({where::eq(kId, Id{1}), std::move(none)});
  return query;
}

void fill(House& house, int companies) {
  house.db.as_one([&] {
    for (int i = 0; i < companies; ++i) house.company(("Клиент " + std::to_string(i)).c_str(), Company::Status::draft);
  });
}

/// Ends the call in which the clock of the host is asked for the `at`-th time.
struct EndingClock {
  EndingClock(House& of, int at) : house(of), left(at) {
    house.db.host().clock = [this] {
      if (left-- == 0) house.db.interrupt();
      return house.now;
    };
  }
  ~EndingClock() {
    house.db.host().clock = [&h = house] { return h.now; };
  }
  House& house;
  int left;
};

std::int64_t companies(Crm& db) {
  Aggregate all;
  all.entity = Company::kEntity;
  all.measures = {{}};
  return std::get<std::int64_t>(db.aggregate(all).rows.at(0).at(0));
}

}  // namespace

TEST_CASE("no call under way: nothing is interrupted, and the next call is not disturbed") {
  for (const std::string& path : stores()) {
    House house(path);
    house.db.interrupt();
    house.company("Вектор");
    house.db.begin();
    house.db.interrupt();
    house.company("Гамма");
    house.db.commit();
    CHECK(companies(house.db) == 2);
  }
}

TEST_CASE("a long question ends inside the database, and the handle goes on") {
  House house(":memory:");
  fill(house, 300);
  Code code = Code::ok;
  const std::string rule = refusal([&] {
    const auto snapshot = house.db.snapshot();
    Impatient other(house.db, false);
    snapshot->scan(first_and_then_nothing(), [&](const Cell*) { other.let_go = true; });  // no other row comes
  }, &code);
  CHECK(rule == "call.interrupted");
  CHECK(code == Code::interrupted);
  CHECK(companies(house.db) == 300);
  house.company("Ещё один");
  CHECK(companies(house.db) == 301);
}

TEST_CASE("a write that was interrupted at any of its moments has changed nothing") {
  for (const std::string& path : stores()) {
    for (int moment = 0;; ++moment) {
      CAPTURE(path);
      CAPTURE(moment);
      House house(path);
      const Version before = house.db.store().read()->last_change();
      Code code = Code::ok;
      std::string rule;
      {
        const EndingClock clock(house, moment);
        rule = refusal([&] { house.company("Вектор"); }, &code);
        if (rule.empty() && clock.left >= 0) break;  // it asks the clock no more often
      }
      if (rule.empty()) {  // it came to its end before
        CHECK(companies(house.db) == 1);
        continue;
      }
      CHECK(rule == "call.interrupted");
      CHECK(code == Code::interrupted);
      CHECK(house.db.store().read()->last_change() == before);
      house.company("Вектор");
      CHECK(companies(house.db) == 1);
    }
  }
}

TEST_CASE("an interrupted call inside a unit of work leaves a dead unit, which is to be rolled back") {
  for (const std::string& path : stores()) {
    for (const bool writes : {true, false}) {
      CAPTURE(path);
      CAPTURE(writes);
      House house(path);
      house.company("До него");
      house.db.begin();
      house.company("В нём");
      {
        const EndingClock clock(house, 0);
        CHECK(refusal([&] { writes ? void(house.company("Прерван")) : void(house.db.rows(Company::kEntity, {})); }) == "call.interrupted");
      }
      Code code = Code::ok;
      CHECK(refusal([&] { house.company("После"); }, &code) == "store.unit_lost");
      CHECK(code == Code::storage);
      CHECK(refusal([&] { companies(house.db); }) == "store.unit_lost");
      CHECK(house.db.in_unit());
      SUBCASE("rolled back") { house.db.rollback(); }
      SUBCASE("committed all the same") { CHECK(refusal([&] { house.db.commit(); }) == "store.unit_lost"); }
      CHECK_FALSE(house.db.in_unit());
      CHECK(companies(house.db) == 1);
      house.company("Снова");
      CHECK(companies(house.db) == 2);
    }
  }
}

TEST_CASE("several calls as one are ended as one") {
  for (const std::string& path : stores()) {
    House house(path);
    CHECK(refusal([&] {
            house.db.as_one([&] {
              house.company("Первый");
              house.db.interrupt();
              house.company("Второй");
            });
          }) == "call.interrupted");
    CHECK_FALSE(house.db.in_unit());
    CHECK(companies(house.db) == 0);
  }
}

TEST_CASE("a commit is told as it is: done, or interrupted and undone") {
  for (const std::string& path : stores()) {
    for (int moment = 0;; ++moment) {
      CAPTURE(path);
      CAPTURE(moment);
      House house(path);
      house.db.begin();
      house.company("Вектор");
      std::string rule;
      bool over = false;
      {
        const EndingClock clock(house, moment);
        rule = refusal([&] { house.db.commit(); });
        over = clock.left >= 0;
      }
      CHECK_FALSE(house.db.in_unit());
      CHECK((rule.empty() || rule == "call.interrupted"));
      CHECK(companies(house.db) == (rule.empty() ? 1 : 0));
      if (over) break;
    }
  }
}

TEST_CASE("a snapshot outlives a question of it that was interrupted") {
  for (const std::string& path : stores()) {
    House house(path);
    fill(house, 10);
    const auto snapshot = house.db.snapshot();
    Query all;
    all.entity = Company::kEntity;
    all.columns = {kId};
    CHECK(refusal([&] {
            snapshot->scan(all, [&](const Cell*) { house.db.interrupt(); });
          }) == "call.interrupted");
    int seen = 0;
    snapshot->scan(all, [&](const Cell*) { ++seen; });
    CHECK(seen == 10);
  }
}

TEST_CASE("waiting for another writer ends when it is interrupted") {
  const auto path = std::filesystem::temp_directory_path() / ("crm_interrupt_" + std::to_string(::getpid()) + ".db");
  {
    SqliteOptions options;
    options.path = path.string();
    options.busy_timeout_ms = 600'000;
    Crm writer = crm::open(options), waiter = crm::open(options);
    writer.begin();
    Code code = Code::ok;
    {
      const Impatient other(waiter);
      CHECK(refusal([&] { waiter.begin(); }, &code) == "call.interrupted");
    }
    CHECK(code == Code::interrupted);
    CHECK_FALSE(waiter.in_unit());
    writer.rollback();
    waiter.begin();
    waiter.rollback();
  }
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + end);
}

TEST_CASE("a question on the host's own connection ends between two rows, and his work on it goes on") {
  sqlite3* host = nullptr;
  REQUIRE(sqlite3_open(":memory:", &host) == SQLITE_OK);
  {
    House house(crm::join(host));
    fill(house, 200);
    const int his = sqlite3_exec(host, "CREATE TABLE his(id INTEGER)", nullptr, nullptr, nullptr);
    CHECK(his == SQLITE_OK);
    Query all;
    all.entity = Company::kEntity;
    all.columns = {kId};
    CHECK(refusal([&] {
            house.db.snapshot()->scan(all, [&](const Cell*) { house.db.interrupt(); });
          }) == "call.interrupted");
    CHECK(refusal([&] {
            house.db.as_one([&] {
              house.db.interrupt();
              house.company("Прерван");
            });
          }) == "call.interrupted");
    CHECK(companies(house.db) == 200);
    CHECK(sqlite3_exec(host, "INSERT INTO his VALUES(1)", nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  sqlite3_close(host);
}
