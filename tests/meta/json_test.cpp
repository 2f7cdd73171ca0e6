#include "crm/meta/json.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "crm/base/time.hpp"
#include "crm/model/entities.hpp"

using namespace crm;

namespace {

std::string rule_of(std::string_view json) {
  try {
    record_from_json(json);
  } catch (const Error& error) {
    return error.violations().empty() ? error.message() : error.violations()[0].rule;
  }
  return "";
}

/// Any value a field may hold.
Value random_value(const FieldInfo& field, std::mt19937_64& random) {
  const auto below = [&](std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n)); };
  if (!field.has(kRequired) && below(3) == 0) return {};
  switch (field.kind) {
    case Kind::text: return std::string("текст \"№\\ ") + std::to_string(below(1000));
    case Kind::currency: return std::string("RUB");
    case Kind::boolean: return below(2);
    case Kind::real: return static_cast<double>(below(100000)) / 64;
    case Kind::date: return below(40000) - 20000;
    case Kind::instant: return below(4'000'000'000'000'000) - 2'000'000'000'000'000;
    case Kind::enumeration: return std::int64_t{field.values->values[static_cast<std::size_t>(
        below(static_cast<std::int64_t>(field.values->values.size())))].number};
    case Kind::entity: return 1 + below(39);
    case Kind::reference:
    case Kind::any_reference: return 1 + below(1'000'000'000'000);
    case Kind::integer: return below(2000) - 1000;
    case Kind::decimal:
    case Kind::money: return below(2'000'000'000'000) - 1'000'000'000'000;
  }
  return {};
}

}  // namespace

TEST_CASE("a record as JSON says dates, codes and amounts as people write them") {
  Event event;
  event.id = {7};
  event.version = 3;
  event.type = {2};
  event.executor = {4};
  event.setter = {4};
  event.state = Event::State::postponed;
  event.start = parse_instant("2026-03-02T09:00:00+07:00");
  event.postponed_until = parse_date("2026-03-09");
  event.amount = Money{150050, Currency("RUB")};

  const std::string json = to_json(Record(entity_info(Event::kEntity), to_row(event)));

  for (const char* part : {R"("entity":"event")", R"("id":7)", R"("state":"postponed")",
                           R"("start_at":"2026-03-02T02:00:00Z")", R"("postponed_until":"2026-03-09")",
                           R"("amount":150050)", R"("currency":"RUB")", R"("all_day":false)"}) {
    INFO(json);
    CHECK(json.find(part) != std::string::npos);
  }
  CHECK(json.find("purpose") == std::string::npos);
}

TEST_CASE("any record survives the way through JSON") {
  std::mt19937_64 random(20260302);
  for (const EntityInfo* info : entities()) {
    for (int i = 0; i < 50; ++i) {
      Record record(info->no);
      record.row.id = i + 1;
      record.row.version = i + 100;
      for (const FieldInfo& field : info->fields) record.set(field.no, to_cell(random_value(field, random)));

      const Record again = record_from_json(to_json(record));

      INFO(to_json(record));
      CHECK(to_json(again) == to_json(record));
      // Null fields get the defaults of a new record, so only those with values are compared.
      for (std::size_t f = 0; f < info->fields.size(); ++f)
        if (!to_cell(record.row.values[f]).is_null()) CHECK(again.row.values[f] == record.row.values[f]);
    }
  }
}

TEST_CASE("an integer that a double does not hold is a text") {
  Record record(EventLine::kEntity);
  record.set(EventLine::kAmount, Cell::of(std::int64_t{9007199254740991}));  // 2^53 - 1
  CHECK(to_json(record).find("\"amount\":9007199254740991") != std::string::npos);
  record.set(EventLine::kAmount, Cell::of(std::int64_t{-9007199254740993}));
  const std::string json = to_json(record);
  CHECK(json.find("\"amount\":\"-9007199254740993\"") != std::string::npos);
  CHECK(record_from_json(json).row == record.row);
  CHECK(rule_of(R"({"entity": "event_line", "amount": "12 345"})") == "json.kind");
  CHECK(rule_of(R"({"entity": "event_line", "amount": "9223372036854775808"})") == "json.kind");
}

TEST_CASE("wrong JSON is refused by a rule") {
  CHECK(rule_of("{") == "json.syntax");
  CHECK(rule_of("{} x") == "json.syntax");
  CHECK(rule_of("[1]") == "json.kind");
  CHECK(rule_of("{\"name\": \"x\"}") == "json.kind");
  CHECK(rule_of(R"({"entity": "klient"})") == "entity.unknown");
  CHECK(rule_of(R"({"entity": "company", "nam": "x"})") == "field.unknown");
  CHECK(rule_of(R"({"entity": "company", "name": 5})") == "json.kind");
  CHECK(rule_of(R"({"entity": "company", "status": "sleeping"})") == "json.kind");
  CHECK(rule_of(R"({"entity": "user", "last_name": "x", "hired": "2026-02-30"})") == "json.kind");
  CHECK(rule_of(R"({"entity": "company", "name": "a\u0000b"})") == "field.nul");
}

TEST_CASE("all that is wrong with a record is told at once") {
  try {
    record_from_json(R"({"entity": "company", "nam": "x", "status": 99, "short_name": true})");
    FAIL("must throw");
  } catch (const Error& error) {
    CHECK(error.violations().size() == 3);
  }
}

TEST_CASE("the schema names every entity with its fields") {
  const std::string schema = schema_json();

  CHECK(schema.find(R"("name":"legal_entity","ru":"Юридическое лицо")") != std::string::npos);
  CHECK(schema.find(R"("refers":"company")") != std::string::npos);
}
