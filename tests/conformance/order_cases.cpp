// The order of rows, and cutting them by number.
#include <doctest/doctest.h>

#include "shop.hpp"

namespace crm::conformance {
namespace {

using Ids = std::vector<Id>;

// Staff: 1 → 7, 2 → null, 3 → -3, 4 → 7, 5 → null.
void companies(Session& session) {
  using namespace company;
  insert(session, kEntity, {{kName, "б"}, {kStaff, 7}, {kRating, 0.5}});
  insert(session, kEntity, {{kName, "а"}, {kRating, -2.0}, {kParent, 1}});
  insert(session, kEntity, {{kName, "B"}, {kStaff, -3}, {kParent, 2}});
  insert(session, kEntity, {{kName, "a"}, {kStaff, 7}, {kParent, 1}});
  insert(session, kEntity, {{kName, "ab"}, {kRating, 1e300}});
}

Ids ordered(Session& session, std::vector<Order> order, std::int64_t limit = 0, std::int64_t offset = 0) {
  Query query;
  query.entity = company::kEntity;
  query.order = std::move(order);
  query.limit = limit;
  query.offset = offset;
  return ids(session, query);
}

const Case kCases[] = {
    {"without an order rows come by id",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, companies);
       const auto session = store->read();

       CHECK(ordered(*session, {}) == Ids{1, 2, 3, 4, 5});
     }},
    {"nulls are the smallest",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, companies);
       const auto session = store->read();

       CHECK(ordered(*session, {{company::kStaff}}) == Ids{2, 5, 3, 1, 4});
       CHECK(ordered(*session, {{company::kRating}}) == Ids{3, 4, 2, 1, 5});
     }},
    {"equals come by id, as the last order goes",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, companies);
       const auto session = store->read();

       CHECK(ordered(*session, {{company::kStaff, true}}) == Ids{4, 1, 3, 5, 2});
       CHECK(ordered(*session, {{kId, true}}) == Ids{5, 4, 3, 2, 1});
       CHECK(ordered(*session, {{company::kParent, true}, {company::kStamp}}) == Ids{3, 2, 4, 1, 5});
       CHECK(ordered(*session, {{company::kParent}, {company::kStamp, true}}) == Ids{5, 1, 4, 2, 3});
       CHECK(ordered(*session, {{company::kStaff, true}, {company::kParent}}) == Ids{1, 4, 3, 5, 2});
     }},
    {"text goes by its bytes",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, companies);
       const auto session = store->read();

       CHECK(ordered(*session, {{company::kName}}) == Ids{3, 4, 5, 2, 1});
       CHECK(ordered(*session, {{company::kName, true}}) == Ids{1, 2, 5, 4, 3});
     }},
    {"an order goes through references, and takes a missing record as null",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, companies);
       const auto session = store->read();
       const Path parent_name(company::kParent, company::kName);

       CHECK(ordered(*session, {{parent_name}}) == Ids{1, 5, 3, 2, 4});
       CHECK(ordered(*session, {{parent_name, true}, {company::kName}}) == Ids{4, 2, 3, 5, 1});
     }},
    {"limit and offset cut the ordered rows",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, companies);
       const auto session = store->read();

       CHECK(ordered(*session, {{company::kStaff}}, 2) == Ids{2, 5});
       CHECK(ordered(*session, {{company::kStaff}}, 2, 2) == Ids{3, 1});
       CHECK(ordered(*session, {{company::kStaff}}, 10, 4) == Ids{4});
       CHECK(ordered(*session, {{company::kStaff}}, 0, 3) == Ids{1, 4});
       CHECK(ordered(*session, {{company::kStaff}}, 10, 9).empty());
     }},
};

}  // namespace

std::span<const Case> order_cases() { return kCases; }

}  // namespace crm::conformance
