// What `apply` refuses, how it is named, and that nothing of it stays.
#include <doctest/doctest.h>

#include <algorithm>

#include "shop.hpp"
#include "state.hpp"

namespace crm::conformance {
namespace {

// Company 1 with Anna (1), who has call 1; company 2 of company 1.
void some(Session& session) {
  insert(session, company::kEntity, {{company::kName, "Alpha"}, {company::kInn, "10"}});
  insert(session, company::kEntity, {{company::kName, "Beta"}, {company::kParent, 1}});
  insert(session, person::kEntity,
         {{person::kName, "Anna"}, {person::kCompany, 1}, {person::kTable, 1}, {person::kEmail, "a@a"}});
  insert(session, call::kEntity, {{call::kAt, 1}, {call::kPerson, 1}});
}

Version version_of(Session& session, EntityNo entity, Id id) { return row(session, entity, id).version; }

Failure insert_fails(Session& session, EntityNo entity, const Fields& fields) {
  const State before = state_of(session, shop());
  Batch batch(session);
  batch.insert_as(entity, 50, fields);
  const Failure failure = failure_of([&] { batch.apply(); });
  CHECK(state_of(session, shop()) == before);
  return failure;
}

Failure update_fails(Session& session, EntityNo entity, Id id, const Fields& fields) {
  const State before = state_of(session, shop());
  const Version version = version_of(session, entity, id);
  const Failure failure = failure_of([&] { update(session, entity, id, version, fields); });
  CHECK(state_of(session, shop()) == before);
  return failure;
}

const Case kCases[] = {
    {"null in a required field is refused",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure required{Code::invalid_argument, {"field.required"}};

       CHECK(insert_fails(*session, company::kEntity, {{company::kInn, "30"}}) == required);
       CHECK(insert_fails(*session, company::kEntity, {{company::kName, kNull}}) == required);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kName, kNull}}) == required);
       CHECK(failure_of([&] { refresh(*session, company::kEntity, 1, {{company::kName, kNull}}); }) == required);
     }},
    {"a value of another kind is refused",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure type{Code::invalid_argument, {"field.type"}};

       CHECK(insert_fails(*session, company::kEntity, {{company::kName, 5}}) == type);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kStaff, "5"}}) == type);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kStaff, 5.0}}) == type);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kRating, 5}}) == type);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kStamp, "text"}}) == type);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kName, Bytes{"bytes"}}}) == type);
     }},
    {"a reference to no live row is refused",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure missing{Code::invalid_argument, {"ref.missing"}};

       CHECK(insert_fails(*session, person::kEntity, {{person::kCompany, 99}}) == missing);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kParent, 99}}) == missing);
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kParent, 0}}) == missing);
       erase(*session, company::kEntity, 2, version_of(*session, company::kEntity, 2));
       CHECK(update_fails(*session, company::kEntity, 1, {{company::kParent, 2}}) == missing);
     }},
    {"every broken field is named",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       Batch batch(*session);
       batch.insert(company::kEntity, {{company::kStaff, "many"}, {company::kParent, 99}});

       std::vector<std::pair<std::string, FieldNo>> named;
       try {
         batch.apply();
       } catch (const Error& error) {
         for (const Violation& violation : error.violations()) {
           CHECK(violation.entity == company::kEntity);
           named.emplace_back(violation.rule, violation.field);
         }
       }

       std::sort(named.begin(), named.end());
       CHECK((named == std::vector<std::pair<std::string, FieldNo>>{{"field.required", company::kName},
                                                                    {"field.type", company::kStaff},
                                                                    {"ref.missing", company::kParent}}));
     }},
    {"an unknown entity, field or id is refused",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure unknown_field{Code::invalid_argument, {"field.unknown"}};

       CHECK(update_fails(*session, company::kEntity, 1, {{99, 1}}) == unknown_field);
       CHECK(update_fails(*session, company::kEntity, 1, {{kVersion, 1}}) == unknown_field);
       CHECK(failure_of([&] { session->reserve(9); }) == Failure{Code::invalid_argument, {"entity.unknown"}});
       CHECK(insert_fails(*session, 9, {{3, 1}}) == Failure{Code::invalid_argument, {"entity.unknown"}});
       Batch without_id(*session);
       without_id.insert_as(company::kEntity, 0, {{company::kName, "x"}});
       CHECK(failure_of([&] { without_id.apply(); }).code == Code::invalid_argument);
     }},
    {"a taken unique value is refused, nulls are never taken",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure taken{Code::already_exists, {"unique.taken"}};

       CHECK(insert_fails(*session, company::kEntity, {{company::kName, "x"}, {company::kInn, "10"}}) == taken);
       CHECK(update_fails(*session, company::kEntity, 2, {{company::kInn, "10"}}) == taken);
       insert(*session, company::kEntity, {{company::kName, "no inn"}});
       update(*session, company::kEntity, 1, version_of(*session, company::kEntity, 1), {{company::kInn, "10"}});
       CHECK(failure_of([&] { refresh(*session, company::kEntity, 2, {{company::kInn, "10"}}); }) == taken);
     }},
    {"unique over two fields refuses equal pairs only, and none with a null in it",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure taken{Code::already_exists, {"unique.taken"}};

       CHECK(insert_fails(*session, person::kEntity, {{person::kCompany, 1}, {person::kTable, 1}}) == taken);
       insert(*session, person::kEntity, {{person::kCompany, 1}, {person::kTable, 2}});
       insert(*session, person::kEntity, {{person::kCompany, 2}, {person::kTable, 1}});
       insert(*session, person::kEntity, {{person::kCompany, 1}});
       insert(*session, person::kEntity, {{person::kCompany, 1}});
       CHECK(update_fails(*session, person::kEntity, 2, {{person::kTable, 1}}) == taken);
     }},
    {"unique over filled rows refuses equal values, and takes any number of nulls",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());

       CHECK(insert_fails(*session, person::kEntity, {{person::kCompany, 2}, {person::kEmail, "a@a"}}) ==
             Failure{Code::already_exists, {"unique.taken"}});
       insert(*session, person::kEntity, {{person::kCompany, 2}});
       insert(*session, person::kEntity, {{person::kCompany, 2}});
     }},
    {"a unique value is free again once its row has another one or is erased",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());

       update(*session, company::kEntity, 1, version_of(*session, company::kEntity, 1), {{company::kInn, "11"}});
       update(*session, company::kEntity, 2, version_of(*session, company::kEntity, 2), {{company::kInn, "10"}});
       erase(*session, company::kEntity, 2, version_of(*session, company::kEntity, 2));
       insert(*session, company::kEntity, {{company::kName, "x"}, {company::kInn, "10"}});
     }},
    {"the field of a taken value is named, and the id for a taken id",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const auto field_named = [&](Batch& batch) {
         try {
           batch.apply();
         } catch (const Error& error) {
           CHECK(error.code() == Code::already_exists);
           return error.violations().at(0).field;
         }
         return FieldNo{0};
       };
       Batch pair(*session);
       pair.insert(person::kEntity, {{person::kCompany, 1}, {person::kTable, 1}});
       Batch inn(*session);
       inn.insert(company::kEntity, {{company::kName, "x"}, {company::kInn, "10"}});
       Batch id(*session);
       id.insert_as(company::kEntity, 1, {{company::kName, "x"}});

       CHECK(field_named(pair) == person::kCompany);
       CHECK(field_named(inn) == company::kInn);
       CHECK(field_named(id) == kId);
     }},
    {"an update or erase of an older version is a conflict",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure conflict{Code::conflict, {"record.conflict"}};
       const Version loaded = version_of(*session, company::kEntity, 2);
       update(*session, company::kEntity, 2, loaded, {{company::kStaff, 1}});
       const State before = state_of(*session, shop());

       CHECK(failure_of([&] { update(*session, company::kEntity, 2, loaded, {{company::kStaff, 2}}); }) == conflict);
       CHECK(failure_of([&] {
               update(*session, company::kEntity, 2, loaded + 9, {{company::kStaff, 2}});
             }) == conflict);
       CHECK(failure_of([&] { update(*session, company::kEntity, 2, 0, {{company::kStaff, 2}}); }) == conflict);
       CHECK(failure_of([&] { erase(*session, company::kEntity, 2, loaded); }) == conflict);
       CHECK(failure_of([&] { update(*session, company::kEntity, 2, loaded, {{company::kName, kNull}}); }) == conflict);
       CHECK(state_of(*session, shop()) == before);
     }},
    {"a change of a row that is not there is not found",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure not_found{Code::not_found, {"record.not_found"}};

       CHECK(failure_of([&] { update(*session, company::kEntity, 99, 1, {{company::kStaff, 2}}); }) == not_found);
       CHECK(failure_of([&] { refresh(*session, company::kEntity, 99, {{company::kStaff, 2}}); }) == not_found);
       CHECK(failure_of([&] { erase(*session, company::kEntity, 99, 1); }) == not_found);
       erase(*session, company::kEntity, 2, version_of(*session, company::kEntity, 2));
       CHECK(failure_of([&] { update(*session, company::kEntity, 2, 2, {{company::kStaff, 2}}); }) == not_found);
     }},
    {"a row that others refer to is not erased",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       const auto session = store->write(monday());
       const Failure referenced{Code::refused, {"record.referenced"}};
       const auto erase_it = [&](EntityNo entity, Id id) {
         return failure_of([&] { erase(*session, entity, id, version_of(*session, entity, id)); });
       };
       const State before = state_of(*session, shop());

       CHECK(erase_it(company::kEntity, 1) == referenced);
       CHECK(erase_it(person::kEntity, 1) == referenced);
       CHECK(state_of(*session, shop()) == before);
       CHECK(erase_it(call::kEntity, 1) == Failure{});
       CHECK(erase_it(person::kEntity, 1) == Failure{});
       CHECK(erase_it(company::kEntity, 1) == referenced);
       CHECK(erase_it(company::kEntity, 2) == Failure{});
       CHECK(erase_it(company::kEntity, 1) == Failure{});
     }},
    {"a failed apply changes nothing of its own changes, and the session goes on",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, some);
       {
         const auto session = store->write(monday());
         insert(*session, company::kEntity, {{company::kName, "kept"}});
         const State before = state_of(*session, shop());
         Batch batch(*session);
         batch.insert_as(company::kEntity, 60, {{company::kName, "new"}, {company::kInn, "60"}});
         batch.update(company::kEntity, 1, version_of(*session, company::kEntity, 1), {{company::kInn, "61"}});
         batch.refresh(company::kEntity, 2, {{company::kName, "refreshed"}});
         batch.erase(call::kEntity, 1, version_of(*session, call::kEntity, 1));
         batch.insert_as(company::kEntity, 61, {{company::kName, "again"}, {company::kInn, "61"}});

         CHECK(failure_of([&] { batch.apply(); }) == Failure{Code::already_exists, {"unique.taken"}});

         CHECK(state_of(*session, shop()) == before);
         CHECK(session->reserve(company::kEntity) == 4);
         CHECK(matching(*session, company::kEntity, where::contains(company::kName, "refreshed")).empty());
         insert(*session, company::kEntity, {{company::kName, "after"}, {company::kInn, "60"}});
         session->commit();
       }
       const auto session = store->read();

       CHECK(matching(*session, company::kEntity, where::all({})) == std::vector<Id>{1, 2, 3, 5});
     }},
};

}  // namespace

std::span<const Case> refusal_cases() { return kCases; }

}  // namespace crm::conformance
