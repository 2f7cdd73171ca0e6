// A house in which every call has something to do, over a store whose calls may fail.
#pragma once

#include <memory>
#include <string>

#include "conformance/fault.hpp"
#include "crm/open.hpp"
#include "services/fixture.hpp"

namespace crm::test {

/// A store whose calls fail, beneath what uses it; bases made over it are alike to the microsecond.
struct Failing {
  explicit Failing(const std::string& path)
      : Failing(path == "memory:" ? open_memory_store(current_schema()) : open_sqlite_store(current_schema(), {.path = path})) {}
  explicit Failing(std::unique_ptr<Store> under) : store(std::move(under)) {}

  Crm made() {
    CrmOptions options;
    options.host.clock = [] { return at("2026-03-01T09:00:00+07:00"); };
    return Crm(conformance::with_fault(*store, fault), std::move(options));
  }

  conformance::Fault fault;
  std::unique_ptr<Store> store;
};

/// Clients with managers, a draft, events planned, held and overdue, notices, plans, matrices, a dismissal that is due, one that has been,
/// documents with rules, one of them posted, receipts, a funnel, a classifier. Monday 9 March 2026, 9:00 in Novosibirsk.
struct Office : Failing, House {
  explicit Office(const std::string& path) : Office(std::move(Failing(path).store)) {}
  explicit Office(std::unique_ptr<Store> under);

  HostDocument document(const char* key);
  PostingReport post(const char* key);

  HostDocumentKindId kind;
  CompanyId vektor, draft;
  EmployeeId person;
  ProductId cable;
  SphereId roads;
  IdOf<Address> address;
  Event first, overdue, coming;
  UserId gone;                  ///< dismissed on the first of March
  IdOf<Assignment> assignment;  ///< of the manager to vektor
  IdOf<Notice> claimed;         ///< whose delivery is under way
  IdOf<ContactPoint> phone;
  ClassifierId by_sphere;
  ProfileId profile;

 private:
  void people_and_cards();
  void matrices_and_plans();
  void events();
  void document_rules();
  void reports();
};

}  // namespace crm::test
