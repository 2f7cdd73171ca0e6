#include "crm/rules/escalation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

using namespace crm;

namespace {

using P = Event::Priority;

Instant utc(const char* iso) { return *parse_instant(iso); }

EscalationStep step(Id id, std::int32_t delay, std::int32_t level, bool working = false) {
  EscalationStep s;
  s.id = {id};
  s.delay_minutes = delay;
  s.level = level;
  s.working_time = working;
  return s;
}

/// Monday to Friday, 09:00 to 18:00, UTC.
WorkingTime usual() { return {Zone(), {}, {}}; }

/// Executor 1 under 2 under 3, all in service, normal priority, due on Monday at 10:00.
EscalationFacts plain() {
  EscalationFacts facts;
  facts.since = utc("2026-03-02T10:00:00Z");
  facts.chain = [](Instant) { return std::vector<ChainLink>{{{1}}, {{2}}, {{3}}}; };
  facts.priority = [](Instant) { return P::normal; };
  return facts;
}

}  // namespace

TEST_CASE("executor, supervisor and his supervisor are told one after another, the rest is to come") {
  const EscalationStep steps[] = {step(3, 120, 2), step(1, 0, 0), step(2, 60, 1)};

  const auto verdict = escalate(plain(), steps, usual(), utc("2026-03-02T11:30:00Z"));

  REQUIRE(verdict.steps.size() == 2);
  CHECK(verdict.steps[0].recipient.value == 1);
  CHECK(verdict.steps[0].at == utc("2026-03-02T10:00:00Z"));
  CHECK(verdict.steps[1].recipient.value == 2);
  CHECK(verdict.steps[1].at == utc("2026-03-02T11:00:00Z"));
  CHECK(verdict.next == utc("2026-03-02T12:00:00Z"));
}

TEST_CASE("working time: sixteen hours after Friday 16:00 are over on Tuesday at 14:00") {
  // Friday 16-18 is two hours, Monday 9-18 nine, five more on Tuesday: 14:00.
  EscalationFacts facts = plain();
  facts.since = utc("2026-03-06T16:00:00Z");
  const EscalationStep steps[] = {step(1, 16 * 60, 1, true)};

  CHECK(escalate(facts, steps, usual(), facts.since).next == utc("2026-03-10T14:00:00Z"));
}

TEST_CASE("who is out of service is replaced by the next above, above the top is the top") {
  const EscalationStep steps[] = {step(1, 0, 1), step(2, 10, 7)};
  const Instant later = utc("2026-03-03T10:00:00Z");
  EscalationFacts facts = plain();
  facts.chain = [](Instant) { return std::vector<ChainLink>{{{1}}, {{2}, false}, {{3}}, {{4}}}; };

  const auto verdict = escalate(facts, steps, usual(), later);
  REQUIRE(verdict.steps.size() == 2);
  CHECK(verdict.steps[0].recipient.value == 3);
  CHECK(verdict.steps[1].recipient.value == 4);

  facts.chain = [](Instant) { return std::vector<ChainLink>{{{1}, false}, {{2}}, {{3}, false}}; };
  CHECK(escalate(facts, {steps + 1, 1}, usual(), later).steps.at(0).recipient.value == 2);
  facts.chain = [](Instant) { return std::vector<ChainLink>{{{1}, false}}; };
  CHECK(escalate(facts, steps, usual(), later).steps.empty());
}

TEST_CASE("nobody is told twice for the same beginning, and a step is carried out once") {
  EscalationFacts facts = plain();
  const EscalationStep steps[] = {step(1, 0, 2), step(2, 10, 2), step(3, 20, 9)};
  CHECK(escalate(facts, steps, usual(), utc("2026-03-03T10:00:00Z")).steps.size() == 1);

  facts.fired = {{{1}, {3}}};
  CHECK(escalate(facts, steps, usual(), utc("2026-03-03T10:00:00Z")).steps.empty());
}

TEST_CASE("what the event has left since is expired, what falls later is nothing") {
  EscalationFacts facts = plain();
  facts.ended = utc("2026-03-02T11:00:00Z");
  const EscalationStep steps[] = {step(1, 30, 0), step(2, 60, 1)};

  const auto verdict = escalate(facts, steps, usual(), utc("2026-03-03T10:00:00Z"));

  REQUIRE(verdict.steps.size() == 1);
  CHECK(verdict.steps[0].expired);
  CHECK_FALSE(verdict.next);
}

TEST_CASE("an event taken up again begins with the steps that fall after that") {
  EscalationFacts facts = plain();
  facts.resumed = utc("2026-03-02T10:45:00Z");
  const EscalationStep steps[] = {step(1, 30, 0), step(2, 60, 1)};

  const auto verdict = escalate(facts, steps, usual(), utc("2026-03-03T10:00:00Z"));

  REQUIRE(verdict.steps.size() == 1);
  CHECK(verdict.steps[0].step.value == 2);
}

TEST_CASE("a step may be for high priority only, and may raise it for the steps after") {
  EscalationStep raising = step(1, 0, 0);
  raising.raises = true;
  EscalationStep high = step(2, 30, 1);
  high.min_priority = P::high;
  const EscalationStep steps[] = {raising, high};
  const Instant later = utc("2026-03-03T10:00:00Z");

  CHECK(escalate(plain(), steps, usual(), later).steps.size() == 2);
  CHECK(escalate(plain(), {steps + 1, 1}, usual(), later).steps.empty());
  CHECK(raised(P::low) == P::normal);
  CHECK(raised(P::very_high) == P::very_high);
}

namespace {

/// A world that changes: the chain and the priority as of any instant.
struct World {
  std::map<Instant, std::vector<ChainLink>> chains;
  std::map<Instant, P> priorities;

  template <class M>
  static typename M::mapped_type as_of(const M& history, Instant at) {
    auto after = history.upper_bound(at);
    return after == history.begin() ? typename M::mapped_type{} : std::prev(after)->second;
  }
};

using Told = std::tuple<Instant, Id, Id>;

/// Ticks at `moments`; the raises are written into the world's history when they are made, as the service does.
std::set<Told> tick_through(World world, const std::vector<EscalationStep>& steps, Instant since, std::optional<Instant> ended,
                            const std::vector<Instant>& moments) {
  std::set<Told> told;
  EscalationFacts facts;
  facts.since = since;
  facts.chain = [&](Instant at) { return World::as_of(world.chains, at); };
  facts.priority = [&](Instant at) { return World::as_of(world.priorities, at); };
  for (Instant now : moments) {
    facts.ended = ended && *ended <= now ? ended : std::nullopt;
    const auto verdict = escalate(facts, steps, usual(), now);
    for (const FallenStep& s : verdict.steps) {
      CHECK(told.emplace(s.at, s.step.value, s.recipient.value).second);
      facts.fired.push_back({s.step, s.recipient});
      if (s.raises && !s.expired) world.priorities[now] = raised(World::as_of(world.priorities, now));
    }
    if (verdict.next) CHECK(*verdict.next > now);
  }
  return told;
}

}  // namespace

TEST_CASE("however the same span of time is cut into ticks, the same people are told the same") {
  for (unsigned seed = 1; seed <= 3000; ++seed) {
    CAPTURE(seed);
    std::mt19937 dice(seed);
    const auto of = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
    const Instant since = utc("2026-03-05T10:00:00Z");
    const auto moment = [&] { return since + std::chrono::minutes(of(6000)); };

    World world;
    world.priorities[since - std::chrono::days(1)] = static_cast<P>(of(3));
    for (int change = 0; change < 4; ++change) {
      std::vector<ChainLink> chain;
      for (int level = of(4); level >= 0; --level) chain.push_back({{1 + of(6)}, of(4) != 0});
      world.chains[change ? moment() : since - std::chrono::days(1)] = chain;
    }
    std::vector<EscalationStep> steps;
    for (int n = 1 + of(5); n > 0; --n) {
      EscalationStep s = step(n, of(4000), of(4), of(2) == 0);
      s.raises = of(3) == 0;
      s.min_priority = static_cast<P>(of(3));
      steps.push_back(s);
    }
    const std::optional<Instant> ended = of(2) ? std::optional(moment()) : std::nullopt;
    const Instant end = since + std::chrono::days(20);

    const auto at_once = tick_through(world, steps, since, ended, {end});
    std::vector<Instant> moments{end};
    for (int n = of(12); n > 0; --n) moments.push_back(moment());
    std::ranges::sort(moments);
    CHECK(tick_through(world, steps, since, ended, moments) == at_once);
    moments.push_back(end);  // and again: nothing new
    CHECK(tick_through(world, steps, since, ended, moments) == at_once);
  }
}

TEST_CASE("a raise counts for the next step whether its tick came in time or late") {
  EscalationStep raising = step(1, 0, 0);
  raising.raises = true;
  EscalationStep high = step(2, 60, 1);
  high.min_priority = P::high;
  World world;
  const Instant since = utc("2026-03-02T10:00:00Z");
  world.chains[since - std::chrono::days(1)] = {{{1}}, {{2}}};
  world.priorities[since - std::chrono::days(1)] = P::normal;
  const std::vector<EscalationStep> steps{raising, high};

  const auto minutes = [&](int n) { return since + std::chrono::minutes(n); };
  const auto late = tick_through(world, steps, since, {}, {minutes(600)});
  CHECK(late.size() == 2);
  CHECK(tick_through(world, steps, since, {}, {minutes(0), minutes(60)}) == late);
  CHECK(tick_through(world, steps, since, {}, {minutes(59), minutes(61)}) == late);
}

TEST_CASE("nobody is told where the event has no people, and a calendar without work has no such instant") {
  EscalationFacts facts = plain();
  facts.chain = [](Instant) { return std::vector<ChainLink>{}; };
  const EscalationStep plain_step = step(1, 0, 0);
  CHECK(escalate(facts, std::span(&plain_step, 1), usual(), utc("2026-03-02T12:00:00Z")).steps.empty());

  std::vector<CalendarDay> closed;  // for good: longer than anybody looks ahead
  for (Date day = *parse_date("2026-03-02"); day < *parse_date("2037-01-01"); day += std::chrono::days(1)) {
    closed.emplace_back();
    closed.back().day = day;
  }
  const EscalationStep in_working_time = step(2, 60, 0, true);
  const auto verdict = escalate(plain(), std::span(&in_working_time, 1), {Zone(), {}, closed}, utc("2026-03-02T12:00:00Z"));
  CHECK(verdict.steps.empty());
  CHECK_FALSE(verdict.next);
}

TEST_CASE("minutes of the clock run at night, too; above the highest there is nobody, and a step is taken once whoever was told") {
  EscalationFacts facts = plain();
  facts.since = utc("2026-03-02T20:00:00Z");
  const EscalationStep by_the_clock = step(1, 60, 7);
  const auto verdict = escalate(facts, std::span(&by_the_clock, 1), usual(), utc("2026-03-02T21:00:00Z"));
  REQUIRE(verdict.steps.size() == 1);
  CHECK(verdict.steps[0].at == utc("2026-03-02T21:00:00Z"));
  CHECK(verdict.steps[0].recipient.value == 3);

  facts.fired = {{{1}, {8}}};  // then another stood above
  CHECK(escalate(facts, std::span(&by_the_clock, 1), usual(), utc("2026-03-02T21:00:00Z")).steps.empty());
}
