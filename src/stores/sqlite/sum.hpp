// crm_sum(x): the exact sum that `Aggregate` promises; SQLite's own fails on an overflow in the middle.
#pragma once

#include <sqlite3.h>

#include <string_view>

namespace crm::sqlite {

inline constexpr std::string_view kSumOverflow = "crm_sum: overflow";
/// SQLite's result.
int add_exact_sum(sqlite3* db);

}  // namespace crm::sqlite
