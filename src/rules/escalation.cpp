#include "crm/rules/escalation.hpp"

#include <algorithm>
#include <tuple>

namespace crm {
namespace {

struct Nominal {
  Instant at;
  const EscalationStep* step;
};

/// None: the working calendar never gets there.
std::optional<Instant> nominal(const EscalationStep& step, Instant since, const WorkingTime& calendar) {
  const auto delay = std::chrono::minutes(step.delay_minutes);
  if (!step.working_time) return since + delay;
  return calendar.add(since, delay);
}

/// The person of that level, else the next above in service, else the highest in service.
UserId recipient(const std::vector<ChainLink>& chain, std::int32_t level) {
  if (chain.empty()) return {};
  const auto wanted = chain.begin() + std::clamp<std::ptrdiff_t>(level, 0, std::ssize(chain) - 1);
  const auto above = std::find_if(wanted, chain.end(), [](const ChainLink& l) { return l.in_service; });
  if (above != chain.end()) return above->user;
  const auto top = std::find_if(chain.rbegin(), chain.rend(), [](const ChainLink& l) { return l.in_service; });
  return top == chain.rend() ? UserId{} : top->user;
}

}  // namespace

Event::Priority raised(Event::Priority priority) {
  return priority >= Event::Priority::very_high ? priority : static_cast<Event::Priority>(static_cast<int>(priority) + 1);
}

EscalationVerdict escalate(const EscalationFacts& facts, std::span<const EscalationStep> steps, const WorkingTime& calendar,
                           Instant now) {
  std::vector<Nominal> order;
  for (const EscalationStep& step : steps)
    if (const auto at = nominal(step, facts.since, calendar)) order.push_back({*at, &step});
  std::ranges::sort(order, {}, [](const Nominal& n) { return std::tuple(n.at, n.step->id); });

  EscalationVerdict verdict;
  std::vector<UserId> told;
  for (const FiredStep& fired : facts.fired) told.push_back(fired.recipient);
  auto raised_to = Event::Priority::low;  // by steps of this very verdict: history does not know of them yet
  for (const auto& [at, step] : order) {
    if (facts.ended && at >= *facts.ended) break;
    if (at > now) {
      verdict.next = at;
      break;
    }
    if (facts.resumed && at < *facts.resumed) continue;
    if (std::ranges::find(facts.fired, step->id, &FiredStep::step) != facts.fired.end()) continue;
    const auto priority = std::max(facts.priority(at), raised_to);
    if (priority < step->min_priority) continue;
    const UserId user = recipient(facts.chain(at), step->level);
    if (!user || std::ranges::find(told, user) != told.end()) continue;
    told.push_back(user);
    if (step->raises) raised_to = raised(priority);
    verdict.steps.push_back({step->id, at, user, step->raises, facts.ended.has_value()});
  }
  return verdict;
}

}  // namespace crm
