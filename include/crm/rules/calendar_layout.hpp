/// Where events stand in the calendar (E11): columns of what overlaps on a day, lanes of bars over days, the cell an event is dropped on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "crm/base/time.hpp"
#include "crm/rules/event_state.hpp"
#include "crm/rules/working_time.hpp"

namespace crm {

/// The days an interval touches, and whether it is drawn as a bar over days rather than by the hours of one.
struct DaysTouched {
  Date first{};
  Date last{};  ///< inclusive
  bool bar = false;
};
/// By the calendar of `zone`; an all-day event keeps the dates of its own zone. A bar is all-day, or longer than a day. A moment touches
/// its day; an end at midnight does not touch the day that begins then. `interval.start` is given.
DaysTouched days_touched(const Interval& interval, const Zone& event_zone, const Zone& zone);

/// Minutes of the wall clock of a day, 0..1440, half-open.
struct MinuteSpan {
  std::int32_t from = 0;
  std::int32_t to = 0;
};
/// The part of an interval that lies on `day`; at least `least` minutes, so that it can be seen, within the day.
MinuteSpan minutes_on(Instant start, Instant end, Date day, const Zone& zone, std::int32_t least);

/// Column `column` of `columns` of equal width, `width` of them wide.
struct ColumnPlace {
  std::int32_t column = 0;
  std::int32_t columns = 1;
  std::int32_t width = 1;
  bool operator==(const ColumnPlace&) const = default;
};
/// Places of spans in the order given: what overlaps stands in columns of its own, as few as there must be, and takes the free ones on
/// its right. Spans are placed by beginning, the longer first.
std::vector<ColumnPlace> overlap_columns(std::span<const MinuteSpan> spans);

/// First and last day, both inclusive.
struct DaySpan {
  Date first{};
  Date last{};
};
/// The lane of each span, in the order given: the first that is free on all its days. Give them in the order in which they are to lie.
std::vector<std::int32_t> lanes(std::span<const DaySpan> spans);

/// A place in the calendar: a day, or a minute of it.
struct CalendarCell {
  Date day{};
  std::optional<std::int32_t> minute;  ///< of the wall clock, 0..1439
};

/// What an event becomes when it is dropped on a cell. On a day: the same wall clock time and duration (all-day: as many days); what has
/// no start begins as `new_interval` does. On a minute of a day: begins then; an all-day event then lasts `default_minutes`.
Interval moved_to(const CalendarCell& cell, const Interval& interval, const Zone& event_zone, const Zone& zone,
                  std::int32_t default_minutes, const WorkingTime& working);

/// The interval of a new event made from a cell; on a day alone it begins with the working hours, at 09:00 on a day off.
Interval new_interval(const CalendarCell& cell, const Zone& zone, std::int32_t default_minutes, const WorkingTime& working);

}  // namespace crm
