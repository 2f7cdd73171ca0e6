// E10: every kind of condition with every op and every shape of value: both stores find what a plain reading finds, or refuse with the place.
#include <boost/json.hpp>

#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

constexpr const char* kOps[] = {"eq", "ne", "lt", "le", "gt", "ge", "in", "is_null", "not_null", "contains", "starts_with"};
constexpr const char* kShapes[] = {"null", "[]", "[null]", "{}", "{\"param\": 1}", "{\"param\": 0}", "\"text\"", "\"\"", "7", "-1", "1.5", "true", "9223372036854775807",
                                   "9223372036854775808", "\"2026-03-02\"", "\"active\"", "[7]", "[[7]]", "[\"text\", 7]", "[\"text\", null]", "{\"value\": 7}"};

/// The answer, or what is refused and where.
std::string asked(Crm& db, const std::string& json) {
  try {
    return query_json(db, json);
  } catch (const Error& error) {
    std::string told(name(error.code()));
    for (const Violation& violation : error.violations()) told += " " + violation.rule + " " + violation.value + " " + violation.detail;
    return told;
  }
}

void fill(House& house) {
  Crm& db = house.db;
  Dictionary dictionary;
  dictionary.name = "Регионы";
  db.save(dictionary);
  DictionaryValue value;
  value.dictionary = dictionary.id;
  value.text = "text";
  db.save(value);
  for (const auto kind : {Characteristic::Kind::text, Characteristic::Kind::integer, Characteristic::Kind::decimal, Characteristic::Kind::money,
                          Characteristic::Kind::boolean, Characteristic::Kind::date, Characteristic::Kind::time, Characteristic::Kind::dictionary}) {
    Characteristic made;
    made.code = "c" + std::to_string(static_cast<int>(kind));
    made.name_ru = made.code;
    made.applies_to = Company::kEntity;
    made.kind = kind;
    if (kind == Characteristic::Kind::dictionary) made.dictionary = dictionary.id;
    db.save(made);
  }
  for (const char* source : {"", "text", "a text", "text b"}) {
    Company company;
    company.name = std::string("К ") + source;
    company.source = source;
    db.save(company);
    if (!*source) continue;
    for (const char* code : {"c1", "c2", "c3", "c5", "c6"}) {
      const Value seven = std::int64_t{7};
      db.set_characteristic({Company::kEntity, company.id.value}, code, {&seven, 1});
    }
    const Value text = std::string(source);
    const Value yes = std::int64_t{1};
    db.set_characteristic({Company::kEntity, company.id.value}, "c0", {&text, 1});
    db.set_characteristic({Company::kEntity, company.id.value}, "c4", {&yes, 1});
    db.set_characteristic({Company::kEntity, company.id.value}, "c7", {&yes, 1});
    Address address;
    address.company = company.id;
    address.settlement = "Город";
    address.latitude = 1.5;
    address.longitude = 7;
    db.save(address);
    house.meet(company.id, "2026-03-03T10:00:00+07:00");
  }
}

}  // namespace

TEST_CASE("memory and SQLite answer every condition alike, or refuse it with its place") {
  House memory("memory:"), sqlite(":memory:");
  fill(memory);
  fill(sqlite);
  std::vector<std::pair<std::string, std::string>> conditions;  // entity, condition without op and value
  for (const char* field : {"id", "version", "name", "source", "score", "status", "created_by_id", "search_key"})
    conditions.emplace_back("company", std::string("\"field\": \"") + field + '"');
  for (int kind = 0; kind < 8; ++kind) conditions.emplace_back("company", "\"characteristic\": \"c" + std::to_string(kind) + '"');
  for (const char* field : {"state", "stored_state", "start_at", "due_at", "amount", "currency", "removed", "company.name", "executor.supervisor.hired"})
    conditions.emplace_back("event", std::string("\"field\": \"") + field + '"');
  conditions.emplace_back("address", "\"field\": \"latitude\"");
  conditions.emplace_back("contact_point", "\"field\": \"owner_kind\"");
  int answered = 0;
  int refused = 0;
  const auto check = [&](const std::string& json) {
    CAPTURE(json);
    const std::string first = asked(memory.db, json);
    CHECK(first == asked(sqlite.db, json));
    const bool is_answer = first.starts_with('{');
    const bool is_refusal = (first.starts_with("invalid_argument ") || first.starts_with("not_found ")) && first.find("json.place") != std::string::npos;
    const bool waits = first.starts_with("misuse ") && json.find("param") != std::string::npos;
    CHECK((is_answer || is_refusal || waits));
    ++(is_answer ? answered : refused);
  };
  for (const auto& [entity, condition] : conditions)
    for (const char* op : kOps) {
      for (const char* shape : kShapes)
        for (const char* around : {"", "none"}) {
          std::string where = "{" + condition + R"(, "op": ")" + op + R"(", "value": )" + shape + "}";
          if (*around) where = R"({"none": [)" + where + "]}";
          check(R"({"entity": ")" + entity + R"(", "columns": ["id"], "where": )" + where + "}");
        }
      check(R"({"entity": ")" + entity + R"(", "columns": ["id"], "where": {)" + condition + R"(, "op": ")" + op + "\"}}");
    }
  for (const char* kind : {"all", "any", "none", "text", "exists", "sphere", "classifier_node", "manager", "product", "classifier", "field", "characteristic"})
    for (const char* shape : kShapes)
      for (const char* entity : {"company", "event", "user", "sphere"})
        check(std::string(R"({"entity": ")") + entity + R"(", "columns": ["id"], "where": {")" + kind + "\": " + shape + "}}");
  CHECK(answered > 500);
  CHECK(refused > 500);
}

TEST_CASE("a condition finds what a plain reading of the rows finds") {
  CRM_EVERY_STORE {
    House house(store);
    fill(house);
    const std::vector<std::string> sources = {"", "text", "a text", "text b"};  // of companies 1..4; "" is not filled in
    const auto plain = [&](std::string_view op, const std::string& value) {
      std::string ids;
      for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::string& s = sources[i];
        const bool holds = op == "eq" ? s == value : op == "ne" ? s != value : s.empty() ? false : op == "lt" ? s < value : op == "le" ? s <= value
                         : op == "gt" ? s > value : op == "ge" ? s >= value : op == "contains" ? s.find(value) != std::string::npos : s.starts_with(value);
        if (holds) ids += (ids.empty() ? "[" : ",[") + std::to_string(i + 1) + "]";
      }
      return ids;
    };
    for (const char* op : {"eq", "ne", "lt", "le", "gt", "ge", "contains", "starts_with"})
      for (const char* value : {"text", "a", "text b", "zz"}) {
        CAPTURE(op);
        CAPTURE(value);
        const std::string tail = std::string(R"("op": ")") + op + R"(", "value": ")" + value + R"("}})";
        const std::string by_field = query_json(house.db, R"({"entity": "company", "columns": ["id"], "where": {"field": "source", )" + tail);
        CHECK(by_field == R"({"columns":["id"],"rows":[)" + plain(op, value) + "]}");
        // A characteristic that is not there is not unequal: only what has one is compared.
        const bool differs = std::string_view(op) == "ne";
        const std::string by_characteristic = query_json(house.db, R"({"entity": "company", "columns": ["id"], "where": {"characteristic": "c0", )" + tail);
        CHECK((differs || by_characteristic == by_field));
      }
  }
}
