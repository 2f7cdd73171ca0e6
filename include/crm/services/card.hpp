/// What the services hand out whole: a client card, search hits, the outcome of a dismissal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/model/entities.hpp"
#include "crm/store/value.hpp"

namespace crm {

/// One characteristic of a record with its values (C6).
struct CharacteristicOf {
  Characteristic definition;
  std::vector<Value> values;        ///< as stored; ids for a dictionary
  std::vector<std::string> texts;   ///< for people, parallel to `values`
};

struct EmployeeCard {
  Employee employee;
  std::vector<ContactPoint> contacts;
};

struct LegalEntityCard {
  LegalEntity legal_entity;
  std::vector<BankAccount> accounts;
};

/// A manager of the card: current and former, the dismissed as well (C7).
struct ManagerOf {
  Assignment assignment;
  std::string name;
  bool current = false;             ///< today, and in service
};

/// Everything on one client (C1-C9).
struct Card {
  Company company;
  std::vector<ContactPoint> contacts;
  std::vector<LegalEntityCard> legal_entities;
  std::vector<EmployeeCard> employees;
  std::vector<Address> addresses;
  std::vector<Sphere> spheres;
  std::vector<CharacteristicOf> characteristics;
  std::vector<ManagerOf> managers;
  std::vector<Document> documents;
  std::vector<Event> events;        ///< the latest first
};

/// C12. A hit on the company itself has no employee.
struct ContactHit {
  CompanyId company;
  EmployeeId employee;
  std::string company_name;
  std::string name;
  std::string position;
  std::string phone;
  std::string email;
};

/// C10: a node of a classifier with how many stand on it or below.
struct ClassifierCount {
  Id node = 0;         ///< of what the classifier is by: a node, a value of the dictionary, a user, a sphere
  Id parent = 0;
  std::string name;
  std::int64_t count = 0;
};

/// M7: companies of a user by his role; drafts do not count.
struct Portfolio {
  std::int64_t main = 0;
  std::int64_t assistant = 0;
};

/// C7: what a dismissal moved, or that it is planned.
struct DismissalReport {
  std::optional<Date> planned_for;         ///< a day to come: nothing has moved yet, tick carries it out
  std::vector<Assignment> ended;
  std::vector<Assignment> made;
  std::vector<CompanyId> orphans;          ///< now without a manager
  std::vector<EventId> events;             ///< with another executor
  std::vector<UserId> subordinates;        ///< with another supervisor
  std::vector<IdOf<PlanCell>> plan_cells;  ///< his, of periods that go on after the day: they stay as they are
};

}  // namespace crm
