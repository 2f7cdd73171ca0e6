// All rows of a statement without a step for each: SQLite hands them to an aggregate function.
#pragma once

#include <functional>

#include "connection.hpp"
#include "store/fitted.hpp"

namespace crm::sqlite {

constexpr const char* kScan = "crm_scan";
constexpr std::size_t kMostScanned = 100;  // columns; SQLite's functions have at most 127 arguments

/// SQLite's result.
int add_scan(sqlite3* db);
/// Runs "SELECT crm_scan(<columns>) ..." and hands each row, as columns of these kinds, to `take`; what that throws comes out.
void scan(Statement& statement, const std::vector<Storage>& kinds, const std::function<void(const Cell*)>& take);

}  // namespace crm::sqlite
