// M9: plans and facts of a small trading house, worked by hand.
#include "plan_firm.hpp"

using namespace crm;
using namespace crm::test;

namespace {

std::int64_t fact_of(Firm& firm, const PlanFactQuery& query) {
  const auto totals = firm.db.plan_fact(query).table.totals;
  return totals.empty() ? 0 : totals.at(0).fact;
}

}  // namespace

TEST_CASE("plan, fact, deviation, attainment and forecast of a manager's month") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.plan(firm.cell(firm.manager, 8));
    firm.held(firm.manager, "2026-03-02T10:00:00+07:00");
    firm.held(firm.manager, "2026-03-13T10:00:00+07:00");
    firm.held(firm.manager, "2026-03-16T10:00:00+07:00");
    firm.held(firm.manager, "2026-02-27T10:00:00+07:00");  // February
    firm.meet(firm.vektor, "2026-03-20T10:00:00+07:00");   // planned, not held
    auto query = firm.march();
    query.scope.user = firm.manager;

    const PlanFactReport report = firm.db.plan_fact(query);

    REQUIRE(report.table.totals.size() == 1);
    const PlanFactRow& row = report.table.totals[0];
    CHECK(row.plan == 8);
    CHECK(row.fact == 3);
    CHECK(row.deviation == -5);
    CHECK(row.attainment == 0.375);
    CHECK(row.forecast == 6);  // 3 × 22 / 11
    CHECK(row.version == firm.now);
    CHECK(report.staff_on == day("2026-03-16"));
    CHECK(report.table.rows.empty());
  }
}

TEST_CASE("the date of a fact is that of the organisation's zone") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.held(firm.manager, "2026-02-28T17:00:00Z");  // 00:00 on 1 March in Novosibirsk
    firm.held(firm.manager, "2026-02-28T16:59:00Z");
    CHECK(fact_of(firm, firm.march()) == 1);
  }
}

TEST_CASE("returned events are not held for a report unless asked so") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const EventId returned = firm.held(firm.manager, "2026-03-02T10:00:00+07:00");
    const EventId accepted = firm.held(firm.manager, "2026-03-03T10:00:00+07:00");
    firm.held(firm.manager, "2026-03-04T10:00:00+07:00");
    firm.db.act_as(firm.chief);
    ActionRequest comment;
    comment.comment = "проверено";
    firm.db.act(returned, 0, Action::return_, comment);
    firm.db.act(accepted, 0, Action::accept, comment);
    firm.db.act_as(UserId{});

    auto query = firm.march();
    CHECK(fact_of(firm, query) == 2);
    query.counted = EventsCounted::held_any;
    CHECK(fact_of(firm, query) == 3);
    query.counted = EventsCounted::accepted;
    CHECK(fact_of(firm, query) == 1);
    query.counted = EventsCounted::all;
    CHECK(refusal([&] { firm.db.plan_fact(query); }) == "M9.counted");
  }
}

TEST_CASE("an event of two products counts once in all, and its lines add up") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.held(firm.manager, "2026-03-02T10:00:00+07:00", {Firm::line(firm.cable, 1000, 3), Firm::line(firm.pipe, 500, 1)});
    firm.held(firm.manager, "2026-03-03T10:00:00+07:00", {Firm::line(firm.cable, 200, 2)});
    firm.held(firm.manager, "2026-03-04T10:00:00+07:00");
    auto query = firm.march({PlanMeasure::events, PlanMeasure::amount, PlanMeasure::quantity});
    query.by.product = true;

    const PlanFactTable table = firm.db.plan_fact(query).table;

    REQUIRE(table.totals.size() == 3);
    CHECK(table.totals[0].fact == 3);
    CHECK(!table.totals[0].additive);
    CHECK(table.totals[1].fact == 1700);
    CHECK(table.totals[1].additive);
    CHECK(table.totals[2].fact == 6 * Decimal::kScale);
    std::vector<std::int64_t> facts;
    for (const PlanFactRow& row : table.rows) facts.push_back(row.fact);
    // events of none, cable, pipe; amounts and quantities of cable, pipe
    CHECK(facts == std::vector<std::int64_t>{1, 2, 1, 1200, 500, 5 * Decimal::kScale, 1 * Decimal::kScale});
  }
}

TEST_CASE("an event without lines gives its own amount, of no product") {
  CRM_EVERY_STORE {
    Firm firm(store);
    Event event;
    event.type = firm.meeting;
    event.company = firm.vektor;
    event.executor = firm.manager;
    event.start = at("2026-03-02T10:00:00+07:00");
    event.amount = Money{70, Currency("USD")};
    firm.db.record(event);
    auto query = firm.march({PlanMeasure::amount});
    query.by.product = true;

    const PlanFactTable table = firm.db.plan_fact(query).table;

    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].key.product == ProductId{});
    CHECK(table.rows[0].key.currency == Currency("USD"));
    CHECK(table.rows[0].fact == 70);
  }
}

TEST_CASE("receipts are the responsible's, else the main manager's of their date, else nobody's") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.assign(firm.vektor, firm.manager, Assignment::Role::main, day("2026-03-05"));
    firm.db.assign(firm.vektor, firm.other, Assignment::Role::main, day("2026-03-10"));
    const auto paid = [&](const char* date, std::int64_t minor, UserId user = {}) {
      Receipt receipt;
      receipt.company = firm.vektor;
      receipt.date = day(date);
      receipt.amount = Money{minor, Currency("RUB")};
      receipt.user = user;
      firm.db.save(receipt);
    };
    paid("2026-03-04", 1);               // before anybody
    paid("2026-03-05", 20);
    paid("2026-03-09", 300);
    paid("2026-03-10", 4000);
    paid("2026-03-10", 50000, firm.chief);
    auto query = firm.march({PlanMeasure::receipts, PlanMeasure::shipments});
    query.by.user = true;

    const PlanFactTable table = firm.db.plan_fact(query).table;

    std::map<UserId, std::int64_t> facts;
    for (const PlanFactRow& row : table.rows) facts[*row.key.user] = row.fact;
    CHECK(facts == std::map<UserId, std::int64_t>{{UserId{}, 1}, {firm.manager, 320}, {firm.other, 4000}, {firm.chief, 50000}});
    CHECK(table.totals.at(0).fact == 54321);
  }
}

TEST_CASE("companies that became clients are their main manager's of that day; drafts are none yet") {
  CRM_EVERY_STORE {
    Firm firm(store);  // Вектор became active on the 2nd
    const CompanyId draft = firm.company("Черновик", Company::Status::draft);
    const CompanyId active = firm.company("Новый");  // on the 16th
    firm.db.assign(active, firm.manager, Assignment::Role::main);
    firm.held(firm.manager, "2026-03-16T10:00:00+07:00", {}, draft);
    Receipt receipt;
    receipt.company = draft;
    receipt.date = day("2026-03-16");
    receipt.amount = Money{1, Currency("RUB")};
    firm.db.save(receipt);
    auto query = firm.march({});
    query.by.user = true;

    const PlanFactTable table = firm.db.plan_fact(query).table;

    REQUIRE(table.rows.size() == 2);  // no event, no receipt
    CHECK(table.rows[0].key.measure == PlanMeasure::new_companies);
    CHECK(table.rows[0].key.user == UserId{});
    CHECK(table.rows[1].key.user == firm.manager);
    CHECK(table.totals.at(0).fact == 2);
  }
}

TEST_CASE("a number as of an earlier day takes the plan made by then and the facts up to it") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.now = at("2026-02-20T12:00:00+07:00");
    firm.plan(firm.cell(firm.manager, 8));
    firm.now = at("2026-03-10T12:00:00+07:00");
    firm.plan(firm.cell(firm.manager, 11));
    firm.now = at("2026-04-20T12:00:00+07:00");
    firm.held(firm.manager, "2026-03-02T10:00:00+07:00");
    firm.held(firm.manager, "2026-03-06T18:00:00+07:00");
    firm.held(firm.manager, "2026-03-27T10:00:00+07:00");
    auto query = firm.march();

    query.as_of = at("2026-03-06T12:00:00+07:00");  // 5 working days with that one
    PlanFactRow row = firm.db.plan_fact(query).table.totals.at(0);
    CHECK(row.plan == 8);
    CHECK(row.fact == 2);
    CHECK(row.forecast == 9);  // 2 × 22 / 5 = 8.8
    query.as_of.reset();
    row = firm.db.plan_fact(query).table.totals.at(0);
    CHECK(row.plan == 11);
    CHECK(row.fact == 3);
    CHECK(row.forecast == 3);  // the period is over
    query.version_at_start = true;
    CHECK(firm.db.plan_fact(query).table.totals.at(0).plan == 8);
    query.as_of = at("2026-02-25T12:00:00+07:00");
    row = firm.db.plan_fact(query).table.totals.at(0);
    CHECK(row.fact == 0);
    CHECK(!row.forecast);
  }
}

TEST_CASE("plan and fact roll up by the department of the last day, or of the as-of date if earlier") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.place(firm.other, firm.north, "2020-01-01", day("2026-03-20"));
    firm.place(firm.other, firm.sales, "2026-03-20");
    PlanCell of_north = firm.cell({}, 10);
    of_north.department = firm.north;
    firm.plan(of_north);
    firm.plan(firm.cell(firm.manager, 6));
    firm.plan(firm.cell(firm.other, 3));
    firm.held(firm.other, "2026-03-02T10:00:00+07:00");
    firm.held(firm.director, "2026-03-02T10:00:00+07:00");  // works in no department
    auto query = firm.march();
    query.by.department = true;
    const auto rows = [&] {
      std::map<DepartmentId, PlanFactRow> found;
      for (const PlanFactRow& row : firm.db.plan_fact(query).table.rows) found[*row.key.department] = row;
      return found;
    };

    auto on_16th = rows();
    CHECK(on_16th[firm.north].plan == 10);
    CHECK(on_16th[firm.north].undistributed == 1);  // 10 − 6 − 3
    CHECK(on_16th[firm.north].fact == 1);
    CHECK(on_16th[firm.sales].plan == 10);
    CHECK(on_16th[firm.sales].fact == 1);
    CHECK(on_16th[DepartmentId{}].fact == 1);
    firm.now = at("2026-04-20T12:00:00+07:00");
    auto later = rows();
    CHECK(later[firm.north].undistributed == 4);    // 10 − 6
    CHECK(later[firm.north].fact == 0);
    CHECK(later[firm.sales].plan == 13);
    CHECK(later[firm.sales].fact == 1);

    query.scope.department = firm.north;
    CHECK(firm.db.plan_fact(query).table.totals.at(0).plan == 10);
    CHECK(firm.db.plan_fact(query).table.totals.at(0).fact == 0);
  }
}

TEST_CASE("a manager's holidays make his own forecast") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.held(firm.manager, "2026-03-02T10:00:00+07:00");
    firm.held(firm.other, "2026-03-02T10:00:00+07:00");
    for (const char* iso : {"2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"}) {
      CalendarDay leave;
      leave.user = firm.manager;
      leave.day = day(iso);
      firm.db.save(leave);
    }
    auto query = firm.march();
    query.by.user = true;

    const PlanFactTable table = firm.db.plan_fact(query).table;

    CHECK(table.rows[0].key.user == firm.manager);
    CHECK(table.rows[0].forecast == 5);    // 14 / 3 = 4.67
    CHECK(table.rows[1].forecast == 2);    // 22 / 11
    CHECK(table.totals[0].forecast == 4);  // by the organisation's calendar
  }
}

TEST_CASE("every fact gives the ids behind it") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const EventId first = firm.held(firm.manager, "2026-03-02T10:00:00+07:00", {Firm::line(firm.cable, 1000, 3), Firm::line(firm.pipe, 500, 1)});
    const EventId second = firm.held(firm.manager, "2026-03-03T10:00:00+07:00", {Firm::line(firm.cable, 200, 2)});
    const EventId third = firm.held(firm.other, "2026-03-04T10:00:00+07:00");
    PlanFactQuery query = firm.march({PlanMeasure::events, PlanMeasure::amount});
    query.by.product = query.by.user = true;
    const auto ids = [&](const PlanFactKey& key, std::int64_t limit = 100, Id after = 0) {
      std::vector<Id> found;
      for (const RecordRef& record : firm.db.plan_fact_ids(query, key, limit, after)) found.push_back(record.id);
      return found;
    };
    const PlanFactTable table = firm.db.plan_fact(query).table;
    for (const PlanFactRow& row : table.rows)
      if (row.key.measure == PlanMeasure::events) CHECK(std::ssize(ids(row.key)) == row.fact);
    const PlanFactKey total{PlanMeasure::events, {}, {}, {}, {}, {}};
    CHECK(ids(total) == std::vector{first.value, second.value, third.value});
    CHECK(ids(total, 2) == std::vector{first.value, second.value});
    CHECK(ids(total, 2, second.value) == std::vector{third.value});
    CHECK(ids({PlanMeasure::amount, Currency("RUB"), {}, firm.manager, firm.cable, {}}) == std::vector{first.value, second.value});
    CHECK(ids({PlanMeasure::events, {}, firm.north, {}, {}, {}}) == std::vector{first.value, second.value});
    CHECK(firm.db.plan_fact_ids(query, total).at(0).entity == Event::kEntity);
    CHECK(refusal([&] { ids(total, 0); }) == "field.range");
  }
}

TEST_CASE("what the asker does not see is not counted") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.plan(firm.cell(firm.manager, 8));
    firm.plan(firm.cell(firm.other, 5));
    const CompanyId romb = firm.company("Ромб");
    firm.db.assign(firm.vektor, firm.manager, Assignment::Role::main);
    firm.db.assign(romb, firm.other, Assignment::Role::main);
    firm.held(firm.manager, "2026-03-02T10:00:00+07:00");
    const EventId of_other = firm.held(firm.other, "2026-03-02T10:00:00+07:00", {}, romb);
    const EventId removed = firm.meet(firm.vektor, "2026-03-16T08:00:00+07:00").id;
    firm.db.act(removed, 0, Action::remove, because("ошибка"));

    firm.db.act_as(firm.manager);
    CHECK(firm.db.plan_fact(firm.march()).table.totals.at(0).plan == 8);
    CHECK(fact_of(firm, firm.march()) == 1);
    firm.db.act_as(firm.chief);
    CHECK(firm.db.plan_fact(firm.march()).table.totals.at(0).plan == 13);
    CHECK(fact_of(firm, firm.march()) == 2);
    firm.db.act_as(firm.manager);
    for (const RecordRef& record : firm.db.plan_fact_ids(firm.march(), {PlanMeasure::events, {}, {}, {}, {}, {}})) CHECK(record.id != of_other.value);
  }
}

TEST_CASE("a plan-fact that makes no sense says why") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const auto refused = [&](auto change) {
      PlanFactQuery query = firm.march();
      change(query);
      return refusal([&] { firm.db.plan_fact(query); });
    };
    CHECK(refused([](PlanFactQuery& q) { q.to = q.from; }) == "date.order");
    CHECK(refused([](PlanFactQuery& q) { q.to = day("2036-04-02"); }) == "field.range");
    CHECK(refused([&](PlanFactQuery& q) { q.scope = {firm.manager, firm.sales}; }) == "M9.scope");
    CHECK(refused([](PlanFactQuery& q) { q.scope.user = {999}; }) == "record.not_found");
    CHECK(refused([](PlanFactQuery& q) { q.scope.department = {999}; }) == "record.not_found");
  }
}
