// Two-valued comparisons, and their combinations.
#include <doctest/doctest.h>

#include "shop.hpp"

namespace crm::conformance {
namespace {

using Ids = std::vector<Id>;

// 1 Alpha, 5 people, 4.5; 2 Beta, nothing known; 3 Gamma of Alpha, 12 people, 3.0; 4 Delta of Gamma, 5 people.
void four_companies(Session& session) {
  using namespace company;
  insert(session, kEntity, {{kName, "Alpha"}, {kInn, "10"}, {kStaff, 5}, {kRating, 4.5}, {kStamp, Bytes{"\x01"}}});
  insert(session, kEntity, {{kName, "Beta"}, {kInn, "20"}});
  insert(session, kEntity, {{kName, "Gamma"}, {kStaff, 12}, {kRating, 3.0}, {kParent, 1}, {kStamp, Bytes{"\xFF"}}});
  insert(session, kEntity, {{kName, "Delta"}, {kStaff, 5}, {kParent, 3}});
}

Ids companies(Session& session, Filter filter) { return matching(session, company::kEntity, std::move(filter)); }

const Case kCases[] = {
    {"a field is compared with a value",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();

       CHECK(companies(*session, where::eq(company::kStaff, 5)) == Ids{1, 4});
       CHECK(companies(*session, where::lt(company::kStaff, 12)) == Ids{1, 4});
       CHECK(companies(*session, where::le(company::kStaff, 12)) == Ids{1, 3, 4});
       CHECK(companies(*session, where::gt(company::kStaff, 5)) == Ids{3});
       CHECK(companies(*session, where::ge(company::kStaff, 5)) == Ids{1, 3, 4});
       CHECK(companies(*session, where::gt(company::kRating, 3.5)) == Ids{1});
       CHECK(companies(*session, where::lt(company::kName, "Beta")) == Ids{1});
       CHECK(companies(*session, where::gt(company::kStamp, Bytes{"\x7F"})) == Ids{3});
     }},
    {"id and version are fields like others",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();
       const Version third = row(*session, company::kEntity, 3).version;

       CHECK(companies(*session, where::eq(kId, 2)) == Ids{2});
       CHECK(companies(*session, where::eq(kId, 99)).empty());
       CHECK(companies(*session, where::in(kId, {4, 2, 2})) == Ids{2, 4});
       CHECK(companies(*session, where::le(kVersion, third)) == Ids{1, 2, 3});
     }},
    {"a comparison with a null field is false, and none of it is true",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();

       for (const auto& compare : {where::eq, where::lt, where::le, where::gt, where::ge}) {
         CHECK(companies(*session, where::all({compare(company::kStaff, 5), where::eq(kId, 2)})).empty());
         CHECK(companies(*session, where::all({where::none({compare(company::kStaff, 5)}), where::eq(kId, 2)})) ==
               Ids{2});
       }
       CHECK(companies(*session, where::none({where::gt(company::kStaff, 5)})) == Ids{1, 2, 4});
       CHECK(companies(*session, where::none({where::in(company::kStaff, {12})})) == Ids{1, 2, 4});
       CHECK(companies(*session, where::none({where::starts_with(company::kInn, "1")})) == Ids{2, 3, 4});
       CHECK(companies(*session, where::none({where::contains(company::kInn, "1")})) == Ids{2, 3, 4});
     }},
    {"ne holds for a null field as well",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();

       CHECK(companies(*session, where::ne(company::kStaff, 5)) == Ids{2, 3});
       CHECK(companies(*session, where::none({where::ne(company::kStaff, 5)})) == Ids{1, 4});
     }},
    {"in is true for any of its values, and false without values",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();

       CHECK(companies(*session, where::in(company::kStaff, {12, 7})) == Ids{3});
       CHECK(companies(*session, where::in(company::kStaff, {12, 5, 5})) == Ids{1, 3, 4});
       CHECK(companies(*session, where::in(company::kStaff, {})).empty());
       CHECK(companies(*session, where::none({where::in(company::kStaff, {})})) == Ids{1, 2, 3, 4});
     }},
    {"null is asked for by its own tests",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();

       CHECK(companies(*session, where::is_null(company::kStaff)) == Ids{2});
       CHECK(companies(*session, where::not_null(company::kStaff)) == Ids{1, 3, 4});
       CHECK(companies(*session, where::is_null(company::kName)).empty());
     }},
    {"all without parts is true, any without parts is false, none without parts is true",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();

       CHECK(companies(*session, where::all({})) == Ids{1, 2, 3, 4});
       CHECK(companies(*session, where::any({})).empty());
       CHECK(companies(*session, where::none({})) == Ids{1, 2, 3, 4});
     }},
    {"tests are combined to any depth",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();
       const auto five = where::eq(company::kStaff, 5);
       const auto child = where::not_null(company::kParent);

       CHECK(companies(*session, where::all({five, child})) == Ids{4});
       CHECK(companies(*session, where::any({five, child})) == Ids{1, 3, 4});
       CHECK(companies(*session, where::none({five, child})) == Ids{2});
       CHECK(companies(*session, where::none({where::all({five, where::none({child})})})) == Ids{2, 3, 4});
       CHECK(companies(*session, where::any({where::all({five, child}), where::any({where::eq(kId, 2)})})) ==
             Ids{2, 4});
     }},
    {"a path follows one or two references, and a missing record on it gives null",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();
       const Path parent(company::kParent, company::kName);
       const Path grandparent(company::kParent, company::kParent, company::kName);

       CHECK(companies(*session, where::eq(parent, "Alpha")) == Ids{3});
       CHECK(companies(*session, where::eq(grandparent, "Alpha")) == Ids{4});
       CHECK(companies(*session, where::is_null(parent)) == Ids{1, 2});
       CHECK(companies(*session, where::is_null(grandparent)) == Ids{1, 2, 3});
       CHECK(companies(*session, where::ne(parent, "Alpha")) == Ids{1, 2, 4});
       CHECK(companies(*session, where::eq(Path(company::kParent, kId), 3)) == Ids{4});
     }},
    {"columns come in the order asked, through references as well",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();
       Query query;
       query.entity = company::kEntity;
       query.columns = {Path(company::kParent, company::kName), kId, company::kStaff, company::kStaff};
       query.filter = where::ge(kId, 2);

       CHECK(rows(*session, query) ==
             std::vector<std::vector<Value>>{{kNull, 2, kNull, kNull}, {"Alpha", 3, 12, 12}, {"Gamma", 4, 5, 5}});
     }},
    {"an unknown entity or field is an invalid argument",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, four_companies);
       const auto session = store->read();
       const Failure unknown_field{Code::invalid_argument, {"field.unknown"}};
       const Failure unknown_entity{Code::invalid_argument, {"entity.unknown"}};

       CHECK(failure_of([&] { companies(*session, where::eq(99, 1)); }) == unknown_field);
       CHECK(failure_of([&] { companies(*session, where::eq({company::kParent, 99}, 1)); }) == unknown_field);
       CHECK(failure_of([&] {
               companies(*session, where::eq({company::kStaff, kId}, 1));
             }).code == Code::invalid_argument);
       CHECK(failure_of([&] { companies(*session, where::exists(9, 3, kId)); }) == unknown_entity);
       CHECK(failure_of([&] { companies(*session, where::exists(person::kEntity, 99, kId)); }) == unknown_field);
       CHECK(failure_of([&] { matching(*session, 9, where::all({})); }) == unknown_entity);
       CHECK(failure_of([&] { session->find(9, 1); }) == unknown_entity);
       CHECK(companies(*session, where::eq(kId, 1)) == Ids{1});
     }},
};

}  // namespace

std::span<const Case> filter_cases() { return kCases; }

}  // namespace crm::conformance
