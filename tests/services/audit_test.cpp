#include <random>

#include "crm/meta/record.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using Changes = std::vector<std::tuple<FieldNo, Value, Value>>;

Changes changes_of(const AuditEntry& entry) {
  Changes all;
  for (const FieldChange& c : entry.changes) all.emplace_back(c.field, c.from, c.to);
  return all;
}

Value text(const char* value) { return std::string(value); }

/// All pages of a query, each as long as asked.
std::vector<AuditEntry> all_pages(Crm& db, AuditQuery query) {
  std::vector<AuditEntry> all;
  for (;;) {
    AuditPage page = db.audit(query);
    CHECK(page.entries.size() <= static_cast<std::size_t>(query.limit));
    for (AuditEntry& entry : page.entries) all.push_back(std::move(entry));
    if (!page.next) return all;
    query.before = page.next;
  }
}

bool same(const AuditEntry& a, const AuditEntry& b) {
  return a.version == b.version && a.at == b.at && a.actor == b.actor && a.done == b.done && a.record == b.record && a.count == b.count &&
         changes_of(a) == changes_of(b);
}

}  // namespace

TEST_CASE("the audit of a record tells who changed what, when, from what to what") {
  for (const std::string& store : stores()) {
    House house(store);
    Company company;
    company.name = "Вектор";
    house.db.save(company);
    house.db.assign(company.id, house.manager, Assignment::Role::main);
    house.now += std::chrono::hours(1);
    house.db.act_as(house.manager);
    company.comment = "звонить утром";
    company.name = "ООО Вектор";
    house.db.save(company);
    house.now += std::chrono::hours(1);
    house.db.act_as(house.chief);
    company.comment.clear();
    house.db.save(company);

    const RecordRef record{Company::kEntity, company.id.value};
    const AuditPage page = house.db.audit({.record = record});
    REQUIRE(page.entries.size() == 3);
    CHECK(page.next == 0);
    CHECK(page.entries[0].actor == house.chief);
    CHECK(page.entries[0].done == Do::update);
    CHECK(page.entries[0].version == company.version);
    CHECK(changes_of(page.entries[0]) == Changes{{Company::kComment, text("звонить утром"), {}}});
    CHECK(page.entries[1].actor == house.manager);
    CHECK(page.entries[1].at == at("2026-03-02T03:00:00Z"));
    CHECK(changes_of(page.entries[1]) ==
          Changes{{Company::kName, text("Вектор"), text("ООО Вектор")}, {Company::kComment, {}, text("звонить утром")}});
    CHECK(page.entries[2].actor == UserId());
    CHECK(page.entries[2].done == Do::insert);
    CHECK(changes_of(page.entries[2]) ==
          Changes{{Company::kName, {}, text("Вектор")}, {Company::kStatus, {}, Value(std::int64_t{0})}});

    CHECK(house.db.audit({.record = record, .actor = house.manager}).entries.size() == 1);
    CHECK(house.db.audit({.record = record, .from = at("2026-03-02T03:00:00Z")}).entries.size() == 2);
    CHECK(house.db.audit({.record = record, .to = at("2026-03-02T03:00:00Z")}).entries.size() == 1);
    CHECK(refusal([&] { house.db.audit({.record = {Company::kEntity, 999}}); }) == "record.not_found");
    CHECK(refusal([&] { house.db.audit({}); }) == "X5.right");
    house.db.act_as(UserId{});
    CHECK(house.db.audit({.record = {Company::kEntity, 999}}).entries.empty());
  }
}

TEST_CASE("what was erased is still told, with its last values") {
  for (const std::string& store : stores()) {
    House house(store);
    ContactPoint phone;
    phone.owner = {Company::kEntity, house.company("Вектор").value};
    phone.value = "+7 383 212-34-56";
    house.db.save(phone);
    phone.note = "приёмная";
    house.db.save(phone);
    house.db.erase(ContactPoint::kEntity, phone.id.value, phone.version);
    const AuditPage page = house.db.audit({.record = {ContactPoint::kEntity, phone.id.value}});
    REQUIRE(page.entries.size() == 3);
    CHECK(page.entries[0].done == Do::erase);
    const Changes erased = changes_of(page.entries[0]);
    CHECK(std::ranges::find(erased, std::tuple(FieldNo{ContactPoint::kNote}, text("приёмная"), Value())) != erased.end());
    CHECK(std::ranges::find(erased, std::tuple(FieldNo{ContactPoint::kValue}, text("+7 383 212-34-56"), Value())) != erased.end());
    CHECK(changes_of(page.entries[1]) == Changes{{ContactPoint::kNote, {}, text("приёмная")}});
    CHECK(page.entries[2].done == Do::insert);
  }
}

// The slow obvious way: every record as it was read after every write, compared field by field.
TEST_CASE("the audit by record, by user, by period and by pages is what was seen to happen") {
  for (const std::string& store : stores()) {
    House house(store);
    std::mt19937 random(20260302);
    for (UserId id : {house.manager, house.chief}) {  // products are an administrator's business, the whole audit as well
      User user = house.db.load(id);
      user.administrator = true;
      house.db.save(user);
    }
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const Version before_all = house.db.audit({.limit = 1}).entries.at(0).version;

    struct Seen {
      Instant at;
      UserId actor;
      RecordRef record;
      Row before, after;
    };
    std::vector<Seen> seen;
    std::vector<RecordRef> records;
    for (int step = 0; step < 250; ++step) {
      house.now += std::chrono::minutes(below(3));
      house.db.act_as(below(2) ? house.manager : house.chief);
      Seen one{house.now, house.db.actor(), {}, {}, {}};
      Record record(entity_info(Product::kEntity), Row());
      if (records.empty() || below(4) == 0) {
        record = Record(Product::kEntity);
      } else {
        one.record = records[static_cast<std::size_t>(below(static_cast<int>(records.size())))];
        record = house.db.load(one.record.entity, one.record.id);
        one.before = record.row;
      }
      record.set(Product::kName, Cell::of(std::string_view("имя " + std::to_string(below(50)))));
      if (below(2)) record.set(Product::kCode, below(3) ? Cell::of(std::string_view("код " + std::to_string(step))) : Cell());
      house.db.save(record);
      if (!one.record) {
        one.record = {Product::kEntity, record.row.id};
        records.push_back(one.record);
      }
      one.after = house.db.load(one.record.entity, one.record.id).row;
      if (one.after.version != one.before.version) seen.push_back(one);
    }

    const auto wanted = [&](auto&& filter) {
      std::vector<AuditEntry> all;
      for (const Seen& s : seen) {
        if (!filter(s)) continue;
        AuditEntry entry{s.after.version, s.at, s.actor, s.before.id ? Do::update : Do::insert, s.record, 1, {}};
        const EntityInfo& info = entity_info(Product::kEntity);
        for (std::size_t i = 0; i < info.fields.size(); ++i) {
          const Value from = s.before.id ? s.before.values[i] : Value();
          if (from != s.after.values[i]) entry.changes.push_back({info.fields[i].no, from, s.after.values[i]});
        }
        all.insert(all.begin(), entry);
      }
      return all;
    };
    const auto check = [&](const std::vector<AuditEntry>& told, const std::vector<AuditEntry>& expected) {
      REQUIRE(told.size() == expected.size());
      for (std::size_t i = 0; i < told.size(); ++i) CHECK(same(told[i], expected[i]));
    };
    const auto newer = [&](std::vector<AuditEntry> told) {
      std::erase_if(told, [&](const AuditEntry& e) { return e.version <= before_all; });
      return told;
    };

    check(newer(all_pages(house.db, {})), wanted([](const Seen&) { return true; }));
    check(newer(all_pages(house.db, {.limit = 7})), wanted([](const Seen&) { return true; }));
    check(newer(all_pages(house.db, {.actor = house.chief, .limit = 10})), wanted([&](const Seen& s) { return s.actor == house.chief; }));
    for (const RecordRef record : records)
      check(all_pages(house.db, {.record = record, .limit = 2}), wanted([&](const Seen& s) { return s.record == record; }));
    for (int i = 0; i < 10; ++i) {
      const Instant from = at("2026-03-02T02:01:00Z") + std::chrono::minutes(below(250));
      const Instant to = from + std::chrono::minutes(below(120));
      check(all_pages(house.db, {.from = from, .to = to, .limit = 9}), wanted([&](const Seen& s) { return from <= s.at && s.at < to; }));
    }
  }
}

TEST_CASE("a clock that was set back, or stood far ahead for a moment, hides nothing from the audit of a period") {
  CRM_EVERY_STORE {
    House house(store);
    const auto saved_at = [&](const char* when, ProductId id, const char* name) {
      house.now = at(when);
      Product product;
      if (id) product = house.db.load(id);
      product.name = name;
      house.db.save(product);
      return product.id;
    };
    const ProductId tea = saved_at("2026-12-01T00:00:00Z", {}, "Чай");
    saved_at("1970-01-01T00:00:00Z", tea, "Чай чёрный");
    saved_at("2066-12-01T00:00:00Z", tea, "Чай красный");
    saved_at("2026-12-01T00:00:02Z", tea, "Чай белый");
    saved_at("2026-12-01T00:00:01Z", tea, "Чай зелёный");
    const auto names = [&](AuditQuery query) {
      std::vector<Value> all;
      for (const AuditEntry& entry : all_pages(house.db, std::move(query))) all.push_back(entry.changes.at(0).to);
      return all;
    };
    const Instant year = at("2026-12-01T00:00:00Z");
    const Instant next_year = at("2027-01-01T00:00:00Z");

    for (std::int64_t limit : {1, 2, 100}) {
      CHECK(names({.from = year, .to = next_year, .limit = limit}) == std::vector{text("Чай белый"), text("Чай зелёный"), text("Чай")});
      CHECK(names({.record = {Product::kEntity, tea.value}, .from = year, .to = next_year, .limit = limit}) ==
            std::vector{text("Чай зелёный"), text("Чай белый"), text("Чай")});
      CHECK(names({.from = next_year, .limit = limit}) == std::vector{text("Чай красный")});
      CHECK(names({.to = at("2000-01-01T00:00:00Z"), .limit = limit}) == std::vector{text("Чай чёрный")});
    }
    const auto changes = all_pages(house.db, {.from = year, .to = next_year}).at(0).changes;
    CHECK(changes.at(0).from == text("Чай красный"));
  }
}

TEST_CASE("records made together are told together, and singly each on its own") {
  for (const std::string& store : stores()) {
    House house(store);
    Product tea;
    tea.name = "Чай";
    house.db.save(tea);
    Event event;
    event.type = house.meeting;
    event.company = house.company("Вектор");
    event.executor = house.manager;
    event.start = house.now;
    std::vector<EventLine> lines(3);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lines[i].product = tea.id;
      lines[i].quantity = Decimal{static_cast<std::int64_t>(i + 1) * 1'000'000};
    }
    house.db.plan(event, lines);
    const auto newest = house.db.audit({.limit = 10}).entries;
    const auto made = std::ranges::find(newest, EventLine::kEntity, [](const AuditEntry& e) { return e.record.entity; });
    REQUIRE(made != newest.end());
    CHECK(made->count == 3);
    CHECK(made->record.id == lines[0].id.value);
    CHECK(made->changes.empty());
    const auto second = house.db.audit({.record = {EventLine::kEntity, lines[1].id.value}}).entries;
    REQUIRE(second.size() == 1);
    CHECK(second[0].done == Do::insert);
    CHECK(std::ranges::count(second[0].changes, FieldNo{EventLine::kQuantity}, &FieldChange::field) == 1);
  }
}

TEST_CASE("no door writes the log") {
  for (const std::string& store : stores()) {
    House house(store);
    for (const EntityInfo* info : entities()) CHECK(std::string(info->name) != "change_log");
    CHECK_THROWS_AS(static_cast<void>(house.db.audit({.limit = 0})), Error);
    CHECK_THROWS_AS(static_cast<void>(house.db.audit({.limit = 1001})), Error);
    CHECK_THROWS_AS(static_cast<void>(house.db.audit({.record = {65534, 1}})), Error);
  }
}
