#include "crm/rules/calendar_layout.hpp"

#include <algorithm>
#include <numeric>

#include "crm/rules/event_due.hpp"

namespace crm {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::int32_t kMinutesOfDay = 24 * 60;
constexpr std::int32_t kMorning = 9 * 60;

Instant at_minute(Date day, std::int32_t minute, const Zone& zone) { return zone.instant(LocalTime(day) + minutes(minute)); }

/// Spans that overlap, directly or through others, share their columns.
struct Cluster {
  std::vector<std::size_t> members;
  std::vector<std::int32_t> free_from;  // by column
  std::int32_t ends = -1;
};

void place(const Cluster& cluster, std::span<const MinuteSpan> spans, std::vector<ColumnPlace>& places) {
  const auto columns = static_cast<std::int32_t>(cluster.free_from.size());
  for (const std::size_t i : cluster.members) {
    std::int32_t reach = columns;  // the nearest column on the right that is taken while this one lasts
    for (const std::size_t other : cluster.members)
      if (places[other].column > places[i].column && spans[other].from < spans[i].to && spans[i].from < spans[other].to)
        reach = std::min(reach, places[other].column);
    places[i].columns = columns;
    places[i].width = reach - places[i].column;
  }
}

}  // namespace

DaysTouched days_touched(const Interval& interval, const Zone& event_zone, const Zone& zone) {
  const Instant start = *interval.start;
  const Instant end = std::max(start, interval.end.value_or(start));
  const Zone& kept = interval.all_day ? event_zone : zone;
  const Instant last = end > start ? end - Instant::duration(1) : start;
  return {kept.date(start), kept.date(last), interval.all_day || end - start > kLongEvent};
}

MinuteSpan minutes_on(Instant start, Instant end, Date day, const Zone& zone, std::int32_t least) {
  const auto minute = [&](Instant at) {
    const auto since = std::chrono::floor<minutes>(zone.local(at) - LocalTime(day)).count();
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(since, 0, kMinutesOfDay));
  };
  MinuteSpan span{minute(start), minute(end)};
  span.to = std::min(kMinutesOfDay, std::max(span.to, span.from + least));
  span.from = std::max(0, std::min(span.from, span.to - least));
  return span;
}

std::vector<ColumnPlace> overlap_columns(std::span<const MinuteSpan> spans) {
  std::vector<std::size_t> order(spans.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return spans[a].from != spans[b].from ? spans[a].from < spans[b].from : spans[a].to > spans[b].to;
  });
  std::vector<ColumnPlace> places(spans.size());
  Cluster cluster;
  for (const std::size_t i : order) {
    if (spans[i].from >= cluster.ends) {
      place(cluster, spans, places);
      cluster = {};
    }
    const auto free = std::ranges::find_if(cluster.free_from, [&](std::int32_t from) { return from <= spans[i].from; });
    places[i].column = static_cast<std::int32_t>(free - cluster.free_from.begin());
    if (free == cluster.free_from.end()) {
      cluster.free_from.push_back(spans[i].to);
    } else {
      *free = spans[i].to;
    }
    cluster.members.push_back(i);
    cluster.ends = std::max(cluster.ends, spans[i].to);
  }
  place(cluster, spans, places);
  return places;
}

std::vector<std::int32_t> lanes(std::span<const DaySpan> spans) {
  std::vector<std::vector<DaySpan>> taken;
  std::vector<std::int32_t> found;
  for (const DaySpan& span : spans) {
    const auto is_free = [&](const std::vector<DaySpan>& lane) {
      return std::ranges::none_of(lane, [&](const DaySpan& other) { return other.first <= span.last && span.first <= other.last; });
    };
    auto lane = std::ranges::find_if(taken, is_free);
    if (lane == taken.end()) lane = taken.insert(taken.end(), std::vector<DaySpan>());
    lane->push_back(span);
    found.push_back(static_cast<std::int32_t>(lane - taken.begin()));
  }
  return found;
}

Interval new_interval(const CalendarCell& cell, const Zone& zone, std::int32_t default_minutes, const WorkingTime& working) {
  const auto hours = working.hours(cell.day);
  const std::int32_t minute = cell.minute.value_or(hours.empty() ? kMorning : hours.front().from);
  const Instant start = at_minute(cell.day, minute, zone);
  return {start, start + minutes(default_minutes), false};
}

Interval moved_to(const CalendarCell& cell, const Interval& interval, const Zone& event_zone, const Zone& zone,
                  std::int32_t default_minutes, const WorkingTime& working) {
  if (!interval.start || (interval.all_day && cell.minute)) return new_interval(cell, zone, default_minutes, working);
  if (interval.all_day) {
    const DaysTouched touched = days_touched(interval, event_zone, zone);
    return {event_zone.start_of(cell.day), event_zone.start_of(cell.day + (touched.last - touched.first) + days(1)), true};
  }
  const LocalTime wall = zone.local(*interval.start);
  const LocalTime moved = cell.minute ? LocalTime(cell.day) + minutes(*cell.minute)
                                      : LocalTime(cell.day) + (wall - LocalTime(std::chrono::floor<days>(wall)));
  Interval out{zone.instant(moved), {}, false};
  if (interval.end) out.end = *out.start + (*interval.end - *interval.start);
  return out;
}

}  // namespace crm
