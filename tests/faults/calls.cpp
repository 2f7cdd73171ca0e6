#include "calls.hpp"

namespace crm::test {
namespace {

std::int32_t CRM_CALL answer_place(void* db, const char*) {
  return crm_host_answer(static_cast<crm_db*>(db), R"({"latitude": 55.03, "longitude": 82.92})");
}

std::int32_t CRM_CALL answer_products(void* db, const char*) {
  return crm_host_answer(static_cast<crm_db*>(db), R"({"next": "1", "more": false, "records": [
      {"entity": "product", "name": "Лампа", "external_id": {"system": "1c", "kind": "goods", "key": "1"}},
      {"entity": "company", "name": "Север", "ref": "c"}, {"entity": "employee", "company_id": {"$ref": "c"}, "last_name": "Северов"}]})");
}

}  // namespace

void supply(crm_db* db) {
  crm_host host{};
  host.struct_size = sizeof host;
  host.user = db;
  host.geocode = answer_place;
  host.products = answer_products;
  REQUIRE(crm_host_set(db, &host) == CRM_OK);
}

std::string Desk::told() {
  std::string all = text ? text : "";
  for (; units && *units; ++units) all += static_cast<char>(*units);
  all += " " + std::to_string(number) + " " + std::to_string(count) + " " + std::to_string(real);
  for (crm_record* held : {record, line}) {
    const char* json = nullptr;
    if (held && crm_record_json(held, &json) == CRM_OK) all += json;
  }
  for (std::int32_t more = 1; cursor && crm_cursor_next(cursor, &more) == CRM_OK && more;)
    all += "\n" + std::string(crm_cursor_text(cursor, 1, nullptr));
  const char* json = nullptr;
  if (second && crm_query_json(second, R"({"entity": "organisation", "columns": ["name"]})", &json) == CRM_OK) all += json;
  return all;
}

void Desk::clear() {
  crm_record_close(record);
  crm_record_close(line);
  crm_cursor_close(cursor);
  crm_query_close(query);
  crm_close(second);
  if (snapshot) crm_snapshot_close(db);
  CHECK(sqlite3_close(hosts) == SQLITE_OK);
  if (hosts_rows) {
    CHECK(host_units(hosts_rows) == 0);
    host_base_free(hosts_rows);
  }
  record = line = nullptr;
  cursor = nullptr;
  query = nullptr;
  second = nullptr;
  hosts = nullptr;
  hosts_rows = nullptr;
  snapshot = false;
  text = nullptr;
  units = nullptr;
  number = count = 0;
  real = 0;
}

std::vector<Call> all_calls() {
  std::vector<Call> all(asking_calls().begin(), asking_calls().end());
  all.insert(all.end(), writing_calls().begin(), writing_calls().end());
  return all;
}

}  // namespace crm::test
