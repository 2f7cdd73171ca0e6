/// The rule of a zone after its last jump, as POSIX writes it in TZ with what RFC 8536 adds: hours up to 167 either way.
#include <chrono>

#include "digits.hpp"
#include "zone_history.hpp"

namespace crm {
namespace {

using std::chrono::sys_days;

/// When in a year the clock moves: "M3.5.0/2", "J60", "59".
struct MoveDay {
  char kind = 'n';  ///< M: the week-th weekday of the month; J: a day of a year without 29 February; n: a day, from 0
  int month = 0, week = 0, weekday = 0;
  int day = 0;
  std::int32_t time = 7200;  ///< after midnight by the clock before the move, seconds

  /// Seconds since 1970 as that clock shows them.
  [[nodiscard]] std::int64_t in(std::chrono::year year) const {
    using namespace std::chrono;
    sys_days date;
    if (kind == 'M') {
      const auto m = year / month;
      const std::chrono::weekday w(static_cast<unsigned>(weekday));
      date = week == 5 ? sys_days(m / w[last]) : sys_days(m / w[static_cast<unsigned>(week)]);
    } else {
      const int leap_day = kind == 'J' && !(year.is_leap() && day >= 60) ? 1 : 0;
      date = sys_days(year / 1 / 1) + days(day - leap_day);
    }
    return sys_seconds(date).time_since_epoch().count() + time;
  }
};

/// Reads it from left to right; what does not fit makes `fine` false.
struct PosixText {
  std::string_view rest;
  bool fine = true;

  bool take(char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  int number(int low, int high) {
    int made = 0;
    std::size_t width = 0;
    for (; width < rest.size() && width < 4 && digits::is_digit(rest[width]); ++width) made = made * 10 + (rest[width] - '0');
    rest.remove_prefix(width);
    fine = fine && width > 0 && made >= low && made <= high;
    return made;
  }
  /// "CET", "<+07>"
  void name() {
    const bool quoted = take('<');
    std::size_t length = 0;
    const auto belongs = [&](char c) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      return letter || (quoted && (digits::is_digit(c) || c == '+' || c == '-'));
    };
    while (length < rest.size() && belongs(rest[length])) ++length;
    rest.remove_prefix(length);
    fine = fine && length >= 3 && (!quoted || take('>'));
  }
  /// "-3", "10:30", "2:00:00"
  std::int32_t time(int most_hours) {
    const int sign = take('-') ? -1 : (take('+'), 1);
    std::int32_t seconds = number(0, most_hours) * 3600;
    if (take(':')) seconds += number(0, 59) * 60;
    if (take(':')) seconds += number(0, 59);
    return sign * seconds;
  }
  MoveDay day() {
    MoveDay made;
    if (take('M')) {
      made.kind = 'M';
      made.month = number(1, 12);
      fine = fine && take('.');
      made.week = number(1, 5);
      fine = fine && take('.');
      made.weekday = number(0, 6);
    } else {
      made.kind = take('J') ? 'J' : 'n';
      made.day = number(made.kind == 'J' ? 1 : 0, 365);
    }
    if (take('/')) made.time = time(167);
    return made;
  }
};

}  // namespace

std::optional<ZoneHistory> with_rule(ZoneHistory history, std::string_view rule) {
  if (rule.empty()) return history;
  PosixText text{rule};
  text.name();
  const std::int32_t standard = -text.time(24);  // POSIX counts west of UTC
  if (text.fine && text.rest.empty()) return history;  // no summer: the last offset stays
  text.name();
  const std::int32_t summer = text.rest.starts_with(',') ? standard + 3600 : -text.time(24);
  text.fine = text.fine && text.take(',');
  const MoveDay begins = text.day();
  text.fine = text.fine && text.take(',');
  const MoveDay ends = text.day();
  if (!text.fine || !text.rest.empty()) return {};

  using namespace std::chrono;
  const std::int64_t last = history.jumps.empty() ? sys_seconds(sys_days(1400y / 1 / 1)).time_since_epoch().count() : history.jumps.back().at;
  const year from = year_month_day(floor<days>(sys_seconds(seconds(last)))).year();
  for (year y = from; y <= from + years(403); ++y) {
    ZoneJump moves[] = {{begins.in(y) - standard, summer}, {ends.in(y) - summer, standard}};
    if (moves[1].at < moves[0].at) std::swap(moves[0], moves[1]);
    for (const ZoneJump& move : moves)
      if (move.at > last) history.jumps.push_back(move);
  }
  history.goes_on = true;
  return history;
}

}  // namespace crm
