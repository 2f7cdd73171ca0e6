// M8, M9 as JSON.
#include "crm/services/json_door.hpp"
#include "plan_firm.hpp"

using namespace crm;
using namespace crm::test;

TEST_CASE("plans and plan-fact as JSON") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const std::string user = std::to_string(firm.manager.value);
    const std::string cells = set_plans_json(
        firm.db, R"({"measure": "amount", "amount": 1000, "user_ids": [)" + user + R"(], "periods": [["2026-03-01", "2026-03-16"], ["2026-03-16", "2026-04-01"]], "weights": [1, 2]})");
    CHECK(cells.find(R"("amount":333,"currency":"RUB")") != std::string::npos);
    CHECK(cells.find(R"("amount":667,"currency":"RUB")") != std::string::npos);
    firm.held(firm.manager, "2026-03-02T10:00:00+07:00", {Firm::line(firm.cable, 250, 1)});
    const std::string question = R"("from": "2026-03-01", "to": "2026-04-01", "measures": ["amount"])";

    CHECK(plan_fact_json(firm.db, "{" + question + R"(, "by": ["user", "department"]})") ==
          R"({"from":"2026-03-01","to":"2026-04-01","as_of":"2026-03-16T05:00:00Z","version_at":"2026-03-16T05:00:00Z","staff_on":"2026-03-16","rows":[)"
          R"({"measure":"amount","currency":"RUB","department_id":1,"department":"Продажи","user_id":)" + user + R"(,"user":"Менеджеров","level":0,"additive":true,)"
          R"("plan":1000,"fact":250,"deviation":-750,"attainment":2.5E-1,"forecast":500,"version":"2026-03-16T05:00:00Z"},)"
          R"({"measure":"amount","currency":"RUB","department_id":2,"department":"Север","user_id":)" + user + R"(,"user":"Менеджеров","level":1,"additive":true,)"
          R"("plan":1000,"fact":250,"deviation":-750,"attainment":2.5E-1,"forecast":500,"version":"2026-03-16T05:00:00Z"}],"totals":[)"
          R"({"measure":"amount","currency":"RUB","additive":true,"plan":1000,"fact":250,"deviation":-750,"attainment":2.5E-1,"forecast":500,"version":"2026-03-16T05:00:00Z"}]})");
    CHECK(plan_fact_ids_json(firm.db, "{" + question + R"(, "row": {"measure": "amount", "currency": "RUB", "user_id": )" + user + R"(, "plan": 1000}})") ==
          R"({"ids":[1],"entity":"event"})");
    CHECK(plan_fact_ids_json(firm.db, "{" + question + R"(, "row": {"measure": "amount", "currency": "RUB", "user_id": null}})") == R"({"ids":[]})");
    for (const char* wrong : {R"([])", R"({"from": "2026-03-01"})", R"({"from": "2026-03-01", "to": "2026-04-01", "by": ["sphere"]})",
                              R"({"from": "2026-03-01", "to": "2026-04-01", "measures": ["profit"]})", R"({"from": "2026-03-01", "to": "2026-04-01", "day": 1})",
                              R"({"from": "March", "to": "2026-04-01"})"})
      CHECK(refusal([&] { plan_fact_json(firm.db, wrong); }) == "json.kind");
  }
}
