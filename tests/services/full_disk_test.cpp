// X3: a full disk inside a unit of work. SQLite ends the transaction by itself; nothing of the unit may be kept, whatever is called then.
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// A folder of its own.
struct Folder {
  Folder() : path(std::filesystem::temp_directory_path() / ("crm_full_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;

  std::filesystem::path path;
};

/// While it lives no file of this process grows above `bytes`, as on a full disk.
struct FullDisk {
  explicit FullDisk(rlim_t bytes) {
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{bytes, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

constexpr std::size_t kBig = 1'000'000;

void save(Crm& db, const char* name, std::size_t comment = 0) {
  Company company;
  company.name = name;
  company.comment = std::string(comment, 'x');
  db.save(company);
}

/// Companies in the file, as another connection sees them.
std::int64_t companies_in(const std::string& file, const char* table) {
  sqlite3* base = nullptr;
  sqlite3_stmt* count = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &base) == SQLITE_OK);
  REQUIRE(sqlite3_prepare_v2(base, ("SELECT count(*) FROM " + std::string(table)).c_str(), -1, &count, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(count) == SQLITE_ROW);
  const std::int64_t found = sqlite3_column_int64(count, 0);
  sqlite3_finalize(count);
  sqlite3_close(base);
  return found;
}

/// Fills the base up until SQLite gives the unit of work up; from then on every call says so, and `commit` as well.
void lose_the_unit(Crm& db, std::size_t comment) {
  db.begin();
  save(db, "First");
  std::string failure;
  for (int n = 0; n < 200 && failure.empty(); ++n) failure = refusal([&] { save(db, "Big", comment); });
  CHECK(failure == "store.io");

  CHECK(refusal([&] { save(db, "Third"); }) == "store.unit_lost");
  CHECK(refusal([&] { db.list<Company>({}); }) == "store.unit_lost");
  CHECK(refusal([&] { db.today(); }) == "store.unit_lost");
}

}  // namespace

TEST_CASE("after a full disk the unit of work is lost: every call says so until it is rolled back, and the base is as before it") {
  const Folder folder;
  const std::string file = folder.path / "full.db";
  Crm db = crm::open(file);
  save(db, "Before");
  {
    const FullDisk full(20 << 20);
    lose_the_unit(db, kBig);
  }
  CHECK(refusal([&] { save(db, "Fourth"); }) == "store.unit_lost");  // also with room again
  CHECK(companies_in(file, "company") == 1);

  db.rollback();
  CHECK(companies_in(file, "company") == 1);
  save(db, "After");
  CHECK(companies_in(file, "company") == 2);
}

TEST_CASE("a lost unit of work cannot be committed") {
  const Folder folder;
  const std::string file = folder.path / "full.db";
  Crm db = crm::open(file);
  {
    const FullDisk full(20 << 20);
    lose_the_unit(db, kBig);
  }

  CHECK(refusal([&] { db.commit(); }) == "store.unit_lost");
  CHECK_FALSE(db.in_unit());
  CHECK(companies_in(file, "company") == 0);
  save(db, "After");
  CHECK(companies_in(file, "company") == 1);
}

TEST_CASE("on the host's connection a full disk loses our unit of work, and his own transaction is told of") {
  const Folder folder;
  const std::string file = folder.path / "joined.db";
  sqlite3* base = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &base) == SQLITE_OK);
  const auto run = [&](const std::string& sql) { REQUIRE(sqlite3_exec(base, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK); };
  run("PRAGMA journal_mode=WAL; CREATE TABLE invoice(number TEXT)");
  std::optional<Crm> db(join_sqlite_store(current_schema(), base));
  run("PRAGMA cache_size=10");
  {
    const FullDisk full(8 << 20);
    lose_the_unit(*db, kBig);
    CHECK(sqlite3_get_autocommit(base));
    db->rollback();

    run("BEGIN; INSERT INTO invoice VALUES('1')");
    std::string told;
    for (int n = 0; n < 200 && told.empty(); ++n) {
      try {
        save(*db, "Big", kBig);
      } catch (const Error& error) {
        if (error.refused_by("store.unit_lost")) told = error.violations().front().rule;
        else REQUIRE(error.violations().front().rule == "store.io");
      }
    }
    CHECK(told == "store.io");
    CHECK(sqlite3_get_autocommit(base));
  }
  CHECK(companies_in(file, "crm_company") == 0);
  CHECK(companies_in(file, "invoice") == 0);
  save(*db, "After");
  CHECK(companies_in(file, "crm_company") == 1);
  db.reset();
  CHECK(sqlite3_close(base) == SQLITE_OK);
}
