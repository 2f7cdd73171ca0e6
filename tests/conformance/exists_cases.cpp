// Membership through a relation.
#include <doctest/doctest.h>

#include "shop.hpp"

namespace crm::conformance {
namespace {

using Ids = std::vector<Id>;

// Company 1 has Anna (1) and Boris (2), company 2 has Vera (3), company 3 nobody.
// Anna has calls 1 (state 1) and 2 (state 2), Vera has call 3 (state 1); call 4 is nobody's.
void people_and_calls(Session& session) {
  for (const char* name : {"Alpha", "Beta", "Gamma"}) insert(session, company::kEntity, {{company::kName, name}});
  insert(session, person::kEntity, {{person::kName, "Anna"}, {person::kCompany, 1}});
  insert(session, person::kEntity, {{person::kName, "Boris"}, {person::kCompany, 1}});
  insert(session, person::kEntity, {{person::kName, "Vera"}, {person::kCompany, 2}});
  insert(session, call::kEntity, {{call::kPerson, 1}, {call::kState, 1}, {call::kAt, 10}});
  insert(session, call::kEntity, {{call::kPerson, 1}, {call::kState, 2}, {call::kAt, 20}});
  insert(session, call::kEntity, {{call::kPerson, 3}, {call::kState, 1}, {call::kAt, 30}});
  insert(session, call::kEntity, {{call::kState, 1}, {call::kAt, 40}});
}

Filter has_person(std::vector<Filter> parts = {}) {
  return where::exists(person::kEntity, person::kCompany, kId, std::move(parts));
}
Filter has_call(std::vector<Filter> parts = {}) {
  return where::exists(call::kEntity, call::kPerson, kId, std::move(parts));
}

const Case kCases[] = {
    {"exists is true when some row links here and satisfies all parts",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, people_and_calls);
       const auto session = store->read();

       CHECK(matching(*session, company::kEntity, has_person()) == Ids{1, 2});
       CHECK(matching(*session, company::kEntity, has_person({where::eq(person::kName, "Boris")})) == Ids{1});
       CHECK(matching(*session, person::kEntity, has_call({where::eq(call::kState, 1), where::gt(call::kAt, 10)})) ==
             Ids{3});
       CHECK(matching(*session, person::kEntity,
                      where::all({has_call({where::eq(call::kState, 2)}), has_call({where::eq(call::kState, 1)})})) ==
             Ids{1});
     }},
    {"none of exists is true when no row does",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, people_and_calls);
       const auto session = store->read();

       CHECK(matching(*session, company::kEntity, where::none({has_person()})) == Ids{3});
       CHECK(matching(*session, person::kEntity, where::none({has_call({where::eq(call::kState, 2)})})) == Ids{2, 3});
     }},
    {"exists is nested",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, people_and_calls);
       const auto session = store->read();

       CHECK(matching(*session, company::kEntity, has_person({has_call()})) == Ids{1, 2});
       CHECK(matching(*session, company::kEntity, has_person({has_call({where::eq(call::kState, 2)})})) == Ids{1});
       CHECK(matching(*session, company::kEntity, has_person({where::none({has_call()})})) == Ids{1});
     }},
    {"parts of exists follow references of their own entity",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, people_and_calls);
       const auto session = store->read();
       const Path company_name(call::kPerson, person::kCompany, company::kName);

       CHECK(matching(*session, person::kEntity, has_call({where::eq(company_name, "Beta")})) == Ids{3});
     }},
    {"exists starts from a path through references, and from null it is false",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, people_and_calls);
       const auto session = store->read();
       const Path company_of_call(call::kPerson, person::kCompany);
       const auto with_boris =
           where::exists(person::kEntity, person::kCompany, company_of_call, {where::eq(person::kName, "Boris")});

       CHECK(matching(*session, call::kEntity, with_boris) == Ids{1, 2});
       CHECK(matching(*session, call::kEntity, where::none({with_boris})) == Ids{3, 4});
     }},
    {"exists links by the id or by a field that is no reference",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         people_and_calls(session);
         update(session, company::kEntity, 3, row(session, company::kEntity, 3).version, {{company::kStaff, 20}});
       });
       const auto session = store->read();
       const auto at_alpha =
           where::exists(company::kEntity, kId, person::kCompany, {where::eq(company::kName, "Alpha")});

       CHECK(matching(*session, person::kEntity, at_alpha) == Ids{1, 2});
       CHECK(matching(*session, call::kEntity, where::exists(company::kEntity, company::kStaff, call::kAt)) == Ids{2});
     }},
    {"exists of the same entity does not mix the rows up",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         insert(session, company::kEntity, {{company::kName, "parent"}, {company::kStaff, 1}});
         insert(session, company::kEntity, {{company::kName, "child"}, {company::kStaff, 2}, {company::kParent, 1}});
         insert(session, company::kEntity,
                {{company::kName, "grandchild"}, {company::kStaff, 3}, {company::kParent, 2}});
       });
       const auto session = store->read();
       const auto has_child = [](std::vector<Filter> parts) {
         return where::exists(company::kEntity, company::kParent, kId, std::move(parts));
       };

       CHECK(matching(*session, company::kEntity, has_child({where::eq(company::kStaff, 3)})) == Ids{2});
       CHECK(matching(*session, company::kEntity, has_child({has_child({where::eq(company::kStaff, 3)})})) == Ids{1});
       CHECK(matching(*session, company::kEntity,
                      has_child({where::eq({company::kParent, company::kName}, "parent")})) == Ids{1});
     }},
};

}  // namespace

std::span<const Case> exists_cases() { return kCases; }

}  // namespace crm::conformance
