// M11, M13, P1: figures over any dimensions.
#include <map>
#include <random>
#include <set>

#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

struct Sales : House {
  explicit Sales(const std::string& store) : House(store) {
    axe = product("Топор");
    saw = product("Пила");
    vector = company("Вектор");
    north = company("Север");
  }

  /// Held on a day by `who`, an hour long, with these products and amounts in roubles.
  EventId held(const char* day, UserId who, CompanyId of, std::vector<std::pair<ProductId, std::int64_t>> lines) {
    Event event;
    event.type = meeting;
    event.company = of;
    event.executor = who;
    event.setter = chief;
    event.start = at((std::string(day) + "T10:00:00+07:00").c_str());
    event.end = *event.start + std::chrono::hours(1);
    std::vector<EventLine> products;
    for (const auto& [product, roubles] : lines) {
      EventLine& line = products.emplace_back();
      line.product = product;
      line.quantity = Decimal{2'500'000};
      line.amount = Money{roubles * 100, Currency("RUB")};
    }
    db.record(event, products);
    return event.id;
  }

  void money(Receipt::Kind kind, const char* date, CompanyId of, std::int64_t roubles, const char* currency = "RUB", UserId who = {}) {
    Receipt receipt;
    receipt.kind = kind;
    receipt.date = day(date);
    receipt.company = of;
    receipt.amount = Money{roubles * 100, Currency(currency)};
    receipt.user = who;
    db.save(receipt);
  }

  ProductId axe, saw;
  CompanyId vector, north;
};

PivotQuery query(const char* from, const char* to, std::vector<PivotAxis> rows, std::vector<PivotAxis> columns = {},
                 std::vector<Figure> figures = {Figure::events}) {
  PivotQuery query;
  query.from = day(from);
  query.to = day(to);
  query.rows = std::move(rows);
  query.columns = std::move(columns);
  query.figures = std::move(figures);
  return query;
}

std::vector<std::string> names(const std::vector<std::vector<PivotKey>>& keys) {
  std::vector<std::string> out;
  for (const auto& key : keys) out.push_back(key.empty() ? "" : key[0].name);
  return out;
}

using Numbers = std::vector<std::int64_t>;
using Names = std::vector<std::string>;
constexpr PivotAxis kManager{Dimension::manager, {}};
constexpr PivotAxis kProduct{Dimension::product, {}};
constexpr PivotAxis kMonth{Dimension::month, {}};

}  // namespace

TEST_CASE("held events of managers by months, with totals") {
  CRM_EVERY_STORE {
    Sales house(store);
    house.held("2026-01-10", house.manager, house.vector, {});
    house.held("2026-01-20", house.manager, house.north, {});
    house.held("2026-02-28", house.other, house.vector, {});
    house.meet(house.vector, "2026-03-09T10:00:00+07:00");  // planned: not counted

    const PivotTable table = house.db.pivot(query("2026-01-01", "2026-04-01", {kManager}, {kMonth}, {Figure::events, Figure::companies, Figure::minutes}));

    CHECK(names(table.rows) == Names{"Другов", "Менеджеров"});
    CHECK(names(table.columns) == Names{"2026-01", "2026-02", "2026-03"});
    REQUIRE(table.series.size() == 3);
    CHECK(table.series[0].cells == Numbers{0, 1, 0, 2, 0, 0});
    CHECK(table.series[0].row_totals == Numbers{1, 2});
    CHECK(table.series[0].column_totals == Numbers{2, 1, 0});
    CHECK(table.series[0].total == 3);
    CHECK(table.series[0].rows_add_up);
    // Two managers met Вектор, but it is one company.
    CHECK(table.series[1].row_totals == Numbers{1, 2});
    CHECK(table.series[1].total == 2);
    CHECK(table.series[2].total == 180);
  }
}

TEST_CASE("an event of two products counts under each and once in the total, its amounts add up") {
  CRM_EVERY_STORE {
    Sales house(store);
    house.held("2026-01-10", house.manager, house.vector, {{house.axe, 100}, {house.saw, 50}});
    house.held("2026-01-11", house.manager, house.vector, {{house.axe, 30}, {house.axe, 7}});
    house.held("2026-01-12", house.manager, house.vector, {});

    for (int asked = 0; asked < 2; ++asked) {  // the second answer is of the resident columns
      CAPTURE(asked);
      const PivotTable table = house.db.pivot(
          query("2026-01-01", "2026-02-01", {kProduct}, {}, {Figure::events, Figure::amount, Figure::quantity}));

      CHECK(names(table.rows) == Names{"Пила", "Топор", "none"});
      CHECK(table.series[0].row_totals == Numbers{1, 2, 1});
      CHECK(table.series[0].total == 3);
      CHECK(!table.series[0].rows_add_up);
      CHECK(table.series[1].row_totals == Numbers{50'00, 137'00, 0});
      CHECK(table.series[1].total == 187'00);
      CHECK(table.series[1].rows_add_up);
      CHECK(table.series[1].currency == Currency("RUB"));
      CHECK(table.series[2].row_totals == Numbers{2'500'000, 7'500'000, 0});
    }
  }
}

TEST_CASE("returned events are not counted unless asked for, and the state may be a dimension of all") {
  CRM_EVERY_STORE {
    Sales house(store);
    const EventId returned = house.held("2026-01-10", house.manager, house.vector, {});
    house.held("2026-01-11", house.manager, house.vector, {});
    house.meet(house.vector, "2026-02-27T10:00:00+07:00");  // overdue by now
    house.meet(house.vector, "2026-03-09T10:00:00+07:00");
    house.db.act_as(house.chief);
    ActionRequest request;
    request.comment = "нет результата";
    house.db.act(returned, 0, Action::return_, request);
    house.db.act_as(UserId{});

    auto asked = query("2026-01-01", "2026-04-01", {});
    CHECK(house.db.pivot(asked).series[0].total == 1);
    asked.counted = EventsCounted::held_any;
    CHECK(house.db.pivot(asked).series[0].total == 2);
    asked.counted = EventsCounted::accepted;
    CHECK(house.db.pivot(asked).series.at(0).total == 0);
    asked.counted = EventsCounted::all;
    asked.rows = {{Dimension::state, {}}};
    const PivotTable states = house.db.pivot(asked);
    CHECK(names(states.rows) == Names{"planned", "held", "overdue"});
    CHECK(states.series[0].row_totals == Numbers{1, 2, 1});
  }
}

TEST_CASE("receipts are of who is responsible, else of the main manager on their date, and currencies stay apart") {
  CRM_EVERY_STORE {
    Sales house(store);
    house.db.assign(house.vector, house.manager, Assignment::Role::main, day("2025-01-01"));
    house.db.assign(house.vector, house.other, Assignment::Role::main, day("2026-02-01"));
    house.money(Receipt::Kind::receipt, "2026-01-31", house.vector, 100);
    house.money(Receipt::Kind::receipt, "2026-02-01", house.vector, 10);
    house.money(Receipt::Kind::receipt, "2026-02-02", house.vector, 1, "RUB", house.chief);
    house.money(Receipt::Kind::receipt, "2026-02-03", house.vector, -3, "USD");
    house.money(Receipt::Kind::receipt, "2026-02-03", house.north, 7);
    house.money(Receipt::Kind::shipment, "2026-02-03", house.north, 1000);

    const PivotTable table = house.db.pivot(query("2026-01-01", "2026-03-01", {kManager}, {}, {Figure::receipts}));

    CHECK(names(table.rows) == Names{"Другов", "Менеджеров", "Начальников", "unassigned"});
    REQUIRE(table.series.size() == 2);
    CHECK(table.series[0].currency == Currency("RUB"));
    CHECK(table.series[0].row_totals == Numbers{10'00, 100'00, 1'00, 7'00});
    CHECK(table.series[0].total == 118'00);
    CHECK(table.series[1].row_totals == Numbers{-3'00, 0, 0, 0});
  }
}

TEST_CASE("the best rows stay, the rest are one; periods are compared; columns add up") {
  CRM_EVERY_STORE {
    Sales house(store);
    const CompanyId third = house.company("Юг");
    for (const char* date : {"2026-01-10", "2026-01-11", "2026-02-12"}) house.held(date, house.manager, house.north, {});
    house.held("2026-02-10", house.manager, house.vector, {});
    house.held("2026-01-15", house.manager, third, {});
    house.held("2025-11-15", house.manager, third, {});

    auto asked = query("2026-01-01", "2026-03-01", {{Dimension::company, {}}}, {kMonth});
    asked.top = 1;
    asked.before = day("2025-11-01");
    const PivotTable table = house.db.pivot(asked);
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0][0].name == "Север");
    CHECK(table.others == 1);
    CHECK(table.series[0].cells == Numbers{2, 1, 1, 1});
    CHECK(table.series[0].total == 5);
    CHECK(table.series[0].before == Numbers{0, 1});

    asked = query("2026-01-01", "2026-03-01", {}, {kMonth}, {Figure::events, Figure::companies});
    asked.cumulative = true;
    const PivotTable sums = house.db.pivot(asked);
    CHECK(sums.series[0].cells == Numbers{3, 5});
    CHECK(sums.series[1].cells == Numbers{2, 3});
  }
}

TEST_CASE("behind every number stand its ids") {
  CRM_EVERY_STORE {
    Sales house(store);
    const EventId first = house.held("2026-01-10", house.manager, house.vector, {{house.axe, 1}});
    const EventId second = house.held("2026-02-10", house.manager, house.vector, {{house.axe, 1}, {house.saw, 1}});

    const auto asked = query("2026-01-01", "2026-03-01", {kProduct}, {kMonth});

    CHECK(house.db.pivot_facts(asked, {}, {}, 0).ids == std::vector<Id>{first.value, second.value});
    CHECK(house.db.pivot_facts(asked, 0, {}, 0).ids == std::vector<Id>{second.value});  // Пила
    CHECK(house.db.pivot_facts(asked, 1, 0, 0).ids == std::vector<Id>{first.value});
    CHECK(refusal([&] { house.db.pivot_facts(asked, 2, {}, 0); }) == "field.range");
  }
}

TEST_CASE("a report tells what it cannot show") {
  CRM_EVERY_STORE {
    Sales house(store);
    const auto rule = [&](const PivotQuery& asked) { return refusal([&] { house.db.pivot(asked); }); };
    CHECK(rule(query("2026-03-01", "2026-03-01", {})) == "M13.period");
    CHECK(rule(query("2026-01-01", "2026-03-01", {kManager, kProduct, kMonth})) == "M13.axes");
    CHECK(rule(query("2026-01-01", "2026-03-01", {{Dimension::type, {}}}, {}, {Figure::receipts})) == "M13.dimension");
    CHECK(rule(query("2026-01-01", "2026-03-01", {{Dimension::classifier, {}}})) == "M13.classifier");
    CHECK(rule(query("2026-01-01", "2026-03-01", {}, {}, {})) == "M13.figures");
    auto asked = query("2026-01-01", "2026-03-01", {}, {kManager});
    asked.cumulative = true;
    CHECK(rule(asked) == "M13.cumulative");
    asked = query("2026-01-01", "2026-03-01", {}, {}, {Figure::shipments});
    asked.where = R"({"field": "priority", "value": "high"})";
    CHECK(rule(asked) == "M13.where");
    CHECK(refusal([] { pivot_query(R"({"rows": ["shape"]})"); }) == "json.kind");
  }
}

TEST_CASE("a report as CSV is read by a spreadsheet") {
  Sales house("memory:");
  house.held("2026-01-10", house.manager, house.vector, {{house.axe, 1234}});
  house.db.set_language(Language::russian);
  auto asked = query("2026-01-01", "2026-03-01", {{Dimension::company, {}}}, {kMonth}, {Figure::amount});

  CHECK(pivot_csv(asked, house.db.pivot(asked), Language::russian) ==
        "клиент,показатель,валюта,2026-01,2026-02,итого\r\n"
        "Вектор,сумма,RUB,1234.00,0.00,1234.00\r\n"
        "итого,сумма,RUB,1234.00,0.00,1234.00\r\n");
}

TEST_CASE("load of a day: open events that touch it, and their minutes") {
  CRM_EVERY_STORE {
    Sales house(store);
    house.meet(house.vector, "2026-03-09T23:30:00+07:00");  // half an hour on each of two days
    house.meet(house.vector, "2026-03-10T10:00:00+07:00");
    house.held("2026-03-01", house.manager, house.vector, {});

    const auto loads = house.db.load_by_day({}, day("2026-03-01"), day("2026-04-01"));

    REQUIRE(loads.size() == 2);
    CHECK(loads[0].day == day("2026-03-09"));
    CHECK(loads[0].events == 1);
    CHECK(loads[0].minutes == 30);
    CHECK(loads[1].events == 2);
    CHECK(loads[1].minutes == 90);
    CHECK(refusal([&] { house.db.load_by_day({}, day("2026-03-02"), day("2026-03-02")); }) == "field.range");
  }
}

TEST_CASE("whoever asks counts what he sees, and resident columns give what a plain count gives, after any change") {
  CRM_EVERY_STORE {
    Sales house(store);
    std::mt19937 random(20260302);
    const auto pick = [&](auto... of) {
      const std::array all{of...};
      return all[random() % all.size()];
    };
    house.db.assign(house.vector, house.manager, Assignment::Role::main, day("2025-01-01"));
    std::vector<EventId> events;
    for (int step = 0; step < 60; ++step) {
      CAPTURE(step);
      const std::string date = "2026-0" + std::to_string(1 + random() % 2) + "-1" + std::to_string(random() % 10);
      std::vector<std::pair<ProductId, std::int64_t>> lines;
      for (auto i = random() % 3; i > 0; --i) lines.emplace_back(pick(house.axe, house.saw), 1);
      if (events.empty() || random() % 3) {
        events.push_back(house.held(date.c_str(), pick(house.manager, house.other), pick(house.vector, house.north), lines));
      } else {
        std::vector<EventLine> other;
        for (const auto& [product, roubles] : lines) other.emplace_back().product = product;
        house.db.set_lines(events[random() % events.size()], 0, other);
      }
      // The slow obvious way: every event with its lines, one by one.
      std::map<std::pair<Id, Id>, std::set<Id>> wanted;
      for (const Event& event : house.db.list<Event>(Query{}))
        if (house.db.zone().date(*event.start) >= day("2026-01-15") && house.db.zone().date(*event.start) < day("2026-02-15")) {
          Query of_event;
          of_event.filter = where::eq(EventLine::kEvent, event.id.value);
          const auto its = house.db.list<EventLine>(of_event);
          if (its.empty()) wanted[{event.executor.value, 0}].insert(event.id.value);
          for (const EventLine& line : its) wanted[{event.executor.value, line.product.value}].insert(event.id.value);
        }
      const auto check = [&](UserId asker) {
        house.db.act_as(asker);
        const PivotTable table = house.db.pivot(query("2026-01-15", "2026-02-15", {kManager}, {kProduct}));
        house.db.act_as(UserId{});
        std::map<std::pair<Id, Id>, std::int64_t> found;
        for (std::size_t r = 0; r < table.rows.size(); ++r)
          for (std::size_t c = 0; c < table.columns.size() && !table.series.empty(); ++c)
            if (const auto n = table.series[0].cells[r * table.columns.size() + c]) found[{table.rows[r][0].id, table.columns[c][0].id}] = n;
        return found;
      };
      std::map<std::pair<Id, Id>, std::int64_t> all, seen;
      for (const auto& [place, ids] : wanted) {
        all[place] = std::ssize(ids);
        // manager sees his own, and all of Вектор.
        std::int64_t his = 0;
        for (Id id : ids) {
          const Event event = house.db.load(EventId{id});
          his += event.executor == house.manager || event.company == house.vector;
        }
        if (his) seen[place] = his;
      }
      CHECK(check({}) == all);
      CHECK(check(house.manager) == seen);
    }
  }
}
