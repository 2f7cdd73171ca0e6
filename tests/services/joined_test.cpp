// X3: the host's statements and ours in one transaction on the host's own connection.
#include <sqlite3.h>

#include <unistd.h>

#include <filesystem>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// A host with a table of his own called as one of ours, and a CRM in the same file.
struct Host {
  explicit Host(const std::string& path = ":memory:") {
    REQUIRE(sqlite3_open(path.c_str(), &base) == SQLITE_OK);
    run("CREATE TABLE IF NOT EXISTS company(invoice TEXT)");
    db.emplace(join_sqlite_store(current_schema(), base));
    db->host().clock = [] { return at("2026-03-02T09:00:00+07:00"); };
  }
  ~Host() {
    db.reset();
    CHECK(sqlite3_close(base) == SQLITE_OK);  // nothing of ours is left open
  }
  Host(const Host&) = delete;

  void run(const std::string& sql) const { REQUIRE(sqlite3_exec(base, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK); }
  [[nodiscard]] std::int64_t number(const char* sql) const {
    sqlite3_stmt* stmt = nullptr;
    REQUIRE(sqlite3_prepare_v2(base, sql, -1, &stmt, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_step(stmt) == SQLITE_ROW);
    const std::int64_t found = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return found;
  }
  [[nodiscard]] std::int64_t invoices() const { return number("SELECT count(*) FROM company"); }
  [[nodiscard]] std::int64_t companies() const { return number("SELECT count(*) FROM crm_company"); }

  CompanyId save(const char* name) {
    Company company;
    company.name = name;
    db->save(company);
    return company.id;
  }

  sqlite3* base = nullptr;
  std::optional<Crm> db;
};

}  // namespace

TEST_CASE("the host's COMMIT keeps both, his ROLLBACK undoes both") {
  Host host;
  host.run("BEGIN; INSERT INTO company VALUES('1')");
  host.save("Вектор");
  host.run("COMMIT");
  CHECK(host.invoices() == 1);
  CHECK(host.companies() == 1);

  const std::int64_t log = host.number("SELECT count(*) FROM crm_change_log");
  host.run("BEGIN; INSERT INTO company VALUES('2')");
  const CompanyId gone = host.save("Ромб");
  CHECK(host.db->load(gone).name == "Ромб");
  host.run("ROLLBACK");
  CHECK(host.invoices() == 1);
  CHECK(host.companies() == 1);
  CHECK(host.number("SELECT count(*) FROM crm_change_log") == log);
  CHECK_FALSE(host.db->find(Company::kEntity, gone.value));
  CHECK(host.save("Куб") == gone);  // as if it had never been
}

TEST_CASE("a refused call undoes itself and leaves the host's transaction as it was") {
  Host host;
  host.run("BEGIN; INSERT INTO company VALUES('1')");
  host.save("Вектор");
  Company nameless;
  CHECK(refusal([&] { host.db->save(nameless); }) == "field.required");
  host.db->begin();
  host.save("Ромб");
  host.run("INSERT INTO company VALUES('inside a unit')");
  host.db->rollback();  // of the unit: the host's statement inside it goes with it
  host.db->begin();
  host.save("Куб");
  host.run("INSERT INTO company VALUES('2')");
  host.db->commit();
  host.run("COMMIT");
  CHECK(host.invoices() == 2);
  CHECK(host.companies() == 2);
}

TEST_CASE("without a transaction of the host's every unit of work is one, in which he may write") {
  Host host;
  host.db->begin();
  host.save("Вектор");
  host.run("INSERT INTO company VALUES('1')");
  host.db->rollback();
  CHECK(host.invoices() == 0);
  CHECK(host.companies() == 0);
  host.db->begin();
  host.save("Вектор");
  host.run("INSERT INTO company VALUES('1')");
  host.db->commit();
  CHECK(host.invoices() == 1);
  CHECK(host.companies() == 1);
  CHECK(sqlite3_get_autocommit(host.base) == 1);
}

TEST_CASE("references hold though the host has foreign keys switched off") {
  Host host;
  REQUIRE(host.number("PRAGMA foreign_keys") == 0);
  Address address;
  address.company = {99};
  address.settlement = "Бердск";
  CHECK(refusal([&] { host.db->save(address); }) == "ref.missing");
  Sphere sphere;
  sphere.name = "Энергетика";
  host.db->save(sphere);
  CalendarTheme theme = standard_theme();
  host.db->save(theme);
  CalendarStyle style;
  style.theme = theme.id;
  host.db->save(style);
  CHECK(refusal([&] { host.db->erase(CalendarTheme::kEntity, theme.id.value, theme.version); }) == "record.referenced");
  host.run("PRAGMA foreign_keys=ON");
  CHECK(refusal([&] { host.db->erase(CalendarTheme::kEntity, theme.id.value, theme.version); }) == "record.referenced");
}

TEST_CASE("nothing that a rollback of the host's undid is remembered") {
  const auto folder = std::filesystem::temp_directory_path() / ("crm-undone-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  {
    const std::string path = (folder / "host.db").string();
    Host host(path);
    User user;
    user.last_name = "Менеджеров";
    user.hired = day("2020-01-01");
    host.db->save(user);
    const CompanyId company = host.save("Вектор");
    Role all;
    all.code = "all";
    all.name_ru = "всё";
    all.scope = Role::Scope::all;
    host.db->save(all);

    // In a transaction that is undone he gets a role that sees everything, and the house another zone.
    host.run("BEGIN");
    Organisation house = host.db->organisation();
    house.zone = "+11:00";
    host.db->save(house);
    UserRole given;
    given.user = user.id;
    given.role = all.id;
    host.db->save(given);
    host.db->act_as(user.id);
    CHECK(host.db->find(Company::kEntity, company.value));
    CHECK(host.db->zone().name() == "+11:00");
    host.run("ROLLBACK");

    // Another handle writes as many lines of the log as were undone: their numbers are the same.
    {
      Host second(path);
      Organisation again = second.db->organisation();
      again.zone = "+05:00";
      second.db->save(again);
      second.save("Ромб");
    }
    CHECK(host.db->zone().name() == "+05:00");
    CHECK_FALSE(host.db->find(Company::kEntity, company.value));
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("a unit of work of ours that is undone is not remembered either") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    User admin = house.db.load(house.manager);
    admin.administrator = true;
    house.db.save(admin);
    house.db.act_as(house.manager);
    house.db.begin();
    User plain = admin;
    plain.administrator = false;
    house.db.save(plain);
    CHECK_FALSE(house.db.find(Company::kEntity, company.value));
    house.db.rollback();
    // Another change takes the number in the log that the undone one had.
    house.sphere("Энергетика");
    CHECK(house.db.find(Company::kEntity, company.value));
  }
}

TEST_CASE("the tables are upgraded, or made anew, beside the host's") {
  const auto folder = std::filesystem::temp_directory_path() / ("crm-beside-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  {
    const std::string path = (folder / "host.db").string();
    { Host first(path); first.save("Вектор"); }
    Host again(path);
    CHECK(again.companies() == 1);
    CHECK(again.number("PRAGMA user_version") == 0);
    CHECK(again.number("PRAGMA application_id") == 0);
    CHECK(again.number("SELECT count(*) FROM crm_company_view") == 1);
    CHECK(again.db->search_contacts("вект").size() == 1);
    again.run("UPDATE crm_schema_version SET version = 99");
    Code code{};
    CHECK(refusal([&] { join_sqlite_store(current_schema(), again.base); }, &code) == "store.newer_schema");
    CHECK(code == Code::unsupported);
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("a base that keeps its texts in UTF-16 is refused when it is opened, and left as it was") {
  const auto folder = std::filesystem::temp_directory_path() / ("crm-utf16-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string path = (folder / "host.db").string();
  for (const bool with_table : {false, true}) {
    CAPTURE(with_table);
    sqlite3* base = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &base) == SQLITE_OK);
    REQUIRE(sqlite3_exec(base, "PRAGMA encoding='UTF-16le'", nullptr, nullptr, nullptr) == SQLITE_OK);
    if (with_table) REQUIRE(sqlite3_exec(base, "CREATE TABLE own(x); INSERT INTO own VALUES('Вектор')", nullptr, nullptr, nullptr) == SQLITE_OK);
    try {
      join_sqlite_store(current_schema(), base);
      FAIL("must throw");
    } catch (const Error& error) {
      CHECK(error.code() == Code::unsupported);
      const Violation& why = error.violations().at(0);
      CHECK(why.rule == "store.encoding");
      CHECK(why.detail == "UTF-16le");
      CHECK(describe(why, Language::russian) == "база «" + why.value + "» хранит тексты в UTF-16le: подходит только база в UTF-8");
    }
    CHECK(sqlite3_get_autocommit(base) == 1);
    const std::string ours = "SELECT 1 FROM sqlite_schema WHERE name LIKE 'crm%'";
    sqlite3_stmt* stmt = nullptr;
    REQUIRE(sqlite3_prepare_v2(base, ours.c_str(), -1, &stmt, nullptr) == SQLITE_OK);
    CHECK(sqlite3_step(stmt) == SQLITE_DONE);
    sqlite3_finalize(stmt);
    // An empty file of that encoding is no place for a base of ours either.
    if (with_table) REQUIRE(sqlite3_exec(base, "DROP TABLE own", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(sqlite3_close(base) == SQLITE_OK);
  }
  CHECK(refusal([&] { crm::open(path); }) == "store.encoding");
  std::filesystem::remove_all(folder);
}

TEST_CASE("a call that fails inside a unit of work undoes what hangs on our rows in the host's tables") {
  Host host;
  host.run("PRAGMA foreign_keys=ON");
  host.save("Вектор");
  Document link;
  link.owner = {Company::kEntity, 1};
  link.title = "договор";
  link.uri = "file:///1.pdf";
  host.db->save(link);
  host.run("CREATE TABLE copy(document REFERENCES crm_document(id) ON DELETE CASCADE); INSERT INTO copy VALUES(1);"
           "CREATE TABLE told(what); CREATE TRIGGER tell AFTER DELETE ON crm_document BEGIN INSERT INTO told VALUES(old.id); END");
  host.db->begin();

  CHECK(refusal([&] {
          host.db->as_one([&] {
            host.db->erase(Document::kEntity, link.id.value, link.version);
            CHECK(host.number("SELECT count(*) FROM copy") == 0);
            host.save("");
          });
        }) == "field.required");

  host.db->commit();
  CHECK(host.number("SELECT count(*) FROM copy") == 1);
  CHECK(host.number("SELECT count(*) FROM told") == 0);
  CHECK(host.number("SELECT count(*) FROM crm_document") == 1);
}

TEST_CASE("rights that the host's ROLLBACK took back are not kept") {
  Host host;
  User user;
  user.last_name = "Менеджеров";
  user.hired = day("2020-01-01");
  host.db->save(user);
  const CompanyId secret = host.save("Тайна");
  for (const bool snapshot : {false, true}) {
    CAPTURE(snapshot);
    Query all;
    all.entity = Company::kEntity;
    all.columns = {kId};
    host.run("BEGIN");
    user = host.db->load(user.id);
    user.administrator = true;
    host.db->save(user);
    host.db->act_as(user.id);
    if (snapshot) {
      CHECK(host.db->snapshot()->select(all)->next());
    } else {
      CHECK(host.db->select(all).next());
    }
    host.db->act_as(UserId{});
    host.run("ROLLBACK");
    host.save("Ещё одна");  // has the number of the change that was rolled back

    host.db->act_as(user.id);
    CHECK(refusal([&] { host.db->load(secret); }) == "record.not_found");
    host.db->act_as(UserId{});
  }
}

TEST_CASE("a unit that SQLite has ended is rolled back without the transaction that the host has begun since") {
  Host host;
  host.db->begin();
  host.save("Первая");
  host.run("ROLLBACK");  // as SQLite does it after a full disk
  CHECK(refusal([&] { host.save("Вторая"); }) == "store.unit_lost");
  host.run("BEGIN; INSERT INTO company VALUES('1')");

  host.db->rollback();

  host.run("COMMIT");
  CHECK(host.invoices() == 1);
  CHECK(host.companies() == 0);
}
