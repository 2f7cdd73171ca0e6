#include <doctest/doctest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "crm/stores/sqlite.hpp"
#include "suite.hpp"

using namespace crm;

namespace {

// A directory of this run, gone with it.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "crm-conformance-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  /// A name that was never used: handles on an older file may still be open.
  [[nodiscard]] std::string next() { return file_ = (path_ / (std::to_string(++made_) + ".crm")).string(); }
  [[nodiscard]] const std::string& last() const { return file_; }

 private:
  std::filesystem::path path_;
  std::string file_;
  int made_ = 0;
};

std::filesystem::path fixtures() { return std::filesystem::path(__FILE__).parent_path() / "fixtures"; }

SqliteOptions fast(const std::string& path) {
  SqliteOptions options;
  options.path = path;
  options.durability = Durability::off;
  options.busy_timeout_ms = 50;
  return options;
}

// The text that sqlite3's .dump printed of a file.
void restore(const std::string& path, const std::filesystem::path& dump_file) {
  std::ifstream in(dump_file);
  const std::string dump(std::istreambuf_iterator<char>(in), {});
  REQUIRE(!dump.empty());
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> closed(database, sqlite3_close);
  REQUIRE(sqlite3_exec(database, dump.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
}

}  // namespace

TEST_CASE("the SQLite store on a file keeps the contract of stores") {
  Folder folder;
  conformance::StoreUnderTest sqlite;
  sqlite.name = "sqlite";
  sqlite.make = [&](const Schema& schema) { return open_sqlite_store(schema, fast(folder.next())); };
  sqlite.reopen = [&](const Schema& schema) { return open_sqlite_store(schema, fast(folder.last())); };
  sqlite.restore_v1 = [&] { restore(folder.next(), fixtures() / "office_v1.sql"); };

  conformance::run(sqlite);
}

TEST_CASE("the SQLite store in memory keeps the contract of stores") {
  conformance::StoreUnderTest sqlite;
  sqlite.name = "sqlite :memory:";
  sqlite.make = [](const Schema& schema) { return open_sqlite_store(schema, fast(":memory:")); };
  sqlite.worlds = 2;

  conformance::run(sqlite);
}
