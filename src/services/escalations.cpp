#include "escalations.hpp"

#include <algorithm>

#include "crm/rules/dismissal.hpp"
#include "crm/rules/event_due.hpp"
#include "history.hpp"
#include "notices.hpp"

namespace crm {
namespace {

using Trigger = Escalation::Trigger;

/// What time does next to an event as it is: it falls overdue, or begins to wait for its verification.
std::optional<Instant> clock_of(const Event& event) { return event.awaiting_since ? event.awaiting_since : event.due_at; }

Trigger trigger_of(const Event& event) { return event.awaiting_since ? Trigger::unverified : Trigger::overdue; }

std::optional<Escalation> find_escalation(Unit& unit, EventId event, Trigger trigger, Instant since) {
  auto found = unit.list<Escalation>(where::all({where::eq(Escalation::kEvent, event.value),
                                                 where::eq(Escalation::kTrigger, static_cast<Id>(trigger)),
                                                 where::eq(Escalation::kSince, to_number(since))}));
  if (found.empty()) return {};
  return found.front();
}

/// The event leaves the state in which it stood `before`. What tick has not seen yet is recorded now, so that it is told as expired.
void break_off(Unit& unit, const Event& before) {
  const auto since = clock_of(before);
  if (!since || *since >= unit.now) return;
  if (const auto running = find_escalation(unit, before.id, trigger_of(before), *since)) {
    Escalation ended = *running;
    ended.ended_at = unit.now;
    unit.update(*running, ended);
    return;
  }
  if (!before.tick_at) return;  // tick saw it, and no step asks for it
  Escalation missed;
  missed.event = before.id;
  missed.trigger = trigger_of(before);
  missed.since = *since;
  missed.next_at = since;
  missed.ended_at = unit.now;
  unit.insert(missed);
}

/// The same due again, after the event was closed and reopened: the record is taken up, steps before stay over.
bool resume(Unit& unit, const Event& event) {
  const auto since = clock_of(event);
  if (!since || *since >= unit.now) return false;
  const auto ended = find_escalation(unit, event.id, trigger_of(event), *since);
  if (!ended) return false;
  Escalation again = *ended;
  Escalator(unit).run(again);  // what fell before it ended is told as expired
  again.ended_at.reset();
  again.resumed_at = unit.now;
  again.next_at = unit.now;
  unit.update(*ended, again);
  return true;
}

}  // namespace

void settle_time(Unit& unit, const Event* before, Event& after) {
  const bool awaits = after.state == Event::State::held && after.verification == Event::Verification::awaiting && !after.removed;
  const bool waited = awaits && before && before->awaiting_since && before->held_at == after.held_at &&
                      before->verification == Event::Verification::awaiting;
  after.awaiting_since = !awaits ? std::nullopt : waited ? before->awaiting_since : std::optional(unit.now);
  if (!before) {
    after.tick_at = clock_of(after);
    return;
  }
  if (clock_of(*before) == clock_of(after)) return;
  break_off(unit, *before);
  after.tick_at = resume(unit, after) ? std::nullopt : clock_of(after);
}

void begin_escalation(Unit& unit, const Event& event) {
  Escalation escalation;
  escalation.event = event.id;
  escalation.trigger = trigger_of(event);
  escalation.since = event.tick_at.value_or(unit.now);
  escalation.next_at = escalation.since;
  unit.insert(escalation);
}

Escalator::Escalator(Unit& unit)
    : unit_(unit),
      steps_(unit.list<EscalationStep>(where::eq(EscalationStep::kRetired, Id{0}))),
      calendar_(unit.zone(), unit.list<WorkingHours>(where::is_null(WorkingHours::kUser)),
                unit.list<CalendarDay>(where::is_null(CalendarDay::kUser))) {
  if (unit.organisation().silent) steps_.clear();
}

std::vector<ChainLink> Escalator::chain_as_of(EventId event, Instant at) {
  History past(unit_.session, {Event::kEntity, event.value});
  past.back_to(at);
  const Date day = unit_.zone().date(at);
  std::vector<ChainLink> chain;
  UserId user{to_cell(past.value(Event::kExecutor)).as_integer()};
  while (user && std::ranges::find(chain, user, &ChainLink::user) == chain.end()) {
    History person(unit_.session, {User::kEntity, user.value});
    person.back_to(at);
    const auto date = [&](FieldNo field) {
      const Cell cell = to_cell(person.value(field));
      return cell.is_null() ? std::nullopt : std::optional(date_of(cell.integer));
    };
    chain.push_back({user, DateRange{date(User::kHired), date(User::kDismissed)}.contains(day)});
    user = {to_cell(person.value(User::kSupervisor)).as_integer()};
  }
  return chain;
}

std::int64_t Escalator::run(Escalation& escalation) {
  EscalationFacts facts;
  facts.since = escalation.since;
  facts.resumed = escalation.resumed_at;
  facts.ended = escalation.ended_at;
  for (const Notice& n : unit_.list<Notice>(where::all({where::eq(Notice::kEvent, escalation.event.value),
                                                        where::eq(Notice::kEscalation, escalation.id.value)})))
    facts.fired.push_back({n.step, n.recipient});
  facts.chain = [&](Instant at) { return chain_as_of(escalation.event, at); };
  facts.priority = [&](Instant at) {
    History past(unit_.session, {Event::kEntity, escalation.event.value});
    past.back_to(at);
    return static_cast<Event::Priority>(to_cell(past.value(Event::kPriority)).as_integer());
  };
  std::vector<EscalationStep> steps;
  std::ranges::copy_if(steps_, std::back_inserter(steps), [&](const EscalationStep& s) { return s.trigger == escalation.trigger; });
  const EscalationVerdict verdict = escalate(facts, steps, calendar_, unit_.now);

  const Event event = *unit_.find(escalation.event);  // it may have been removed
  Event changed = event;
  for (const FallenStep& step : verdict.steps) {
    Notice notice;
    notice.kind = escalation.trigger == Trigger::overdue ? Notice::Kind::overdue : Notice::Kind::unverified;
    notice.recipient = step.recipient;
    notice.event = event.id;
    notice.company = event.company;
    notice.at = step.at;
    notice.escalation = escalation.id;
    notice.step = step.step;
    notice.key = "escalation/" + std::to_string(escalation.id.value) + "/" + std::to_string(step.step.value);
    if (step.expired) {
      notice.state = Notice::State::expired;
      notice.ended_at = unit_.now;
    } else if (step.raises) {
      changed.priority = raised(changed.priority);
    }
    stage_notice(unit_, notice);
  }
  unit_.update(event, changed);
  escalation.next_at = verdict.next;
  return std::ssize(verdict.steps);
}

}  // namespace crm
