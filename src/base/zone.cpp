/// Zones: a fixed offset, or a table of an IANA zone's transitions made once and searched per row.
#include <algorithm>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "crm/base/time.hpp"
#include "digits.hpp"

#ifdef CRM_WITH_TZ
#ifndef USE_OS_TZDB
#define USE_OS_TZDB 1  // as Debian builds libdate-tz: the layout of its classes depends on it
#endif
#include <date/tz.h>
#endif

namespace crm {
namespace {

using std::chrono::microseconds;

constexpr std::int64_t kSecond = 1'000'000;

/// `a + b` held at the ends of 64 bits: a host's "never" stays far away instead of wrapping round.
std::int64_t add(std::int64_t a, std::int64_t b) {
  using Int64 = std::numeric_limits<std::int64_t>;
  if (b > 0 && a > Int64::max() - b) return Int64::max();
  if (b < 0 && a < Int64::min() - b) return Int64::min();
  return a + b;
}

[[noreturn]] void refuse(Code code, std::string_view rule, std::string_view name) {
  Violation violation;
  violation.rule = rule;
  violation.value = shorten(name);
  throw Error(code, {std::move(violation)});
}

}  // namespace

/// Immutable once made. `from`, `until_wall` and `offset` are columns of one table, in microseconds: offset[i] holds
/// from from[i] to from[i + 1]; its wall clock ends at until_wall[i]. Empty for a fixed offset.
struct Zone::Rules {
  std::string name;
  std::int64_t fixed = 0;
  std::vector<std::int64_t> from;
  std::vector<std::int64_t> until_wall;
  std::vector<std::int64_t> offset;

  [[nodiscard]] std::int64_t to_wall(std::int64_t at) const {
    if (from.empty()) return add(at, fixed);
    const auto next = std::upper_bound(from.begin(), from.end(), at);
    const auto row = next == from.begin() ? 0 : next - from.begin() - 1;
    return add(at, offset[static_cast<std::size_t>(row)]);
  }

  /// The first span whose wall clock ends after `wall` gives the earlier of two readings; if it has not begun by
  /// then, the clock skipped `wall`.
  [[nodiscard]] std::int64_t to_instant(std::int64_t wall) const {
    if (from.empty()) return add(wall, -fixed);
    const auto end = std::upper_bound(until_wall.begin(), until_wall.end(), wall);
    const auto row = static_cast<std::size_t>(std::min(end - until_wall.begin(), std::ssize(from) - 1));
    return std::max(add(wall, -offset[row]), from[row]);
  }

  void read_database(std::string_view zone);
};

#ifdef CRM_WITH_TZ

/// Reads all spans from 1850 on. After 2037, where the system's files end, the last offset stays (no DST).
void Zone::Rules::read_database(std::string_view zone) {
  try {
    date::get_tzdb();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {  // no zoneinfo on this machine
    refuse(Code::unsupported, "time.zone_database", zone);
  }
  const date::time_zone* known = nullptr;
  try {
    known = date::locate_zone(zone);
    known->get_info(std::chrono::sys_seconds());  // reads the zone's file, which may be broken
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    refuse(Code::invalid_argument, "time.zone", zone);
  }

  const auto first = std::chrono::sys_days(std::chrono::year(1850) / 1 / 1);
  const auto last = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);
  std::chrono::sys_seconds at = first;
  while (at < last) {
    const auto span = known->get_info(at);
    const std::int64_t shift = span.offset.count() * kSecond;
    const bool open = span.end >= last;
    const bool same = !offset.empty() && offset.back() == shift;  // only the letters changed
    if (same) {
      until_wall.pop_back();
    } else {
      from.push_back(from.empty() ? std::numeric_limits<std::int64_t>::min() : at.time_since_epoch().count() * kSecond);
      offset.push_back(shift);
    }
    until_wall.push_back(open ? std::numeric_limits<std::int64_t>::max()
                              : span.end.time_since_epoch().count() * kSecond + shift);
    if (open) break;
    at = span.end;
  }
}

#else

void Zone::Rules::read_database(std::string_view zone) {
  const bool iana = std::all_of(zone.begin(), zone.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '+';
  });
  const bool letter = !zone.empty() && ((zone[0] >= 'A' && zone[0] <= 'Z') || (zone[0] >= 'a' && zone[0] <= 'z'));
  if (iana && letter) refuse(Code::unsupported, "time.zone_database", zone);
  refuse(Code::invalid_argument, "time.zone", zone);
}

#endif

Zone::Zone() : Zone("UTC") {}

Zone::Zone(std::string_view name) {
  auto rules = std::make_shared<Rules>();
  rules->name = name;
  if (name != "UTC") {
    if (const auto offset = digits::read_offset(name)) {
      rules->fixed = microseconds(*offset).count();
    } else {
      rules->read_database(name);
    }
  }
  rules_ = std::move(rules);
}

const std::string& Zone::name() const { return rules_->name; }

LocalTime Zone::local(Instant at) const { return LocalTime(microseconds(rules_->to_wall(to_number(at)))); }

Instant Zone::instant(LocalTime at) const { return instant_of(rules_->to_instant(at.time_since_epoch().count())); }

}  // namespace crm
