// Jobs 3, 4 and 5 as a compiled client does them through crm.h: prepared queries and getters.
#include <cstdio>
#include <cstdlib>

#include "crm/crm.h"
#include "jobs.hpp"

namespace bench {
namespace {

[[noreturn]] void die(crm_db* db) {
  std::fprintf(stderr, "%s\n", crm_error_message(db));
  std::exit(1);
}

void check(crm_db* db, std::int32_t status) {
  if (status != CRM_OK) die(db);
}

class PreparedByC {
 public:
  PreparedByC(crm_db* db, const char* json) : db_(db) { check(db, crm_query_new(db, json, &query_)); }
  ~PreparedByC() { crm_query_close(query_); }
  PreparedByC(const PreparedByC&) = delete;

  PreparedByC& bind(std::int32_t index, std::int64_t value) {
    check(db_, crm_query_bind_int(query_, index, value));
    return *this;
  }
  /// Draws every column; a text column by its first byte.
  template <class Each>
  void run(const char* kinds, Each&& each) {
    crm_cursor* cursor = nullptr;
    check(db_, crm_query_run(query_, &cursor));
    std::int32_t more = 0;
    while (crm_cursor_next(cursor, &more) == CRM_OK && more) {
      for (std::int32_t i = 0; kinds[i]; ++i) {
        if (kinds[i] == 'i') {
          drawn += static_cast<std::size_t>(crm_cursor_int(cursor, i));
        } else if (const char* text = crm_cursor_text(cursor, i, nullptr)) {
          drawn += static_cast<std::size_t>(text[0]) + 1;
        }
      }
      each(cursor);
    }
    crm_cursor_close(cursor);
  }

 private:
  crm_db* db_;
  crm_query* query_ = nullptr;
};

void card(const Race& race, crm_db* db) {
  const auto companies = numbers(race.file("p_card"));
  PreparedByC company(db, R"({"entity": "company", "columns": ["name", "created_at"],
      "where": {"field": "id", "value": {"param": 1}}})");
  PreparedByC addresses(db, R"({"entity": "address", "columns": ["street"],
      "where": {"field": "company_id", "value": {"param": 1}}})");
  PreparedByC spheres(db, R"({"entity": "company_sphere", "columns": ["sphere.name"],
      "where": {"field": "company_id", "value": {"param": 1}}})");
  PreparedByC people(db, R"({"entity": "employee", "columns": ["last_name", "position", "phone", "email"],
      "where": {"field": "company_id", "value": {"param": 1}}})");
  PreparedByC values(db, R"({"entity": "number_value", "columns": ["characteristic.name_ru", "value"],
      "where": {"all": [{"field": "owner_kind", "value": "company"}, {"field": "owner_id", "value": {"param": 1}}]}})");
  PreparedByC value_texts(db, R"({"entity": "dictionary_value", "columns": ["text"], "where": {"field": "id", "op": "in",
      "value": [{"param": 1}, {"param": 2}, {"param": 3}]}})");
  PreparedByC legal(db, R"({"entity": "legal_entity", "columns": ["id", "name", "inn", "kpp"],
      "where": {"field": "company_id", "value": {"param": 1}}})");
  PreparedByC managers(db, R"({"entity": "assignment", "columns": ["user_id", "user.last_name"],
      "where": {"field": "company_id", "value": {"param": 1}}})");
  PreparedByC events(db, R"({"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state",
      "priority", "purpose", "result", "executor.last_name", "product.name"],
      "where": {"field": "company_id", "value": {"param": 1}}, "order": ["-start_at"], "limit": 20})");
  timed(race, "3:c", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    const auto counted = [&](crm_cursor*) { ++checksum; };
    for (const auto& line : companies) {
      ++operations;
      const std::int64_t id = line[0];
      check(db, crm_snapshot_open(db));
      company.bind(1, id).run("ti", [](crm_cursor*) {});
      addresses.bind(1, id).run("t", [](crm_cursor*) {});
      spheres.bind(1, id).run("t", counted);
      people.bind(1, id).run("tttt", counted);
      std::int32_t next = 0;  // every company has three characteristics
      values.bind(1, id).run("ti", [&](crm_cursor* cursor) {
        ++checksum;
        value_texts.bind(++next, crm_cursor_int(cursor, 1));
      });
      value_texts.run("t", [](crm_cursor*) {});
      legal.bind(1, id).run("ittt", [&](crm_cursor* cursor) { checksum += crm_cursor_int(cursor, 0) > race.companies; });
      managers.bind(1, id).run("it", counted);
      events.bind(1, id).run("iiiiiitttt", [&](crm_cursor* cursor) { checksum += crm_cursor_int(cursor, 0); });
      check(db, crm_snapshot_close(db));
    }
    return checksum;
  });
}

void month(const Race& race, crm_db* db) {
  const auto months = numbers(race.file("p_cal"));
  PreparedByC query(db, R"({"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state",
      "priority", "purpose", "company.name"],
      "where": {"all": [{"field": "executor_id", "value": {"param": 1}},
                        {"field": "start_at", "op": "ge", "value": {"param": 2}},
                        {"field": "start_at", "op": "lt", "value": {"param": 3}}]}, "order": ["start_at"]})");
  timed(race, "4:c", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    for (const auto& line : months) {
      ++operations;
      query.bind(1, line[0]).bind(2, line[1] * 1'000'000).bind(3, line[2] * 1'000'000);
      query.run("iiiiiitt", [&](crm_cursor* cursor) { checksum += crm_cursor_int(cursor, 0); });
    }
    return checksum;
  });
}

void extended_filter(const Race& race, crm_db* db) {
  const auto filters = numbers(race.file("p_filter"));
  timed(race, "5:c", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    for (const auto& line : filters) {
      ++operations;
      const std::string json =
          R"({"entity": "event", "columns": ["id", "start_at", "company.name", "executor.last_name", "type_id",
          "stored_state", "purpose"], "order": ["-start_at", "-id"], "limit": 50, "offset": )" +
          std::to_string(line[7] * 50) + R"(, "where": {"all": [{"field": "type_id", "value": )" +
          std::to_string(line[0]) + R"(}, {"field": "state", "value": "held"}, {"field": "start_at", "op": "ge", "value": )" +
          std::to_string(line[2] * 1'000'000) + R"(}, {"field": "start_at", "op": "lt", "value": )" +
          std::to_string(line[3] * 1'000'000) + R"(}, {"sphere": )" + std::to_string(line[4]) +
          R"(}, {"characteristic": "attr)" + std::to_string(line[5]) + R"(", "value": )" + std::to_string(line[6]) + "}]}}";
      PreparedByC query(db, json.c_str());
      query.run("iittiit", [&](crm_cursor* cursor) { checksum += crm_cursor_int(cursor, 0); });
    }
    return checksum;
  });
}

}  // namespace

void read_by_c(const Race& race, const std::string& job) {
  crm_db* db = nullptr;
  check(db, crm_open(race.database.c_str(), nullptr, &db));
  if (job == "3") card(race, db);
  if (job == "4") month(race, db);
  if (job == "5") extended_filter(race, db);
  crm_close(db);
}

}  // namespace bench
