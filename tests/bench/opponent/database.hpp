// The SQLite C API as thin as it can be used, and what all jobs of the opponent share.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace opponent {

using i64 = std::int64_t;

extern sqlite3* db;
extern std::string database, folder;
extern i64 companies, events, users, products, spheres;
/// Keeps text columns from being optimised away.
extern std::size_t sink;

[[noreturn]] void die(const char* what);
void execute(const std::string& sql);
double now_ms();
std::string slurp(const std::string& file);
/// Rows of `folder`/`name`.csv, `|`-separated.
std::vector<std::vector<std::string>> texts(const std::string& name);
std::vector<std::vector<i64>> numbers(const std::string& name);
/// One JSON line.
void report(const char* job, double ms, i64 operations, i64 checksum);

class Statement {
 public:
  explicit Statement(const char* sql) {
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt_, nullptr)) die(sql);
  }
  ~Statement() { sqlite3_finalize(stmt_); }
  Statement(const Statement&) = delete;
  Statement& bind(int index, i64 value) {
    sqlite3_bind_int64(stmt_, index, value);
    return *this;
  }
  Statement& bind(int index, const std::string& text) {
    sqlite3_bind_text(stmt_, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    return *this;
  }
  bool row() {
    const int result = sqlite3_step(stmt_);
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) die("step");
    sqlite3_reset(stmt_);
    return false;
  }
  void run() {
    while (row()) {
    }
  }
  i64 integer(int column) { return sqlite3_column_int64(stmt_, column); }
  /// Looks at a text as a caller who draws it would.
  std::size_t text(int column) {
    const unsigned char* p = sqlite3_column_text(stmt_, column);
    return p ? p[0] + static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column)) * 0 + 1 : 0;
  }
  sqlite3_stmt* handle() { return stmt_; }

 private:
  sqlite3_stmt* stmt_ = nullptr;
};

using Job = std::function<i64(i64& operations)>;
/// Runs `job` twice (or once), the last time by the clock.
void timed(const char* name, const Job& job, bool warm = true);

void load();                             // 1
void load_search();                      // 1fts
void save(const char* job);              // 2d, 2n, 2g
void card();                             // 3
void month();                            // 4
void extended_filter();                  // 5
void funnel(const std::string& job);     // 6a, 6ac, 6b, 6bc
void plan_fact(const std::string& job);  // 7, 7c
void overdue();                          // 8c
void mark_overdue();                     // 8m
void contacts(const std::string& job);   // 9, 9t
void matrices(const std::string& job);   // 10, 10c

}  // namespace opponent
