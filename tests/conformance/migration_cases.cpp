// An older file opened with a newer schema.
#include <doctest/doctest.h>

#include "office.hpp"
#include "state.hpp"

namespace crm::conformance {
namespace {

using Ids = std::vector<Id>;

// A closed file of release 1; false if the store keeps none.
bool made_v1(const StoreUnderTest& under_test) {
  if (!under_test.reopen) return false;
  write(*under_test.make(office_v1()), fill_v1);
  return true;
}

void check_upgraded(Store& store) {
  const auto session = store.read();
  CHECK(row(*session, kFirm, 1) == Row{1, 1, {"Ромашка", "новосибирск", 2}});
  CHECK(row(*session, kFirm, 2) == Row{2, 7, {"Rose & \"Co\"", "омск", 1}});
  CHECK(row(*session, kWorker, 3) == Row{3, 5, {"worker 3", 2, "key of 3"}});
  CHECK(matching(*session, kFirm, where::eq(kFirmStaff, 2)) == Ids{1});
  CHECK(matching(*session, kFirm, where::contains(kFirmCity, "сибир")) == Ids{1});
  CHECK(matching(*session, kWorker, where::contains(kWorkerKey, "of 2")) == Ids{2});
  CHECK(matching(*session, kVisit, where::eq({kVisitWorker, kWorkerFirm, kFirmName}, "Ромашка")) == Ids{1, 2});
  CHECK(session->change(7) == LogLine{7, monday(), Do::update, kFirm, 2, 1, 2, {{kFirmCity, kNull}}});
  CHECK(session->change(8)->op == Do::erase);
  CHECK(session->last_change() == 11);  // three visits
}

const Case kCases[] = {
    {"an older file is upgraded: new fields filled, new entities and indexes made, old rows and log kept",
     [](const StoreUnderTest& under_test) {
       if (!made_v1(under_test)) return;

       const auto store = under_test.reopen(office_v2());

       check_upgraded(*store);
     }},
    {"a file kept from an older release is upgraded",
     [](const StoreUnderTest& under_test) {
       if (!under_test.restore_v1) return;
       under_test.restore_v1();

       const auto store = under_test.reopen(office_v2());

       check_upgraded(*store);
     }},
    {"an upgraded file works as one made new",
     [](const StoreUnderTest& under_test) {
       if (!made_v1(under_test)) return;
       const auto store = under_test.reopen(office_v2());

       write(*store, [](Session& session) {
         CHECK(insert(session, kFirm, {{kFirmName, "new"}, {kFirmStaff, 9}}).id == 4);
         CHECK(insert(session, kVisit, {{kVisitWorker, 1}, {kVisitAt, 1}}).id == 4);
         CHECK(failure_of([&] {
                 insert(session, kVisit, {{kVisitWorker, 1}, {kVisitAt, 1}});
               }) == Failure{Code::already_exists, {"unique.taken"}});
         CHECK(failure_of([&] {
                 insert(session, kVisit, {{kVisitWorker, 9}, {kVisitAt, 2}});
               }) == Failure{Code::invalid_argument, {"ref.missing"}});
         CHECK(failure_of([&] { erase(session, kWorker, 1, row(session, kWorker, 1).version); }) ==
               Failure{Code::refused, {"record.referenced"}});
         update(session, kWorker, 1, row(session, kWorker, 1).version, {{kWorkerKey, "другой ключ"}});
         CHECK(matching(session, kWorker, where::contains(kWorkerKey, "ключ")) == Ids{1});
         CHECK(matching(session, kWorker, where::contains(kWorkerKey, "key of 1")).empty());
       });
     }},
    {"an upgrade happens once",
     [](const StoreUnderTest& under_test) {
       if (!made_v1(under_test)) return;
       const State first = state_of(*under_test.reopen(office_v2()));
       int fills = 0;

       const auto again = under_test.reopen(office_v2([&](Session&) { ++fills; }));

       CHECK(fills == 0);
       CHECK(state_of(*again) == first);
     }},
    {"a new store is made at once in the newest schema, without upgrade steps",
     [](const StoreUnderTest& under_test) {
       int fills = 0;
       const auto store = under_test.make(office_v2([&](Session&) { ++fills; }));

       CHECK(fills == 0);
       CHECK(matching(*store->read(), kVisit, where::all({})).empty());
     }},
    {"several steps are one upgrade",
     [](const StoreUnderTest& under_test) {
       if (!made_v1(under_test)) return;

       const auto store = under_test.reopen(office_v3([](Session& session) {
         CHECK(matching(session, kVisit, where::all({})) == Ids{1, 2, 3});  // the step before is done
         for (const Id firm : matching(session, kFirm, where::all({})))
           refresh(session, kFirm, firm, {{kFirmCode, "F" + std::to_string(firm)}});
       }));

       const auto session = store->read();
       CHECK(row(*session, kFirm, 2).values == std::vector<Value>{"Rose & \"Co\"", "омск", 1, "F2"});
       CHECK(matching(*session, kFirm, where::eq(kFirmCode, "F1")) == Ids{1});
     }},
    {"the next field of an entity, and its index, come to files of every release: whether the entity came later, was made anew or neither",
     [](const StoreUnderTest& under_test) {
       for (const int release : {1, 2, 3}) {
         if (!made_v1(under_test)) return;
         if (release > 1) under_test.reopen(office_v2());
         if (release > 2) under_test.reopen(office_v3([](Session&) {}));

         const auto store = under_test.reopen(office_v4());

         CAPTURE(release);
         write(*store, [](Session& session) {
           CHECK(row(session, kVisit, 2).values == std::vector<Value>{2, 102, "note of 2"});
           CHECK(matching(session, kVisit, where::contains(kVisitNote, "of 3")) == Ids{3});
           CHECK(insert(session, kVisit, {{kVisitWorker, 1}, {kVisitNote, "дождь"}}).id == 4);  // at no time
           CHECK(matching(session, kVisit, where::contains(kVisitNote, "дож")) == Ids{4});
           CHECK(failure_of([&] { insert(session, kVisit, {{kVisitWorker, 1}, {kVisitNote, "дождь"}}); }) ==
                 Failure{Code::already_exists, {"unique.taken"}});
           CHECK(failure_of([&] { insert(session, kVisit, {{kVisitWorker, 1}, {kVisitAt, 101}}); }) ==
                 Failure{Code::already_exists, {"unique.taken"}});
           CHECK(failure_of([&] { insert(session, kVisit, {{kVisitWorker, 9}}); }) == Failure{Code::invalid_argument, {"ref.missing"}});
         });
         CHECK(state_of(*under_test.reopen(office_v4())) == state_of(*store));
       }
     }},
    {"a failing step leaves the file as it was, whatever step it is",
     [](const StoreUnderTest& under_test) {
       if (!made_v1(under_test)) return;
       const State before = state_of(*under_test.reopen(office_v1()));
       const auto broken = [](Session&) { throw Error(Code::refused, {{"fault", 0, 0, 0, "", ""}}); };
       const auto breaks_unique = [](Session& session) {
         for (const Id firm : matching(session, kFirm, where::all({})))
           refresh(session, kFirm, firm, {{kFirmCode, "the same"}});
       };

       CHECK(failure_of([&] { under_test.reopen(office_v2(broken)); }) == Failure{Code::refused, {"fault"}});
       CHECK(state_of(*under_test.reopen(office_v1())) == before);
       CHECK(failure_of([&] { under_test.reopen(office_v3(broken)); }) == Failure{Code::refused, {"fault"}});
       CHECK(state_of(*under_test.reopen(office_v1())) == before);
       CHECK(failure_of([&] { under_test.reopen(office_v3(breaks_unique)); }) ==
             Failure{Code::already_exists, {"unique.taken"}});
       CHECK(state_of(*under_test.reopen(office_v1())) == before);
       check_upgraded(*under_test.reopen(office_v2()));
     }},
    {"a file of a newer release is not opened by an older one",
     [](const StoreUnderTest& under_test) {
       if (!made_v1(under_test)) return;
       under_test.reopen(office_v2());

       CHECK(failure_of([&] { under_test.reopen(office_v1()); }) == Failure{Code::unsupported, {"store.newer_schema"}});
       CHECK(under_test.reopen(office_v2()));
     }},
};

}  // namespace

std::span<const Case> migration_cases() { return kCases; }

}  // namespace crm::conformance
