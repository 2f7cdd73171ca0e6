// What a later release or another hand wrote into a base is read by every function: an answer or a clear error, never a crash.
#include <doctest/doctest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>

#include "calls/calls.hpp"
#include "crm/base/text.hpp"
#include "house/rounds.hpp"
#include "meta/json_value.hpp"
#include "services/every_entity.hpp"

using namespace crm;
using namespace crm::test;
namespace fs = std::filesystem;

namespace {

/// A base of every entity in which anything may be written anywhere: no column of its tables is NOT NULL.
class Open {
 public:
  explicit Open(unsigned seed) {
    fs::remove(path());
    { Base made(path(), seed); }
    REQUIRE(sqlite3_open(path().c_str(), &db_) == SQLITE_OK);
    run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'; PRAGMA writable_schema = RESET");
  }
  Open(const Open&) = delete;
  ~Open() {
    sqlite3_close(db_);
    fs::remove(path());
  }
  static std::string path() { return (fs::temp_directory_path() / ("crm_unknown_" + std::to_string(::getpid()) + ".db")).string(); }

  void run(const std::string& sql) const {
    char* error = nullptr;
    const int result = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &error);
    INFO(sql << ": " << std::string(error ? error : ""));
    REQUIRE(result == SQLITE_OK);
  }

 private:
  sqlite3* db_ = nullptr;
};

/// Numbers, texts and bytes where others are expected, as SQL.
constexpr const char* kStrange[] = {"77", "-5", "9223372036854775807", "(-9223372036854775807 - 1)", "'abc'", "x'00ff'", "1.5", "NULL",
                                    "id", "CAST(x'41ff80fe' AS TEXT)", "''", "4294967297", "CAST(x'd0' AS TEXT)", "9e999", "'{\"a\":[1]}'", "2147483647"};

/// What functions are asked: small numbers for ids, the first of March 2026 for days and instants, questions of the corpus for JSON.
class Asking final : public Arguments {
 public:
  Asking(crm_db* handle, std::int64_t number, std::size_t question) : number_(number), question_(question) { db = handle; }

  void ask(const capi::Function& function) {
    function_ = &function;
    texts_.clear();
  }
  std::int64_t number(const capi::Param& param) override {
    using capi::Means;
    const std::string_view name = param.name;
    if (name == "length") return -1;
    if (param.means == Means::date) return to_number(day("2026-03-01")) + (name == "to_day" ? 20 : 0);
    if (param.means == Means::instant) return to_number(at("2026-03-01T09:00:00Z"));
    if (param.means == Means::entity) return Company::kEntity;
    if (name == "limit" || name == "last_events" || name == "lease_seconds" || name == "max_rows") return 50;
    if (param.means == Means::choice && param.of == std::string_view("event_action")) return 3 + (number_ + static_cast<std::int64_t>(question_)) % 11;
    return number_;
  }
  double real(const capi::Param&) override { return 0.5; }
  const char* text(const capi::Param& param) override {
    if (param.means != capi::Means::json) return "об";
    return texts_.emplace_back(question()).c_str();
  }
  [[nodiscard]] static std::size_t questions(const capi::Function& function) { return std::max<std::size_t>(1, corpus(function.name).size()); }

 private:
  std::string question() {
    const auto& all = corpus(function_->name);
    INFO("no questions in tests/fuzz/corpus for " << std::string(function_->name));
    REQUIRE(!all.empty());
    return all[question_ % all.size()];
  }
  static const std::vector<std::string>& corpus(const std::string& name) {
    static std::map<std::string, std::vector<std::string>> known;
    const auto [place, is_new] = known.try_emplace(name);
    const fs::path folder = fs::path(__FILE__).parent_path().parent_path() / "fuzz/corpus" / name;
    if (is_new && fs::exists(folder))
      for (const auto& file : fs::directory_iterator(folder)) {
        std::ifstream in(file.path());
        place->second.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      }
    std::ranges::sort(place->second);
    return place->second;
  }

  std::int64_t number_;
  std::size_t question_;
  const capi::Function* function_ = nullptr;
  std::list<std::string> texts_;
};

/// The answer is one that a host can do something with.
void check_answer(crm_db* db, const std::string& name, const Answer& answer) {
  CHECK_MESSAGE(answer.status != CRM_INTERNAL, name << ": " << crm_error_message(db));
  if (answer.status != CRM_OK) {
    CHECK_MESSAGE(std::string_view(crm_error_message(db)) != "", name);
  } else if (answer.text && name != "crm_text_to_windows_1251") {
    CHECK_MESSAGE(!first_bad_byte(answer.text), name);
    if (name.ends_with("_json")) CHECK_NOTHROW_MESSAGE(parse_json(answer.text), name);
  }
}

/// Every row by the functions of records, as forms show it.
void read_records(crm_db* db) {
  for (const EntityInfo* info : entities())
    for (Id id = 1; id <= kPeople; ++id) {
      crm_record* record = nullptr;
      if (crm_record_load(db, info->no, id, &record) == CRM_OK) {
        const char* json = nullptr;
        CHECK(crm_record_json(record, &json) == CRM_OK);
        if (json) CHECK_NOTHROW(parse_json(json));
        for (const FieldInfo& field : info->fields) {
          std::int32_t length = 0;
          const char* text = crm_record_text(record, field.no, &length);
          if (text) CHECK(!first_bad_byte({text, static_cast<std::size_t>(length)}));
          (void)crm_record_int(record, field.no);
          (void)crm_record_real(record, field.no);
        }
      }
      crm_record_close(record);
    }
}

void read_columns(crm_db* db) {
  for (const EntityInfo* info : entities()) {
    std::string columns = "\"id\"";
    for (const FieldInfo& field : info->fields) columns += std::string(", \"") + field.name + "\"";
    const char* answer = nullptr;
    const std::string question = std::string("{\"entity\": \"") + info->name + "\", \"columns\": [" + columns + "]}";
    check_answer(db, "crm_query_json", {crm_query_json(db, question.c_str(), &answer), answer});
  }
}

void call_all(crm_db* db, Id user) {
  crm_act_as(db, user);
  for (const auto& [name, call] : calls()) {
    const capi::Function& function = *function_named(name);
    const bool of_db = !function.params.empty() && std::string_view(function.params[0].type) == "crm_db";
    if (!of_db || name == "crm_begin" || name == "crm_commit" || name == "crm_rollback" || name == "crm_clock_reset" || name == "crm_starter_set" || name == "crm_host_answer" ||
        name.starts_with("crm_act_as") || name.starts_with("crm_snapshot") || name == "crm_clock_set")
      continue;
    for (std::size_t question = 0; question < Asking::questions(function); ++question) {
      const Answer begun{crm_begin(db), nullptr, -1};  // in a zone that nobody knows nothing is begun
      check_answer(db, "crm_begin", begun);
      if (begun.status != CRM_OK) return;
      Asking asking(db, 1 + static_cast<Id>(question % 3), question);
      asking.ask(function);
      check_answer(db, std::string(name), call(asking));
      crm_rollback(db);
    }
  }
}

void read_everything() {
  crm_db* db = nullptr;
  if (crm_open(Open::path().c_str(), nullptr, &db) == CRM_OK) {
    crm_clock_set(db, to_number(at("2026-03-02T02:00:00Z")));
    read_records(db);
    read_columns(db);
    call_all(db, 0);
    call_all(db, 2);
  } else {
    CHECK(crm_error_code(db) != CRM_INTERNAL);
  }
  crm_close(db);
}

/// Each row of a table gets another of the strange values in `column`, from the n-th on.
std::string strange(const std::string& table, const std::string& column, std::size_t n) {
  std::string sql = "UPDATE OR REPLACE \"" + table + "\" SET \"" + column + "\" = CASE id % 4";
  for (std::size_t i = 0; i < 4; ++i) sql += " WHEN " + std::to_string(i) + " THEN " + kStrange[(n + i) % std::size(kStrange)];
  return sql + " END";
}

}  // namespace

TEST_CASE("every function reads a base with values that it does not know in any field") {
  const Open base(5);
  std::size_t most = 0;
  for (const EntityInfo* info : entities()) {
    base.run("CREATE TABLE kept_" + std::string(info->name) + " AS SELECT * FROM \"" + info->name + "\"");
    most = std::max(most, info->fields.size());
  }

  // A field of each entity at a time; what the house itself says is read by every call, so it has rounds of its own.
  for (std::size_t round = 0; round < most * static_cast<std::size_t>(rounds(4, 1)); ++round) {
    std::string written, undone;
    const bool house = round % 5 == 4;
    for (const EntityInfo* info : entities()) {
      if ((info->no == Organisation::kEntity) != house) continue;
      const std::string table = info->name;
      written += strange(table, info->fields[round % info->fields.size()].name, round * 4 + info->no) + ";\n";
      undone += "DELETE FROM \"" + table + "\"; INSERT INTO \"" + table + "\" SELECT * FROM kept_" + table + ";";
    }
    INFO(written);
    base.run(written);
    read_everything();
    base.run(undone);
  }
}

TEST_CASE("every function reads a base with ids that no release gives") {
  for (const char* ids : {"-id", "id + 2147483646", "id + 9007199254740993"})
    for (const EntityNo entity : {User::kEntity, Company::kEntity, Event::kEntity, Product::kEntity, Sphere::kEntity, EventType::kEntity, Notice::kEntity}) {
      const Open base(6);
      const std::string table = entity_info(entity).name;
      INFO(table << " " << std::string(ids));
      base.run("UPDATE \"" + table + "\" SET id = " + ids);
      for (const EntityInfo* info : entities())
        for (const FieldInfo& field : info->fields)
          if (field.refers == entity) {
            std::string moved = ids;
            moved.replace(moved.find("id"), 2, std::string("\"") + field.name + "\"");
            base.run("UPDATE \"" + std::string(info->name) + "\" SET \"" + field.name + "\" = " + moved);
          }
      read_everything();
    }
}

TEST_CASE("every function reads a log with lines that it does not know") {
  for (const char* change : {"entity = 4242", "op = 9", "entity = -1", "actor = -77", "at = 9223372036854775807", "old = x'ff00ff0102ffffffffff'",
                             "old = 'text'", "previous = seq", "id = -id"}) {
    const Open base(7);
    INFO(std::string(change));
    base.run(std::string("UPDATE change_log SET ") + change + " WHERE seq % 2 = 0");
    read_everything();
  }
}
