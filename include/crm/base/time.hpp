/// Instants, calendar dates and zones. Every rule takes `now` and a zone; nothing here reads a clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crm {

/// A moment, UTC, in microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
/// A calendar date of no zone. It does not convert to `Instant`: that takes a `Zone`.
using Date = std::chrono::local_days;
/// Wall clock time of no zone.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

/// Half-open [from, to); no `to` is "still".
struct DateRange {
  std::optional<Date> from;
  std::optional<Date> to;

  [[nodiscard]] bool contains(Date day) const { return (!from || *from <= day) && (!to || day < *to); }
  [[nodiscard]] bool overlaps(const DateRange& other) const {
    return (!to || !other.from || *other.from < *to) && (!other.to || !from || *from < *other.to);
  }
};

struct ZoneRules;

/// An IANA zone ("Asia/Novosibirsk", also by an older name as "W-SU"), "UTC" or a fixed offset ("+07:00"). Cheap to copy.
/// All zones are inside the library; the system's database (/usr/share/zoneinfo) is read where it says that it is newer.
class Zone {
 public:
  /// UTC.
  Zone();
  /// Throws `invalid_argument` (`time.zone`) for a name nobody knows. Makes a table of 400 years: make it once, not per row.
  explicit Zone(std::string_view name);
  /// As somebody has written it, maybe by a newer database: a name that is not known here has the clock of UTC. Never throws an `Error`.
  static Zone as_stored(std::string_view name);

  [[nodiscard]] bool is_known() const;
  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] LocalTime local(Instant at) const;
  [[nodiscard]] Date date(Instant at) const { return std::chrono::floor<std::chrono::days>(local(at)); }
  /// The instant of a wall clock time: the earlier one when the clock shows it twice, the moment
  /// of the jump when the clock skips it.
  [[nodiscard]] Instant instant(LocalTime at) const;
  /// Midnight at which `day` begins.
  [[nodiscard]] Instant start_of(Date day) const { return instant(LocalTime(day)); }

 private:
  explicit Zone(std::shared_ptr<const ZoneRules> rules);

  std::shared_ptr<const ZoneRules> rules_;
};

/// What can be written as a text and what Boost.Date_Time knows: the years 1400 to 9999.
inline constexpr Date kFirstDate{std::chrono::days(-208188)};
inline constexpr Date kLastDate{std::chrono::days(2932896)};
inline constexpr Instant kFirstInstant{std::chrono::days(-208188)};
inline constexpr Instant kLastInstant{std::chrono::days(2932897)};

/// "2026-03-02", a real date of the years 1400..9999 (those Boost.Date_Time knows), else none.
std::optional<Date> parse_date(std::string_view text);
std::string to_string(Date day);
/// "2026-03-02T09:00:00Z", "+07:00" and fractions of up to nine digits (cut to microseconds) allowed, else none.
std::optional<Instant> parse_instant(std::string_view text);
/// UTC, "2026-03-02T02:00:00Z"; fractions of three or six digits only when there are any.
std::string to_string(Instant at);

/// Today by the calendar of `zone`.
inline Date today(Instant now, const Zone& zone) { return zone.date(now); }

inline std::int64_t to_number(Instant at) { return at.time_since_epoch().count(); }
inline std::int64_t to_number(Date day) { return day.time_since_epoch().count(); }
inline Instant instant_of(std::int64_t microseconds) { return Instant(std::chrono::microseconds(microseconds)); }
inline Date date_of(std::int64_t days) { return Date(std::chrono::days(days)); }

}  // namespace crm
