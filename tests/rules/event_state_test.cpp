// E7: the table of states of the Definitions, cell by cell, and what an allowed action does to the event.
#include "crm/rules/event_state.hpp"

#include <doctest/doctest.h>

#include "crm/rules/event_due.hpp"

using namespace crm;

namespace {

using State = Event::State;
using Verification = Event::Verification;

const Instant kNow = *parse_instant("2026-03-02T05:00:00Z");
const Zone kZone("+07:00");

Instant hour(int hours) { return kNow + std::chrono::hours(hours); }

/// Yesterday's meeting of an hour.
Event stored(State state, Verification verification = Verification::not_required) {
  Event event;
  event.id = {7};
  event.type = {3};
  event.company = {4};
  event.executor = {5};
  event.state = state;
  event.verification = verification;
  event.start = hour(-24);
  event.end = hour(-23);
  event.due_at = due_at(event, kZone);
  return event;
}

EventType type() {
  EventType type;
  type.id = {3};
  type.code = "meeting";
  return type;
}

/// Everything that any action asks for, but no interval.
ActionRequest full() {
  ActionRequest request;
  request.result = "договорились";
  request.reason = "клиент просил";
  request.comment = "проверено";
  request.executor = {6};
  return request;
}

ActionRequest tomorrow() {
  ActionRequest request = full();
  request.start = hour(24);
  request.end = hour(25);
  return request;
}

/// Held an hour later than planned, still before now.
ActionRequest actual() {
  ActionRequest request = full();
  request.start = hour(-23);
  request.end = hour(-22);
  return request;
}

ActorFacts host() {
  ActorFacts actor;
  actor.is_system = true;
  actor.executor_has_supervisor = true;
  return actor;
}

ActionRequest request_for(Action action, State state) {
  if (action == Action::reschedule) return tomorrow();
  return action == Action::hold && state == State::postponed ? actual() : full();
}

Transition tried(Action action, const Event& event, const ActionRequest& request) {
  return act(action, event, type(), request, host(), kNow, kZone);
}

std::string rules_of(const Transition& transition) {
  std::string out;
  for (const Violation& v : transition.violations) out += (out.empty() ? "" : ", ") + v.rule;
  return out;
}

}  // namespace

TEST_CASE("every cell of the table of states: the state after, or the reason why not") {
  const State states[] = {State::planned, State::rescheduled, State::postponed, State::held, State::cancelled};
  const Action actions[] = {Action::reschedule, Action::postpone,       Action::hold,    Action::cancel,
                            Action::reopen,     Action::accept,         Action::return_, Action::resubmit,
                            Action::remove,     Action::change_executor, Action::restore};
  const char* const expected[5][11] = {
      {"rescheduled", "postponed", "held", "cancelled", "E7.not_closed", "E7.not_held", "E7.not_held", "E7.not_held",
       "planned, removed", "planned", "E7.not_removed"},
      {"rescheduled", "postponed", "held", "cancelled", "E7.not_closed", "E7.not_held", "E7.not_held", "E7.not_held",
       "rescheduled, removed", "rescheduled", "E7.not_removed"},
      {"rescheduled", "postponed", "held", "cancelled", "E7.not_closed", "E7.not_held", "E7.not_held", "E7.not_held",
       "postponed, removed", "postponed", "E7.not_removed"},
      {"E7.closed", "E7.closed", "E7.already", "E7.closed", "planned", "held", "held", "held", "E7.held_is_history",
       "E7.closed", "E7.not_removed"},
      {"E7.closed", "E7.closed", "E7.closed", "E7.already", "planned", "E7.not_held", "E7.not_held", "E7.not_held",
       "cancelled, removed", "E7.closed", "E7.not_removed"},
  };
  const char* const names[] = {"planned", "rescheduled", "postponed", "held", "cancelled"};
  for (std::size_t s = 0; s < 5; ++s)
    for (std::size_t a = 0; a < 11; ++a) {
      // A held event awaits its verification, or has been returned where it is to be resubmitted.
      const Verification verification = states[s] != State::held         ? Verification::not_required
                                        : actions[a] == Action::resubmit ? Verification::returned
                                                                         : Verification::awaiting;
      const Event before = stored(states[s], verification);
      CAPTURE(names[s]);
      CAPTURE(std::string(name(actions[a])));

      const Transition t = tried(actions[a], before, request_for(actions[a], states[s]));

      const std::string outcome =
          t.allowed ? std::string(names[static_cast<int>(t.after.state)]) + (t.after.removed ? ", removed" : "")
                    : rules_of(t);
      CHECK(outcome == expected[s][a]);
      const char* refused = refused_in_state(actions[a], before);
      CHECK((refused ? std::string(refused) : "") == rules_of(t));
      if (t.allowed) continue;
      const Violation& why = t.violations.at(0);
      CHECK(why.entity == Event::kEntity);
      CHECK(why.field == Event::kState);
      CHECK(why.record == 7);
      CHECK(why.value == "7");
      CHECK(why.detail == names[s]);
    }
}

TEST_CASE("a held or cancelled event reopened with an interval is rescheduled") {
  for (State state : {State::held, State::cancelled}) {
    const Transition t = tried(Action::reopen, stored(state), tomorrow());

    REQUIRE(t.allowed);
    CHECK(t.after.state == State::rescheduled);
    CHECK(t.after.start == hour(24));
    CHECK(t.after.due_at == hour(25));
    CHECK(t.after.sequence == 1);
    CHECK(t.log->kind == Reschedule::Kind::moved);
    }
}

TEST_CASE("a reopened event with its due time past is overdue at once, and is no longer verified") {
  Event held = stored(State::held, Verification::accepted);
  held.held_at = hour(-20);

  const Transition t = tried(Action::reopen, held, full());

  REQUIRE(t.allowed);
  CHECK(effective_state(t.after, kNow) == EffectiveState::overdue);
  CHECK(t.after.verification == Verification::not_required);
  CHECK(t.verification_changed);
  CHECK(t.after.held_at == std::nullopt);
  CHECK(t.after.reason == "клиент просил");
  CHECK_FALSE(t.log);
}

TEST_CASE(
    "verification: only what is returned is resubmitted, only what is to be verified is, a verdict is not given "
    "twice") {
  struct Row {
    Action action;
    Verification verification;
    const char* outcome;
  };
  const Row rows[] = {
      {Action::accept, Verification::not_required, "M6.not_required"},
      {Action::accept, Verification::awaiting, ""},
      {Action::accept, Verification::accepted, "E7.already"},
      {Action::accept, Verification::returned, ""},
      {Action::return_, Verification::not_required, "M6.not_required"},
      {Action::return_, Verification::awaiting, ""},
      {Action::return_, Verification::accepted, ""},
      {Action::return_, Verification::returned, "E7.already"},
      {Action::resubmit, Verification::not_required, "E7.not_returned"},
      {Action::resubmit, Verification::awaiting, "E7.not_returned"},
      {Action::resubmit, Verification::accepted, "E7.not_returned"},
      {Action::resubmit, Verification::returned, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(name(row.action)));
    CAPTURE(static_cast<int>(row.verification));

    const Transition t = tried(row.action, stored(State::held, row.verification), full());

    CHECK(rules_of(t) == row.outcome);
    if (!t.allowed) continue;
    CHECK(t.after.state == State::held);
    CHECK(t.verification_changed);
    CHECK(t.after.verification == (row.action == Action::accept    ? Verification::accepted
                                   : row.action == Action::return_ ? Verification::returned
                                                                   : Verification::awaiting));
    CHECK(t.after.held_at == (row.action == Action::resubmit ? std::optional(kNow) : std::nullopt));
  }
}

TEST_CASE("nothing is done with a removed event but to restore it") {
  Event removed = stored(State::planned);
  removed.removed = true;
  for (int action = 2; action < kActions; ++action) {
    CAPTURE(action);
    if (action == static_cast<int>(Action::restore)) continue;
    CHECK(rules_of(tried(static_cast<Action>(action), removed, tomorrow())) == "E7.already");
  }
}

TEST_CASE("a restored event is what it was, and can fall overdue again") {
  Event removed = stored(State::postponed);
  removed.removed = true;
  removed.postponed_until = parse_date("2026-03-20");

  const Transition t = tried(Action::restore, removed, {});

  REQUIRE(t.allowed);
  CHECK_FALSE(t.after.removed);
  CHECK(t.after.state == State::postponed);
  CHECK(t.after.postponed_until == parse_date("2026-03-20"));
  CHECK(t.after.due_at == kZone.start_of(*parse_date("2026-03-21")));
}

TEST_CASE("rescheduling keeps the event, adds 1 to SEQUENCE and a row to the log with both intervals") {
  Event before = stored(State::postponed);
  before.postponed_until = parse_date("2026-03-20");
  before.sequence = 4;

  const Transition t = tried(Action::reschedule, before, tomorrow());

  REQUIRE(t.allowed);
  CHECK(t.after.id == before.id);
  CHECK(t.after.sequence == 5);
  CHECK(t.after.postponed_until == std::nullopt);
  CHECK(t.after.due_at == hour(25));
  REQUIRE(t.log);
  CHECK(t.log->event == before.id);
  CHECK(t.log->kind == Reschedule::Kind::moved);
  CHECK(t.log->old_start == hour(-24));
  CHECK(t.log->old_end == hour(-23));
  CHECK(t.log->new_start == hour(24));
  CHECK(t.log->new_end == hour(25));
  CHECK(t.log->reason == "клиент просил");
}

TEST_CASE("postponing keeps the last interval; without `until` nothing is due") {
  ActionRequest request = full();
  const Transition aside = tried(Action::postpone, stored(State::planned), request);
  request.until = parse_date("2026-03-02");  // today in +07:00
  const Transition until = tried(Action::postpone, stored(State::planned), request);

  CHECK(aside.after.start == hour(-24));
  CHECK(aside.after.due_at == std::nullopt);
  CHECK(until.after.due_at == parse_instant("2026-03-02T17:00:00Z"));
  CHECK(until.after.sequence == 0);
}

TEST_CASE("holding takes the actual interval with a log row of its own kind, and awaits a supervisor if there is one") {
  const Transition as_planned = tried(Action::hold, stored(State::planned), full());
  const Transition later = tried(Action::hold, stored(State::planned), actual());

  CHECK_FALSE(as_planned.log);
  CHECK(as_planned.after.held_at == kNow);
  CHECK(as_planned.after.due_at == std::nullopt);
  CHECK(as_planned.after.result == "договорились");
  CHECK(as_planned.after.verification == Verification::awaiting);
  CHECK(as_planned.verification_changed);
  CHECK(as_planned.notice == NoticeEffect::done);
  REQUIRE(later.log);
  CHECK(later.log->kind == Reschedule::Kind::actual);
  CHECK(later.after.start == hour(-23));
  CHECK(later.after.sequence == 0);  // not a reschedule

  ActorFacts alone = host();
  alone.executor_has_supervisor = false;
  EventType unverified = type();
  unverified.verified = false;
  const Event event = stored(State::planned);
  const Transition top = act(Action::hold, event, type(), full(), alone, kNow, kZone);
  const Transition loose = act(Action::hold, event, unverified, full(), host(), kNow, kZone);
  CHECK(top.after.verification == Verification::not_required);
  CHECK(loose.after.verification == Verification::not_required);
  CHECK_FALSE(loose.verification_changed);
}

TEST_CASE("a new event is planned, or recorded as held; a stored one is neither") {
  Event fresh = stored(State::cancelled);
  fresh.id = {};

  const Transition planned = tried(Action::plan, fresh, {});
  const Transition recorded = tried(Action::record, fresh, full());

  CHECK(planned.after.state == State::planned);
  CHECK(planned.after.due_at == hour(-23));  // a start in the past is allowed
  CHECK(planned.notice == NoticeEffect::created);
  CHECK(recorded.after.state == State::held);
  CHECK(recorded.after.held_at == kNow);
  CHECK(recorded.after.verification == Verification::awaiting);
  CHECK(recorded.notice == NoticeEffect::done);
  CHECK(rules_of(tried(Action::plan, stored(State::planned), {})) == "E7.already");
}

TEST_CASE("what is refused changes nothing") {
  const Event before = stored(State::planned);

  const Transition t = tried(Action::reschedule, before, {});

  CHECK_FALSE(t.allowed);
  CHECK(t.after.state == State::planned);
  CHECK(t.after.start == before.start);
  CHECK(t.after.sequence == 0);
  CHECK_FALSE(t.log);
}

TEST_CASE("an event in a state that only a later release knows is acted upon by that one") {
  for (const int number : {5, 77, -1, INT32_MAX}) {
    Event event = stored(static_cast<State>(number));
    for (int action = static_cast<int>(Action::reschedule); action <= static_cast<int>(Action::restore); ++action) {
      event.removed = action == static_cast<int>(Action::restore);
      const Transition t = tried(static_cast<Action>(action), event, full());

      CHECK(rules_of(t) == "field.enum");
      CHECK(t.violations[0].value == std::to_string(number));
      CHECK(refused_in_state(static_cast<Action>(action), event) == std::string("field.enum"));
    }
  }
}
