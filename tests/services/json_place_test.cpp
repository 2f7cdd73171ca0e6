// Every question and batch in JSON tells where what it does not understand stands.
#include "crm/services/json_door.hpp"
#include "fixture.hpp"
#include "place_of.hpp"

using namespace crm;
using namespace crm::test;

TEST_CASE("every other question tells the place of what it does not understand") {
  House house("memory:");
  Crm& db = house.db;
  CHECK(place_of([&] { pivot_query(R"({"rows": ["manager", "planet"]})"); }) == "rows[1]");
  CHECK(place_of([&] { pivot_query(R"({"rows": ["manager"], "wher": 1})"); }) == "wher");
  CHECK(place_of([&] {
          db.pivot(pivot_query(R"({"from": "2026-01-01", "to": "2026-02-01", "rows": ["manager"], "figures": ["events"], "where": {"all": [{"field": "purpose", "vaule": 1}]}})"));
        }) == "where.all[0].vaule");
  CHECK(place_of([&] { funnel_query(db, R"({"events": {"any": [{"field": "purpose", "value": {"param": 1}}]}})"); }) == "events");
  CHECK(place_of([&] { funnel_query(db, R"({"companies": {"field": "name", "value": "a", "text": "b"}})"); }) == "companies.text");
  CHECK(place_of([&] { plan_fact_query(db, R"({"from": "2026-01-01", "to": "2026-02-01", "by": ["user", 5]})"); }) == "by[1]");
  CHECK(place_of([&] { receipt_query(db, R"({"period": "hour"})"); }) == "period");
  CHECK(place_of([&] { receipt_query(db, R"({"company_id": {"$external": {"system": "s", "kind": "k", "key": "1", "keys": 2}}})"); }) == "company_id.$external.keys");
  CHECK(place_of([&] { whitespace_query(db, R"({"company_ids": [1, "b"]})"); }) == "company_ids[1]");
  CHECK(place_of([&] { demand_query(db, R"({"from": "yesterday"})"); }) == "from");
  CHECK(place_of([&] { calendar_request(db, R"({"view": "year"})"); }) == "view");
  CHECK(place_of([&] { audit_json(db, R"({"entity": "klient"})"); }) == "entity");
  CHECK(place_of([&] { set_plans_json(db, R"([{"measure": "events"}, {"measur": 1}])"); }) == "[1]");
  CHECK(place_of([&] { save_json(db, R"([{"entity": "company", "name": "a", "external_id": {"system": "s", "kind": "k", "key": "1", "kye": 1}}])"); }) == "external_id.kye");
  CHECK(place_of([&] { save_json(db, R"([{"entity": "company", "name": "a"}, {"entity": "event", "lines": [{"product": 1}]}])"); }) == "[1].lines[0]");
  CHECK(place_of([&] { save_json(db, R"([{"entity": "company", "name": "a", "supplier_id": {"$ref": "b"}}])"); }) == "supplier_id");
}
