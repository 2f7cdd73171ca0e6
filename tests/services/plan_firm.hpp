// A firm with departments, products and a client, for the tests of plan-fact.
#pragma once

#include "fixture.hpp"

namespace crm::test {

using PlanMeasure = PlanCell::Measure;

/// March 2026 as it stands on Monday the 16th: 22 working days, 11 of them up to and with that day.
struct Firm : House {
  explicit Firm(const std::string& store) : House(store) {
    sales = department("Продажи");
    north = department("Север", sales);
    place(chief, sales);
    place(manager, north);
    cable = product("кабель");
    pipe = product("труба");
    vektor = company("Вектор");
    now = at("2026-03-16T12:00:00+07:00");
  }

  DepartmentId department(const char* name, DepartmentId parent = {}) {
    Department department;
    department.name = name;
    department.parent = parent;
    db.save(department);
    return department.id;
  }

  void place(UserId user, DepartmentId department, const char* from = "2020-01-01", std::optional<Date> to = {}) {
    Placement placement;
    placement.user = user;
    placement.department = department;
    placement.from = day(from);
    placement.to = to;
    db.save(placement);
  }

  EventId held(UserId user, const char* start, std::vector<EventLine> lines = {}, CompanyId company = {}) {
    Event event;
    event.type = meeting;
    event.company = company ? company : vektor;
    event.executor = user;
    event.start = at(start);
    event.result = "договорились";
    db.record(event, lines);
    return event.id;
  }

  static EventLine line(ProductId product, std::int64_t minor, std::int64_t pieces) {
    EventLine line;
    line.product = product;
    line.amount = Money{minor, Currency("RUB")};
    line.quantity = Decimal{pieces * Decimal::kScale};
    return line;
  }

  PlanCell cell(UserId user, std::int64_t number) {
    PlanCell cell;
    cell.user = user;
    cell.from = day("2026-03-01");
    cell.to = day("2026-04-01");
    cell.events = number;
    return cell;
  }
  void plan(const PlanCell& cell) { db.set_plans(std::span(&cell, 1)); }

  PlanFactQuery march(std::vector<PlanMeasure> measures = {PlanMeasure::events}) {
    PlanFactQuery query;
    query.from = day("2026-03-01");
    query.to = day("2026-04-01");
    query.measures = std::move(measures);
    return query;
  }

  DepartmentId sales, north;
  ProductId cable, pipe;
  CompanyId vektor;
};

}  // namespace crm::test
