// Marks: places in a unit of work to go back to.
#include <doctest/doctest.h>

#include "shop.hpp"
#include "state.hpp"

namespace crm::conformance {
namespace {

const Failure kMisuse{Code::misuse, {"handle.transaction"}};
const Failure kTaken{Code::already_exists, {"unique.taken"}};

void two_companies(Session& session) {
  insert(session, company::kEntity, {{company::kName, "Alpha and sons"}, {company::kInn, "10"}});
  insert(session, company::kEntity, {{company::kName, "Beta"}, {company::kRating, 0.5}});
}

std::vector<Id> named(Session& session, const char* part) {
  return matching(session, company::kEntity, where::contains(company::kName, part));
}

// Each kind of change, of each kind of value.
void change_everything(Session& session) {
  const Row gamma = insert(session, company::kEntity, {{company::kName, "Gamma"}, {company::kInn, "30"}, {company::kStamp, Bytes{"\1\2"}}});
  insert(session, person::kEntity, {{person::kCompany, gamma.id}, {person::kTable, 1}});
  update(session, company::kEntity, 1, row(session, company::kEntity, 1).version, {{company::kName, "Delta"}, {company::kInn, kNull}});
  refresh(session, company::kEntity, 1, {{company::kStaff, 9}, {company::kName, "Epsilon"}});
  erase(session, company::kEntity, 2, row(session, company::kEntity, 2).version);
  session.reserve(call::kEntity);
}

const Case kCases[] = {
    {"what was done since a mark is undone: rows, versions, log, ids, unique values and words",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const State before = state_of(*store);
       const auto session = store->write(monday());

       const int mark = session->mark();
       change_everything(*session);
       CHECK(named(*session, "gamma").empty());  // words are compared as they are
       CHECK(named(*session, "Gamma").size() == 1);
       CHECK(named(*session, "Epsilon") == std::vector<Id>{1});
       session->undo_to(mark);

       CHECK(state_of(*session, shop()) == before);
       CHECK(session->last_change() == before.log.back().seq);
       CHECK(named(*session, "Gamma").empty());
       CHECK(named(*session, "Epsilon").empty());
       CHECK(named(*session, "Alpha") == std::vector<Id>{1});
       CHECK(named(*session, "Beta") == std::vector<Id>{2});
       CHECK(insert(*session, company::kEntity, {{company::kName, "Zeta"}, {company::kInn, "30"}}).id == 3);
       CHECK(failure_of([&] { insert(*session, company::kEntity, {{company::kName, "again"}, {company::kInn, "10"}}); }) == kTaken);
       CHECK(session->reserve(call::kEntity) == 1);
     }},
    {"after going back, a unit of work ends as one that never went astray",
     [](const StoreUnderTest& under_test) {
       const auto right_away = [](Session& session) {
         two_companies(session);
         insert(session, company::kEntity, {{company::kName, "Zeta"}});
       };
       const State expected = state_of(*shop_with(under_test, right_away));
       const auto store = shop_with(under_test, [](Session& session) {
         two_companies(session);
         const int mark = session.mark();
         change_everything(session);
         session.undo_to(mark);
         insert(session, company::kEntity, {{company::kName, "Zeta"}});
       });

       CHECK(state_of(*store) == expected);
     }},
    {"a mark undoes what was done within marks that were given up",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const State before = state_of(*store);
       const auto session = store->write(monday());
       const int outer = session->mark();
       insert(*session, company::kEntity, {{company::kName, "Gamma"}});
       const State with_gamma = state_of(*session, shop());

       const int inner = session->mark();
       change_everything(*session);
       session->undo_to(inner);
       CHECK(state_of(*session, shop()) == with_gamma);

       const int kept = session->mark();
       change_everything(*session);
       session->release(kept);
       session->undo_to(outer);
       CHECK(state_of(*session, shop()) == before);
     }},
    {"going back to an outer mark ends the inner ones",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const State before = state_of(*store);
       const auto session = store->write(monday());
       const int outer = session->mark();
       insert(*session, company::kEntity, {{company::kName, "Gamma"}});
       const int inner = session->mark();
       change_everything(*session);

       session->undo_to(outer);

       CHECK(state_of(*session, shop()) == before);
       CHECK(failure_of([&] { session->undo_to(inner); }) == kMisuse);
       CHECK(failure_of([&] { session->release(outer); }) == kMisuse);
       CHECK(session->mark() == outer);
     }},
    {"a refused change after a mark undoes itself alone",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       const State before = state_of(*store);
       const auto session = store->write(monday());
       const int mark = session->mark();
       insert(*session, company::kEntity, {{company::kName, "Gamma"}});
       const State with_gamma = state_of(*session, shop());

       Batch batch(*session);
       batch.insert(company::kEntity, {{company::kName, "Delta"}});
       batch.insert(company::kEntity, {{company::kName, "Eta"}, {company::kInn, "10"}});
       CHECK(failure_of([&] { batch.apply(); }) == kTaken);
       CHECK(state_of(*session, shop()) == with_gamma);

       session->undo_to(mark);
       CHECK(state_of(*session, shop()) == before);
     }},
    {"what is kept after going back is durable, what was undone is not",
     [](const StoreUnderTest& under_test) {
       if (!under_test.reopen) return;
       auto store = shop_with(under_test, [](Session& session) {
         two_companies(session);
         const int mark = session.mark();
         change_everything(session);
         session.undo_to(mark);
         update(session, company::kEntity, 2, row(session, company::kEntity, 2).version, {{company::kStaff, 3}});
       });
       const State kept = state_of(*store);
       store.reset();

       CHECK(state_of(*under_test.reopen(shop())) == kept);
       CHECK(kept.rows.at(company::kEntity).size() == 2);
     }},
    {"marks are for sessions that write and are open",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       {
         const auto reading = store->read();
         CHECK(failure_of([&] { reading->mark(); }) == kMisuse);
       }
       const auto session = store->write(monday());
       CHECK(failure_of([&] { session->undo_to(1); }) == kMisuse);
       CHECK(failure_of([&] { session->release(0); }) == kMisuse);
       session->commit();
       CHECK(failure_of([&] { session->mark(); }) == kMisuse);
     }},
};

}  // namespace

std::span<const Case> mark_cases() { return kCases; }

}  // namespace crm::conformance
