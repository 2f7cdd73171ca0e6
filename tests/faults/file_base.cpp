#include <filesystem>
#include <fstream>
#include <utility>

#include "trial.hpp"

namespace crm::test {
namespace {

sqlite3* opened_last = nullptr;

int note_opened(sqlite3* db, char**, const void*) {
  opened_last = db;
  return SQLITE_OK;
}

using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Statement prepared(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* made = nullptr;
  const int result = sqlite3_prepare_v2(db, sql.c_str(), -1, &made, nullptr);
  REQUIRE_MESSAGE(result == SQLITE_OK, sqlite3_errmsg(db), sql);
  return {made, sqlite3_finalize};
}

std::string first_of(sqlite3* db, const std::string& sql) {
  const Statement statement = prepared(db, sql);
  if (sqlite3_step(statement.get()) != SQLITE_ROW) return "";
  const unsigned char* text = sqlite3_column_text(statement.get(), 0);
  return text ? reinterpret_cast<const char*>(text) : "";
}

/// How many rows, and a hash (FNV-1a) of all that is in them.
std::string told_of(sqlite3* db, const std::string& table) {
  const Statement rows = prepared(db, "SELECT * FROM \"" + table + "\" ORDER BY rowid");
  std::uint64_t hash = 14695981039346656037U;
  const auto mix = [&](const void* bytes, int size) {
    for (int i = 0; i < size; ++i) hash = (hash ^ static_cast<const unsigned char*>(bytes)[i]) * 1099511628211U;
  };
  long count = 0;
  int result;
  for (; (result = sqlite3_step(rows.get())) == SQLITE_ROW; ++count)
    for (int i = 0; i < sqlite3_column_count(rows.get()); ++i) {
      const int type = sqlite3_column_type(rows.get(), i);
      mix(&type, sizeof type);
      const void* bytes = sqlite3_column_blob(rows.get(), i);
      mix(bytes, sqlite3_column_bytes(rows.get(), i));
    }
  REQUIRE(result == SQLITE_DONE);
  return table + " " + std::to_string(count) + " " + std::to_string(hash) + "\n";
}

std::vector<std::string> tables_of(sqlite3* db, const char* type) {
  const Statement names = prepared(db, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = '" + std::string(type) +
                                           "' AND name NOT LIKE 'sqlite_%' ORDER BY name");
  std::vector<std::string> found;
  while (sqlite3_step(names.get()) == SQLITE_ROW) found.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(names.get(), 0)));
  return found;
}

std::string dump_of(sqlite3* db) {
  std::string all = "schema " + first_of(db, "PRAGMA user_version") + "\n";
  for (const std::string& table : tables_of(db, "table")) all += told_of(db, table);
  return all;
}

void run(sqlite3* db, const char* sql) { REQUIRE_MESSAGE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db), sql); }

}  // namespace

FileBase::FileBase(std::string image, std::string path, int cache, bool joined)
    : image_(std::move(image)), path_(std::move(path)), cache_(cache), joined_(joined) {
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(note_opened));
}

void FileBase::fresh() {
  close();
  for (const char* suffix : {"-wal", "-shm", "-journal"}) std::filesystem::remove(path_ + suffix);
  std::ofstream(path_, std::ios::binary) << image_;
  crm_options options{};
  options.struct_size = sizeof options;
  options.create_file = 1;
  if (joined_) {
    REQUIRE(sqlite3_open(path_.c_str(), &host_) == SQLITE_OK);
    REQUIRE(crm_open_joined(host_, &options, &db_) == CRM_OK);
  } else {
    REQUIRE(crm_open(path_.c_str(), &options, &db_) == CRM_OK);
  }
  if (cache_) run(opened_last, ("PRAGMA cache_size=" + std::to_string(cache_)).c_str());
  REQUIRE(sqlite3_open(path_.c_str(), &witness_) == SQLITE_OK);
  run(witness_, "PRAGMA cache_size=-16000");
}

void FileBase::close() {
  crm_close(db_);
  CHECK(sqlite3_close(host_) == SQLITE_OK);
  db_ = nullptr;
  host_ = nullptr;
  close_witness();
}

void FileBase::close_witness() {
  CHECK(sqlite3_close(witness_) == SQLITE_OK);
  witness_ = nullptr;
  dumped_at_.clear();
}

const std::string& FileBase::dump() {
  const std::string version = first_of(witness_, "PRAGMA data_version");  // another one when somebody else has committed
  if (version != std::exchange(dumped_at_, version)) dumped_ = dump_of(witness_);
  return dumped_;
}

std::string FileBase::damage(const std::string& wanted) {
  close();
  sqlite3* base = nullptr;
  REQUIRE(sqlite3_open(path_.c_str(), &base) == SQLITE_OK);
  std::string why = first_of(base, "PRAGMA integrity_check");
  if (why == "ok") why = first_of(base, "PRAGMA foreign_key_check");
  for (const std::string& table : tables_of(base, "virtual"))
    if (sqlite3_exec(base, ("INSERT INTO \"" + table + "\"(\"" + table + "\") VALUES('integrity-check')").c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      why += table + ": " + sqlite3_errmsg(base);
  if (dump_of(base) != wanted) why += "another base after it was opened again";
  sqlite3_close(base);
  return why;
}

bool FileBase::is_busy() {
  if (host_ && !sqlite3_get_autocommit(host_)) return true;
  if (sqlite3_exec(witness_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) return true;
  run(witness_, "ROLLBACK");
  return false;
}

}  // namespace crm::test
