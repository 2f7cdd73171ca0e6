// The views of the file, read by SQLite itself, against the records as the library writes them out.
#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "crm/meta/meta.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

struct File {
  std::string path = (std::filesystem::temp_directory_path() / "crm-views-test.db").string();
  File() { clear(); }
  ~File() { clear(); }
  void clear() const {
    for (const char* tail : {"", "-wal", "-shm"}) std::remove((path + tail).c_str());
  }
};

/// A row of a view by the names of its columns; nulls are left out.
using Shown = std::map<std::string, std::string>;

std::vector<Shown> read(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  sqlite3_stmt* statement = nullptr;
  REQUIRE_MESSAGE(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
  std::vector<Shown> rows;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    Shown& row = rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(statement); ++i)
      if (const unsigned char* text = sqlite3_column_text(statement, i))
        row[sqlite3_column_name(statement, i)] = reinterpret_cast<const char*>(text);
  }
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return rows;
}

/// The value as the library's own functions print it.
std::string printed(const EntityInfo& info, const Row& row, std::size_t at) {
  const FieldInfo& field = info.fields[at];
  const Cell cell = to_cell(row.values[at]);
  switch (field.kind) {
    case Kind::date: return to_string(date_of(cell.as_integer()));
    case Kind::instant: return to_string(instant_of(cell.as_integer()));
    case Kind::decimal: return to_string(Decimal{cell.as_integer()});
    case Kind::money: {
      const std::string money = to_string(Money{cell.as_integer(), Currency(to_cell(row.values[at + 1]).as_text())});
      return money.substr(0, money.find(' '));
    }
    case Kind::enumeration: return field.values->find(cell.as_integer())->code;
    case Kind::entity: return entity_info(static_cast<EntityNo>(cell.as_integer())).name;
    case Kind::text:
    case Kind::currency: return std::string(cell.as_text());
    default: return std::to_string(cell.as_integer());
  }
}

bool is_number(const FieldInfo& field) { return field.kind == Kind::decimal || field.kind == Kind::money || field.kind == Kind::real; }

}  // namespace

TEST_CASE("views say in SQL what the records say") {
  const File file;
  House house(file.path);
  const CompanyId company = house.company("ООО \"Вектор\"");
  house.employee(company, "Иванов");
  Address address;
  address.company = company;
  address.settlement = "Бердск";
  address.latitude = 54.75;
  house.db.save(address);
  Product tea;
  tea.name = "Чай";
  house.db.save(tea);
  const char* currencies[] = {"RUB", "JPY", "KWD"};
  for (const char* currency : currencies) {
    Event event;
    event.type = house.meeting;
    event.company = company;
    event.executor = house.manager;
    event.start = house.now;
    event.amount = Money{123456, Currency(currency)};
    std::vector<EventLine> lines(1);
    lines[0].product = tea.id;
    lines[0].quantity = Decimal{2'500'000};
    house.db.plan(event, lines);
  }
  house.db.assign(company, house.manager, Assignment::Role::assistant);
  ContactPoint phone;
  phone.owner = {Company::kEntity, company.value};
  phone.value = "+7 383 212-34-56";
  house.db.save(phone);

  std::set<Kind> kinds;
  for (const EntityInfo* info : entities()) {
    INFO(info->name);
    const std::vector<Row> rows = house.db.rows(info->no, {});
    const std::vector<Shown> shown = read(file.path, "SELECT * FROM \"" + std::string(info->name) + "_view\" ORDER BY id");
    REQUIRE(shown.size() == rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      CHECK(shown[r].at("id") == std::to_string(rows[r].id));
      for (std::size_t f = 0; f < info->fields.size(); ++f) {
        const FieldInfo& field = info->fields[f];
        INFO(field.name);
        const auto found = shown[r].find(field.name);
        const bool null = to_cell(rows[r].values[f]).is_null();
        CHECK((found == shown[r].end()) == null);
        if (null) continue;
        kinds.insert(field.kind);
        if (field.kind == Kind::real)
          CHECK(std::stod(found->second) == doctest::Approx(to_cell(rows[r].values[f]).as_real()));
        else if (is_number(field))
          CHECK(std::stod(found->second) == doctest::Approx(std::stod(printed(*info, rows[r], f))));
        else
          CHECK(found->second == printed(*info, rows[r], f));
      }
    }
  }
  for (const Kind kind : {Kind::date, Kind::instant, Kind::decimal, Kind::money, Kind::enumeration, Kind::entity, Kind::boolean, Kind::real})
    CHECK(kinds.contains(kind));

  const auto events = read(file.path, "SELECT company, executor, type, product, amount, currency FROM event_view ORDER BY id");
  REQUIRE(events.size() == 3);
  CHECK(events[0].at("company") == "ООО \"Вектор\"");
  CHECK(events[0].at("executor") == "Менеджеров");
  CHECK(events[0].at("product") == "Чай");
  CHECK(std::stod(events[0].at("amount")) == doctest::Approx(1234.56));
  CHECK(std::stod(events[1].at("amount")) == doctest::Approx(123456));
  CHECK(std::stod(events[2].at("amount")) == doctest::Approx(123.456));
  CHECK(read(file.path, "SELECT owner_kind FROM contact_point_view").at(0).at("owner_kind") == "company");
}
