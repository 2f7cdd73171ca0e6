#include "crm/rules/working_time.hpp"

#include <algorithm>

namespace crm {
namespace {

constexpr int kHorizonDays = 3653;  // ten years

int weekday_of(Date day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }

/// Instants of a part of a day: the clock may jump inside it.
struct Span {
  Instant from;
  Instant to;
};

Span span_of(const Zone& zone, Date day, DayPart part) {
  const LocalTime midnight(day);
  return {zone.instant(midnight + std::chrono::minutes(part.from)), zone.instant(midnight + std::chrono::minutes(part.to))};
}

/// What no release writes is not counted with.
bool is_possible(const WorkingHours& h) {
  return h.weekday >= 1 && h.weekday <= 7 && h.from_minute >= 0 && h.from_minute < h.to_minute && h.to_minute <= 24 * 60;
}

bool is_possible(const CalendarDay& d) { return d.works_as >= 0 && d.works_as <= 7; }

}  // namespace

WorkingTime::WorkingTime(Zone zone, std::span<const WorkingHours> hours, std::span<const CalendarDay> days, UserId user)
    : zone_(std::move(zone)) {
  const bool own = user && std::ranges::any_of(hours, [&](const WorkingHours& h) { return h.user == user; });
  const UserId whose = own ? user : UserId();
  bool any = false;
  for (const WorkingHours& h : hours) {
    if (h.user != whose) continue;
    any = true;
    if (is_possible(h)) week_[h.weekday].push_back({h.from_minute, h.to_minute});
  }
  if (!any)
    for (int weekday = 1; weekday <= 5; ++weekday) week_[weekday] = {{9 * 60, 18 * 60}};
  for (std::vector<DayPart>& parts : week_) std::ranges::sort(parts, {}, &DayPart::from);
  for (const CalendarDay& d : days) {
    if ((d.user && d.user != user) || !is_possible(d)) continue;
    const auto [place, first] = days_.emplace(d.day, d);
    if (!first && d.user) place->second = d;
  }
}

const CalendarDay* WorkingTime::exception(Date day) const {
  const auto found = days_.find(day);
  return found == days_.end() ? nullptr : &found->second;
}

std::vector<DayPart> WorkingTime::hours(Date day) const {
  const CalendarDay* const special = exception(day);
  std::vector<DayPart> parts = week_[special ? special->works_as : weekday_of(day)];
  for (std::int32_t shorter = special ? special->shorter_minutes : 0; shorter > 0 && !parts.empty();) {
    const std::int32_t cut = std::min(shorter, parts.back().to - parts.back().from);
    parts.back().to -= cut;
    shorter -= cut;
    if (parts.back().to == parts.back().from) parts.pop_back();
  }
  return parts;
}

const std::string& WorkingTime::name(Date day) const {
  static const std::string kNone;
  const CalendarDay* const special = exception(day);
  return special ? special->name : kNone;
}

std::int64_t WorkingTime::working_days(Date from, Date to) const {
  std::int64_t count = 0;
  for (Date day = from; day < to; day += std::chrono::days(1)) count += is_working_day(day);
  return count;
}

WorkingTime::Duration WorkingTime::between(Instant from, Instant to) const {
  Duration sum{};
  if (from >= to) return sum;
  for (Date day = zone_.date(from); day <= zone_.date(to); day += std::chrono::days(1)) {
    for (const DayPart part : hours(day)) {
      const Span span = span_of(zone_, day, part);
      sum += std::max(Duration{}, std::min(to, span.to) - std::max(from, span.from));
    }
  }
  return sum;
}

std::optional<Instant> WorkingTime::add(Instant from, Duration work) const {
  if (work <= Duration{}) return from;
  Date day = zone_.date(from);
  for (const Date end = day + std::chrono::days(kHorizonDays); day < end; day += std::chrono::days(1)) {
    for (const DayPart part : hours(day)) {
      const Span span = span_of(zone_, day, part);
      const Instant begin = std::max(from, span.from);
      if (begin >= span.to) continue;
      if (span.to - begin >= work) return begin + work;
      work -= span.to - begin;
    }
  }
  return {};
}

}  // namespace crm
