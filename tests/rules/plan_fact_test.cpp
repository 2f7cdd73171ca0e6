#include "crm/rules/plan_fact.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "rules/plan_total.hpp"

using namespace crm;

namespace {

using Measure = PlanCell::Measure;

constexpr DepartmentId kSales{1}, kNorth{2}, kSouth{3};
constexpr UserId kChief{11}, kIvanov{12}, kPetrov{13}, kFree{14};
constexpr ProductId kCable{21}, kPipe{22};
constexpr EventTypeId kCall{31}, kVisit{32};

Date day(const char* iso) { return *parse_date(iso); }

/// Sales holds North (Иванов) and South (Петров), and the chief himself; one works in no department.
StaffTree staff() {
  return {{{kSales, {}}, {kNorth, kSales}, {kSouth, kSales}}, {{kChief, kSales}, {kIvanov, kNorth}, {kPetrov, kSouth}}};
}

PlanFactSheet::Asked march() {
  PlanFactSheet::Asked asked;
  asked.from = day("2026-03-01");
  asked.to = day("2026-04-01");
  asked.staff = staff();
  asked.rate = {22, 11, false};
  return asked;
}

PlanCell cell(std::int64_t number, const char* from = "2026-03-01", const char* to = "2026-04-01") {
  PlanCell cell;
  cell.from = day(from);
  cell.to = day(to);
  cell.events = number;
  cell.made_at = *parse_instant("2026-02-20T00:00:00Z");
  return cell;
}

PlanCell of(UserId user, PlanCell cell, ProductId product = {}, EventTypeId type = {}) {
  cell.user = user;
  cell.product = product;
  cell.type = type;
  return cell;
}

PlanCell of(DepartmentId department, PlanCell cell, ProductId product = {}) {
  cell.department = department;
  cell.product = product;
  return cell;
}

CountedFact held(Id event, UserId user, ProductId product = {}, EventTypeId type = kCall) {
  return {Measure::events, event, user, product, type, {}, 1};
}

PlanFactTable table_of(PlanFactSheet::Asked asked, const std::vector<PlanCell>& cells, const std::vector<CountedFact>& facts = {}) {
  PlanFactSheet sheet(std::move(asked));
  sheet.reserve(cells.size());
  std::vector<PlannedNumber> planned;
  for (const PlanCell& one : cells)
    planned.push_back({one.measure, one.amount ? one.amount->currency : Currency(), one.user, one.department, one.product, one.type, *one.from,
                       *one.to, number_of(one).value(), *one.made_at});
  for (const PlannedNumber& one : planned) sheet.plan(one);
  for (const CountedFact& fact : facts) sheet.count(fact);
  return sheet.table();
}

PlanFactRow total_of(const std::vector<PlanCell>& cells, const std::vector<CountedFact>& facts = {}) {
  const PlanFactTable table = table_of(march(), cells, facts);
  REQUIRE(table.totals.size() == 1);
  return table.totals.front();
}

const PlanFactRow& row_of(const PlanFactTable& table, auto has) {
  const auto found = std::ranges::find_if(table.rows, [&](const PlanFactRow& row) { return has(row.key); });
  REQUIRE(found != table.rows.end());
  return *found;
}

}  // namespace

TEST_CASE("deviation, attainment and forecast of a number") {
  const PlanFactRow row = total_of({of(kIvanov, cell(8))}, {held(1, kIvanov), held(2, kIvanov), held(3, kIvanov)});

  CHECK(row.plan == 8);
  CHECK(row.fact == 3);
  CHECK(row.deviation == -5);
  CHECK(row.attainment == 0.375);
  CHECK(row.forecast == 6);  // 3 in 11 of 22 working days
  CHECK(!row.undistributed);
  CHECK(row.version == *parse_instant("2026-02-20T00:00:00Z"));
}

TEST_CASE("a plan of 0 has a deviation and no attainment; a fact without a plan has neither") {
  const PlanFactRow zero = total_of({of(kIvanov, cell(0))}, {held(1, kIvanov)});
  CHECK(zero.deviation == 1);
  CHECK(!zero.attainment);
  const PlanFactRow unplanned = total_of({}, {held(1, kIvanov)});
  CHECK(!unplanned.plan);
  CHECK(!unplanned.deviation);
  CHECK(!unplanned.version);
}

TEST_CASE("the forecast goes by working days") {
  CHECK(forecast(10, {20, 5, false}) == 40);
  CHECK(forecast(10, {22, 3, false}) == 73);    // 73.3
  CHECK(forecast(5, {3, 2, false}) == 8);       // 7.5: halves away from zero
  CHECK(forecast(-5, {3, 2, false}) == -8);
  CHECK(!forecast(10, {20, 0, false}));
  CHECK(forecast(10, {20, 20, true}) == 10);
  CHECK(forecast(10, {0, 0, true}) == 10);      // a period of holidays is over all the same
  CHECK(!forecast(std::numeric_limits<std::int64_t>::max(), {20, 5, false}));  // it does not fit
}

TEST_CASE("a total takes the coarse cell, and tells what its finer cells leave undistributed") {
  struct Row {
    const char* what;
    std::vector<PlanCell> cells;
    std::int64_t plan;
    std::optional<std::int64_t> undistributed;
  };
  const Row rows[] = {
      {"finer only", {of(kIvanov, cell(10), kCable), of(kIvanov, cell(5), kPipe)}, 15, {}},
      {"coarse with finer", {of(kIvanov, cell(20)), of(kIvanov, cell(10), kCable), of(kIvanov, cell(5), kPipe)}, 20, 5},
      {"more distributed than planned", {of(kIvanov, cell(12)), of(kIvanov, cell(10), kCable), of(kIvanov, cell(5), kPipe)}, 12, -3},
      {"coarse for one user, finer for another", {of(kIvanov, cell(20)), of(kPetrov, cell(7), kCable)}, 27, {}},
      {"a department's goes before its people's", {of(kNorth, cell(30)), of(kIvanov, cell(20))}, 30, 10},
      {"a department above without a plan", {of(kNorth, cell(30)), of(kPetrov, cell(8))}, 38, {}},
      {"three levels", {of(kSales, cell(100)), of(kNorth, cell(60)), of(kSouth, cell(30)), of(kIvanov, cell(50))}, 100, 10},
      {"a type inside a product", {of(kIvanov, cell(10), kCable), of(kIvanov, cell(4), kCable, kCall)}, 10, 6},
      {"by product and by type: the greater", {of(kIvanov, cell(10), kCable), of(kIvanov, cell(6), {}, kCall), of(kIvanov, cell(7), {}, kVisit)}, 13, {}},
      {"a department's product beside a user's all", {of(kNorth, cell(5), kCable), of(kIvanov, cell(100))}, 100, {}},
      {"a month beside its weeks", {of(kIvanov, cell(40)), of(kIvanov, cell(9, "2026-03-02", "2026-03-09")), of(kIvanov, cell(11, "2026-03-09", "2026-03-16"))}, 40, 20},
      {"a month beside one week", {of(kIvanov, cell(40)), of(kIvanov, cell(9, "2026-03-02", "2026-03-09"))}, 40, 31},
      {"by type and by week of a product: the greater", {of(kIvanov, cell(4), kCable, kCall), of(kIvanov, cell(2, "2026-03-02", "2026-03-09"), kCable)}, 4, {}},
      {"the greater of two that are to be taken back", {of(kIvanov, cell(-4), kCable, kCall), of(kIvanov, cell(-2, "2026-03-02", "2026-03-09"), kCable)}, -2, {}},
      {"by product and by type alike: by product", {of(kIvanov, cell(10), kCable), of(kIvanov, cell(4), kCable, kCall), of(kIvanov, cell(6), {}, kVisit)}, 10, 6},
      {"a week of a product above its half", {of(kIvanov, cell(5, "2026-03-01", "2026-03-16")), of(kIvanov, cell(9, "2026-03-02", "2026-03-09"), kCable)}, 5, -4},
      {"weeks alone", {of(kIvanov, cell(9, "2026-03-02", "2026-03-09")), of(kIvanov, cell(11, "2026-03-09", "2026-03-16"))}, 20, {}},
      {"a longer period of one, shorter of another", {of(kIvanov, cell(40)), of(kPetrov, cell(9, "2026-03-02", "2026-03-09"))}, 49, {}},
      {"who works in no department", {of(kFree, cell(3)), of(kIvanov, cell(4))}, 7, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const PlanFactRow total = total_of(row.cells);
    CHECK(total.plan == row.plan);
    CHECK(total.undistributed == row.undistributed);
  }
}

TEST_CASE("a cell that reaches over the end of the period is not of it") {
  const auto beyond = of(kIvanov, cell(90, "2026-01-01", "2026-04-01"));
  CHECK(table_of(march(), {beyond}).totals.empty());
  CHECK(total_of({beyond, of(kIvanov, cell(30))}).plan == 30);
}

TEST_CASE("an event counts once under each of its products and once in the total") {
  auto asked = march();
  asked.by.product = true;

  const PlanFactTable table = table_of(asked, {of(kIvanov, cell(5), kCable)},
                                       {held(1, kIvanov, kCable), held(1, kIvanov, kPipe), held(2, kIvanov, kCable), held(3, kIvanov)});

  REQUIRE(table.rows.size() == 3);
  CHECK(table.totals.front().fact == 3);
  CHECK(!table.totals.front().additive);
  const auto of_product = [&](ProductId product) { return row_of(table, [&](const PlanFactKey& k) { return k.product == product; }); };
  CHECK(of_product(kCable).fact == 2);
  CHECK(of_product(kCable).plan == 5);
  CHECK(of_product(kPipe).fact == 1);
  CHECK(!of_product(kPipe).plan);
  CHECK(of_product({}).fact == 1);  // none
}

TEST_CASE("sums of lines add up over products, each currency in a row of its own") {
  auto asked = march();
  asked.by.product = true;
  const Currency rub("RUB"), usd("USD");
  const auto line = [&](Id event, ProductId product, Currency currency, std::int64_t minor) {
    return CountedFact{Measure::amount, event, kIvanov, product, kCall, currency, minor};
  };

  const PlanFactTable table =
      table_of(asked, {}, {line(1, kCable, rub, 1000), line(1, kPipe, rub, 500), line(1, kPipe, usd, 7), line(2, kCable, rub, -300)});

  REQUIRE(table.totals.size() == 2);
  CHECK(table.totals[0].key.currency == rub);
  CHECK(table.totals[0].fact == 1200);
  CHECK(table.totals[0].additive);
  CHECK(table.totals[1].fact == 7);
  CHECK(table.rows.size() == 3);
  CHECK(row_of(table, [&](const PlanFactKey& k) { return k.product == kCable; }).fact == 700);
}

TEST_CASE("departments roll up with everything below them") {
  auto asked = march();
  asked.by.department = true;

  const PlanFactTable table =
      table_of(asked, {of(kNorth, cell(10)), of(kIvanov, cell(8)), of(kPetrov, cell(4)), of(kChief, cell(1))},
               {held(1, kIvanov), held(2, kIvanov), held(3, kPetrov), held(4, kChief), held(5, kFree), held(6, {})});

  const auto of_department = [&](DepartmentId id) { return row_of(table, [&](const PlanFactKey& k) { return k.department == id; }); };
  CHECK(table.rows.size() == 4);
  CHECK(of_department(kSales).plan == 15);  // 10 of North, 4 of Петров, 1 of the chief
  CHECK(of_department(kSales).fact == 4);
  CHECK(of_department(kSales).undistributed == 2);
  CHECK(of_department(kSales).level == 0);
  CHECK(of_department(kNorth).plan == 10);
  CHECK(of_department(kNorth).fact == 2);
  CHECK(of_department(kNorth).undistributed == 2);
  CHECK(of_department(kNorth).level == 1);
  CHECK(of_department(kSouth).plan == 4);
  CHECK(of_department({}).fact == 2);  // of none: who works in no department, and what is nobody's
  CHECK(of_department({}).level == 0);
  CHECK(table.totals.front().fact == 6);
  CHECK(table.totals.front().plan == 15);
}

TEST_CASE("a department's plan-fact is of it and everything below") {
  auto asked = march();
  asked.scope.department = kNorth;
  asked.by.department = true;

  const PlanFactTable table = table_of(asked, {of(kSales, cell(99)), of(kNorth, cell(10)), of(kPetrov, cell(4))}, {held(1, kIvanov), held(2, kPetrov), held(3, {})});

  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].key.department == kNorth);
  CHECK(table.rows[0].level == 0);
  CHECK(table.totals.front().plan == 10);
  CHECK(table.totals.front().fact == 1);
}

TEST_CASE("cells with a plan and no fact are shown, and the reverse") {
  auto asked = march();
  asked.by.user = asked.by.type = true;

  const PlanFactTable table = table_of(asked, {of(kIvanov, cell(5), {}, kVisit)}, {held(1, kPetrov)});

  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].key.user == kIvanov);
  CHECK(table.rows[0].plan == 5);
  CHECK(table.rows[0].fact == 0);
  CHECK(table.rows[1].key.user == kPetrov);
  CHECK(!table.rows[1].plan);
  CHECK(table.rows[1].fact == 1);
}

TEST_CASE("a measure that has no types is of no type in a table by type") {
  auto asked = march();
  asked.by.type = true;
  PlanCell receipts = cell(0);
  receipts.events.reset();
  receipts.measure = Measure::receipts;
  receipts.amount = Money{900, Currency("RUB")};

  const PlanFactTable table = table_of(asked, {of(kIvanov, receipts)}, {{Measure::receipts, 1, kIvanov, {}, {}, Currency("RUB"), 450}});

  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].plan == 900);
  CHECK(table.rows[0].attainment == 0.5);
}

TEST_CASE("a user's own calendar makes his forecast") {
  auto asked = march();
  asked.by.user = true;
  asked.rates[kIvanov] = {10, 1, false};

  const PlanFactTable table = table_of(asked, {}, {held(1, kIvanov), held(2, kPetrov)});

  CHECK(table.rows[0].forecast == 10);
  CHECK(table.rows[1].forecast == 2);
  CHECK(table.totals[0].forecast == 4);
}

TEST_CASE("the version made last by an instant is in force, and can be taken back") {
  const auto made = [](PlanCell one, Id id, const char* at) {
    one.id = {id};
    one.made_at = *parse_instant(at);
    return one;
  };
  PlanCell back = of(kIvanov, cell(0));
  back.events.reset();
  const std::vector<PlanCell> versions = {made(of(kIvanov, cell(10)), 1, "2026-02-01T00:00:00Z"),
                                          made(of(kIvanov, cell(12)), 2, "2026-03-01T00:00:00Z"),
                                          made(of(kIvanov, cell(13)), 3, "2026-03-01T00:00:00Z"),  // in the same breath: the later row
                                          made(of(kPetrov, cell(7)), 4, "2026-02-15T00:00:00Z"),
                                          made(back, 5, "2026-03-20T00:00:00Z")};
  const auto numbers = [&](const char* at) {
    std::vector<std::int64_t> found;
    for (const PlannedNumber& one : plans_in_force(versions, *parse_instant(at))) found.push_back(one.number);
    return found;
  };
  CHECK(numbers("2026-01-31T00:00:00Z").empty());
  CHECK(numbers("2026-02-01T00:00:00Z") == std::vector<std::int64_t>{10});
  CHECK(numbers("2026-02-28T00:00:00Z") == std::vector<std::int64_t>{10, 7});
  CHECK(numbers("2026-03-10T00:00:00Z") == std::vector<std::int64_t>{13, 7});
  CHECK(numbers("2026-03-20T00:00:00Z") == std::vector<std::int64_t>{7});
}

TEST_CASE("a row without an amount takes the plan back in every currency") {
  const auto money = [](std::optional<Money> amount, Id id) {
    PlanCell one = of(kIvanov, cell(0));
    one.id = {id};
    one.events.reset();
    one.measure = Measure::shipments;
    one.amount = amount;
    return one;
  };
  std::vector<PlanCell> versions = {money(Money{100, Currency("RUB")}, 1), money(Money{5, Currency("USD")}, 2)};
  CHECK(plans_in_force(versions, *parse_instant("2026-03-01T00:00:00Z")).size() == 2);
  versions.push_back(money({}, 3));
  CHECK(plans_in_force(versions, *parse_instant("2026-03-01T00:00:00Z")).empty());
}

TEST_CASE("the facts behind a number are those that counted in it") {
  const CountedFact fact = held(1, kIvanov, kCable);
  const PlanFactKey all{Measure::events, {}, {}, {}, {}, {}};
  const auto with = [&](auto change) {
    PlanFactKey key = all;
    change(key);
    return counts_in(key, fact, staff());
  };
  CHECK(counts_in(all, fact, staff()));
  CHECK(with([](PlanFactKey& k) { k.department = kNorth; }));
  CHECK(with([](PlanFactKey& k) { k.department = kSales; }));
  CHECK(!with([](PlanFactKey& k) { k.department = kSouth; }));
  CHECK(!with([](PlanFactKey& k) { k.department = DepartmentId{}; }));
  CHECK(with([](PlanFactKey& k) { k.product = kCable; }));
  CHECK(!with([](PlanFactKey& k) { k.product = ProductId{}; }));
  CHECK(!with([](PlanFactKey& k) { k.user = kPetrov; }));
  CHECK(!with([](PlanFactKey& k) { k.type = kVisit; }));
  CHECK(!with([](PlanFactKey& k) { k.measure = Measure::amount; }));
}

TEST_CASE("a fact of the currency that is meant counts, by its type and among those of no department") {
  const CountedFact paid{Measure::receipts, 1, kFree, {}, {}, Currency("RUB"), 100};
  PlanFactKey key{Measure::receipts, Currency("RUB"), DepartmentId{}, {}, {}, {}};
  CHECK(counts_in(key, paid, staff()));  // he works in no department
  key.currency = Currency("USD");
  CHECK(!counts_in(key, paid, staff()));
}

TEST_CASE("a scope is one user, a department with all below it, or everybody") {
  CHECK(in_scope({}, {}, staff()));
  CHECK(in_scope({kIvanov, {}}, kIvanov, staff()));
  CHECK(!in_scope({kIvanov, {}}, kPetrov, staff()));
  CHECK(in_scope({{}, kSales}, kIvanov, staff()));
  CHECK(!in_scope({{}, kSouth}, kIvanov, staff()));
  CHECK(!in_scope({{}, kSales}, kFree, staff()));
  CHECK(in_scope({kIvanov, kNorth}, kIvanov, staff()));
  CHECK(!in_scope({kIvanov, kSouth}, kIvanov, staff()));
}

TEST_CASE("departments that stand in a circle, or below one that is gone, have a path that ends") {
  const StaffTree circle{{{kNorth, kSouth}, {kSouth, kNorth}}, {}};
  CHECK(circle.path(kNorth) == std::vector<DepartmentId>{kSouth, kNorth});
  const StaffTree orphan{{{kNorth, kSales}}, {}};
  CHECK(orphan.path(kNorth) == std::vector<DepartmentId>{kSales, kNorth});
}

TEST_CASE("the number of a plan cell is set where its measure has it, and money keeps its currency") {
  for (const Measure measure : {Measure::events, Measure::new_companies, Measure::quantity, Measure::amount, Measure::receipts, Measure::shipments}) {
    CAPTURE(static_cast<int>(measure));
    PlanCell one;
    one.measure = measure;
    CHECK(!number_of(one));
    set_number(one, 1'500'000);
    CHECK(number_of(one) == 1'500'000);
    const bool counted = measure == Measure::events || measure == Measure::new_companies;
    CHECK(one.events.has_value() == counted);
    CHECK(one.quantity.has_value() == (measure == Measure::quantity));  // 1.5
    CHECK(one.amount.has_value() == (!counted && measure != Measure::quantity));
  }
  PlanCell later;  // of a measure that only a later release knows: money
  later.measure = static_cast<Measure>(77);
  set_number(later, 5);
  CHECK(number_of(later) == 5);
  CHECK(later.amount == Money{5, Currency()});
  PlanCell dollars;
  dollars.measure = Measure::amount;
  dollars.amount = Money{1, Currency("USD")};
  set_number(dollars, 7);
  CHECK(dollars.amount == Money{7, Currency("USD")});
}

TEST_CASE("a version without the instant when it was made, or without its period, is in force never") {
  PlanCell unmade = of(kIvanov, cell(1)), endless = unmade, unbegun = unmade;
  unmade.made_at.reset();
  endless.to.reset();
  unbegun.from.reset();
  CHECK(plans_in_force(std::vector{unmade, endless, unbegun}, *parse_instant("2026-03-10T00:00:00Z")).empty());
}

TEST_CASE("a forecast of a loss, of much and of long periods is exact, and none where it does not fit") {
  CHECK(forecast(-10, {22, 3, false}) == -73);  // -73.3
  CHECK(forecast(std::numeric_limits<std::int64_t>::max(), {1, 1, false}) == std::numeric_limits<std::int64_t>::max());
  CHECK(forecast(-5, {3, 2, false}) == -8);     // -7.5: halves away from zero
  const std::int64_t much = std::int64_t{1} << 40;
  CHECK(forecast(much, {2, 1, false}) == 2 * much);
  CHECK(forecast(-much, {2, 1, false}) == -2 * much);
  CHECK(forecast(7, {8'000, 4'000, false}) == 14);
  CHECK(forecast(7, {8'000, 2'000, false}) == 28);
  CHECK(forecast(7, {3'999, 4'000, false}) == 7);  // 6.998
  CHECK(!forecast(std::numeric_limits<std::int64_t>::max(), {2, 1, false}));
}

TEST_CASE("the sheet of one user holds his alone, by department where he works") {
  auto asked = march();
  asked.scope.user = kIvanov;
  asked.by.department = true;

  const PlanFactTable table = table_of(asked, {of(kIvanov, cell(5)), of(kPetrov, cell(9)), of(kIvanov, cell(2), kCable)}, {held(1, kIvanov), held(2, kPetrov)});

  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].key.department == kNorth);
  CHECK(table.rows[0].plan == 5);
  CHECK(table.rows[0].undistributed == 3);
  CHECK(table.rows[0].fact == 1);
}

TEST_CASE("who works in no department has a row of its own among departments") {
  auto asked = march();
  asked.by.department = true;

  const PlanFactTable table = table_of(asked, {of(kFree, cell(4))}, {held(1, kFree), held(2, kIvanov)});

  const PlanFactRow& free = row_of(table, [](const PlanFactKey& key) { return key.department == DepartmentId{}; });
  CHECK(free.plan == 4);
  CHECK(free.fact == 1);
}

TEST_CASE("a plan of any user, product or type is in the total and in no finer row") {
  const auto rows_by = [](PlanDimensions by, const PlanCell& one) {
    auto asked = march();
    asked.by = by;
    const PlanFactTable table = table_of(asked, {one});
    CHECK(table.totals.front().plan == number_of(one));
    return table.rows.size();
  };
  PlanCell companies = cell(3);
  companies.measure = Measure::new_companies;
  PlanCell receipts = cell(0);
  receipts.measure = Measure::receipts;
  receipts.events.reset();
  receipts.amount = Money{900, Currency("RUB")};
  PlanCell amount = receipts, quantity = receipts;
  amount.measure = Measure::amount;
  quantity.measure = Measure::quantity;
  quantity.amount.reset();
  quantity.quantity = Decimal{1'000'000};
  const PlanDimensions user{false, true, false, false}, product{false, false, true, false}, type{false, false, false, true};
  CHECK(rows_by(user, of(kNorth, cell(5))) == 0);
  CHECK(rows_by(user, of(kIvanov, cell(5))) == 1);
  CHECK(rows_by(product, of(kIvanov, cell(5))) == 0);
  CHECK(rows_by(product, of(kIvanov, cell(5), kCable)) == 1);
  CHECK(rows_by(product, of(kIvanov, receipts)) == 0);
  CHECK(rows_by(product, of(kIvanov, companies)) == 1);  // a measure without products is of none
  CHECK(rows_by(type, of(kIvanov, cell(5))) == 0);
  CHECK(rows_by(type, of(kIvanov, cell(5), {}, kCall)) == 1);
  CHECK(rows_by(type, of(kIvanov, amount)) == 0);
  CHECK(rows_by(type, of(kIvanov, quantity)) == 0);
  CHECK(rows_by(type, of(kIvanov, receipts)) == 1);
  CHECK(rows_by(type, of(kIvanov, companies)) == 1);
}

TEST_CASE("a plan that reaches beyond an end of the period is not of it") {
  CHECK(table_of(march(), {of(kIvanov, cell(5, "2026-02-28", "2026-03-31"))}).totals.empty());
  CHECK(table_of(march(), {of(kIvanov, cell(5, "2026-03-02", "2026-04-02"))}).totals.empty());
}

TEST_CASE("periods inside longer ones and over their borders: the longest from the first on divide") {
  const auto march_of = [](std::int64_t number, const char* from, const char* to) { return of(kIvanov, cell(number, from, to)); };
  // The first half holds two weeks; a week over its border is left out.
  CHECK(total_of({march_of(30, "2026-03-01", "2026-03-16"), march_of(9, "2026-03-02", "2026-03-09"), march_of(11, "2026-03-09", "2026-03-16"),
                  march_of(50, "2026-03-10", "2026-03-20")}).plan == 30);
  // From the same day on the longer one divides.
  CHECK(total_of({march_of(5, "2026-03-01", "2026-03-05"), march_of(30, "2026-03-01", "2026-03-16"), march_of(8, "2026-03-20", "2026-03-25")}).plan == 38);
  CHECK(total_of({march_of(30, "2026-03-01", "2026-03-16"), march_of(5, "2026-03-01", "2026-03-05"), march_of(8, "2026-03-20", "2026-03-25")}).plan == 38);
  const PlanFactRow weeks = total_of({march_of(30, "2026-03-01", "2026-03-16"), march_of(9, "2026-03-02", "2026-03-09"), march_of(11, "2026-03-09", "2026-03-16")});
  CHECK(weeks.plan == 30);
  CHECK(weeks.undistributed == 10);
  // One half after the other, with a week in the second.
  const PlanFactRow halves = total_of({march_of(30, "2026-03-01", "2026-03-16"), march_of(20, "2026-03-16", "2026-04-01"), march_of(5, "2026-03-23", "2026-03-30")});
  CHECK(halves.plan == 50);
  CHECK(halves.undistributed == 15);
}

TEST_CASE("a row tells its measure, its currency and its type, and the version made last of its cells") {
  PlanCell paid = of(kIvanov, cell(0), {}, kCall), later = of(kPetrov, cell(0), {}, kCall);
  for (PlanCell* one : {&paid, &later}) {
    one->measure = Measure::receipts;
    one->events.reset();
    one->amount = Money{900, Currency("CNY")};
  }
  later.made_at = *parse_instant("2026-02-25T00:00:00Z");
  auto asked = march();
  asked.by.type = true;
  PlanCell pounds = paid;
  pounds.amount = Money{5, Currency("GBP")};

  for (const auto& cells : {std::vector{paid, later}, std::vector{later, paid}}) {
    const PlanFactTable table = table_of(asked, cells);
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].key.measure == Measure::receipts);
    CHECK(table.rows[0].key.currency == Currency("CNY"));
    CHECK(table.rows[0].key.type == kCall);
    CHECK(table.rows[0].plan == 1'800);
    CHECK(table.rows[0].version == later.made_at);
  }
  CHECK(table_of(asked, {pounds}).totals.at(0).key.currency == Currency("GBP"));
}

TEST_CASE("rows stand by user whatever came first, and without dimensions there are none") {
  auto asked = march();
  asked.by.user = true;
  std::vector<Id> users;
  for (const PlanFactRow& row : table_of(asked, {of(kPetrov, cell(1)), of(kIvanov, cell(1))}, {held(1, kFree), held(2, kChief)}).rows)
    users.push_back(row.key.user->value);
  CHECK(users == std::vector<Id>{kChief.value, kIvanov.value, kPetrov.value, kFree.value});
  CHECK(table_of(march(), {of(kIvanov, cell(1))}).rows.empty());
}

TEST_CASE("what is left undistributed is told of each row by its own cells") {
  auto asked = march();
  asked.by.user = true;
  const PlanFactTable by_user = table_of(asked, {of(kIvanov, cell(20)), of(kIvanov, cell(10), kCable), of(kIvanov, cell(5), kPipe)});
  REQUIRE(by_user.rows.size() == 1);
  CHECK(by_user.rows[0].plan == 20);
  CHECK(by_user.rows[0].undistributed == 5);

  // Two who work in no department, one of them by products.
  constexpr UserId kOther{15};
  asked.by = {true, false, false, false};
  const PlanFactTable free = table_of(asked, {of(kFree, cell(10)), of(kOther, cell(4), kCable), of(kOther, cell(6)), of(kFree, cell(3), kPipe)});
  REQUIRE(free.rows.size() == 1);
  CHECK(free.rows[0].plan == 16);
  CHECK(free.rows[0].undistributed == 9);  // 10 - 3 and 6 - 4
}

TEST_CASE("of no cells the plan is nothing") {
  const PlanTotal none = plan_total({}, {});
  CHECK(none.sum == 0);
  CHECK(none.undistributed == 0);
  CHECK(!none.divided);
}
