#include "sum.hpp"

#include <cstdint>
#include <limits>

namespace crm::sqlite {
namespace {

/// Integers in two halves (32-bit compilers have no 128-bit ones) and reals beside them.
struct Sum {
  std::int64_t high;
  std::int64_t low;  // below 2^32 in size per term, so 2^31 terms fit
  double reals;
  bool any;
  bool real;
};

void step(sqlite3_context* context, int, sqlite3_value** values) {
  auto* sum = static_cast<Sum*>(sqlite3_aggregate_context(context, sizeof(Sum)));
  if (!sum) return sqlite3_result_error_nomem(context);
  const int type = sqlite3_value_type(values[0]);
  if (type == SQLITE_NULL) return;
  sum->any = true;
  if (type == SQLITE_INTEGER) {
    const std::int64_t value = sqlite3_value_int64(values[0]);
    sum->high += value >> 32;
    sum->low += value & 0xffff'ffff;
  } else {
    sum->real = true;
    sum->reals += sqlite3_value_double(values[0]);
  }
}

void finish(sqlite3_context* context) {
  auto* sum = static_cast<Sum*>(sqlite3_aggregate_context(context, 0));
  if (!sum || !sum->any) return sqlite3_result_null(context);
  const std::int64_t high = sum->high + (sum->low >> 32);
  const std::int64_t low = sum->low & 0xffff'ffff;
  const bool fits = high >= std::numeric_limits<std::int32_t>::min() && high <= std::numeric_limits<std::int32_t>::max();
  const std::int64_t whole = fits ? high * (std::int64_t{1} << 32) + low : 0;
  if (sum->real) return sqlite3_result_double(context, sum->reals + static_cast<double>(whole));
  if (!fits) return sqlite3_result_error(context, kSumOverflow.data(), -1);
  sqlite3_result_int64(context, whole);
}

}  // namespace

int add_exact_sum(sqlite3* db) {
  return sqlite3_create_function(db, "crm_sum", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, nullptr, step, finish);
}

}  // namespace crm::sqlite
