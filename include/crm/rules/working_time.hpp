/// Working time of the organisation or of one user (M14): what escalation, reminders, forecasts and the calendar count by.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crm/base/time.hpp"
#include "crm/model/working_calendar.hpp"

namespace crm {

/// Minutes of the wall clock of a day, half-open [from, to).
struct DayPart {
  std::int32_t from = 0;
  std::int32_t to = 0;
  bool operator==(const DayPart&) const = default;
};

class WorkingTime {
 public:
  using Duration = std::chrono::microseconds;

  /// Rows of other users are left out; `user` none: the organisation's own calendar.
  WorkingTime(Zone zone, std::span<const WorkingHours> hours, std::span<const CalendarDay> days, UserId user = {});

  /// Ascending, apart from each other; empty on a day off.
  [[nodiscard]] std::vector<DayPart> hours(Date day) const;
  /// Of the exception that holds on that day, "" if none.
  [[nodiscard]] const std::string& name(Date day) const;
  [[nodiscard]] bool is_working_day(Date day) const { return !hours(day).empty(); }
  /// Of [from, to).
  [[nodiscard]] std::int64_t working_days(Date from, Date to) const;
  /// Working time of [from, to), 0 if `to` is not after `from`.
  [[nodiscard]] Duration between(Instant from, Instant to) const;
  /// The first instant by which that much working time has passed since `from`, which it is for none. None if ten years do not bring
  /// it: nobody works.
  [[nodiscard]] std::optional<Instant> add(Instant from, Duration work) const;

 private:
  [[nodiscard]] const CalendarDay* exception(Date day) const;

  Zone zone_;
  std::vector<DayPart> week_[8];  // by ISO weekday; 0 stays empty
  std::map<Date, CalendarDay> days_;
};

}  // namespace crm
