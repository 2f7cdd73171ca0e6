// Units of work: their beginning, end, and what they see.
#include <doctest/doctest.h>

#include <algorithm>

#include "shop.hpp"
#include "state.hpp"

namespace crm::conformance {
namespace {

void two_companies(Session& session) {
  for (const char* name : {"Alpha", "Beta"}) insert(session, company::kEntity, {{company::kName, name}});
}

Query all_companies() {
  Query query;
  query.entity = company::kEntity;
  query.columns = {company::kName};
  return query;
}

const Failure kMisuse{Code::misuse, {"handle.transaction"}};

const Case kCases[] = {
    {"a store tells its schema and a name",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());

       CHECK_FALSE(store->name().empty());
       CHECK(store->schema().entities.size() == 3);
       CHECK(store->schema().at(person::kEntity).name == "person");
     }},
    {"a session dropped without commit is rolled back",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const State before = state_of(*store);
       {
         const auto dropped = store->write(monday());
         Batch batch(*dropped);
         batch.insert(company::kEntity, {{company::kName, "new"}, {company::kInn, "1"}});
         batch.update(company::kEntity, 1, 1, {{company::kName, "changed"}});
         batch.refresh(company::kEntity, 1, {{company::kStaff, 9}});
         batch.erase(company::kEntity, 2, 2);
         batch.apply();
         CHECK_FALSE(state_of(*dropped, shop()) == before);
       }

       CHECK(state_of(*store) == before);
       write(*store, [](Session& session) {
         CHECK(insert(session, company::kEntity, {{company::kName, "next"}, {company::kInn, "1"}}).id == 3);
       });
     }},
    {"a session sees its own changes",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       const auto session = store->write(monday());
       insert(*session, company::kEntity, {{company::kName, "Alpha"}, {company::kStaff, 2}});

       CHECK(session->find(company::kEntity, 1));
       CHECK(matching(*session, company::kEntity, where::eq(company::kStaff, 2)) == std::vector<Id>{1});
       Aggregate count;
       count.entity = company::kEntity;
       count.measures = {{Measure::Fn::count, {}}};
       CHECK(session->aggregate(count).rows == std::vector<std::vector<Value>>{{1}});
     }},
    {"a scan hands out each row, and others inside it",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto session = store->read();
       std::vector<std::string> pairs;
       session->scan(all_companies(), [&](const Cell* outer) {
         const std::string first(outer[0].as_text());
         session->scan(all_companies(), [&](const Cell* inner) { pairs.push_back(first + std::string(inner[0].as_text())); });
         CHECK(outer[0].as_text() == first);
       });

       std::ranges::sort(pairs);
       CHECK(pairs == std::vector<std::string>{"AlphaAlpha", "AlphaBeta", "BetaAlpha", "BetaBeta"});
     }},
    {"a scan keeps an order and a page that are asked for",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto session = store->read();
       const auto names = [&](std::int64_t limit) {
         Query query = all_companies();
         query.order = {{company::kName, true}};
         query.limit = limit;
         std::vector<std::string> found;
         session->scan(query, [&](const Cell* cells) { found.emplace_back(cells[0].as_text()); });
         return found;
       };

       CHECK(names(0) == std::vector<std::string>{"Beta", "Alpha"});
       CHECK(names(1) == std::vector<std::string>{"Beta"});
     }},
    {"a scan has as many columns as are asked for",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       Query query = all_companies();
       query.columns.resize(300, company::kName);
       query.filter = where::eq(kId, Id{2});
       std::vector<std::string> found;
       store->read()->scan(query, [&](const Cell* cells) {
         for (std::size_t i = 0; i < query.columns.size(); ++i) found.emplace_back(cells[i].as_text());
       });

       CHECK(found == std::vector<std::string>(300, "Beta"));
     }},
    {"what a scan is ended with comes out, and the session goes on",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto session = store->write(monday());
       int taken = 0;
       const auto stop = [&] {
         session->scan(all_companies(), [&](const Cell*) {
           ++taken;
           throw Error(Code::refused, std::vector<Violation>{{"enough", 0, 0, 0, "", ""}});
         });
       };

       CHECK(failure_of(stop) == Failure{Code::refused, {"enough"}});
       CHECK(taken == 1);
       insert(*session, company::kEntity, {{company::kName, "Gamma"}});
       session->commit();
       CHECK(matching(*store->read(), company::kEntity, where::not_null(kId)) == std::vector<Id>{1, 2, 3});
     }},
    {"nothing is usable after commit",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       for (const bool writes : {true, false}) {
         const auto session = writes ? store->write(monday()) : store->read();
         session->commit();

         CHECK(failure_of([&] { session->find(company::kEntity, 1); }) == kMisuse);
         CHECK(failure_of([&] { session->select(all_companies()); }) == kMisuse);
         CHECK(failure_of([&] { session->scan(all_companies(), [](const Cell*) {}); }) == kMisuse);
         CHECK(failure_of([&] { session->aggregate({}); }).code != Code::ok);
         CHECK(failure_of([&] { session->reserve(company::kEntity); }) == kMisuse);
         CHECK(failure_of([&] { session->apply({}); }) == kMisuse);
         CHECK(failure_of([&] { session->changes(0, 0); }) == kMisuse);
         CHECK(failure_of([&] { session->change(1); }) == kMisuse);
         CHECK(failure_of([&] { session->last_change(); }) == kMisuse);
         CHECK(failure_of([&] { session->commit(); }) == kMisuse);
       }
     }},
    {"a read session does not write",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto session = store->read();

       CHECK(failure_of([&] { session->reserve(company::kEntity); }) == kMisuse);
       CHECK(failure_of([&] { erase(*session, company::kEntity, 1, 1); }) == kMisuse);
       CHECK(session->find(company::kEntity, 1));
     }},
    {"a handle writes only while no other session of it is open",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       {
         const auto reading = store->read();
         CHECK(failure_of([&] { store->write(monday()); }) == kMisuse);
         const auto reading_too = store->read();
         CHECK(reading_too->find(company::kEntity, 1));
       }
       {
         const auto writing = store->write(monday());
         CHECK(failure_of([&] { store->write(monday()); }) == kMisuse);
       }
       const auto ended = store->read();
       ended->commit();

       CHECK(store->write(monday()));
     }},
    {"a read inside a write sees its changes",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto writing = store->write(monday());
       insert(*writing, company::kEntity, {{company::kName, "Gamma"}});
       {
         const auto reading = store->read();
         CHECK(reading->find(company::kEntity, 3));
         CHECK(failure_of([&] { reading->reserve(company::kEntity); }) == kMisuse);
         reading->commit();
       }
       insert(*writing, company::kEntity, {{company::kName, "Delta"}});
       writing->commit();

       CHECK(state_of(*store).rows.at(company::kEntity).size() == 4);
     }},
    {"a cursor that outlives its session may be dropped, but not stepped",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       for (const bool commits : {true, false}) {
         auto session = store->read();
         const auto stepped = session->select(all_companies());
         const auto fresh = session->select(all_companies());
         CHECK(stepped->next() != nullptr);
         if (commits) session->commit();
         session.reset();

         CHECK(failure_of([&] { stepped->next(); }) == kMisuse);
         CHECK(failure_of([&] { fresh->next(); }) == kMisuse);
         write(*store, [](Session& writing) { insert(writing, company::kEntity, {{company::kName, "x"}}); });
       }
     }},
    {"several cursors of a session go side by side, their texts stay until the next step",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto session = store->read();
       const auto one = session->select(all_companies());
       const auto two = session->select(all_companies());

       const Cell* first = one->next();
       CHECK(two->next()[0].as_text() == "Alpha");
       CHECK(two->next()[0].as_text() == "Beta");
       CHECK(two->next() == nullptr);
       CHECK(first[0].as_text() == "Alpha");
       CHECK(one->next()[0].as_text() == "Beta");
       CHECK(one->next() == nullptr);
     }},
    {"the query of a cursor may go after select",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto session = store->read();
       std::unique_ptr<Cursor> cursor;
       {
         Query query = all_companies();
         query.filter = where::in(company::kName, {std::string(100, 'x'), std::string("Be") + "ta"});
         cursor = session->select(query);
       }

       CHECK(cursor->next()[0].as_text() == "Beta");
       CHECK(cursor->next() == nullptr);
     }},
    {"a query without columns still steps over its rows",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const auto session = store->read();
       Query query = all_companies();
       query.columns.clear();

       CHECK(rows(*session, query).size() == 2);
     }},
};

}  // namespace

std::span<const Case> session_cases() { return kCases; }

}  // namespace crm::conformance
