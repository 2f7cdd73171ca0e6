// What outlives a handle, and what several handles on one base see of each other.
#include <doctest/doctest.h>

#include "shop.hpp"
#include "state.hpp"

namespace crm::conformance {
namespace {

void two_companies(Session& session) {
  for (const char* name : {"Alpha", "Beta"}) insert(session, company::kEntity, {{company::kName, name}});
}

bool is_shared(const StoreUnderTest& under_test, const Store& store) {
  return under_test.reopen && store.can(Capability::shared);
}

const Case kCases[] = {
    {"a store is durable exactly when it can be opened again",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());

       CHECK(store->can(Capability::durable) == static_cast<bool>(under_test.reopen));
     }},
    {"what was committed is there after opening again, what was not is not",
     [](const StoreUnderTest& under_test) {
       if (!under_test.reopen) return;
       auto store = shop_with(under_test, [](Session& session) {
         two_companies(session);
         insert(session, person::kEntity, {{person::kName, "Анна"}, {person::kCompany, 2}, {person::kEmail, "a@a"}});
         update(session, company::kEntity, 1, 1, {{company::kRating, 0.1}, {company::kStamp, Bytes{"x"}}});
         erase(session, company::kEntity, 1, 4);
       });
       const State before = state_of(*store);
       auto dropped = store->write(monday());
       insert(*dropped, company::kEntity, {{company::kName, "lost"}});
       dropped.reset();
       store.reset();

       store = under_test.reopen(shop());

       CHECK(state_of(*store) == before);
       CHECK(matching(*store->read(), company::kEntity, where::contains(company::kName, "Beta")) == std::vector<Id>{2});
     }},
    {"an id is not given again after opening again",
     [](const StoreUnderTest& under_test) {
       if (!under_test.reopen) return;
       auto store = shop_with(under_test, [](Session& session) {
         two_companies(session);
         erase(session, company::kEntity, 2, 2);
         CHECK(session.reserve(company::kEntity) == 3);
       });
       store.reset();

       store = under_test.reopen(shop());

       CHECK(store->write(monday())->reserve(company::kEntity) == 4);
     }},
    {"a read session keeps its snapshot while another handle writes",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       if (!is_shared(under_test, *store)) return;
       const auto other = under_test.reopen(shop());
       const auto reading = store->read();
       const State before = state_of(*reading, shop());

       write(*other, [](Session& session) {
         insert(session, company::kEntity, {{company::kName, "Gamma"}});
         update(session, company::kEntity, 1, 1, {{company::kName, "renamed"}});
       });

       CHECK(state_of(*reading, shop()) == before);
       CHECK(reading->last_change() == 2);
     }},
    {"a snapshot is taken when the session begins, not at its first question",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       if (!is_shared(under_test, *store)) return;
       const auto other = under_test.reopen(shop());
       const auto reading = store->read();

       write(*other, [](Session& session) { insert(session, company::kEntity, {{company::kName, "Gamma"}}); });

       CHECK_FALSE(reading->find(company::kEntity, 3));
     }},
    {"a new session sees what other handles have committed, and goes on from there",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       if (!is_shared(under_test, *store)) return;
       const auto other = under_test.reopen(shop());
       CHECK(other->read()->last_change() == 2);

       write(*other, [](Session& session) {
         CHECK(insert(session, company::kEntity, {{company::kName, "Gamma"}}).id == 3);
         update(session, company::kEntity, 1, 1, {{company::kStaff, 1}});
       });

       write(*store, [](Session& session) {
         CHECK(failure_of([&] {
                 update(session, company::kEntity, 1, 1, {{company::kStaff, 2}});
               }) == Failure{Code::conflict, {"record.conflict"}});
         CHECK(session.reserve(company::kEntity) == 4);
         CHECK(update(session, company::kEntity, 1, 4, {{company::kStaff, 2}}) == 5);
       });
       CHECK(state_of(*other) == state_of(*store));
     }},
    {"a second writer is told that the base is busy, until the first one ends",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, two_companies);
       if (!is_shared(under_test, *store)) return;
       const auto other = under_test.reopen(shop());
       {
         const auto writing = store->write(monday());
         insert(*writing, company::kEntity, {{company::kName, "unseen"}});
         CHECK(failure_of([&] { other->write(monday()); }).code == Code::busy);
         CHECK_FALSE(other->read()->find(company::kEntity, 3));
       }

       write(*other, [](Session& session) { insert(session, company::kEntity, {{company::kName, "Gamma"}}); });

       CHECK(row(*store->read(), company::kEntity, 3).values[0] == Value("Gamma"));
     }},
};

}  // namespace

std::span<const Case> durable_cases() { return kCases; }

}  // namespace crm::conformance
