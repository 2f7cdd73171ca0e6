#include "crm/rules/event_due.hpp"

#include <algorithm>

namespace crm {
namespace {

/// Midnight after the last day; an all-day event without an end, or with one not after its start, lasts one day.
Instant end_of_last_day(Instant start, std::optional<Instant> end, const Zone& zone) {
  const Instant last = end ? std::max(start, *end - Instant::duration(1)) : start;
  return zone.start_of(zone.date(last) + std::chrono::days(1));
}

}  // namespace

std::optional<Instant> due_at(const Event& event, const Zone& event_zone) {
  if (event.removed) return {};
  switch (event.state) {
    case Event::State::planned:
    case Event::State::rescheduled:
      if (event.all_day && event.start) return end_of_last_day(*event.start, event.end, event_zone);
      return event.end ? event.end : event.start;
    case Event::State::postponed:
      if (!event.postponed_until) return {};
      return event_zone.start_of(*event.postponed_until + std::chrono::days(1));
    case Event::State::held:
    case Event::State::cancelled: return {};
  }
  return {};
}

void settle_dates(Event& event, const Zone& event_zone) {
  event.due_at = due_at(event, event_zone);
  const bool is_long = event.start && event.end && *event.end - *event.start > kLongEvent;
  event.long_until = is_long ? event.end : std::nullopt;
  const bool counts = event.state == Event::State::held && event.verification != Event::Verification::returned && !event.removed;
  event.counted_at = counts ? event.start : std::nullopt;
}

bool is_overdue(const Event& event, Instant now) { return event.due_at && *event.due_at < now; }

EffectiveState effective_state(const Event& event, Instant now) {
  return is_overdue(event, now) ? EffectiveState::overdue : static_cast<EffectiveState>(event.state);
}

}  // namespace crm
