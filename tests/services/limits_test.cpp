// Limits of what is asked, saved, told and kept: one just within works, one above is refused by its rule and changes nothing.
#include <string>

#include "conformance/fault.hpp"
#include "crm/services/json_door.hpp"
#include "crm/services/loader.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

Crm opened(const std::string& path, const Limits& limits) {
  CrmOptions options;
  options.limits = limits;
  return crm::open(path, std::move(options));
}

Query companies(std::optional<Filter> filter) {
  Query query;
  query.entity = Company::kEntity;
  query.columns = {kId};
  query.filter = std::move(filter);
  return query;
}

/// The rule by which each door refuses the condition; all doors the same, or "several".
std::string refused_at_every_door(Crm& db, const Filter& filter) {
  Aggregate count;
  count.entity = Company::kEntity;
  count.filter = filter;
  count.measures = {{}};
  const auto snapshot = db.snapshot();
  const std::string rules[] = {refusal([&] { db.select(companies(filter)); }), refusal([&] { db.rows(Company::kEntity, companies(filter)); }),
                               refusal([&] { db.list<Company>(companies(filter)); }), refusal([&] { db.aggregate(count); }),
                               refusal([&] { snapshot->select(companies(filter)); }), refusal([&] { snapshot->aggregate(count); })};
  for (const std::string& rule : rules)
    if (rule != rules[0]) return "several";
  return rules[0];
}

Filter nested(int levels) {
  Filter filter = where::eq(kId, Id{1});
  for (int i = 1; i < levels; ++i) filter = i % 2 ? where::all({std::move(filter)}) : where::none({std::move(filter)});
  return filter;
}

Filter any_of(int conditions) {
  std::vector<Filter> parts;
  for (int i = 0; i < conditions; ++i) parts.push_back(where::eq(Company::kName, std::string("Клиент ") + std::to_string(i)));
  return where::any(std::move(parts));
}

Filter all_of(int conditions) {
  std::vector<Filter> parts;
  for (int i = 0; i < conditions; ++i) parts.push_back(where::ne(Company::kName, std::string("Клиент ") + std::to_string(i)));
  return where::all(std::move(parts));
}

Filter in_list(int values) {
  std::vector<Value> ids;
  for (int i = 0; i < values; ++i) ids.emplace_back(Id{i + 1});
  return where::in(kId, std::move(ids));
}

std::string deep(int levels) { return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']'); }

}  // namespace

TEST_CASE("the limits as they are by themselves") {
  for (const std::string& path : stores()) {
    CAPTURE(path);
    Crm db = crm::open(path);
    CHECK(refused_at_every_door(db, nested(32)) == "");
    CHECK(refused_at_every_door(db, nested(33)) == "limit.nesting");
    CHECK(refused_at_every_door(db, any_of(1000)) == "");
    CHECK(refused_at_every_door(db, any_of(1001)) == "limit.conditions");
    CHECK(refused_at_every_door(db, all_of(1000)) == "");
    CHECK(refused_at_every_door(db, all_of(1001)) == "limit.conditions");
    CHECK(refused_at_every_door(db, where::none({any_of(1000)})) == "");
    CHECK(refused_at_every_door(db, in_list(16'384)) == "");
    CHECK(refused_at_every_door(db, in_list(16'385)) == "limit.values");
    CHECK(refused_at_every_door(db, where::contains(Company::kName, std::string(1000, 'x'))) == "");
    CHECK(refused_at_every_door(db, where::contains(Company::kName, std::string(1001, 'x'))) == "limit.search");
    CHECK(refused_at_every_door(db, where::starts_with(Company::kName, std::string(1001, 'x'))) == "limit.search");
    CHECK(refused_at_every_door(db, where::eq(Company::kName, std::string(1'000'000, 'x'))) == "");
    CHECK(refused_at_every_door(db, where::eq(Company::kName, std::string(1'000'001, 'x'))) == "limit.text");
    CHECK(refusal([&] { db.search_contacts(std::string(1000, 'x')); }) == "");
    CHECK(refusal([&] { db.search_contacts(std::string(1001, 'x')); }) == "limit.search");
    Query wide = companies({});
    wide.columns.assign(500, kId);
    CHECK(refusal([&] { db.select(wide); }) == "");
    wide.columns.assign(501, kId);
    CHECK(refusal([&] { db.select(wide); }) == "limit.columns");
    const auto json = [](int columns) {
      std::string out = R"({"entity": "company", "order": ["name"], "columns": ["id")";
      for (int i = 1; i < columns; ++i) out += R"(, "id")";
      return out + "]}";
    };
    CHECK(refusal([&] { query_json(db, json(500)); }) == "");
    CHECK(refusal([&] { query_json(db, json(501)); }) == "limit.columns");
  }
}

TEST_CASE("many conditions find what each finds by itself") {
  for (const std::string& path : stores()) {
    House house(path);
    const CompanyId last = house.company("Клиент 999"), other = house.company("Клиент без номера");
    for (const auto& [filter, found] : {std::pair(any_of(1000), last), std::pair(all_of(1000), other)}) {
      const auto rows = house.db.list<Company>(companies(filter));
      REQUIRE(rows.size() == 1);
      CHECK(rows[0].id == found);
    }
  }
}

TEST_CASE("a limit is an option") {
  Limits limits;
  limits.nesting = limits.conditions = limits.values = limits.columns = limits.search_bytes = Limits::kNoLimit;
  for (const std::string& path : stores()) {
    CAPTURE(path);
    Crm db = opened(path, limits);
    CHECK(refused_at_every_door(db, any_of(5000)) == "");
    CHECK(refused_at_every_door(db, nested(101)) == "limit.nesting");
    CHECK(refused_at_every_door(db, in_list(300'000)) == "");
    CHECK(refusal([&] { db.search_contacts(std::string(2000, 'x')); }) == "");
  }
}

TEST_CASE("JSON is no deeper than it may be, at every door") {
  for (const std::string& path : stores()) {
    House house(path);
    const auto refused = [&](const std::string& json) {
      const std::string rules[] = {refusal([&] { query_json(house.db, json); }), refusal([&] { save_json(house.db, json); }),
                                   refusal([&] { audit_json(house.db, json); }), refusal([&] { funnel_query(house.db, json); }),
                                   refusal([&] { whitespace_json(house.db, json); }), refusal([&] { set_plans_json(house.db, json); }),
                                   refusal([&] { post_document_json(house.db, json, false); }), refusal([&] { calendar_request(house.db, json); }),
                                   refusal([&] { pivot_query(json); }), refusal([&] { receipts_json(house.db, json); }),
                                   refusal([&] { set_characteristic_json(house.db, {Company::kEntity, 1}, "code", json); })};
      for (const std::string& rule : rules)
        if (rule != rules[0]) return rules[0] + ", " + rule;
      return rules[0];
    };
    CHECK(refused(deep(33)) == "limit.nesting");
    CHECK(refused(deep(1'000'000)) == "limit.nesting");
    CHECK(refusal([&] { query_json(house.db, deep(32)); }) == "query.bad");  // read, and no query
  }
}

TEST_CASE("a host's answer that is too deep is his failure") {
  House house("memory:");
  CHECK_THROWS_AS(host_page("products", deep(1'000'000)), Error);
  CHECK(refusal([&] { host_page("products", deep(1'000'000)); }) == "X1.host");
}

TEST_CASE("a text of a record is no longer than it may be, whichever function writes it") {
  Limits limits;
  limits.text_bytes = 40;
  const std::string within(40, 'x'), above(41, 'x');
  for (const std::string& path : stores()) {
    CAPTURE(path);
    House house(opened(path, limits));
    const CompanyId vektor = house.company("Вектор");
    Event event;
    event.type = house.meeting;
    event.company = vektor;
    event.executor = house.manager;
    event.start = at("2026-03-03T10:00:00+07:00");
    event.end = at("2026-03-03T11:00:00+07:00");
    house.db.plan(event);
    const Version before = house.db.store().read()->last_change();
    const auto json = [](const std::string& name) { return R"([{"entity": "company", "name": ")" + name + R"("}])"; };
    ActionRequest request;
    request.reason = above;
    request.start = at("2026-03-04T10:00:00+07:00");
    request.end = at("2026-03-04T11:00:00+07:00");

    CHECK(refusal([&] { house.company(above.c_str()); }) == "field.too_long");
    CHECK(refusal([&] { save_json(house.db, json(above)); }) == "field.too_long");
    CHECK(refusal([&] { house.db.link_external("1c", "client", above, {Company::kEntity, vektor.value}); }) == "field.too_long");
    CHECK(refusal([&] { house.db.act(event.id, 0, Action::reschedule, request); }) == "field.too_long");
    CHECK(house.db.store().read()->last_change() == before);

    request.reason = within;
    CHECK(refusal([&] { house.company(within.c_str()); }) == "");
    CHECK(refusal([&] { save_json(house.db, json(within)); }) == "");
    CHECK(refusal([&] { house.db.link_external("1c", "client", within, {Company::kEntity, vektor.value}); }) == "");
    CHECK(refusal([&] { house.db.act(event.id, 0, Action::reschedule, request); }) == "");
  }
}

TEST_CASE("the first load keeps to the length of a text") {
  Limits limits;
  limits.text_bytes = 40;
  Crm db = opened("memory:", limits);
  std::vector<Company> cards(1);
  cards[0].id = {7};
  cards[0].name = std::string(41, 'x');
  {
    Loader loader(db);
    CHECK(refusal([&] { loader.add(cards, std::span<ContactPoint>()); }) == "field.too_long");
  }
  CHECK(db.list<Company>({}).empty());
}

TEST_CASE("an answer is given whole or not at all") {
  Limits limits;
  limits.answer_rows = 3;
  for (const std::string& path : stores()) {
    CAPTURE(path);
    House house(opened(path, limits));
    for (const char* name : {"А", "Б", "В"}) house.company(name);
    Aggregate by_name;
    by_name.entity = Company::kEntity;
    by_name.keys = {{Company::kName, {}}};
    by_name.measures = {{}};
    const std::string all = R"({"entity": "company", "columns": ["id"]})", page = R"({"entity": "company", "columns": ["id"], "limit": 3})";
    CHECK(refusal([&] { query_json(house.db, all); }) == "");
    CHECK(house.db.list<Company>({}).size() == 3);
    CHECK(house.db.aggregate(by_name).rows.size() == 3);

    house.company("Г");
    CHECK(refusal([&] { query_json(house.db, all); }) == "limit.rows");
    CHECK(refusal([&] { query_json(house.db, page); }) == "");
    CHECK(refusal([&] { house.db.list<Company>({}); }) == "limit.rows");
    CHECK(refusal([&] { house.db.aggregate(by_name); }) == "limit.rows");
    int seen = 0;
    for (Rows rows = house.db.select(companies({})); rows.next();) ++seen;
    CHECK(seen == 4);  // a cursor has no end
  }
}

TEST_CASE("the JSON of rows is no longer than it may be") {
  Limits limits;
  limits.answer_bytes = 100;
  House house(opened("memory:", limits));
  house.company("Вектор");
  CHECK(refusal([&] { query_json(house.db, R"({"entity": "company", "columns": ["name"]})"); }) == "");
  house.company(std::string(80, 'x').c_str());
  CHECK(refusal([&] { query_json(house.db, R"({"entity": "company", "columns": ["name"]})"); }) == "limit.bytes");
}

TEST_CASE("the sentence of a limit names it in both languages") {
  const Violation violation{"limit.conditions", 0, 0, 0, "1001", "1000"};
  CHECK(describe(violation) == "question has 1001 conditions, more than 1000: ask it in parts, or open the base with a larger limit");
  CHECK(describe(violation, Language::russian) ==
        "в вопросе условий 1001, больше 1000: задайте его частями или откройте базу с большим пределом");
}

namespace {

CrmOptions with(const Limits& limits) {
  CrmOptions options;
  options.limits = limits;
  return options;
}

/// A house with events, over a store that counts how often it is asked.
struct Reported {
  explicit Reported(const Limits& limits)
      : store(open_memory_store(current_schema())), house(Crm(conformance::with_fault(*store, asked), with(limits))) {
    const CompanyId vektor = house.company("Вектор");
    for (int i = 0; i < 40; ++i) {
      Event event;
      event.type = house.meeting;
      event.company = vektor;
      event.executor = i % 3 ? house.manager : house.other;
      event.start = at("2026-02-03T10:00:00+07:00") + std::chrono::hours(i);
      event.end = *event.start + std::chrono::hours(1);
      house.db.record(event);
    }
  }
  /// A report; how often the store was asked for it.
  int calls_of_a_report(std::string& told) {
    PivotQuery query;
    query.from = day("2026-01-01");
    query.to = day("2026-04-01");
    query.rows = {{Dimension::manager, {}}};
    const int before = asked.calls;
    told = pivot_json(house.db.pivot(query));
    return asked.calls - before;
  }

  std::unique_ptr<Store> store;
  conformance::Fault asked;
  House house;
};

}  // namespace

TEST_CASE("beyond the limit of what may be kept in memory reports read the base, for the same numbers") {
  Limits narrow;
  for (const std::int64_t bytes : {std::int64_t{0}, std::int64_t{1000}, std::int64_t{40 * 64}}) {
    CAPTURE(bytes);
    narrow.resident_bytes = bytes;
    Reported kept({}), read(narrow);
    std::string of_kept, of_read;
    for (int times = 0; times < 3; ++times) {
      kept.calls_of_a_report(of_kept);
      read.calls_of_a_report(of_read);
      CHECK(of_kept == of_read);
    }
    CHECK(kept.calls_of_a_report(of_kept) < 40);
    CHECK(read.calls_of_a_report(of_read) > 40);  // each event is a row
    CHECK(of_kept == of_read);
    CHECK(of_kept.find("[26]") != std::string::npos);
  }
}
