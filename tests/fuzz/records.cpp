// Getters and setters of a record of any entity, and every function of the C ABI with any numbers.
#include <iterator>
#include <list>

#include "base.hpp"
#include "targets.hpp"

namespace crm::fuzz {
namespace {

class Any final : public test::Arguments {
 public:
  Any(crm_db* handle, Bytes& bytes) : bytes_(bytes) { db = handle; }
  std::int64_t number(const capi::Param& param) override {
    return param.name == std::string_view("length") ? std::min<std::int64_t>(bytes_.number(), std::ssize(texts_.back())) : bytes_.number();
  }
  double real(const capi::Param&) override { return bytes_.real(); }
  const char* text(const capi::Param&) override { return texts_.emplace_back(bytes_.text()).c_str(); }

 private:
  Bytes& bytes_;
  std::list<std::string> texts_{std::string()};
};

void set_and_get(crm_record* record, Bytes& bytes) {
  const auto field = static_cast<std::int32_t>(bytes.byte() % 64);
  const std::string text = bytes.text();
  switch (bytes.byte() % 4) {
    case 0: crm_record_set_int(record, field, bytes.number()); break;
    case 1: crm_record_set_real(record, field, bytes.real()); break;
    case 2: crm_record_set_text(record, field, text.data(), static_cast<std::int32_t>(text.size())); break;
    default: crm_record_set_null(record, field); break;
  }
  std::int32_t length = 0;
  (void)crm_record_int(record, field), (void)crm_record_real(record, field), (void)crm_record_text(record, field, &length);
}

/// What is told of a record is what crm_save_json understands, as far as its rules allow it to be saved.
void record(std::string_view given) {
  crm_db* const db = base();
  Bytes bytes(given);
  Unit unit(db);
  crm_record* made = nullptr;
  const auto entity = static_cast<std::int32_t>(bytes.byte() % 70);
  const std::int32_t status = bytes.byte() % 2 ? crm_record_load(db, entity, 1, &made) : crm_record_new(db, entity, &made);
  check_answer(db, "crm_record_new", {status, nullptr, -1});
  while (made && !bytes.is_over()) set_and_get(made, bytes);
  if (made) {
    const char* json = nullptr;
    CRM_MUST(crm_record_json(made, &json) == CRM_OK, crm_error_message(db));
    check_answer(db, "crm_record_json", {CRM_OK, json, -1});
    check_answer(db, "crm_record_save", {crm_record_save(made), nullptr, -1});
  }
  crm_record_close(made);
}

void any_call(std::string_view given) {
  crm_db* const db = base();
  Bytes bytes(given);
  Unit unit(db);
  const auto& all = test::calls();
  for (int i = 0; i < 8 && !bytes.is_over(); ++i) {
    const auto& [name, call] = *std::next(all.begin(), bytes.byte() % std::ssize(all));
    const bool of_db = !test::function_named(name)->params.empty() && std::string_view(test::function_named(name)->params[0].type) == "crm_db";
    if (!of_db || name == "crm_begin" || name == "crm_commit" || name == "crm_rollback" || name == "crm_clock_reset" || name == "crm_rescore" || name == "crm_host_answer")
      continue;
    Any any(db, bytes);
    check_answer(db, name, call(any));
  }
}

}  // namespace

void add_records(Targets& all) { all.insert({{"record", record}, {"any_call", any_call}}); }

}  // namespace crm::fuzz
