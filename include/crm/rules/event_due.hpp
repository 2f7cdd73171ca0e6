/// When an event falls overdue, and the state people see (E7).
#pragma once

#include <cstdint>
#include <optional>

#include "crm/base/time.hpp"
#include "crm/model/event.hpp"

namespace crm {

/// Definitions, Event states: of an open event the end, else the start (all-day: midnight after the last day in the
/// event's zone, its end being an exclusive midnight); of a postponed one the end of the day `until`. None: it cannot
/// fall overdue, being held, cancelled, removed or without a date.
std::optional<Instant> due_at(const Event& event, const Zone& event_zone);

/// The longest time between start and end of an event that `Event::long_until` is not kept for.
inline constexpr std::chrono::hours kLongEvent{24};

/// Fills `due_at`, `long_until` and `counted_at`.
void settle_dates(Event& event, const Zone& event_zone);

/// Whether `event.due_at`, kept up to date by the actions, has passed.
bool is_overdue(const Event& event, Instant now);

EffectiveState effective_state(const Event& event, Instant now);

}  // namespace crm
