#include "crm/rules/event_due.hpp"

#include <doctest/doctest.h>

using namespace crm;

namespace {

using State = Event::State;

std::optional<Instant> at(const char* text) { return *text ? parse_instant(text) : std::nullopt; }

Event event_of(State state, const char* start, const char* end, bool all_day = false, const char* until = "") {
  Event event;
  event.id = {7};
  event.state = state;
  event.start = at(start);
  event.end = at(end);
  event.all_day = all_day;
  event.postponed_until = parse_date(until);
  return event;
}

}  // namespace

TEST_CASE(
    "an event is due at its end, else at its start, a whole day at the midnight after it, a parked one with `until`") {
  const Zone siberia("+07:00");
  struct Row {
    const char* what;
    State state;
    const char *start, *end;
    bool all_day;
    const char *until, *due;
  };
  const Row rows[] = {
      {"open with an end", State::planned, "2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z", false, "",
       "2026-03-02T03:00:00Z"},
      {"moved, without an end", State::rescheduled, "2026-03-02T02:00:00Z", "", false, "", "2026-03-02T02:00:00Z"},
      {"one whole day", State::planned, "2026-03-01T17:00:00Z", "", true, "", "2026-03-02T17:00:00Z"},
      {"two whole days", State::planned, "2026-03-01T17:00:00Z", "2026-03-03T17:00:00Z", true, "",
       "2026-03-03T17:00:00Z"},
      {"a whole day of no length", State::planned, "2026-03-01T17:00:00Z", "2026-03-01T17:00:00Z", true, "",
       "2026-03-02T17:00:00Z"},
      {"a whole day ended at noon", State::planned, "2026-03-01T17:00:00Z", "2026-03-02T05:00:00Z", true, "",
       "2026-03-02T17:00:00Z"},
      {"a whole day and a microsecond", State::planned, "2026-03-01T17:00:00Z", "2026-03-02T17:00:00.000001Z", true, "",
       "2026-03-03T17:00:00Z"},
      {"parked till a day", State::postponed, "2026-03-01T17:00:00Z", "2026-03-01T18:00:00Z", false, "2026-03-10",
       "2026-03-10T17:00:00Z"},
      {"parked till a day, without start", State::postponed, "", "", false, "2026-03-10", "2026-03-10T17:00:00Z"},
      {"parked", State::postponed, "2026-03-01T17:00:00Z", "2026-03-01T18:00:00Z", false, "", ""},
      {"held", State::held, "2026-03-01T17:00:00Z", "2026-03-01T18:00:00Z", false, "", ""},
      {"cancelled", State::cancelled, "2026-03-01T17:00:00Z", "2026-03-01T18:00:00Z", false, "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Event event = event_of(row.state, row.start, row.end, row.all_day, row.until);

    CHECK(due_at(event, siberia) == at(row.due));
    event.removed = true;
    CHECK(due_at(event, siberia) == std::nullopt);
  }
}

TEST_CASE("the same whole day ends at another instant in another zone") {
  const Event in_moscow = event_of(State::planned, "2026-03-01T21:00:00Z", "", true);

  CHECK(due_at(in_moscow, Zone("+03:00")) == at("2026-03-02T21:00:00Z"));
  CHECK(due_at(in_moscow, Zone("+07:00")) == at("2026-03-02T17:00:00Z"));  // there it is already the 2nd at 04:00
}

TEST_CASE("reports count what is held, not returned and not removed, at its start") {
  using Verification = Event::Verification;
  struct Row {
    State state;
    Verification verification;
    bool removed, counts;
  };
  const Row rows[] = {
      {State::held, Verification::not_required, false, true}, {State::held, Verification::awaiting, false, true},
      {State::held, Verification::accepted, false, true},     {State::held, Verification::returned, false, false},
      {State::held, Verification::accepted, true, false},     {State::planned, Verification::not_required, false, false},
      {State::rescheduled, Verification::not_required, false, false}, {State::postponed, Verification::not_required, false, false},
      {State::cancelled, Verification::not_required, false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(static_cast<int>(row.state));
    CAPTURE(static_cast<int>(row.verification));
    Event event = event_of(row.state, "2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z");
    event.verification = row.verification;
    event.removed = row.removed;
    event.counted_at = at("2020-01-01T00:00:00Z");

    settle_dates(event, Zone());

    CHECK(event.counted_at == (row.counts ? event.start : std::nullopt));
  }
}

TEST_CASE("an event is overdue after its due time, not at it, and without one never") {
  Event event = event_of(State::planned, "2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z");
  event.due_at = due_at(event, Zone());

  CHECK_FALSE(is_overdue(event, *at("2026-03-02T02:30:00Z")));
  CHECK_FALSE(is_overdue(event, *at("2026-03-02T03:00:00Z")));
  CHECK(is_overdue(event, *at("2026-03-02T03:00:00.000001Z")));
  event.due_at.reset();
  CHECK_FALSE(is_overdue(event, *at("2030-01-01T00:00:00Z")));
}

TEST_CASE("the effective state is the stored one until the due time and overdue after it") {
  const Instant before = *at("2026-03-01T00:00:00Z");
  const Instant after = *at("2026-04-01T00:00:00Z");
  struct Row {
    State state;
    const char* until;
    EffectiveState early, late;
  };
  const Row rows[] = {
      {State::planned, "", EffectiveState::planned, EffectiveState::overdue},
      {State::rescheduled, "", EffectiveState::rescheduled, EffectiveState::overdue},
      {State::postponed, "", EffectiveState::postponed, EffectiveState::postponed},
      {State::postponed, "2026-03-20", EffectiveState::postponed, EffectiveState::overdue},
      {State::held, "", EffectiveState::held, EffectiveState::held},
      {State::cancelled, "", EffectiveState::cancelled, EffectiveState::cancelled},
  };
  for (const Row& row : rows) {
    Event event = event_of(row.state, "2026-03-10T02:00:00Z", "2026-03-10T03:00:00Z", false, row.until);
    event.due_at = due_at(event, Zone());
    CAPTURE(static_cast<int>(row.state));

    CHECK(effective_state(event, before) == row.early);
    CHECK(effective_state(event, after) == row.late);
  }
}

TEST_CASE("an event of a state that is not known is due never") {
  CHECK(due_at(event_of(static_cast<State>(77), "2026-03-02T02:00:00Z", ""), Zone()) == std::nullopt);
}

TEST_CASE("an event of more than a day is remembered until its end") {
  const auto long_until = [](const char* start, const char* end) {
    Event event = event_of(State::planned, start, end);
    event.long_until = at("2020-01-01T00:00:00Z");
    settle_dates(event, Zone());
    return event.long_until;
  };
  CHECK(long_until("2026-03-02T02:00:00Z", "2026-03-03T02:00:00.000001Z") == at("2026-03-03T02:00:00.000001Z"));
  CHECK(long_until("2026-03-02T02:00:00Z", "2026-03-03T02:00:00Z") == std::nullopt);
  CHECK(long_until("2026-03-02T02:00:00Z", "") == std::nullopt);
  CHECK(long_until("", "2026-03-03T02:00:00Z") == std::nullopt);
}
