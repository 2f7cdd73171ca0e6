// Groups and measures; what a store pushes down is what `fold` answers.
#include <doctest/doctest.h>

#include <limits>

#include "shop.hpp"

namespace crm::conformance {
namespace {

using Lines = std::vector<std::vector<Value>>;
using Fn = Measure::Fn;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

void call_of(Session& session, Value state, std::int64_t at, Value sum, Value note = {}, Value who = {}) {
  insert(session, call::kEntity,
         {{call::kState, state}, {call::kAt, at}, {call::kSum, sum}, {call::kNote, note}, {call::kPerson, who}});
}

void five_calls(Session& session) {
  insert(session, company::kEntity, {{company::kName, "Alpha"}});
  insert(session, person::kEntity, {{person::kName, "Anna"}, {person::kCompany, 1}});
  call_of(session, 1, 10, 100, "b", 1);
  call_of(session, 1, 19, 50, "a");
  call_of(session, 2, 20, kNull, "a", 1);
  call_of(session, 2, 30, 7);
  call_of(session, kNull, 5, 1);
}

Aggregate of_calls(std::vector<GroupKey> keys, std::vector<Measure> measures) {
  Aggregate aggregate;
  aggregate.entity = call::kEntity;
  aggregate.keys = std::move(keys);
  aggregate.measures = std::move(measures);
  return aggregate;
}

// What the store answers, which is also what fold answers.
Lines answer(Session& session, const Aggregate& aggregate) {
  const Table table = session.aggregate(aggregate);
  CHECK(table == fold(session, aggregate));
  CHECK(table.columns == aggregate.keys.size() + aggregate.measures.size());
  return table.rows;
}

const Case kCases[] = {
    {"groups come by their keys, null first",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();

       CHECK(answer(*session, of_calls({{call::kState, {}}}, {{Fn::count, {}}, {Fn::sum, call::kSum}})) ==
             Lines{{kNull, 1, 1}, {1, 2, 150}, {2, 2, 7}});
     }},
    {"without keys there is one row, even of nothing",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();
       auto nothing = of_calls({}, {{Fn::count, {}},
                                    {Fn::count_distinct, call::kSum},
                                    {Fn::sum, call::kSum},
                                    {Fn::min, call::kSum},
                                    {Fn::max, call::kSum}});
       nothing.filter = where::eq(call::kState, 99);

       CHECK(answer(*session, nothing) == Lines{{0, 0, kNull, kNull, kNull}});
       nothing.keys = {{call::kState, {}}};
       CHECK(answer(*session, nothing).empty());
     }},
    {"nulls do not count in distinct, sum, min and max",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();

       CHECK(answer(*session,
                    of_calls({{call::kState, {}}},
                             {{Fn::count_distinct, call::kNote}, {Fn::min, call::kNote}, {Fn::max, call::kSum}})) ==
             Lines{{kNull, 0, kNull, 1}, {1, 2, "a", 100}, {2, 1, "a", 7}});
     }},
    {"edges make buckets that include their beginning only, null outside of all",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();

       CHECK(answer(*session, of_calls({{call::kAt, {10, 20, 30}}}, {{Fn::count, {}}})) ==
             Lines{{kNull, 2}, {0, 2}, {1, 1}});
       CHECK(answer(*session, of_calls({{call::kSum, {0, 100}}}, {{Fn::count, {}}})) == Lines{{kNull, 2}, {0, 3}});
     }},
    {"keys are combined, through references as well",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();
       const Path company_name(call::kPerson, person::kCompany, company::kName);

       CHECK(answer(*session, of_calls({{company_name, {}}, {call::kAt, {0, 20, 40}}}, {{Fn::count, {}}})) ==
             Lines{{kNull, 0, 2}, {kNull, 1, 1}, {"Alpha", 0, 1}, {"Alpha", 1, 1}});
       CHECK(answer(*session,
                    of_calls({{call::kState, {}}}, {{Fn::count_distinct, {call::kPerson, person::kCompany}}})) ==
             Lines{{kNull, 0}, {1, 1}, {2, 1}});
     }},
    {"only filtered rows are folded",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();
       auto big = of_calls({}, {{Fn::count, {}}, {Fn::sum, call::kSum}});
       big.filter = where::all({where::ge(call::kSum, 7), where::ne(call::kState, 2)});

       CHECK(answer(*session, big) == Lines{{2, 150}});
     }},
    {"keys without measures are the distinct values",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();

       CHECK(answer(*session, of_calls({{call::kNote, {}}}, {})) == Lines{{kNull}, {"a"}, {"b"}});
     }},
    {"reals are added as reals",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         for (const double rating : {0.5, 0.25, -1.0})
           insert(session, company::kEntity, {{company::kName, "x"}, {company::kRating, rating}});
       });
       const auto session = store->read();
       Aggregate ratings;
       ratings.entity = company::kEntity;
       ratings.measures = {{Fn::sum, company::kRating}, {Fn::min, company::kRating}, {Fn::max, company::kRating}};

       CHECK(answer(*session, ratings) == Lines{{-0.25, -1.0, 0.5}});
     }},
    {"a sum is exact even where its parts do not fit",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         for (const std::int64_t sum : {kMost, std::int64_t{1}, std::int64_t{-1}}) call_of(session, 1, 1, sum);
         for (const std::int64_t sum : {kLeast, std::int64_t{-5}, std::int64_t{5}}) call_of(session, 2, 1, sum);
         for (const std::int64_t sum : {kMost, kMost, kLeast, kLeast}) call_of(session, 3, 1, sum);
         for (const std::int64_t sum : {kMost - 1, std::int64_t{-2}}) call_of(session, 4, 1, sum);
       });
       const auto session = store->read();

       CHECK(answer(*session, of_calls({{call::kState, {}}}, {{Fn::sum, call::kSum}})) ==
             Lines{{1, kMost}, {2, kLeast}, {3, -2}, {4, kMost - 3}});
     }},
    {"a sum that does not fit is refused, and the session goes on",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         for (const std::int64_t sum : {kMost, std::int64_t{1}}) call_of(session, 1, 1, sum);
         for (const std::int64_t sum : {kLeast, std::int64_t{-1}}) call_of(session, 2, 1, sum);
       });
       const auto session = store->read();
       const Failure overflow{Code::invalid_argument, {"money.overflow"}};

       for (const int state : {1, 2}) {
         auto aggregate = of_calls({}, {{Fn::sum, call::kSum}});
         aggregate.filter = where::eq(call::kState, state);
         CHECK(failure_of([&] { session->aggregate(aggregate); }) == overflow);
         CHECK(failure_of([&] { fold(*session, aggregate); }) == overflow);
       }
       CHECK(answer(*session, of_calls({}, {{Fn::count, {}}})) == Lines{{4}});
     }},
    {"an aggregate of unknown fields is an invalid argument",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, five_calls);
       const auto session = store->read();
       Aggregate unknown;
       unknown.entity = 9;

       CHECK(failure_of([&] { session->aggregate(unknown); }) == Failure{Code::invalid_argument, {"entity.unknown"}});
       CHECK(failure_of([&] {
               session->aggregate(of_calls({{99, {}}}, {}));
             }) == Failure{Code::invalid_argument, {"field.unknown"}});
       CHECK(failure_of([&] {
               session->aggregate(of_calls({}, {{Fn::max, 99}}));
             }) == Failure{Code::invalid_argument, {"field.unknown"}});
     }},
};

}  // namespace

std::span<const Case> aggregate_cases() { return kCases; }

}  // namespace crm::conformance
