// E7: random people do random things; a second, plain reading of the Definitions must agree each time.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "crm/rules/event_due.hpp"
#include "crm/rules/event_state.hpp"

using namespace crm;

namespace {

using S = Event::State;
using V = Event::Verification;
using Rules = std::set<std::string>;

const Zone kZone("+07:00");

// 1 is the top, 2 and 5 are below 1, 3 below 2, 4 below 3, 6 an administrator below 1; 7 is nobody's.
const int kBoss[] = {0, 0, 1, 2, 3, 1, 1, 0};
constexpr int kPeople = 7;

bool is_above(int higher, int lower) {
  for (int at = kBoss[lower]; at; at = kBoss[at])
    if (at == higher) return true;
  return false;
}

/// Everything that happens in one try.
struct Scene {
  Event event;
  EventType type;
  ActionRequest request;
  int actor = 0;
  int last_verifier = 0;  // 0: nobody yet
  bool executor_works = true;
  bool has_product = false;
  bool posted = false;
  bool writes = false;
  bool edited = false;
  Instant now;

  [[nodiscard]] int executor() const { return static_cast<int>(event.executor.value); }
  [[nodiscard]] ActorFacts facts() const {
    ActorFacts f;
    f.user = {actor};
    f.is_administrator = actor == 6;
    f.is_executor = actor == executor();
    f.is_setter = event.setter.value == actor;
    f.is_supervisor = is_above(actor, executor());
    f.may_write_company = writes;
    f.executor_has_supervisor = kBoss[executor()] != 0;
    f.outranks_verifier = last_verifier && (last_verifier == actor || is_above(actor, last_verifier));
    f.executor_in_service = executor_works;
    f.has_product = has_product;
    f.result_changed = edited;
    if (posted) f.posted_document = "12";
    return f;
  }
};

/// The column "who", read aloud.
bool allowed_person(Action action, const Scene& s) {
  const bool executor = s.actor == s.executor();
  const bool setter = s.event.setter.value == s.actor;
  const bool above = is_above(s.actor, s.executor());
  const bool administrator = s.actor == 6;
  if (action == Action::plan || action == Action::record) return !s.event.company || s.writes || administrator;
  if (action == Action::resubmit) return executor;
  if (action == Action::reopen) return executor ? kBoss[s.executor()] == 0 : above || administrator;
  if (action == Action::accept || action == Action::return_) {
    const bool may_overrule = s.last_verifier && (s.actor == s.last_verifier || is_above(s.actor, s.last_verifier));
    return above && (s.event.verification == V::awaiting || may_overrule);
  }
  if (action == Action::restore) return administrator;
  if (setter || above || administrator) return true;
  if (action == Action::remove || action == Action::change_executor) return false;
  return executor && !(action == Action::cancel && s.type.executor_may_not_cancel);
}

/// The table of states, read aloud. Empty: the state does not refuse.
std::string state_says(Action action, const Event& e) {
  if (action <= Action::record) return "";
  if (action == Action::restore) return e.removed ? "" : "E7.not_removed";
  if (e.removed) return "E7.already";
  const bool held = e.state == S::held, cancelled = e.state == S::cancelled;
  switch (action) {
    case Action::reopen: return held || cancelled ? "" : "E7.not_closed";
    case Action::accept:
    case Action::return_:
      if (!held) return "E7.not_held";
      if (e.verification == V::not_required) return "M6.not_required";
      return e.verification == (action == Action::accept ? V::accepted : V::returned) ? "E7.already" : "";
    case Action::resubmit:
      if (!held) return "E7.not_held";
      return e.verification == V::returned ? "" : "E7.not_returned";
    case Action::remove: return held ? "E7.held_is_history" : "";
    case Action::hold: return held ? "E7.already" : cancelled ? "E7.closed" : "";
    case Action::cancel: return cancelled ? "E7.already" : held ? "E7.closed" : "";
    default: return held || cancelled ? "E7.closed" : "";
  }
}

/// When the event would be overdue if it were open with this interval.
Instant due_of(const ActionRequest& r) {
  if (!r.all_day) return r.end ? *r.end : *r.start;
  const Instant last = r.end && *r.end > *r.start ? *r.end - std::chrono::microseconds(1) : *r.start;
  return kZone.start_of(kZone.date(last) + std::chrono::days(1));
}

void new_event_needs(const Scene& s, Rules& out) {
  const Event& e = s.event;
  if (s.type.retired) out.insert("E13.type_retired");
  if (!s.executor_works) out.insert("E6.executor_not_in_service");
  if (!e.start) out.insert("E3.start_required");
  if (e.start && e.end && *e.end < *e.start) out.insert("E3.end_before_start");
  if (!e.company && !s.type.no_company) out.insert("E1.company_required");
  if (s.type.product_required && !s.has_product) out.insert("E1.product_required");
  if (s.type.contact_required && !e.contact) out.insert("E2.contact_required");
}

/// The column "required", read aloud.
Rules refusals(Action action, const Scene& s) {
  if (const std::string rule = state_says(action, s.event); !rule.empty()) return {rule};
  Rules out;
  const Event& e = s.event;
  const ActionRequest& r = s.request;
  if (!allowed_person(action, s)) out.insert("E7.who");
  if (action <= Action::record) new_event_needs(s, out);
  const bool result = !r.result.empty() || !e.result.empty() || r.outcome || e.outcome;
  const bool tells_result = action == Action::record || action == Action::hold || action == Action::resubmit;
  if (tells_result && s.type.result_required && !result) out.insert("E7.result_required");
  if (tells_result && r.outcome && r.outcome_type != s.type.id) out.insert("E13.outcome_of_type");
  if (action == Action::record && e.start && *e.start > s.now) out.insert("E7.start_in_future");
  const bool takes_interval = action == Action::reschedule || action == Action::hold || action == Action::reopen;
  if (takes_interval && r.start && r.end && *r.end < *r.start) out.insert("E3.end_before_start");
  if (takes_interval && r.end && !r.start) out.insert("E3.start_required");
  if (action == Action::reschedule) {
    if (!r.start) out.insert("E3.start_required");
    if (r.start && r.start == e.start && r.end == e.end && r.all_day == e.all_day) out.insert("E3.same_interval");
    if (r.start && due_of(r) < s.now) out.insert("E3.in_the_past");
    if (s.type.reason_required && r.reason.empty()) out.insert("E3.reason_required");
  }
  if (action == Action::hold) {
    const auto began = r.start ? r.start : e.state == S::postponed ? std::nullopt : e.start;
    if (!began || *began > s.now) out.insert("E7.not_started");
  }
  if (action == Action::reopen && !r.start && !e.start) out.insert("E3.start_required");
  const bool needs_reason =
      action == Action::postpone || action == Action::cancel || action == Action::reopen || action == Action::remove;
  if (needs_reason && r.reason.empty()) out.insert("E7.reason_required");
  if (action == Action::postpone && r.until && *r.until < kZone.date(s.now)) out.insert("E7.until_in_past");
  if (action == Action::return_ && r.comment.empty()) out.insert("M6.comment_required");
  const bool new_result = (!r.result.empty() && r.result != e.result) || (r.outcome && r.outcome != e.outcome);
  if (action == Action::resubmit && !new_result && !s.edited && r.comment.empty()) out.insert("M6.comment_required");
  if (action == Action::remove && s.posted) out.insert("E7.linked");
  if (action == Action::change_executor && (!r.executor || !s.executor_works)) out.insert("E6.executor_not_in_service");
  return out;
}

/// The column "effects", read aloud, on what is told by the event itself.
void check_effects(Action action, const Scene& s, const Transition& t) {
  const Event &b = s.event, &a = t.after;
  const bool moved = s.request.start.has_value() && (action == Action::reschedule || action == Action::reopen);
  const bool becomes_held = action == Action::hold || action == Action::record;
  const bool actual = action == Action::hold && s.request.start && interval_of(b) != s.request.interval();
  const S state = action == Action::plan         ? S::planned
                  : becomes_held                 ? S::held
                  : action == Action::reschedule ? S::rescheduled
                  : action == Action::postpone   ? S::postponed
                  : action == Action::cancel     ? S::cancelled
                  : action == Action::reopen     ? (moved ? S::rescheduled : S::planned)
                                                 : b.state;
  const bool is_checked = s.type.verified && kBoss[s.executor()] != 0;
  const V verification = becomes_held ? (is_checked ? V::awaiting : V::not_required)
                         : action == Action::plan || action == Action::reopen ? V::not_required
                         : action == Action::accept                           ? V::accepted
                         : action == Action::return_                          ? V::returned
                         : action == Action::resubmit                         ? V::awaiting
                                                                              : b.verification;
  CHECK(a.state == state);
  CHECK(a.verification == verification);
  CHECK(t.verification_changed == (a.verification != b.verification));
  CHECK(a.sequence == b.sequence + (moved ? 1 : 0));
  CHECK(t.log.has_value() == (moved || actual));
  CHECK(interval_of(a) == (moved || actual ? s.request.interval() : interval_of(b)));
  CHECK(a.postponed_until == (action == Action::postpone ? s.request.until
                              : state == S::postponed    ? b.postponed_until
                                                         : std::nullopt));
  CHECK(a.removed == (action == Action::remove));  // restore: not any more
  CHECK(a.executor == (action == Action::change_executor ? s.request.executor : b.executor));
  if (becomes_held || action == Action::resubmit) CHECK(a.held_at == s.now);
  CHECK(a.due_at == due_at(a, kZone));
  CHECK((a.start || a.state == S::postponed || a.state == S::cancelled));  // only a postponed event may have none
  if (a.state == S::held || a.state == S::cancelled) CHECK(!a.due_at);
}

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int of(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }
  bool one_in(int sides) { return of(sides) == 0; }

 private:
  std::mt19937 random_;
};

Instant near(Instant now, Dice& dice) { return now + std::chrono::hours(dice.of(13) - 6) * 12; }

void new_try(Scene& s, Dice& dice) {
  s.actor = 1 + dice.of(kPeople);
  if (dice.one_in(3)) s.actor = s.executor();
  if (dice.one_in(3) && kBoss[s.executor()]) s.actor = kBoss[s.executor()];
  s.executor_works = !dice.one_in(6);
  s.posted = dice.one_in(3);
  s.edited = dice.one_in(4);
  s.now += std::chrono::hours(dice.of(9));
  s.request = {};
  ActionRequest& r = s.request;
  if (!dice.one_in(3)) r.start = near(s.now, dice);
  if (r.start && dice.one_in(2)) r.end = *r.start + std::chrono::hours(dice.of(6) - 1);
  if (dice.one_in(20)) r.end = s.now;
  if (dice.one_in(4)) r.start = s.event.start, r.end = s.event.end;
  r.all_day = dice.one_in(4);
  if (dice.one_in(2)) r.until = kZone.date(near(s.now, dice));
  if (!dice.one_in(4)) r.reason = "причина";
  if (dice.one_in(2)) r.comment = "замечание";
  if (dice.one_in(2)) r.result = dice.one_in(2) ? "да" : "нет";
  if (dice.one_in(3)) r.outcome = {1 + dice.of(2)};
  if (r.outcome) r.outcome_type = {dice.one_in(5) ? 9 : 3};
  if (!dice.one_in(8)) r.executor = {1 + dice.of(kPeople)};
}

Scene new_scene(Dice& dice) {
  Scene s;
  s.now = *parse_instant("2026-03-02T05:00:00Z");
  s.type.id = {3};
  s.type.code = "meeting";
  for (bool* flag : {&s.type.no_company, &s.type.product_required, &s.type.contact_required, &s.type.result_required,
                     &s.type.reason_required, &s.type.executor_may_not_cancel})
    *flag = dice.one_in(3);
  s.type.verified = !dice.one_in(4);
  s.type.retired = dice.one_in(12);
  s.has_product = !dice.one_in(4);
  s.writes = !dice.one_in(4);
  s.event.type = {3};
  if (!dice.one_in(4)) s.event.company = {4};
  if (!dice.one_in(4)) s.event.contact = {8};
  s.event.executor = {1 + dice.of(kPeople)};
  s.event.setter = {1 + dice.of(kPeople)};
  if (!dice.one_in(12)) s.event.start = near(s.now, dice);
  if (s.event.start && dice.one_in(2)) s.event.end = *s.event.start + std::chrono::hours(dice.of(12) - 1);
  return s;
}

Action some_action(const Event& event, Dice& dice) {
  if (!event.id) return static_cast<Action>(dice.of(2));
  if (event.state == S::held && !dice.one_in(4))
    return static_cast<Action>(static_cast<int>(Action::accept) + dice.of(3));
  if (event.removed && dice.one_in(2)) return Action::restore;
  const auto action = static_cast<Action>(2 + dice.of(kActions - 2));
  return action == Action::remove && !dice.one_in(3) ? Action::hold : action;
}

}  // namespace

TEST_CASE("whoever does whatever, the machine and a plain reading of the Definitions agree") {
  int allowed[kActions] = {}, refused[kActions] = {};
  for (unsigned seed = 1; seed <= 4000; ++seed) {
    Dice dice(seed);
    Scene scene = new_scene(dice);
    for (int step = 0; step < 30; ++step) {
      new_try(scene, dice);
      const Action action = some_action(scene.event, dice);
      CAPTURE(seed);
      CAPTURE(step);
      CAPTURE(std::string(name(action)));
      const Transition t = act(action, scene.event, scene.type, scene.request, scene.facts(), scene.now, kZone);

      Rules told;
      for (const Violation& v : t.violations) told.insert(v.rule);
      REQUIRE(told == refusals(action, scene));
      REQUIRE(t.violations.size() == told.size());
      REQUIRE(t.allowed == told.empty());
      ++(t.allowed ? allowed : refused)[static_cast<int>(action)];
      if (!t.allowed) continue;
      check_effects(action, scene, t);
      if (action == Action::accept || action == Action::return_) scene.last_verifier = scene.actor;
      scene.event = t.after;
      scene.event.id = {7};
    }
  }
  for (int action = 0; action < kActions; ++action) {  // the dice reached every corner
    CAPTURE(action);
    CHECK(allowed[action] > 100);
    CHECK(refused[action] > 100);
  }
}
