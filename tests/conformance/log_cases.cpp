// The lines of the change log.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "shop.hpp"

namespace crm::conformance {
namespace {

using Lines = std::vector<LogLine>;

LogLine line(Version seq, Do op, EntityNo entity, Id id, std::int64_t count, Version previous, Fields old = {}) {
  return {seq, monday(), op, entity, id, count, previous, std::move(old)};
}

const Case kCases[] = {
    {"an empty store has no lines",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       const auto session = store->read();

       CHECK(session->last_change() == 0);
       CHECK(session->changes(0, 0).empty());
       CHECK_FALSE(session->change(1));
       CHECK_FALSE(session->change(0));
     }},
    {"a line tells who, when, what and after which line",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       const Stamp later{0, instant_of(-5)};
       write(*store, [](Session& session) {
         insert(session, company::kEntity, {{company::kName, "Alpha"}, {company::kStaff, 5}});
       });
       const auto session = store->write(later);
       update(*session, company::kEntity, 1, 1, {{company::kStaff, 6}});

       CHECK(session->changes(0, 0) ==
             Lines{line(1, Do::insert, company::kEntity, 1, 1, 0),
                   {2, later, Do::update, company::kEntity, 1, 1, 1, {{company::kStaff, 5}}}});
     }},
    {"an update logs the old values of the given fields, null as well; an erase of all that were not null",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         insert(session, company::kEntity,
                {{company::kName, "Alpha"}, {company::kRating, 0.5}, {company::kStamp, Bytes{std::string("\0z", 2)}}});
         update(session, company::kEntity, 1, 1, {{company::kName, "Beta"}, {company::kStaff, 1}});
         update(session, company::kEntity, 1, 2, {{company::kStaff, kNull}, {company::kStamp, Bytes{""}}});
         erase(session, company::kEntity, 1, 3);
       });
       const auto session = store->read();

       CHECK(
           session->changes(1, 0) ==
           Lines{line(2, Do::update, company::kEntity, 1, 1, 1, {{company::kName, "Alpha"}, {company::kStaff, kNull}}),
                 line(3, Do::update, company::kEntity, 1, 1, 2,
                      {{company::kStaff, 1}, {company::kStamp, Bytes{std::string("\0z", 2)}}}),
                 line(4, Do::erase, company::kEntity, 1, 1, 3,
                      {{company::kName, "Beta"}, {company::kRating, 0.5}, {company::kStamp, Bytes{""}}})});
     }},
    {"inserts one after another of one entity with growing ids share a line and a version",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         Batch batch(session);
         for (int i = 0; i < 3; ++i) batch.insert(company::kEntity, {{company::kName, "x"}});
         batch.insert(person::kEntity, {{person::kCompany, 1}});
         batch.insert(company::kEntity, {{company::kName, "after a person"}});
         batch.insert_as(company::kEntity, 10, {{company::kName, "after a gap"}});
         batch.insert_as(company::kEntity, 9, {{company::kName, "backwards"}});
         batch.insert_as(company::kEntity, 11, {{company::kName, "not after 9"}});
         CHECK(batch.apply() == std::vector<Version>{1, 1, 1, 2, 3, 4, 5, 6});
       });
       const auto session = store->read();

       CHECK(row(*session, company::kEntity, 2).version == 1);
       CHECK(row(*session, company::kEntity, 9).version == 5);
       CHECK(session->changes(0, 3) == Lines{line(1, Do::insert, company::kEntity, 1, 3, 0),
                                             line(2, Do::insert, person::kEntity, 1, 1, 0),
                                             line(3, Do::insert, company::kEntity, 4, 1, 0)});
     }},
    {"inserts that another change stands between, or of another apply, do not share a line",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         Batch batch(session);
         batch.insert(company::kEntity, {{company::kName, "1"}});
         batch.update(company::kEntity, 1, 1, {{company::kStaff, 1}});
         batch.insert(company::kEntity, {{company::kName, "2"}});
         batch.refresh(company::kEntity, 2, {{company::kStaff, 1}});
         batch.insert(company::kEntity, {{company::kName, "3"}});
         batch.apply();
         insert(session, company::kEntity, {{company::kName, "4"}});
       });
       const auto session = store->read();

       CHECK(session->last_change() == 5);
       for (Id id = 1; id <= 4; ++id) CHECK(row(*session, company::kEntity, id).version == id + 1);
     }},
    {"an erase's version is its line, after which there is nothing of the row",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       write(*store, [](Session& session) {
         insert(session, company::kEntity, {{company::kName, "Alpha"}});
         CHECK(erase(session, company::kEntity, 1, 1) == 2);
       });
     }},
    {"the line that erased a record is found, and no other",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         for (int i = 0; i < 3; ++i) insert(session, company::kEntity, {{company::kName, "x"}});
         update(session, company::kEntity, 2, 2, {{company::kName, "y"}});
         erase(session, company::kEntity, 2, 4);
         erase(session, company::kEntity, 1, 1);
       });
       const auto session = store->read();
       REQUIRE(session->erasure(company::kEntity, 2).has_value());
       CHECK(session->erasure(company::kEntity, 2) == session->change(5));
       CHECK(session->erasure(company::kEntity, 1) == session->change(6));
       CHECK_FALSE(session->erasure(company::kEntity, 3));
       CHECK_FALSE(session->erasure(company::kEntity, 4));
       CHECK_FALSE(session->erasure(person::kEntity, 2));
     }},
    {"changes gives lines after a number, oldest first, as many as asked",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         for (int i = 0; i < 5; ++i) insert(session, company::kEntity, {{company::kName, "x"}});
       });
       const auto session = store->read();
       const auto numbers = [&](Version after, std::int64_t limit) {
         std::vector<Version> all;
         for (const LogLine& one : session->changes(after, limit)) all.push_back(one.seq);
         return all;
       };

       CHECK(session->last_change() == 5);
       CHECK(numbers(0, 2) == std::vector<Version>{1, 2});
       CHECK(numbers(3, 0) == std::vector<Version>{4, 5});
       CHECK(numbers(3, 1) == std::vector<Version>{4});
       CHECK(numbers(5, 0).empty());
       CHECK(numbers(500, 3).empty());
       CHECK(session->change(4) == session->changes(3, 1).front());
       CHECK_FALSE(session->change(6));
     }},
    {"lines of a rolled back session and of a failed apply are gone, and their numbers are free",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         insert(session, company::kEntity, {{company::kName, "1"}, {company::kInn, "1"}});
       });
       {
         const auto dropped = store->write(monday());
         insert(*dropped, company::kEntity, {{company::kName, "dropped"}});
         CHECK(dropped->last_change() == 2);
       }
       write(*store, [](Session& session) {
         CHECK(session.last_change() == 1);
         Batch batch(session);
         batch.insert(company::kEntity, {{company::kName, "2"}});
         batch.insert(company::kEntity, {{company::kName, "3"}, {company::kInn, "1"}});
         CHECK(failure_of([&] { batch.apply(); }).code == Code::already_exists);
         CHECK(session.last_change() == 1);
         CHECK(insert(session, company::kEntity, {{company::kName, "4"}}).version == 2);
       });
     }},
    {"lines are found by their own times, in whatever order a clock wrote them",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       std::mt19937 dice(20261130);
       const auto below = [&](unsigned n) { return static_cast<std::int64_t>(dice() % n); };
       Lines written;  // the latest first
       for (int i = 0; i < 60; ++i) {
         const Stamp stamp{0, instant_of(10 * below(8) - 30)};
         const auto session = store->write(stamp);
         insert(*session, company::kEntity, {{company::kName, "x"}});
         if (below(4) == 0) continue;  // rolled back
         const Version seq = session->last_change();
         written.push_back({seq, stamp, Do::insert, company::kEntity, session->change(seq)->id, 1, 0, {}});
         session->commit();
       }
       std::ranges::sort(written, std::greater(), [](const LogLine& one) { return std::pair(one.stamp.at, one.seq); });
       const auto session = store->read();
       for (int i = 0; i < 60; ++i) {
         const Instant from = instant_of(5 * below(20) - 40);
         const LogPlace before{instant_of(10 * below(10) - 40), below(60)};
         const auto limit = static_cast<std::size_t>(below(6));
         Lines wanted;
         for (const LogLine& one : written)
           if (one.stamp.at >= from && (one.stamp.at < before.at || (one.stamp.at == before.at && one.seq < before.seq))) wanted.push_back(one);
         if (limit > 0 && wanted.size() > limit) wanted.resize(limit);

         CHECK(session->written(from, before, static_cast<std::int64_t>(limit)) == wanted);
         CHECK(session->Session::written(from, before, static_cast<std::int64_t>(limit)) == wanted);
       }
       CHECK(session->written(Instant::min(), {Instant::max(), 0}, 0) == written);
     }},
};

}  // namespace

std::span<const Case> log_cases() { return kCases; }

}  // namespace crm::conformance
