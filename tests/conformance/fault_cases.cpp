// Whatever call fails first: nothing of the unit of work stays.
#include <doctest/doctest.h>

#include "fault.hpp"
#include "shop.hpp"
#include "state.hpp"

namespace crm::conformance {
namespace {

// A little of everything that a unit of work does.
void hire_and_call(Store& store) {
  const auto session = store.write(monday());
  const Row employer = insert(*session, company::kEntity, {{company::kName, "Gamma"}, {company::kInn, "30"}});
  Batch staff(*session);
  for (int table = 1; table <= 3; ++table)
    staff.insert(person::kEntity, {{person::kCompany, employer.id}, {person::kTable, table}});
  staff.apply();
  for (const Id id : matching(*session, person::kEntity, where::eq(person::kCompany, employer.id)))
    insert(*session, call::kEntity, {{call::kPerson, id}, {call::kAt, 1}});
  update(*session, company::kEntity, 1, row(*session, company::kEntity, 1).version, {{company::kStaff, 3}});
  refresh(*session, company::kEntity, 1, {{company::kRating, 0.5}});
  erase(*session, company::kEntity, 2, row(*session, company::kEntity, 2).version);
  Aggregate people;
  people.entity = person::kEntity;
  people.measures = {{Measure::Fn::count, {}}};
  session->aggregate(people);
  session->changes(0, 0);
  session->change(session->last_change());
  session->commit();
}

const Case kCases[] = {
    {"whichever call of a unit of work fails, the store is as before",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         for (const char* name : {"Alpha", "Beta"}) insert(session, company::kEntity, {{company::kName, name}});
       });
       const State before = state_of(*store);

       int failures = 0;
       for (;; ++failures) {
         REQUIRE(failures < 1000);
         Fault fault{failures};
         const Failure failure = failure_of([&] { hire_and_call(*with_fault(*store, fault)); });
         if (failure == Failure{}) break;
         CAPTURE(failures);
         REQUIRE(failure == Failure{Code::storage, {"fault"}});
         REQUIRE(state_of(*store) == before);
       }

       CHECK(failures > 30);
       const State after = state_of(*store);
       CHECK(after.rows.at(person::kEntity).size() == 3);
       CHECK(after.rows.at(company::kEntity).size() == 2);
     }},
    {"a store that failed many times does the same as one that never did",
     [](const StoreUnderTest& under_test) {
       const auto start = [](Session& session) {
         for (const char* name : {"Alpha", "Beta"}) insert(session, company::kEntity, {{company::kName, name}});
       };
       auto store = shop_with(under_test, start);
       for (int n = 0; n < 20; ++n) {
         Fault fault{n};
         failure_of([&] { hire_and_call(*with_fault(*store, fault)); });
       }
       hire_and_call(*store);
       const State failed_before = state_of(*store);
       store.reset();

       const auto lucky = shop_with(under_test, start);
       hire_and_call(*lucky);

       CHECK(state_of(*lucky) == failed_before);
     }},
};

}  // namespace

std::span<const Case> fault_cases() { return kCases; }

}  // namespace crm::conformance
