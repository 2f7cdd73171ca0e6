// The SQLite store on the host's own connection (X3): the whole contract, beside tables of the host's with the same names as ours.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>

#include "crm/stores/sqlite.hpp"
#include "office.hpp"
#include "suite.hpp"

using namespace crm;

namespace {

using HostBase = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

HostBase open_host(const std::string& path) {
  sqlite3* base = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &base) == SQLITE_OK);
  sqlite3_busy_timeout(base, 50);
  REQUIRE(sqlite3_exec(base, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; CREATE TABLE IF NOT EXISTS firm(own TEXT)", nullptr, nullptr, nullptr) ==
          SQLITE_OK);
  return {base, sqlite3_close};
}

/// A store with the connection that it joined, which ends after it.
class WithHost final : public Store {
 public:
  WithHost(const Schema& schema, HostBase base) : base_(std::move(base)), store_(join_sqlite_store(schema, base_.get())) {}
  [[nodiscard]] std::string_view name() const override { return store_->name(); }
  [[nodiscard]] bool can(Capability capability) const override { return store_->can(capability); }
  [[nodiscard]] const Schema& schema() const override { return store_->schema(); }
  std::unique_ptr<Session> read() override { return store_->read(); }
  std::unique_ptr<Session> write(const Stamp& stamp) override { return store_->write(stamp); }

 private:
  HostBase base_;
  std::unique_ptr<Store> store_;
};

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "crm-joined-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string next() { return file_ = (path_ / (std::to_string(++made_) + ".db")).string(); }
  [[nodiscard]] const std::string& last() const { return file_; }

 private:
  std::filesystem::path path_;
  std::string file_;
  int made_ = 0;
};

}  // namespace

TEST_CASE("the SQLite store on the host's connection keeps the contract of stores") {
  Folder folder;
  conformance::StoreUnderTest joined;
  joined.name = "sqlite, joined";
  joined.make = [&](const Schema& schema) { return std::make_unique<WithHost>(schema, open_host(folder.next())); };
  joined.reopen = [&](const Schema& schema) { return std::make_unique<WithHost>(schema, open_host(folder.last())); };
  joined.worlds = 2;

  conformance::run(joined);
}
