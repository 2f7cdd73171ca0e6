/// Escalation (E12): which steps of the policy have fallen, whom they tell, and when the next one falls.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "crm/base/time.hpp"
#include "crm/model/notice.hpp"
#include "crm/rules/working_time.hpp"

namespace crm {

/// A person of the chain: the executor first, then who is above him.
struct ChainLink {
  UserId user;
  bool in_service = true;
};

/// A step that was carried out, or recorded as expired, before.
struct FiredStep {
  EscalationStepId step;
  UserId recipient;
};

struct EscalationFacts {
  Instant since;                        ///< T0
  std::optional<Instant> resumed;       ///< steps before it are over
  std::optional<Instant> ended;         ///< when the event left the state
  std::vector<FiredStep> fired;
  /// As of an instant, from dated history; asked for nominal instants only.
  std::function<std::vector<ChainLink>(Instant)> chain;
  std::function<Event::Priority(Instant)> priority;
};

struct FallenStep {
  EscalationStepId step;
  Instant at;                           ///< nominal
  UserId recipient;
  bool raises = false;
  bool expired = false;                 ///< the event has left the state since: recorded, not delivered
};

struct EscalationVerdict {
  std::vector<FallenStep> steps;        ///< in the order in which they fell
  std::optional<Instant> next;          ///< of the next step to come; none: the policy has none left
};

/// Definitions, Escalation. Steps that fell up to and with `now` and were not fired: each once, to the person of its level as of its nominal
/// instant, else the next above in service, else the highest in service; nobody is told twice. Retired steps and those of the other trigger
/// are to be left out by the caller.
EscalationVerdict escalate(const EscalationFacts& facts, std::span<const EscalationStep> steps, const WorkingTime& calendar,
                           Instant now);

/// One level up, to very high at most.
Event::Priority raised(Event::Priority priority);

}  // namespace crm
