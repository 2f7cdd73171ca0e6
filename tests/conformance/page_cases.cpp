// Keyset pages: whatever the order, pages one after another are the whole result.
#include <doctest/doctest.h>

#include <random>

#include "shop.hpp"

namespace crm::conformance {
namespace {

// Many ties and nulls: 60 companies of few sizes, ratings and parents.
void many_companies(Session& session) {
  std::mt19937_64 random(1);
  Batch batch(session);
  for (int i = 0; i < 60; ++i) {
    Fields fields{{company::kName, std::string(1, static_cast<char>('a' + random() % 4))}};
    if (random() % 3 != 0) fields.emplace_back(company::kStaff, static_cast<std::int64_t>(random() % 4) - 1);
    if (random() % 3 != 0) fields.emplace_back(company::kRating, static_cast<double>(random() % 3) / 2);
    if (i > 3 && random() % 2 != 0) fields.emplace_back(company::kParent, static_cast<Id>(1 + random() % 3));
    batch.insert(company::kEntity, fields);
  }
  batch.apply();
}

// The values of the order's paths and the id of the last row of a page whose columns they are.
std::vector<std::vector<Value>> in_pages(Session& session, Query query, std::int64_t size) {
  query.columns.clear();
  for (const Order& order : query.order) query.columns.push_back(order.path);
  query.columns.push_back(kId);
  query.limit = size;
  std::vector<std::vector<Value>> all;
  for (int turn = 0; turn < 100; ++turn) {
    const auto page = rows(session, query);
    all.insert(all.end(), page.begin(), page.end());
    if (page.size() < static_cast<std::size_t>(size)) return all;
    query.after = page.back();
  }
  FAIL("pages without an end");
  return all;
}

std::vector<std::vector<Value>> at_once(Session& session, Query query) {
  for (const Order& order : query.order) query.columns.push_back(order.path);
  query.columns.push_back(kId);
  return rows(session, query);
}

std::vector<Order> some_order(std::mt19937_64& random) {
  const std::vector<Path> paths{company::kName,
                                company::kStaff,
                                company::kRating,
                                company::kParent,
                                {company::kParent, company::kName},
                                {company::kParent, company::kStaff},
                                kVersion};
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::vector<Order> order;
  for (auto n = below(4); n > 0; --n) order.push_back({paths[below(paths.size())], below(2) == 0});
  return order;
}

const Case kCases[] = {
    {"pages of random orders joined are the whole result",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, many_companies);
       const auto session = store->read();
       std::mt19937_64 random(seed());
       INFO("CRM_SEED=", seed());

       for (int round = 0; round < 60; ++round) {
         Query query;
         query.entity = company::kEntity;
         query.order = some_order(random);
         if (random() % 2 == 0) query.filter = where::ne(company::kStaff, 1);
         CAPTURE(round);
         CHECK(in_pages(*session, query, static_cast<std::int64_t>(1 + random() % 9)) == at_once(*session, query));
       }
     }},
    {"a page goes on after a row that is not there any more",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         for (const int staff : {1, 2, 2, 3})
           insert(session, company::kEntity, {{company::kName, "x"}, {company::kStaff, staff}});
         erase(session, company::kEntity, 2, row(session, company::kEntity, 2).version);
       });
       const auto session = store->read();
       Query query;
       query.entity = company::kEntity;
       query.order = {{company::kStaff, false}};
       query.after = {2, 2};

       CHECK(ids(*session, query) == std::vector<Id>{3, 4});
       query.order = {{company::kStaff, true}};
       CHECK(ids(*session, query) == std::vector<Id>{1});
     }},
    {"a page goes on after a null",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         insert(session, company::kEntity, {{company::kName, "1"}});
         insert(session, company::kEntity, {{company::kName, "2"}});
         insert(session, company::kEntity, {{company::kName, "3"}, {company::kStaff, 5}});
       });
       const auto session = store->read();
       Query query;
       query.entity = company::kEntity;
       query.order = {{company::kStaff, false}};
       query.after = {kNull, 1};

       CHECK(ids(*session, query) == std::vector<Id>{2, 3});
       query.order = {{company::kStaff, true}};
       query.after = {kNull, 2};
       CHECK(ids(*session, query) == std::vector<Id>{1});
     }},
    {"a page needs a value for every order and the id",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, many_companies);
       const auto session = store->read();
       Query query;
       query.entity = company::kEntity;
       query.order = {{company::kStaff, false}};
       query.after = {1};

       CHECK(failure_of([&] { ids(*session, query); }).code == Code::invalid_argument);
     }},
};

}  // namespace

std::span<const Case> page_cases() { return kCases; }

}  // namespace crm::conformance
