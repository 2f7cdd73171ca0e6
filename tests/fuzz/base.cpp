#include "base.hpp"

#include "crm/base/text.hpp"
#include "targets.hpp"

namespace crm::fuzz {
namespace {

constexpr std::int64_t kNow = 1772416800000000;  // 2026-03-02T02:00:00Z
constexpr int kUnits = 4000;
std::string newest;  // line of the log of the base: units are undone, so it stays

std::string newest_line(crm_db* db) {
  const char* answer = nullptr;
  crm_act_as(db, 0);
  CRM_MUST(crm_audit_json(db, R"({"limit": 1})", &answer) == CRM_OK, crm_error_message(db));
  return answer;
}

}  // namespace

void fill(crm_db* db) {
  const char* answer = nullptr;
  crm_clock_set(db, kNow);
  CRM_MUST(crm_starter_set(db, CRM_ENGLISH) == CRM_OK, crm_error_message(db));
  const char* const house = R"([
    {"entity": "user", "last_name": "Иванов", "login": "i", "hired": "2020-01-01"},
    {"entity": "user", "last_name": "Петров", "supervisor_id": 1, "hired": "2020-01-01"},
    {"entity": "department", "name": "Продажи"}, {"entity": "placement", "user_id": 2, "department_id": 1, "from_date": "2020-01-01"},
    {"entity": "product", "name": "Кабель"}, {"entity": "sphere", "name": "Дороги"},
    {"entity": "company", "name": "Вектор", "comment": "об оплате"}, {"entity": "company", "name": "Ромб"},
    {"entity": "organisation_cell", "product_id": 1, "sphere_id": 1}, {"entity": "company_sphere", "company_id": 1, "sphere_id": 1},
    {"entity": "assignment", "company_id": 1, "user_id": 2, "role": "main", "from_date": "2026-01-01"},
    {"entity": "characteristic", "code": "n", "name_ru": "n", "kind": "integer", "applies_to": "company"},
    {"entity": "characteristic", "code": "t", "name_ru": "t", "kind": "text", "applies_to": "company"},
    {"entity": "employee", "company_id": 1, "last_name": "Контактов"},
    {"entity": "contact_point", "owner_kind": "company", "owner_id": 1, "kind": "phone", "value": "+7 383 212-34-56"},
    {"entity": "address", "company_id": 1, "settlement": "Новосибирск", "street": "Ленина", "house": "5"},
    {"entity": "classifier", "name": "c", "kind": "manual", "applies_to": "company"}, {"entity": "classifier_node", "classifier_id": 1, "name": "A"},
    {"entity": "receipt", "company_id": 1, "kind": "receipt", "date": "2026-02-01", "amount": 100, "currency": "RUB"}])";
  const std::int32_t status = crm_save_json(db, house, &answer);
  CRM_MUST(status == CRM_OK, crm_error_message(db));
  for (const char* day : {"2026-02-20", "2026-03-02", "2026-03-05"}) {
    const std::string event = std::string(R"([{"entity": "event", "type_id": 1, "company_id": 1, "executor_id": 2, "setter_id": 1, "start_at": ")") + day +
                              R"(T10:00:00Z", "lines": [{"product_id": 1, "quantity": "1"}]}])";
    CRM_MUST(crm_save_json(db, event.c_str(), &answer) == CRM_OK, crm_error_message(db));
  }
}

crm_db* base() {
  static crm_db* db = nullptr;
  static int units = 0;
  if (db && ++units % kUnits == 0) {
    crm_close(db);
    db = nullptr;
  }
  if (!db) {
    CRM_MUST(crm_open("memory:", nullptr, &db) == CRM_OK, crm_error_message(db));
    fill(db);
    newest = newest_line(db);
  }
  crm_act_as(db, 0);
  crm_clock_set(db, kNow);
  crm_language_set(db, CRM_ENGLISH);
  return db;
}

void check_answer(crm_db* db, std::string_view function, const test::Answer& answer) {
  const std::string shown = std::string(function) + ": " + crm_error_message(db);
  CRM_MUST(answer.status != CRM_INTERNAL && answer.status != CRM_CORRUPT && answer.status != CRM_STORAGE, shown);
  CRM_MUST(answer.status == CRM_OK || *crm_error_message(db), shown);
  CRM_MUST(!first_bad_byte(crm_error_message(db)), shown);
  if (answer.status == CRM_INVALID_ARGUMENT) CRM_MUST(crm_violation_count(db) > 0, shown);
  if (answer.status != CRM_OK) {
    const char* error = nullptr;
    CRM_MUST(crm_error_json(db, &error) == CRM_OK && !first_bad_byte(error), shown);
  } else if (answer.text && function != "crm_text_to_windows_1251") {
    CRM_MUST(!first_bad_byte(answer.text), shown);
  }
}

Unit::Unit(crm_db* db) : db_(db) { CRM_MUST(crm_begin(db) == CRM_OK, crm_error_message(db)); }

Unit::~Unit() {
  if (!is_over_) crm_rollback(db_);
}

void Unit::after(const test::Answer& answer) {
  static int failures = 0;
  if (answer.status == CRM_OK || ++failures % 16 != 0) return;
  is_over_ = true;
  if (crm_commit(db_) != CRM_OK) crm_rollback(db_);
  CRM_MUST(newest_line(db_) == newest, newest_line(db_));
}

}  // namespace crm::fuzz
