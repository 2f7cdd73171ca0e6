// What a handle keeps follows the change log without holding it in memory.
#include "conformance/fault.hpp"
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Events of March, all of them.
std::int64_t events(Crm& db) {
  PivotQuery query;
  query.from = day("2026-03-01");
  query.to = day("2026-04-01");
  query.rows = {{Dimension::manager, {}}};
  query.figures = {Figure::events};
  query.counted = EventsCounted::all;
  return db.pivot(query).series.at(0).total;
}

/// A house with reports that keep what they read, over a store to which somebody else writes, too.
struct Shared {
  std::unique_ptr<Store> store = open_memory_store(current_schema());
  conformance::Fault fault;
  House house{Crm(conformance::with_fault(*store, fault), {})};
  CompanyId company = house.company("Вектор");

  Shared() {
    for (int i = 0; i < 3; ++i) house.meet(company, "2026-03-03T10:00:00+07:00");
    for (int i = 0; i < 3; ++i) events(house.db);  // it keeps what is asked again
    fault.lines = fault.most_lines = 0;
  }
  /// Lines of the log that have nothing to do with reports.
  void write(int lines) {
    const FieldNo field = Company::kComment;
    const Cell comment = Cell::of(std::string_view("звонили"));
    const auto session = store->write({0, house.now});
    Version version = session->find(Company::kEntity, company.value)->version;
    for (int i = 0; i < lines; ++i) {
      Change change{Do::update, Company::kEntity, company.value, version, {&field, 1}, {&comment, 1}};
      session->apply({&change, 1});
      version = change.version;
    }
    session->commit();
  }
};

}  // namespace

TEST_CASE("the tail of the log is read in pieces of a bounded number of lines") {
  Shared shared;
  shared.write(3000);
  shared.house.meet(shared.company, "2026-03-04T10:00:00+07:00");

  CHECK(events(shared.house.db) == 4);
  CHECK(shared.fault.lines >= 3000);
  CHECK(shared.fault.most_lines <= 256);
}

TEST_CASE("a tail longer than the base is worth is not read: what is kept is read anew") {
  Shared shared;
  shared.write(25'000);
  shared.house.meet(shared.company, "2026-03-04T10:00:00+07:00");

  CHECK(events(shared.house.db) == 4);
  CHECK(shared.fault.lines == 0);
}
