// Every kind of condition asked of a base in a file, as users compose them; tests/stores/plans_test.py explains these questions and those of all
// other tests here, on the new base that this test leaves beside their texts.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

const char* const kConditions[] = {
    R"("characteristic": "number", "op": "eq", "value": 5)",
    R"("characteristic": "number", "op": "ne", "value": 5)",
    R"("characteristic": "number", "op": "lt", "value": 5)",
    R"("characteristic": "number", "op": "ge", "value": 5)",
    R"("characteristic": "number", "op": "in", "value": [5, 6, 7])",
    R"("characteristic": "text", "op": "eq", "value": "а")",
    R"("characteristic": "text", "op": "gt", "value": "а")",
    R"("characteristic": "text", "op": "starts_with", "value": "кабель")",
    R"("characteristic": "text", "op": "contains", "value": "абель")",
    R"("any": [{"characteristic": "number", "op": "gt", "value": 5}, {"characteristic": "text", "op": "starts_with", "value": "к"}])",
    R"("none": [{"characteristic": "number", "op": "le", "value": 5}])",
    R"("sphere": 1)",
    R"("classifier_node": 1)",
    R"("manager": 1)",
    R"("field": "id", "op": "in", "value": [1, 2, 3])",
    R"("field": "version", "op": "gt", "value": 3)",
};

const char* const kOfCompanies[] = {
    R"("text": "вектор")",
    R"("text": "ве")",
    R"("field": "name", "op": "starts_with", "value": "В")",
    R"("field": "status", "value": "active")",
    R"("all": [{"field": "status", "value": "active"}, {"field": "score", "op": "lt", "value": 50}])",
    R"("field": "created_by.supervisor_id", "value": 2)",
    R"("exists": {"entity": "event", "link": "company_id", "where": {"field": "start_at", "op": "ge", "value": "2026-03-01T00:00:00Z"}})",
    R"("exists": {"entity": "legal_entity", "link": "company_id", "where": {"field": "inn", "op": "starts_with", "value": "77"}})",
    R"("exists": {"entity": "receipt", "link": "company_id", "where": {"field": "amount", "op": "gt", "value": 100}})",
    R"("exists": {"entity": "assignment", "link": "company_id", "where": {"field": "user.login", "value": "a"}})",
};

const char* const kOfEvents[] = {
    R"("field": "state", "op": "in", "value": ["planned", "overdue"])",
    R"("all": [{"field": "executor_id", "value": 3}, {"field": "start_at", "op": "ge", "value": "2026-03-01T00:00:00Z"}])",
    R"("field": "executor_id", "op": "in", "value": [3, 4])",
    R"("all": [{"field": "type_id", "value": 1}, {"field": "stored_state", "value": "held"}, {"field": "company_id", "value": 1}])",
    R"("any": [{"field": "company_id", "value": 1}, {"field": "executor_id", "value": 3}])",
    R"("field": "company.name", "op": "starts_with", "value": "В")",
    R"("field": "company.created_by.last_name", "value": "Начальников")",
    R"("product": 1)",
    R"("exists": {"entity": "watcher", "link": "event_id", "where": {"field": "user_id", "value": 3}})",
    R"("exists": {"entity": "event_line", "link": "event_id", "where": {"field": "amount", "op": "gt", "value": 1}})",
};

void characteristic(Crm& db, const char* code, Characteristic::Kind kind) {
  Characteristic made;
  made.code = code;
  made.name_ru = code;
  made.applies_to = Company::kEntity;
  made.kind = kind;
  db.save(made);
}

}  // namespace

TEST_CASE("conditions of every kind are answered over a file as over memory, in every order and page by page") {
  const char* const shapes = std::getenv("CRM_SHAPES");
  const std::string path = shapes ? std::string(shapes) + ".db" : (std::filesystem::temp_directory_path() / ("crm_questions_" + std::to_string(getpid()) + ".db")).string();
  const auto remove = [&] {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  };
  remove();
  {
    House file(path), memory("memory:");
    for (House* house : {&file, &memory}) {
      characteristic(house->db, "number", Characteristic::Kind::integer);
      characteristic(house->db, "text", Characteristic::Kind::text);
      for (int i = 0; i < 12; ++i) {
        const CompanyId company = house->company(i % 2 ? "Вектор" : "Сигма");
        const Value number = Id{i}, text = std::string(i % 3 ? "кабель" : "провод");
        house->db.set_characteristic({Company::kEntity, company.value}, "number", {&number, 1});
        house->db.set_characteristic({Company::kEntity, company.value}, "text", {&text, 1});
        house->meet(company, "2026-03-03T10:00:00+07:00");
      }
    }
    const auto ask = [&](const std::string& entity, const std::string& condition, const std::string& order) {
      const std::string query = R"({"entity": ")" + entity + R"(", "columns": ["id"], "limit": 5, "where": {)" + condition + "}" + order;
      CAPTURE(query);
      CHECK(query_json(file.db, query + "}") == query_json(memory.db, query + "}"));
    };
    for (const char* condition : kConditions)
      for (const char* order : {"", R"(, "order": ["version"], "after": [20, 3])", R"(, "after": [7])"}) {
        ask("company", condition, order);
        ask("event", condition, order);
      }
    for (const char* condition : kOfCompanies)
      for (const char* order : {"", R"(, "order": ["name"])", R"(, "order": ["-score", "name"], "after": [0, "Вектор", 4])", R"(, "order": ["created_at"])"})
        ask("company", condition, order);
    for (const char* condition : kOfEvents)
      for (const char* order : {"", R"(, "order": ["start_at"])", R"(, "order": ["-start_at"], "after": ["2026-03-03T03:00:00Z", 9])", R"(, "order": ["company.name"])"})
        ask("event", condition, order);
  }
  if (!shapes) remove();
}
