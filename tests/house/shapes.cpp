// Writes every text that SQLite was asked, once each and ended by a zero, to the file that CRM_SHAPES names: for tests/stores/plans_test.py.
#include <sqlite3.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

namespace {

std::set<std::string>& shapes() {
  static std::set<std::string> known;
  return known;
}

int note(unsigned, void*, void* statement, void*) {
  if (const char* const sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement))) shapes().emplace(sql);
  return 0;
}

int trace(sqlite3* db, char**, const void*) { return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, note, nullptr); }

struct Recorder {
  const char* const path = std::getenv("CRM_SHAPES");

  Recorder() {
    shapes();  // outlives this
    if (path) sqlite3_auto_extension(reinterpret_cast<void (*)()>(trace));
  }
  ~Recorder() {
    if (!path) return;
    std::ofstream out(path, std::ios::binary);
    for (const std::string& sql : shapes()) out << sql << '\0';
  }
} const recorder;

}  // namespace
