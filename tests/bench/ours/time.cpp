// What time costs (E4, E12, X6): a save with its notices and its line of the log, a tick with nothing to do, a sweep of newly overdue events,
// reminders that have come. Each by the thing, in one run over a loaded base.
#include <cstdio>

#include "jobs.hpp"

namespace bench {
namespace {

using namespace crm;

constexpr int kSaves = 1000;
constexpr int kSwept = 10;

/// Plans `lines` again, an hour long, `start` from the clock on; microseconds each.
double plan_all(Crm& base, const std::vector<std::vector<std::string>>& lines, std::chrono::minutes start, int saves = kSaves) {
  const Instant at = base.now() + start;
  std::vector<Event> events(static_cast<std::size_t>(saves));
  std::vector<EventLine> products(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    event_of(lines[i % lines.size()], events[i], products[i]);
    events[i].id = {};
    events[i].contact = {};  // made-up bases have none
    events[i].state = Event::State::planned;
    events[i].start = at + std::chrono::microseconds(i);
    events[i].end = *events[i].start + std::chrono::hours(1);
    events[i].all_day = false;
    products[i].id = {};
  }
  const double begin = now_ms();
  for (std::size_t i = 0; i < events.size(); ++i) base.plan(events[i], {&products[i], 1});
  return (now_ms() - begin) * 1000 / saves;
}

void be_silent(Crm& base, bool silent) {
  Organisation organisation = base.organisation();
  organisation.silent = silent;
  base.save(organisation);
}

/// Ticks until nothing is due; microseconds for each event that fell overdue.
double sweep(Crm& base) {
  const double begin = now_ms();
  std::int64_t overdue = 0;
  for (bool more = true; more;) {
    const TickReport report = base.tick();
    overdue += report.overdue;
    more = report.more;
  }
  return (now_ms() - begin) * 1000 / static_cast<double>(overdue);
}

void tell(const Race& race, const char* what, double us) {
  std::printf("%s, %lld events: %.2f us\n", what, static_cast<long long>(race.events), us);
}

}  // namespace

void time_passes(const Race& race) {
  const auto lines = texts(race.file("new_event"));
  Crm base = race.open(Durability::off);
  Instant now = at(numbers(race.file("p_now"))[0][0]);
  base.host().clock = [&now] { return now; };
  while (base.tick(5000).more) {
  }  // what was loaded

  const double silent = plan_all(base, lines, std::chrono::hours(24));
  be_silent(base, false);
  const double with_notices = plan_all(base, lines, std::chrono::hours(48));
  std::printf("save with its notices and the log line, %lld events: %.2f us, ratio to a silent one %.2f\n",
              static_cast<long long>(race.events), with_notices, with_notices / silent);
  while (!base.claim_notices(1000, std::chrono::hours(24)).empty()) {
  }

  for (const EventType& type : base.list<EventType>({})) {
    Reminder reminder;
    reminder.type = type.id;
    reminder.minutes_before = 60;
    base.save(reminder);
  }
  plan_all(base, lines, std::chrono::hours(2));
  while (!base.claim_notices(1000, std::chrono::hours(24)).empty()) {
  }
  double begin = now_ms();
  for (int i = 0; i < 1000; ++i) base.tick();
  tell(race, "tick with nothing to do", now_ms() - begin);

  now += std::chrono::minutes(61);
  begin = now_ms();
  std::size_t claimed = 0;
  for (auto some = base.claim_notices(1000); !some.empty(); some = base.claim_notices(1000)) claimed += some.size();
  tell(race, "a reminder that has come, claimed", (now_ms() - begin) * 1000 / static_cast<double>(claimed));

  EscalationStep step;
  step.working_time = false;
  base.save(step);
  now += std::chrono::minutes(121);
  const double many = sweep(base);
  tell(race, "8m: a newly overdue event with its escalation", many);
  plan_all(base, lines, std::chrono::hours(1), kSwept);
  now += std::chrono::minutes(121);
  const double few = sweep(base);  // with what else the clock has passed by: next to nothing
  std::printf("8m: the same in a sweep of %d, %lld events: %.2f us, ratio to one of %d %.2f\n", kSwept, static_cast<long long>(race.events), few,
              kSaves, few / many);
}

}  // namespace bench
