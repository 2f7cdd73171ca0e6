// Definitions, Event states and Verification, read plainly from the rows.
#include <algorithm>
#include <set>

#include "crm/services/filters.hpp"
#include "facts.hpp"

namespace crm::years {
namespace {

bool is_open(const Event& event) { return event.state == Event::State::planned || event.state == Event::State::rescheduled; }

std::optional<Instant> due(const Event& event, const Zone& organisation) {
  const Zone zone = event.zone.empty() ? organisation : Zone(event.zone);
  if (event.state == Event::State::postponed && event.postponed_until) return zone.start_of(*event.postponed_until + std::chrono::days(1));
  if (!is_open(event)) return {};
  if (event.end) return event.end;
  return event.all_day ? std::optional(zone.start_of(zone.date(*event.start) + std::chrono::days(1))) : event.start;
}

EffectiveState effective(const Event& event, const Evening& evening) {
  const auto falls = due(event, evening.zone);
  return falls && *falls < evening.now ? EffectiveState::overdue : static_cast<EffectiveState>(event.state);
}

std::string named(const Event& event) { return "event " + std::to_string(event.id.value); }

void check_row(const Event& event, const Evening& evening, const std::vector<const EventLine*>& lines) {
  if (event.state != Event::State::postponed && !event.start) throw Broken{"start", named(event) + " has no start"};
  if (event.start && event.end && *event.end < *event.start) throw Broken{"start", named(event) + " ends before it begins"};
  if (event.verification != Event::Verification::not_required && event.state != Event::State::held)
    throw Broken{"verification", named(event) + " is verified but not held"};
  std::set<Id> products;
  for (const EventLine* line : lines) products.insert(line->product.value);
  same("derived", named(event) + ", products", static_cast<std::int64_t>(event.products), static_cast<std::int64_t>(products.size()));
  same("derived", named(event) + ", product", event.product, lines.empty() ? ProductId{} : lines.front()->product);
  if (event.removed) return;
  same("derived", named(event) + ", due_at", event.due_at, due(event, evening.zone));
  const bool counts = event.state == Event::State::held && event.verification != Event::Verification::returned;
  same("derived", named(event) + ", counted_at", event.counted_at, counts ? event.start : std::nullopt);
  same("derived", named(event) + ", awaits since when", event.awaiting_since.has_value(), event.verification == Event::Verification::awaiting);
  const bool is_long = event.start && event.end && *event.end - *event.start > std::chrono::hours(24);
  same("derived", named(event) + ", long_until", event.long_until, is_long ? event.end : std::nullopt);
}

template <class E>
std::map<EventId, std::vector<const E*>> by_event(const Facts& facts) {
  std::map<EventId, std::vector<const E*>> of;
  for (const auto& [id, row] : facts.all<E>()) of[row.event].push_back(&row);
  return of;
}

/// The latest line of each log is what the event shows.
void check_logs(const Evening& evening) {
  const auto moves = by_event<Reschedule>(evening.facts);
  for (const auto& [event, lines] : moves)
    for (std::size_t i = 1; i < lines.size(); ++i)
      if (lines[i]->at < lines[i - 1]->at) throw Broken{"moves", "event " + std::to_string(event.value) + ": the log of moves goes back in time"};
  const auto verified = by_event<VerificationEntry>(evening.facts);
  for (const auto& [id, event] : evening.facts.all<Event>()) {
    const auto of = verified.find(event.id);
    const auto last = of == verified.end() ? Event::Verification::not_required : of->second.back()->to;
    if (event.state != Event::State::held) continue;
    same("verification", named(event) + ", verification, against its log", static_cast<int>(event.verification), static_cast<int>(last));
  }
}

template <class Less>
std::vector<Id> ids_in_order(std::vector<const Event*> events, Less less) {
  std::ranges::sort(events, [&](const Event* a, const Event* b) { return less(*a) != less(*b) ? less(*a) < less(*b) : a->id < b->id; });
  std::vector<Id> ids;
  for (const Event* event : events) ids.push_back(event->id.value);
  return ids;
}

std::vector<Id> ids_of(const std::vector<Event>& events) {
  std::vector<Id> ids;
  for (const Event& event : events) ids.push_back(event.id.value);
  return ids;
}

void check_states(const Evening& evening) {
  std::array<std::set<Id>, 6> want;
  std::vector<const Event*> overdue;
  for (const auto& [id, event] : evening.facts.all<Event>()) {
    if (event.removed) continue;
    want[static_cast<std::size_t>(effective(event, evening))].insert(id);
    if (effective(event, evening) == EffectiveState::overdue) overdue.push_back(&event);
  }
  for (std::size_t state = 0; state < want.size(); ++state) {
    Query query;
    query.entity = Event::kEntity;
    query.columns = {kId};
    query.filter = where::effective_state({static_cast<EffectiveState>(state)}, evening.now);
    std::set<Id> got;
    Rows rows = evening.db.select(query);
    while (const Cell* cells = rows.next()) got.insert(cells[0].integer);
    same("states", "events of state " + std::to_string(state), got, want[state]);
  }
  same("overdue", "overdue events", ids_of(evening.db.overdue()), ids_in_order(overdue, [](const Event& event) { return event.due_at; }));
}

void check_queues(const Evening& evening) {
  std::map<UserId, std::vector<const Event*>> want;
  for (const auto& [id, event] : evening.facts.all<Event>())
    if (!event.removed && event.verification == Event::Verification::awaiting)
      for (UserId at = evening.facts.find(event.executor)->supervisor; at; at = evening.facts.find(at)->supervisor) want[at].push_back(&event);
  for (const auto& [id, user] : evening.facts.all<User>())
    same("queue", "what waits for the verification of user " + std::to_string(id), ids_of(evening.db.verification_queue(user.id)),
         ids_in_order(want[user.id], [](const Event& event) { return event.awaiting_since; }));
}

}  // namespace

void check_events(const Evening& evening) {
  auto lines = by_event<EventLine>(evening.facts);
  for (const auto& [id, event] : evening.facts.all<Event>()) check_row(event, evening, lines[event.id]);
  check_logs(evening);
  check_states(evening);
  check_queues(evening);
}

}  // namespace crm::years
