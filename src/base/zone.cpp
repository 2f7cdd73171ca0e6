#include <algorithm>
#include <utility>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "crm/base/time.hpp"
#include "digits.hpp"
#include "zone_rules.hpp"

namespace crm {
namespace {

using std::chrono::microseconds;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kCycle = kSecond * 86400 * 146097;  ///< 400 years, whole weeks: the calendar begins anew
constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();

/// `a + b` held at the ends of 64 bits: a host's "never" stays far away instead of wrapping round.
std::int64_t add(std::int64_t a, std::int64_t b) {
  using Int64 = std::numeric_limits<std::int64_t>;
  if (b > 0 && a > Int64::max() - b) return Int64::max();
  if (b < 0 && a < Int64::min() - b) return Int64::min();
  return a + b;
}

/// By the newer of our table and the system's database; none for a name that it does not have.
std::optional<ZoneHistory> look_up(std::string_view name) {
#ifndef _WIN32
  if (auto newer = zone_of_system("/usr/share/zoneinfo", name)) return newer;
#endif
  return zone_inside(name);
}

std::optional<ZoneHistory> history_of(std::string_view name) {
  if (name == "UTC") return ZoneHistory{};
  if (const auto offset = digits::read_offset(name)) return ZoneHistory{static_cast<std::int32_t>(std::chrono::seconds(*offset).count()), {}, false};
  return look_up(name);
}

}  // namespace

ZoneRules::ZoneRules(std::string of, const ZoneHistory& history) : name(std::move(of)), fixed(history.first * kSecond) {
  if (history.jumps.empty()) return;
  add(std::numeric_limits<std::int64_t>::min(), fixed);
  for (const ZoneJump& jump : history.jumps) add(jump.at * kSecond, jump.offset * kSecond);
  if (history.goes_on) repeats_from = from.back() - 2 * 86400 * kSecond;  // no clock is two days away from UTC
}

void ZoneRules::add(std::int64_t at, std::int64_t shift) {
  if (!offset.empty() && offset.back() == shift) return;  // only the letters changed
  if (!from.empty()) until_wall.back() = at + offset.back();
  from.push_back(at);
  offset.push_back(shift);
  until_wall.push_back(kEver);
}

/// By how much `time` is to go back to where the table tells it.
std::int64_t ZoneRules::whole_cycles(std::int64_t time) const {
  return time < repeats_from ? 0 : ((time - repeats_from) / kCycle + 1) * kCycle;
}

std::int64_t ZoneRules::to_wall(std::int64_t at) const {
  if (from.empty()) return crm::add(at, fixed);
  const auto next = std::upper_bound(from.begin() + 1, from.end(), at - whole_cycles(at));
  return crm::add(at, offset[static_cast<std::size_t>(next - from.begin() - 1)]);
}

/// The first span whose wall clock ends after `wall` gives the earlier of two readings; if it has not begun by
/// then, the clock skipped `wall`.
std::int64_t ZoneRules::to_instant(std::int64_t wall) const {
  if (from.empty()) return crm::add(wall, -fixed);
  const std::int64_t back = whole_cycles(wall);
  const auto end = std::upper_bound(until_wall.begin(), until_wall.end(), wall - back);
  const auto row = static_cast<std::size_t>(std::min(end - until_wall.begin(), std::ssize(from) - 1));
  return std::max(crm::add(wall, -offset[row]), crm::add(from[row], back));
}

Zone::Zone() : Zone("UTC") {}

Zone::Zone(std::string_view name) : Zone(as_stored(name)) {
  if (is_known()) return;
  Violation violation;
  violation.rule = "time.zone";
  violation.value = shorten(name);
  throw Error(Code::invalid_argument, {std::move(violation)});
}

Zone Zone::as_stored(std::string_view name) {
  const auto history = history_of(name);
  auto rules = std::make_shared<ZoneRules>(std::string(name), history.value_or(ZoneHistory{}));
  rules->known = history.has_value();
  return Zone(std::move(rules));
}

Zone::Zone(std::shared_ptr<const ZoneRules> rules) : rules_(std::move(rules)) {}

const std::string& Zone::name() const { return rules_->name; }

bool Zone::is_known() const { return rules_->known; }

LocalTime Zone::local(Instant at) const { return LocalTime(microseconds(rules_->to_wall(to_number(at)))); }

Instant Zone::instant(LocalTime at) const { return instant_of(rules_->to_instant(at.time_since_epoch().count())); }

}  // namespace crm
