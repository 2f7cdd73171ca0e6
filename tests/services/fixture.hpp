// A small trading house for the tests of the services, over every store.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "crm/open.hpp"

namespace crm::test {

/// Stores that every service must work over.
inline const std::vector<std::string>& stores() {
  static const std::vector<std::string> kStores = {"memory:", ":memory:"};
  return kStores;
}

inline Date day(const char* iso) { return *parse_date(iso); }
inline Instant at(const char* iso) { return *parse_instant(iso); }

/// Monday 2 March 2026, 9:00 in Novosibirsk; the clock stands still until it is moved.
struct House {
  explicit House(const std::string& path) : House(crm::open(path)) {}
  explicit House(Crm made) : db(std::move(made)) {
    db.host().clock = [this] { return now; };
    Organisation organisation = db.organisation();
    organisation.zone = "+07:00";
    db.save(organisation);
    director = user("Директоров");
    chief = user("Начальников", director);
    manager = user("Менеджеров", chief);
    other = user("Другов", chief);
    EventType type;
    type.code = "meeting";
    type.name_ru = "встреча";
    db.save(type);
    meeting = type.id;
  }
  House(const House&) = delete;

  UserId user(const char* last_name, UserId supervisor = {}) {
    User user;
    user.last_name = last_name;
    user.supervisor = supervisor;
    user.hired = day("2020-01-01");
    db.save(user);
    return user.id;
  }

  CompanyId company(const char* name, Company::Status status = Company::Status::active) {
    Company company;
    company.name = name;
    company.status = status;
    db.save(company);
    return company.id;
  }

  EmployeeId employee(CompanyId company, const char* last_name) {
    Employee employee;
    employee.company = company;
    employee.last_name = last_name;
    db.save(employee);
    return employee.id;
  }

  ContactPoint contact(RecordRef owner, ContactPoint::Kind kind, const char* value) {
    ContactPoint point;
    point.owner = owner;
    point.kind = kind;
    point.value = value;
    db.save(point);
    return point;
  }

  ProductId product(const char* name) {
    Product product;
    product.name = name;
    db.save(product);
    return product.id;
  }

  SphereId sphere(const char* name, SphereId parent = {}) {
    Sphere sphere;
    sphere.name = name;
    sphere.parent = parent;
    db.save(sphere);
    return sphere.id;
  }

  void works_in(CompanyId company, SphereId sphere) {
    CompanySphere row;
    row.company = company;
    row.sphere = sphere;
    db.save(row);
  }

  /// A planned meeting of `manager`, an hour long.
  Event meet(CompanyId company, const char* start, ProductId product = {}) {
    Event event;
    event.type = meeting;
    event.company = company;
    event.executor = manager;
    event.setter = chief;
    event.start = at(start);
    event.end = *event.start + std::chrono::hours(1);
    std::vector<EventLine> lines;
    if (product) lines.emplace_back().product = product;
    db.plan(event, lines);
    return event;
  }

  Instant now = at("2026-03-02T09:00:00+07:00");
  Crm db;
  UserId director, chief, manager, other;
  EventTypeId meeting;
};

/// An action for this reason.
inline ActionRequest because(const char* reason) {
  ActionRequest request;
  request.reason = reason;
  return request;
}

/// The rule by which `call` is refused; "" if it is not. Its code goes to `code`.
inline std::string refusal(const std::function<void()>& call, Code* code = nullptr) {
  try {
    call();
  } catch (const Error& error) {
    if (code) *code = error.code();
    return error.violations().empty() ? error.message() : error.violations().front().rule;
  }
  return "";
}

}  // namespace crm::test

/// The case once for every store.
#define CRM_EVERY_STORE for (const std::string& store : crm::test::stores()) SUBCASE(store.c_str())
