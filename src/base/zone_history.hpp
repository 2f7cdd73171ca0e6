/// What the zone database says of a zone: our table of it, or a file of the system's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crm {

/// The clock moves: from `at` (seconds since 1970) on it is `offset` seconds east of UTC.
struct ZoneJump {
  std::int64_t at = 0;
  std::int32_t offset = 0;
};

struct ZoneHistory {
  std::int32_t first = 0;       ///< the offset before all jumps
  std::vector<ZoneJump> jumps;  ///< ascending; among them those that the rule brings, see `with_rule`
  bool goes_on = false;         ///< the last 400 years of jumps repeat for ever
};

/// By our table; none: it knows no such name.
std::optional<ZoneHistory> zone_inside(std::string_view name);

/// A file of zic (RFC 8536): its 64-bit block and its rule. None if it is broken or of the first version.
std::optional<ZoneHistory> read_tzif(std::string_view bytes);

/// By the database in `folder`, if that is known to be newer than our table ("2026f"); none otherwise and for what it cannot tell.
std::optional<ZoneHistory> zone_of_system(const std::string& folder, std::string_view name);

/// `history` with the jumps of a rule as POSIX writes it in TZ ("CET-1CEST,M3.5.0,M10.5.0/3"): those of the 403 years after its
/// last jump, three more than the calendar takes to repeat, so that one who looks up need not mind its end. None if the rule is broken.
std::optional<ZoneHistory> with_rule(ZoneHistory history, std::string_view rule);

}  // namespace crm
