/// How the wall clock of a zone follows from the instant, and back: a table made once and searched per row.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "zone_history.hpp"

namespace crm {

/// Immutable once made. `from`, `until_wall` and `offset` are columns of one table, in microseconds: offset[i] holds
/// from from[i] to from[i + 1]; its wall clock ends at until_wall[i]. Empty for a fixed offset.
struct ZoneRules {
  std::string name;
  bool known = true;  ///< not known to this build: as UTC
  std::int64_t fixed = 0;
  std::vector<std::int64_t> from;
  std::vector<std::int64_t> until_wall;
  std::vector<std::int64_t> offset;
  std::int64_t repeats_from = std::numeric_limits<std::int64_t>::max();  ///< from here on all is as 400 years before

  ZoneRules(std::string name, const ZoneHistory& history);

  [[nodiscard]] std::int64_t to_wall(std::int64_t at) const;
  /// The earlier of two readings; the moment of the jump if the clock skipped `wall`.
  [[nodiscard]] std::int64_t to_instant(std::int64_t wall) const;

 private:
  void add(std::int64_t at, std::int64_t shift);
  [[nodiscard]] std::int64_t whole_cycles(std::int64_t time) const;
};

}  // namespace crm
