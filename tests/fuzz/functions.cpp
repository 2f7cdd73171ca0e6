// Functions that are given JSON or a text. Before a zero in the bytes stands the text, behind it what the other arguments are made of.
#include <algorithm>
#include <list>

#include "base.hpp"
#include "targets.hpp"

namespace crm::fuzz {
namespace {

using capi::Means;
using capi::Role;

class Given final : public test::Arguments {
 public:
  Given(crm_db* handle, std::string_view bytes)
      : text_(bytes.substr(0, bytes.find('\0'))), more_(text_.size() < bytes.size() ? bytes.substr(text_.size() + 1) : std::string_view()) {
    db = handle;
  }
  std::int64_t number(const capi::Param& param) override {
    if (param.name == std::string_view("length")) return -1;
    if (more_.is_over()) return plain(param);
    return more_.number();
  }
  double real(const capi::Param&) override { return more_.real(); }
  const char* text(const capi::Param& param) override {
    const bool first = param.means == Means::json || texts_.empty();
    return texts_.emplace_back(first ? text_ : more_.text()).c_str();
  }

 private:
  static std::int64_t plain(const capi::Param& param) {
    if (param.means == Means::date) return 20514;
    if (param.means == Means::instant) return 1772416800000000;
    if (param.means == Means::entity) return CRM_COMPANY;
    return param.name == std::string_view("limit") ? 20 : 1;
  }
  std::string text_;
  Bytes more_;
  std::list<std::string> texts_;
};

bool takes_text(const capi::Function& function) {
  return std::ranges::any_of(function.params, [](const capi::Param& p) { return p.role == Role::text; });
}

void ask(const capi::Function& function, const test::Call& call, std::string_view bytes) {
  crm_db* const db = base();
  Given given(db, bytes);
  if (bytes.ends_with('\x02')) crm_act_as(db, 2);
  Unit unit(db);
  const test::Answer answer = call(given);
  check_answer(db, function.name, answer);
  unit.after(answer);
}

/// A prepared question with parameters, and its rows by cells.
void prepared(std::string_view bytes) {
  crm_db* const db = base();
  Given given(db, bytes);
  const capi::Function& function = *test::function_named("crm_query_new");
  crm_query* query = nullptr;
  crm_cursor* cursor = nullptr;
  test::Answer answer{crm_query_new(db, given.text(function.params[1]), &query), nullptr, -1};
  if (answer.status == CRM_OK) {
    for (std::int32_t index = 1; index <= 4; ++index) {
      const std::string text = given.text(function.params[0]);
      const double real = given.real(function.params[0]);
      const std::int64_t number = given.number(function.params[0]);
      check_answer(db, "crm_query_bind", {index % 3 == 0   ? crm_query_bind_text(query, index, text.data(), static_cast<std::int32_t>(text.size()))
                                          : index % 3 == 1 ? crm_query_bind_int(query, index, number)
                                                           : crm_query_bind_real(query, index, real), nullptr, -1});
    }
    answer.status = crm_query_run(query, &cursor);
    std::int32_t more = 1;
    while (answer.status == CRM_OK && more) {
      answer.status = crm_cursor_next(cursor, &more);
      for (std::int32_t column = -1; more && column <= crm_cursor_columns(cursor); ++column) {
        (void)crm_cursor_kind(cursor, column), (void)crm_cursor_int(cursor, column), (void)crm_cursor_real(cursor, column);
        std::int32_t length = 0;
        (void)crm_cursor_text(cursor, column, &length);
      }
    }
  }
  check_answer(db, "crm_query_run", answer);
  crm_cursor_close(cursor);
  crm_query_close(query);
}

}  // namespace

void add_targets(Targets& all) {
  for (const auto& [name, call] : test::calls()) {
    const capi::Function& function = *test::function_named(name);
    const bool of_db = !function.params.empty() && std::string_view(function.params[0].type) == "crm_db";
    if (!of_db || !takes_text(function) || name == "crm_host_answer") continue;
    all.emplace(name, [&function, &call](std::string_view bytes) { ask(function, call, bytes); });
  }
  all["crm_query_new"] = prepared;
  add_records(all);
  add_host(all);
}

}  // namespace crm::fuzz
