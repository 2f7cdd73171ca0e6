#include "scan.hpp"

#include <algorithm>
#include <exception>

namespace crm::sqlite {
namespace {

struct Scan {
  const std::function<void(const Cell*)>& take;
  const std::vector<Storage>& kinds;
  std::vector<Cell> cells;
  Fitting fitting{};
  std::exception_ptr thrown{};
};

/// The innermost one: `take` may ask for other rows.
thread_local Scan* current = nullptr;

void give_row(sqlite3_context* context, int count, sqlite3_value** values) {
  if (!current || current->cells.size() != static_cast<std::size_t>(count)) return sqlite3_result_error(context, "crm_scan: only crm asks it", -1);
  try {
    current->fitting.next_row();
    for (std::size_t i = 0; i < current->kinds.size(); ++i) current->cells[i] = current->fitting.fit(cell_of(values[i]), current->kinds[i]);
    current->take(current->cells.data());
  } catch (...) {  // not through SQLite
    current->thrown = std::current_exception();
    sqlite3_result_error(context, "crm_scan: ended", -1);
  }
}

void end_rows(sqlite3_context* context) { sqlite3_result_null(context); }

}  // namespace

int add_scan(sqlite3* db) { return sqlite3_create_function(db, kScan, -1, SQLITE_UTF8, nullptr, nullptr, give_row, end_rows); }

void scan(Statement& statement, const std::vector<Storage>& kinds, const std::function<void(const Cell*)>& take) {
  Scan mine{take, kinds, std::vector<Cell>(std::max<std::size_t>(kinds.size(), 1))};
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
