#include "scan.hpp"

#include <algorithm>
#include <exception>

namespace crm::sqlite {
namespace {

struct Scan {
  const std::function<void(const Cell*)>& take;
  std::vector<Cell> cells;
  std::exception_ptr thrown{};
};

/// The innermost one: `take` may ask for other rows.
thread_local Scan* current = nullptr;

void give_row(sqlite3_context* context, int count, sqlite3_value** values) {
  if (!current || current->cells.size() != static_cast<std::size_t>(count)) return sqlite3_result_error(context, "crm_scan: only crm asks it", -1);
  for (int i = 0; i < count; ++i) current->cells[static_cast<std::size_t>(i)] = cell_of(values[i]);
  try {
    current->take(current->cells.data());
  } catch (...) {  // not through SQLite
    current->thrown = std::current_exception();
    sqlite3_result_error(context, "crm_scan: ended", -1);
  }
}

void end_rows(sqlite3_context* context) { sqlite3_result_null(context); }

}  // namespace

int add_scan(sqlite3* db) { return sqlite3_create_function(db, kScan, -1, SQLITE_UTF8, nullptr, nullptr, give_row, end_rows); }

void scan(Statement& statement, std::size_t columns, const std::function<void(const Cell*)>& take) {
  Scan mine{take, std::vector<Cell>(std::max<std::size_t>(columns, 1))};
  struct Innermost {
    Scan* outer = current;
    ~Innermost() { current = outer; }
  } restored;
  current = &mine;
  try {
    statement.run();
  } catch (...) {
    if (mine.thrown) std::rethrow_exception(mine.thrown);
    throw;
  }
}

}  // namespace crm::sqlite
