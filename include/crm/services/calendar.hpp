/// The calendar (E11): what is asked, and what is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crm/model/entities.hpp"
#include "crm/rules/calendar_layout.hpp"
#include "crm/rules/calendar_theme.hpp"

namespace crm {

/// Whose events of which days. `user`, `department` (those who work there, or below, on a day of the period) and `company` narrow one
/// another; none of them: everybody's that the asker sees.
struct CalendarQuery {
  enum class View { day, week, month };
  View view = View::week;
  Date day{};                  ///< of the day; of the week (from Monday); of the month
  UserId user;
  DepartmentId department;
  CompanyId company;
  std::string zone;            ///< IANA; empty: the organisation's
  CalendarThemeId theme;       ///< none: the first one, or the built-in
  std::int64_t limit = 2000;   ///< of events; 1..10000
};

/// How a picture or page of it is drawn.
struct CalendarPicture {
  std::int32_t width = 1200;   ///< pixels, 480..4000
  /// What links begin with, for a host that follows them: "<links>event/17" (also .../move, .../remove) and "<links>new/2026-03-02T10:00",
  /// in a month "<links>new/2026-03-02". Empty: no links.
  std::string links;
};

/// An event as it is shown.
struct CalendarEntry {
  EventId event;
  Version version = 0;
  std::optional<Instant> start;  ///< always but in the overdue list: a postponed event may have none
  std::optional<Instant> end;
  bool all_day = false;
  Date first{};                  ///< days touched, both inclusive
  Date last{};
  bool bar = false;              ///< drawn over days rather than by the hours of one
  EffectiveState state = EffectiveState::planned;
  Event::Priority priority = Event::Priority::normal;
  Event::Verification verification = Event::Verification::not_required;
  EventTypeId type;
  CompanyId company;
  UserId executor;
  std::string type_name;
  std::string company_name;
  std::string executor_name;     ///< "Иванов П. С."
  std::string purpose;
  std::optional<Instant> due_at;
};

/// An event by the hours of a day.
struct CalendarBox {
  std::size_t entry = 0;      ///< position in `Calendar::entries`
  MinuteSpan minutes;
  ColumnPlace place;
  bool from_before = false;   ///< began on a day before
  bool goes_on = false;       ///< ends on a day after
};

/// An event over days of a week.
struct CalendarBar {
  std::size_t entry = 0;
  Date first{};
  Date last{};                ///< inclusive, within the week
  std::int32_t lane = 0;
  bool from_before = false;
  bool goes_on = false;
};

struct CalendarDayView {
  Date day{};
  bool in_period = true;      ///< not so for the days of other months at the ends of a month
  std::string name;           ///< of a holiday or another special day
  std::vector<DayPart> hours; ///< worked by the user, else by the organisation; none: a day off
  std::vector<CalendarBox> boxes;
};

/// A day, or seven from Monday.
struct CalendarWeek {
  std::vector<CalendarDayView> days;
  /// What lasts over days; in a month every event. By lane.
  std::vector<CalendarBar> bars;
  std::int32_t lanes = 0;
};

struct Calendar {
  CalendarQuery::View view = CalendarQuery::View::week;
  Date from{};                          ///< the days shown, half-open
  Date to{};
  Date period_from{};                   ///< the day, week or month asked for, half-open
  Date period_to{};
  Date today{};
  std::optional<std::int32_t> now;      ///< minute of today, if today is shown
  std::string zone;
  std::string title;                    ///< of whom: the user, department, company, "" for everybody's
  bool of_user = false;                 ///< of one user: entries need not name him
  CalendarTheme theme;
  std::optional<CalendarLooks> looks;   ///< always there
  std::vector<CalendarEntry> entries;   ///< by start
  std::vector<CalendarWeek> weeks;
  std::vector<CalendarEntry> overdue;   ///< all that is overdue now, whatever the period, oldest due first; at most `kOverdueShown`
  bool more = false;                    ///< there are more entries than the limit
  bool overdue_more = false;

  static constexpr std::int64_t kOverdueShown = 100;
};

}  // namespace crm
