/// What one call may ask, save and be told at most, and what a handle may keep.
#pragma once

#include <cstdint>

namespace crm {

/// What is more is refused whole by a rule that names the limit (`limit.text`, ...), `invalid_argument`; nothing is cut. `kNoLimit`: none.
struct Limits {
  static constexpr std::int64_t kNoLimit = INT64_MAX;

  std::int64_t nesting = 32;                 ///< levels of JSON, of conditions inside conditions; never more than kDeepest
  std::int64_t text_bytes = 1'000'000;       ///< of a text that is saved (`field.too_long`; none is ever longer than this), or asked for in a condition
  std::int64_t search_bytes = 1000;          ///< of a text that is looked for inside others or at their beginning
  std::int64_t conditions = 1000;            ///< of a question; a ready one (a state, a manager) is the one or more it is made of
  std::int64_t columns = 500;                ///< of a question
  std::int64_t values = 16'384;              ///< in the lists of a question
  std::int64_t answer_rows = 1'000'000;      ///< of an answer that is given whole; a cursor has no end
  std::int64_t answer_bytes = 256 << 20;     ///< the same, of its JSON, CSV, SVG or HTML
  std::int64_t resident_bytes = kNoLimit;    ///< of what reports keep in memory between calls; beyond it they read the base, for the same numbers

  /// Conditions are walked by recursion, in the databases, too.
  static constexpr std::int64_t kDeepest = 100;
};

}  // namespace crm
