// What a file is, is told before it is used: at open, at join, and to who only reads.
#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/stores/sqlite.hpp"

using namespace crm;

namespace {

constexpr EntityNo kCity = 1;
constexpr FieldNo kName = 3;

Schema cities(int version = 2) {
  EntityDef city;
  city.no = kCity;
  city.name = "city";
  city.fields = {{kName, "name", Storage::text}};
  Schema schema;
  schema.version = version;
  schema.entities = {city};
  for (int step = 2; step <= version; ++step) schema.migrations.push_back({step, {}, {}, {}, {}});
  return schema;
}

/// A folder of its own, with one file that matters.
struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("crm-open-" + std::to_string(getpid()) + " 5%?#");
  std::string file = (path / "cities.db").string();
  Folder() {
    std::filesystem::remove_all(path);
    std::filesystem::create_directory(path);
  }
  ~Folder() {
    chmod(path.c_str(), 0755);
    std::filesystem::remove_all(path);
  }
  Folder(const Folder&) = delete;
};

SqliteOptions at(const std::string& path) {
  SqliteOptions options;
  options.path = path;
  options.busy_timeout_ms = 0;
  return options;
}

SqliteOptions to_read(const std::string& path) {
  SqliteOptions options = at(path);
  options.read_only = true;
  return options;
}

void sql(const std::string& path, const std::string& text) {
  sqlite3* base = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &base) == SQLITE_OK);
  char* told = nullptr;
  CHECK(sqlite3_exec(base, text.c_str(), nullptr, nullptr, &told) == SQLITE_OK);
  INFO(std::string(told ? told : ""));
  sqlite3_free(told);
  sqlite3_close(base);
}

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return std::string(name(error.code())) + " " + error.violations().front().rule;
  }
  return "";
}
std::string refusal(const SqliteOptions& options, const Schema& schema = cities()) {
  return refusal([&] { open_sqlite_store(schema, options); });
}

void add(Store& store, const char* city) {
  const auto session = store.write({});
  const Cell cells[] = {Cell::of(std::string_view(city))};
  Change change{Do::insert, kCity, session->reserve(kCity), 0, {}, cells};
  session->apply({&change, 1});
  session->commit();
}

std::size_t count(Store& store) {
  Query query;
  query.entity = kCity;
  query.columns = {kId};
  const auto session = store.read();
  const auto cursor = session->select(query);
  std::size_t rows = 0;
  while (cursor->next()) ++rows;
  return rows;
}

/// Root may write everywhere: as another user.
class AsNobody {
 public:
  AsNobody() {
    if (is_root_) CHECK(seteuid(65534) == 0);
  }
  ~AsNobody() {
    if (is_root_) CHECK(seteuid(0) == 0);
  }
  AsNobody(const AsNobody&) = delete;

 private:
  const bool is_root_ = geteuid() == 0;
};

}  // namespace

TEST_CASE("a file of another program is told from a base, whichever way it is marked") {
  const char* const kForeign[] = {"PRAGMA application_id=5", "CREATE TABLE orders(id)", "CREATE TABLE city(id)", "PRAGMA user_version=7",
                                  "PRAGMA user_version=7; CREATE TABLE change_log(id); CREATE TABLE high_water(id)"};
  for (const char* text : kForeign) {
    CAPTURE(text);
    const Folder folder;
    sql(folder.file, text);
    SqliteOptions load = at(folder.file);
    load.initial_load = true;

    for (const SqliteOptions& options : {at(folder.file), to_read(folder.file)}) CHECK(refusal(options) == "corrupt store.not_a_database");
    CHECK(refusal([&] { open_sqlite_store(cities(), load); }).starts_with("corrupt") == true);
  }
}

TEST_CASE("a base of a newer release, of an older one, and one with a version that none writes are told apart") {
  const Folder folder;
  { open_sqlite_store(cities(), at(folder.file)); }

  CHECK(refusal(at(folder.file), cities(1)) == "unsupported store.newer_schema");
  CHECK(refusal(to_read(folder.file), cities(1)) == "unsupported store.newer_schema");
  CHECK(refusal(to_read(folder.file), cities(3)) == "storage store.older_schema");
  CHECK(refusal(to_read(folder.file)).empty());
  for (const char* version : {"0", "-1"}) {
    sql(folder.file, std::string("PRAGMA user_version=") + version);
    CHECK(refusal(at(folder.file)) == "corrupt store.not_a_database");
  }
}

TEST_CASE("what a killed making of a base leaves is made again, or told where it may not be") {
  for (const char* text : {"", "PRAGMA journal_mode=WAL"}) {
    const Folder folder;
    sql(folder.file, text);
    SqliteOptions not_to_make = at(folder.file);
    not_to_make.create = false;
    CHECK(refusal(to_read(folder.file)).starts_with(*text ? "corrupt store.empty" : "") == true);
    if (*text) CHECK(refusal(not_to_make) == "corrupt store.empty");

    const auto store = open_sqlite_store(cities(), at(folder.file));
    add(*store, "Бердск");
    CHECK(count(*store) == 1);
  }
}

TEST_CASE("a first load that was cut short is told from a base, torn or not, and is begun again") {
  const Folder folder;
  SqliteOptions load = at(folder.file);
  load.initial_load = true;
  for (const std::uintmax_t torn_to : {0, 4096, 6000}) {
    CAPTURE(torn_to);
    {
      const auto half = open_sqlite_store(cities(), load);
      for (int i = 0; i < 100; ++i) add(*half, "Искитим");
      CHECK(refusal(at(folder.file)) == "busy store.locked");
      CHECK(refusal(load) == "busy store.locked");
    }
    if (torn_to) std::filesystem::resize_file(folder.file, torn_to);

    for (const SqliteOptions& options : {at(folder.file), to_read(folder.file)}) CHECK(refusal(options) == "corrupt load.unfinished");
  }
  {
    const auto again = open_sqlite_store(cities(), load);
    CHECK(count(*again) == 0);
    add(*again, "Бердск");
    again->finish_load();
    add(*again, "Обь");
    CHECK(count(*again) == 2);
  }
  CHECK(count(*open_sqlite_store(cities(), at(folder.file))) == 2);
  CHECK(refusal(load) == "refused store.not_empty");
}

TEST_CASE("a first load by a release that marked none is told as well, and never emptied") {
  const Folder folder;
  sql(folder.file, "CREATE TABLE change_log(seq INTEGER PRIMARY KEY); CREATE TABLE high_water(entity INTEGER PRIMARY KEY); CREATE TABLE city(id)");
  SqliteOptions load = at(folder.file);
  load.initial_load = true;

  for (const SqliteOptions& options : {at(folder.file), to_read(folder.file), load}) CHECK(refusal(options) == "corrupt load.unfinished");
}

TEST_CASE("a table of the host with a name of ours is told at joining, and nothing is left beside it") {
  for (const char* text : {"CREATE TABLE crm_city(id)", "CREATE TABLE CRM_CHANGE_LOG(id)", "CREATE VIEW crm_high_water AS SELECT 1", "CREATE TABLE crm_city_view(id)"}) {
    const Folder folder;
    sqlite3* host = nullptr;
    REQUIRE(sqlite3_open(folder.file.c_str(), &host) == SQLITE_OK);
    REQUIRE(sqlite3_exec(host, text, nullptr, nullptr, nullptr) == SQLITE_OK);

    CHECK(refusal([&] { join_sqlite_store(cities(), host); }) == "already_exists store.name_taken");

    std::string tables;
    const auto take = [](void* to, int, char** values, char**) { return *static_cast<std::string*>(to) = values[0], 0; };
    CHECK(sqlite3_exec(host, "SELECT count(*) FROM sqlite_schema", take, &tables, nullptr) == SQLITE_OK);
    CHECK(tables == "1");
    sqlite3_close(host);
  }
}

TEST_CASE("a base in a folder without the right to write is read while nobody writes to it") {
  const Folder folder;
  const auto may_write = [&](bool may) { CHECK(chmod(folder.path.c_str(), may ? 0755 : 0555) == 0); };
  { add(*open_sqlite_store(cities(), at(folder.file)), "Бердск"); }
  may_write(false);
  std::unique_ptr<Store> reader;
  {
    const AsNobody nobody;
    reader = open_sqlite_store(cities(), to_read(folder.file));
    CHECK(count(*reader) == 1);
  }

  may_write(true);
  { add(*open_sqlite_store(cities(), at(folder.file)), "Обь"); }
  may_write(false);

  CHECK(refusal([&] { count(*reader); }) == "storage store.read_only_folder");
  const AsNobody nobody;
  CHECK(count(*open_sqlite_store(cities(), to_read(folder.file))) == 2);
}

TEST_CASE("where changes wait beside a base that cannot be taken in, it is told why it is not read") {
  const Folder from, folder;
  std::filesystem::create_directory(from.path / "copy");
  const std::string copy = (from.path / "copy" / "cities.db").string();
  {
    const auto store = open_sqlite_store(cities(), at(from.file));
    add(*store, "Бердск");
    for (const char* tail : {"", "-wal"}) std::filesystem::copy_file(from.file + tail, copy + tail);  // as a kill leaves them
  }
  CHECK(chmod((from.path / "copy").c_str(), 0555) == 0);
  {
    const AsNobody nobody;
    CHECK(refusal(to_read(copy)) == "storage store.read_only_folder");
  }
  CHECK(chmod((from.path / "copy").c_str(), 0755) == 0);
  CHECK(count(*open_sqlite_store(cities(), at(copy))) == 1);
}
