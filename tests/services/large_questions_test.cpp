// What is long is asked; what a store cannot take is named as too large.
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

std::string found(Crm& db, const Query& query) {
  std::string ids;
  Rows rows = db.select(query);
  while (const Cell* cells = rows.next()) ids += (ids.empty() ? "" : " ") + std::to_string(cells[0].integer);
  return ids;
}

Query companies(Filter filter) {
  Query query;
  query.entity = Company::kEntity;
  query.columns = {kId};
  query.filter = std::move(filter);
  return query;
}

/// What a store takes is asked, and not what an option allows.
Crm unlimited(const std::string& path) {
  CrmOptions options;
  options.limits.values = options.limits.conditions = options.limits.columns = options.limits.nesting = Limits::kNoLimit;
  return crm::open(path, options);
}

}  // namespace

TEST_CASE("a list of any length finds what stands in it") {
  CRM_EVERY_STORE {
    House house(unlimited(store));
    Company second;
    second.name = "Вторая";
    second.source = "\"А\"\\\t\x01б";
    house.company("Первая");
    house.db.save(second);
    house.company("Третья");
    std::vector<Value> ids, sources;
    for (std::int64_t id = 2; id < 300'000; ++id) ids.emplace_back(id);
    for (int i = 0; i < 600; ++i) sources.emplace_back("\"" + std::to_string(i) + "\\\x1f");
    CHECK(found(house.db, companies(where::in(Company::kSource, sources))) == "");
    sources.emplace_back(second.source);

    CHECK(found(house.db, companies(where::in(kId, ids))) == "2 3");
    CHECK(found(house.db, companies(where::none({where::in(kId, ids)}))) == "1");
    CHECK(found(house.db, companies(where::in(Company::kSource, sources))) == "2");
    CHECK(found(house.db, companies(where::none({where::in(Company::kSource, sources)}))) == "1 3");
    ids.emplace_back(1.0);  // a number that is no integer is bound by itself, in a list that is short enough
    ids.erase(ids.begin(), ids.begin() + 290'000);
    CHECK(found(house.db, companies(where::in(kId, ids))) == "1");
  }
}

TEST_CASE("thousands of conditions are asked at once") {
  CRM_EVERY_STORE {
    House house(unlimited(store));
    house.company("Первая");
    house.company("Вторая");
    std::vector<Filter> others, all;
    for (std::int64_t id = 0; id < 3'000; ++id) {
      others.push_back(where::eq(kId, id + 2));
      all.push_back(where::ne(kId, id + 2));
    }
    CHECK(found(house.db, companies(where::all(all))) == "1");
    CHECK(found(house.db, companies(where::any(others))) == "2");
    CHECK(found(house.db, companies(where::none(others))) == "1");
  }
}

TEST_CASE("what SQLite cannot take is refused, and the limit is named") {
  House house(unlimited(":memory:"));
  const auto refused = [&](const Query& query) {
    try {
      found(house.db, query);
      return std::string("found");
    } catch (const Error& error) {
      CHECK(error.code() == Code::invalid_argument);
      CHECK(error.refused_by("limit.store"));
      return error.violations().front().detail;
    }
  };
  Query columns = companies(where::all({}));
  columns.columns.assign(3'000, kId);
  CHECK(refused(columns) == "at most 2000 columns");
  Query orders = companies(where::all({}));
  orders.order.assign(3'000, {Company::kName, false});
  CHECK(refused(orders) == "at most 2000 orders");
  Filter deep = where::eq(kId, Id{1});
  for (int i = 0; i < 40; ++i) deep = where::exists(Company::kEntity, kId, kId, {std::move(deep)});
  CHECK(refused(companies(deep)) == "conditions not so deep inside one another");
  house.company("Первая");  // the handle goes on
  CHECK(found(house.db, companies(where::all({}))) == "1");
}

TEST_CASE("after a null come all rows whose field is always filled in") {
  CRM_EVERY_STORE {
    House house(unlimited(store));
    house.company("Б");
    house.company("А");
    Query query = companies(where::all({}));
    query.order = {{Company::kName, false}};
    query.after = {Value(), std::int64_t{0}};
    CHECK(found(house.db, query) == "2 1");
    query.order[0].descending = true;
    CHECK(found(house.db, query) == "");
  }
}

TEST_CASE("nothing is one of no values, whichever indexes a table has") {
  CRM_EVERY_STORE {
    House house(store);
    house.company("Первая");
    for (const EntityInfo* info : entities())
      for (const FieldInfo& field : info->fields)
        for (const FieldInfo& other : info->fields) {
          CAPTURE(info->name);
          CAPTURE(field.name);
          Query query;
          query.entity = info->no;
          query.columns = {kId};
          query.filter = where::all({where::in(field.no, {}), where::not_null(other.no)});
          query.order = {{other.no, false}};
          query.limit = 10;
          CHECK(found(house.db, query) == "");
        }
  }
}
