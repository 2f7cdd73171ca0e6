/// The working calendar (M14): of the organisation, and of a user where his differs. Without any rows: Monday to Friday, 09:00 to 18:00.
#pragma once

#include <string>

#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// A part of a weekday's working hours; a lunch break makes two. A user with rows of his own has these instead of the organisation's.
struct WorkingHours {
  static constexpr EntityNo kEntity = 38;
  enum Field : FieldNo { kUser = 3, kWeekday, kFrom, kTo };

  IdOf<WorkingHours> id;
  Version version = 0;
  UserId user;                      ///< none: the organisation's
  std::int32_t weekday = 1;         ///< ISO 8601: Monday 1 .. Sunday 7
  std::int32_t from_minute = 540;   ///< of the wall clock, since midnight
  std::int32_t to_minute = 1080;    ///< up to 1440
};

/// A date that is not as its weekday: a holiday, a moved working day, the short day before a holiday, somebody's leave. That of a user
/// goes before the organisation's; one each for a date.
struct CalendarDay {
  static constexpr EntityNo kEntity = 39;
  enum Field : FieldNo { kUser = 3, kDay, kWorksAs, kShorter, kName };

  IdOf<CalendarDay> id;
  Version version = 0;
  UserId user;                      ///< none: the organisation's
  Date day{};
  std::int32_t works_as = 0;        ///< the weekday whose hours hold, 1..7; 0 = a day off
  std::int32_t shorter_minutes = 0; ///< taken from the end of these hours
  std::string name;                 ///< "День России"
};

}  // namespace crm
