// E12 over a store: what falls overdue or awaits verification, and the steps that fall.
#pragma once

#include "crm/rules/escalation.hpp"
#include "unit.hpp"

namespace crm {

/// Sets what time does next to the event (`tick_at`, `awaiting_since`) and stages the beginning and end of what the change makes or
/// breaks off. `before` is null for a new event.
void settle_time(Unit& unit, const Event* before, Event& after);

/// Records that an event fell overdue, or that it awaits verification, at its `tick_at`. Staged.
void begin_escalation(Unit& unit, const Event& event);

/// Carries out the steps of escalations, with what they all need read once.
class Escalator {
 public:
  explicit Escalator(Unit& unit);
  /// Stages the notices of the steps that have fallen up to now and the raised priority. Returns how many notices; `escalation.next_at`
  /// becomes the next step, the caller stages it.
  std::int64_t run(Escalation& escalation);

 private:
  std::vector<ChainLink> chain_as_of(EventId event, Instant at);

  Unit& unit_;
  std::vector<EscalationStep> steps_;
  WorkingTime calendar_;
};

}  // namespace crm
