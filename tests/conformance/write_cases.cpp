// What inserts, updates, refreshes and erases leave behind.
#include <doctest/doctest.h>

#include <limits>

#include "shop.hpp"

namespace crm::conformance {
namespace {

void alpha(Session& session) {
  insert(session, company::kEntity, {{company::kName, "Alpha"}, {company::kInn, "10"}, {company::kStaff, 5}});
}

const Case kCases[] = {
    {"an insert without field numbers gives all own fields in the schema's order",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, alpha);
       const std::vector<Value> values{"Beta", "20", 7, 1.5, Bytes{std::string("\0\xFF", 2)}, 1};
       write(*store, [&](Session& session) {
         std::vector<Cell> cells;
         for (const Value& value : values) cells.push_back(to_cell(value));
         Change change{Do::insert, company::kEntity, session.reserve(company::kEntity), 0, {}, cells};
         session.apply({&change, 1});
       });
       const auto session = store->read();

       CHECK(row(*session, company::kEntity, 2).values == values);
     }},
    {"an insert with field numbers leaves the others null",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         insert(session, company::kEntity, {{company::kStaff, 3}, {company::kName, "Alpha"}});
       });
       const auto session = store->read();

       CHECK(row(*session, company::kEntity, 1).values == std::vector<Value>{"Alpha", kNull, 3, kNull, kNull, kNull});
     }},
    {"an update changes the given fields only, to null as well",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, alpha);
       write(*store, [](Session& session) {
         update(session, company::kEntity, 1, row(session, company::kEntity, 1).version,
                {{company::kStaff, kNull}, {company::kRating, 2.5}});
       });
       const auto session = store->read();

       CHECK(row(*session, company::kEntity, 1).values == std::vector<Value>{"Alpha", "10", kNull, 2.5, kNull, kNull});
     }},
    {"an erased row is found no more, and never comes back",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, alpha);
       write(*store, [](Session& session) {
         erase(session, company::kEntity, 1, row(session, company::kEntity, 1).version);
         CHECK_FALSE(session.find(company::kEntity, 1));
       });
       const auto session = store->read();

       CHECK_FALSE(session->find(company::kEntity, 1));
       CHECK(matching(*session, company::kEntity, where::all({})).empty());
     }},
    {"values of all kinds come back as they were given",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       const std::string long_text(100'000, 'x');
       const std::vector<std::vector<Value>> all{
           {"", "", std::numeric_limits<std::int64_t>::min(), -0.1, Bytes{""}, kNull},
           {"ёлка 🎄", "'; drop table company; --", std::numeric_limits<std::int64_t>::max(), 1e308, Bytes{"text"},
            kNull},
           {"12", "0012", 0, 3.0, Bytes{std::string(3, '\0')}, kNull},
           {long_text, "1e3", -1, 5e-324, Bytes{long_text}, kNull}};
       write(*store, [&](Session& session) {
         for (const auto& values : all) {
           Fields fields;
           for (std::size_t i = 0; i < values.size(); ++i) fields.emplace_back(static_cast<FieldNo>(i + 3), values[i]);
           insert(session, company::kEntity, fields);
         }
       });
       const auto session = store->read();

       for (std::size_t i = 0; i < all.size(); ++i)
         CHECK(row(*session, company::kEntity, static_cast<Id>(i) + 1).values == all[i]);
     }},
    {"every update has a version greater than the one before",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, alpha);
       write(*store, [](Session& session) {
         Version version = row(session, company::kEntity, 1).version;
         for (int i = 0; i < 5; ++i) {
           const Version next = update(session, company::kEntity, 1, version, {{company::kStaff, i}});
           CHECK(next > version);
           CHECK(row(session, company::kEntity, 1).version == next);
           version = next;
         }
       });
     }},
    {"an update of no field is a new version of the same row, with a line of the log",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, alpha);
       const Row before = row(*store->read(), company::kEntity, 1);
       write(*store, [&](Session& session) { update(session, company::kEntity, 1, before.version, {}); });
       const auto session = store->read();

       const Row after = row(*session, company::kEntity, 1);
       CHECK(after.values == before.values);
       CHECK(after.version > before.version);
       const LogLine line = *session->change(after.version);
       CHECK(line.op == Do::update);
       CHECK(line.previous == before.version);
       CHECK(line.old.empty());
     }},
    {"a refresh changes the fields, but neither version nor log",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, alpha);
       const auto session = store->write(monday());
       const Row before = row(*session, company::kEntity, 1);
       const Version last = session->last_change();

       refresh(*session, company::kEntity, 1, {{company::kStaff, 77}});

       const Row after = row(*session, company::kEntity, 1);
       CHECK(after.values[2] == Value(77));
       CHECK(after.version == before.version);
       CHECK(session->last_change() == last);
     }},
    {"a row may refer to itself, and be erased then",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         insert(session, company::kEntity, {{company::kName, "own parent"}, {company::kParent, 1}});
       });
       write(*store, [](Session& session) {
         CHECK(matching(session, company::kEntity, where::eq({company::kParent, company::kName}, "own parent")) ==
               std::vector<Id>{1});
         erase(session, company::kEntity, 1, row(session, company::kEntity, 1).version);
       });
       const auto session = store->read();

       CHECK_FALSE(session->find(company::kEntity, 1));
     }},
    {"changes of one apply see those before them",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         Batch batch(session);
         const Id parent = batch.insert(company::kEntity, {{company::kName, "parent"}, {company::kInn, "1"}});
         const Id child = batch.insert(company::kEntity, {{company::kName, "child"}, {company::kParent, parent}});
         batch.update(company::kEntity, parent, 1, {{company::kInn, kNull}});
         batch.update(company::kEntity, child, 1, {{company::kInn, "1"}, {company::kParent, kNull}});
         batch.erase(company::kEntity, parent, 2);
         CHECK(batch.apply() == std::vector<Version>{1, 1, 2, 3, 4});
       });
       const auto session = store->read();

       CHECK(matching(*session, company::kEntity, where::eq(company::kInn, "1")) == std::vector<Id>{2});
       CHECK_FALSE(session->find(company::kEntity, 1));
     }},
    {"ids grow one by one from 1, for each entity by itself",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       const auto session = store->write(monday());

       CHECK(session->reserve(company::kEntity) == 1);
       CHECK(session->reserve(company::kEntity) == 2);
       CHECK(session->reserve(person::kEntity) == 1);
       CHECK(session->reserve(company::kEntity) == 3);
     }},
    {"an id is not given again when its row is erased, even the largest one",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         alpha(session);
         erase(session, company::kEntity, 1, row(session, company::kEntity, 1).version);
         CHECK(session.reserve(company::kEntity) == 2);
       });
       write(*store, [](Session& session) { CHECK(session.reserve(company::kEntity) == 3); });
     }},
    {"an id that the host chose is not given again",
     [](const StoreUnderTest& under_test) {
       const auto store = under_test.make(shop());
       write(*store, [](Session& session) {
         Batch batch(session);
         batch.insert_as(company::kEntity, 1'000'000, {{company::kName, "imported"}});
         batch.apply();
         CHECK(session.reserve(company::kEntity) == 1'000'001);
         Batch smaller(session);
         smaller.insert_as(company::kEntity, 5, {{company::kName, "imported later"}});
         smaller.apply();
         CHECK(session.reserve(company::kEntity) == 1'000'002);
       });
     }},
    {"an apply of nothing does nothing",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, alpha);
       write(*store, [](Session& session) {
         session.apply({});
         CHECK(session.last_change() == 1);
       });
     }},
};

}  // namespace

std::span<const Case> write_cases() { return kCases; }

}  // namespace crm::conformance
